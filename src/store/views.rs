//! Views of the queue under a name.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::views;
use super::{Conn, StoreError, known, last_insert_rowid, micros};
use crate::domain::account::AccountId;
use crate::domain::saved::{SavedView, ViewId, ViewName};
use crate::domain::view::View;

type Row = (i64, i64, String, String, bool);

const COLUMNS: (views::id, views::account_id, views::name, views::query, views::shared) =
    (views::id, views::account_id, views::name, views::query, views::shared);

fn read((id, owner, name, query, shared): Row) -> Result<SavedView, StoreError> {
    Ok(SavedView {
        id: ViewId(id),
        owner: AccountId(owner),
        name: known(ViewName::read(&name), &name)?,
        view: View::read(&query),
        shared,
    })
}

/// The views that somebody sees, their own and those that all see, by name.
///
/// # Errors
/// Where the database fails.
pub fn list_for(conn: &mut Conn, reader: AccountId) -> Result<Vec<SavedView>, StoreError> {
    let rows: Vec<Row> = views::table
        .filter(views::shared.or(views::account_id.eq(reader.0)))
        .order((views::name, views::id))
        .select(COLUMNS)
        .load(conn)?;
    rows.into_iter().map(read).collect()
}

/// One view, whoever keeps it.
///
/// # Errors
/// Where the database fails.
pub fn by_id(conn: &mut Conn, ViewId(id): ViewId) -> Result<Option<SavedView>, StoreError> {
    let row: Option<Row> = views::table.find(id).select(COLUMNS).get_result(conn).optional()?;
    row.map(read).transpose()
}

/// How many views an account keeps.
///
/// # Errors
/// Where the database fails.
pub fn count_of(conn: &mut Conn, owner: AccountId) -> Result<i64, StoreError> {
    Ok(views::table.filter(views::account_id.eq(owner.0)).count().get_result(conn)?)
}

/// The view that an account keeps under a name.
///
/// # Errors
/// Where the database fails.
pub fn named(conn: &mut Conn, owner: AccountId, name: &ViewName) -> Result<Option<ViewId>, StoreError> {
    let of_owner = views::table.filter(views::account_id.eq(owner.0)).filter(views::name.eq(name.as_str()));
    Ok(of_owner.select(views::id).get_result(conn).optional()?.map(ViewId))
}

/// A view to keep.
#[derive(Debug, Clone)]
pub struct NewView {
    pub owner: AccountId,
    pub name: ViewName,
    pub view: View,
    pub shared: bool,
}

/// Keeps a view.
///
/// # Errors
/// Where the database fails, or the owner has one of this name.
pub fn insert(conn: &mut Conn, new: &NewView, now: DateTime<Utc>) -> Result<ViewId, StoreError> {
    diesel::insert_into(views::table)
        .values((
            views::account_id.eq(new.owner.0),
            views::name.eq(new.name.as_str()),
            views::query.eq(new.view.query()),
            views::shared.eq(new.shared),
            views::created_at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(ViewId(diesel::select(last_insert_rowid()).get_result(conn)?))
}

/// Renames a view, and says who sees it.
///
/// # Errors
/// Where the database fails, or its owner has another one of this name.
pub fn update(conn: &mut Conn, ViewId(id): ViewId, name: &ViewName, shared: bool) -> Result<(), StoreError> {
    diesel::update(views::table.find(id))
        .set((views::name.eq(name.as_str()), views::shared.eq(shared)))
        .execute(conn)?;
    Ok(())
}

/// Removes a view.
///
/// # Errors
/// Where the database fails.
pub fn remove(conn: &mut Conn, ViewId(id): ViewId) -> Result<(), StoreError> {
    diesel::delete(views::table.find(id)).execute(conn)?;
    Ok(())
}

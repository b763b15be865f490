//! Each version of a form, once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::form_versions::dsl;
use super::schema::revisions;
use super::{Conn, StoreError, micros};
use crate::forms::form::{Form, FormId};

/// Keeps a form's version if it is new.
///
/// # Errors
/// Where the database fails.
pub fn keep(conn: &mut Conn, form: &Form, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(dsl::form_versions)
        .values((
            dsl::version.eq(form.version()),
            dsl::form.eq(form.id().as_str()),
            dsl::source.eq(form.source_json()),
            dsl::recorded_at.eq(micros(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// The stored source of a version, as JSON.
///
/// # Errors
/// Where the version is unknown or the database fails.
pub fn source(conn: &mut Conn, version: &str) -> Result<String, StoreError> {
    Ok(dsl::form_versions.find(version).select(dsl::source).get_result(conn)?)
}

/// The versions of a form that somebody answered, newest first.
///
/// # Errors
/// Where the database fails.
pub fn answered(conn: &mut Conn, form: &FormId) -> Result<Vec<String>, StoreError> {
    let answered = revisions::table.filter(revisions::form_version.eq(dsl::version)).select(revisions::number);
    Ok(dsl::form_versions
        .filter(dsl::form.eq(form.as_str()))
        .filter(diesel::dsl::exists(answered))
        .order((dsl::recorded_at.desc(), dsl::version))
        .select(dsl::version)
        .load(conn)?)
}

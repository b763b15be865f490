//! Each version of a form, once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::form_versions::dsl;
use super::{Conn, StoreError, micros};
use crate::forms::form::Form;

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

/// All versions of one form, oldest first: version and source.
///
/// # Errors
/// Where the database fails.
pub fn all_of(conn: &mut Conn, form: &str) -> Result<Vec<(String, String)>, StoreError> {
    Ok(dsl::form_versions
        .filter(dsl::form.eq(form))
        .order((dsl::recorded_at, dsl::version))
        .select((dsl::version, dsl::source))
        .load(conn)?)
}

//! What the virus scanner says of files, and what the public gets of pictures.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::gone;
use crate::domain::attachment::Scan;
use crate::store::schema::attachments;
use crate::store::{Conn, StoreError, micros};

/// Lets all that was never scanned wait for the scanner.
///
/// # Errors
/// Where the database fails.
pub fn let_wait(conn: &mut Conn) -> Result<(), StoreError> {
    diesel::update(attachments::table.filter(attachments::scan.eq(Scan::Unscanned.as_str())))
        .set(attachments::scan.eq(Scan::Waiting.as_str()))
        .execute(conn)?;
    Ok(())
}

/// How many files wait for the scanner.
///
/// # Errors
/// Where the database fails.
pub fn waiting(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(attachments::table
        .filter(attachments::id.ne_all(gone()))
        .filter(attachments::scan.eq(Scan::Waiting.as_str()))
        .count()
        .get_result(conn)?)
}

/// The one to show the scanner next: those never shown, oldest first, then those shown in vain until `before`.
///
/// # Errors
/// Where the database fails.
pub fn next_to_scan(conn: &mut Conn, before: DateTime<Utc>) -> Result<Option<String>, StoreError> {
    Ok(attachments::table
        .filter(attachments::id.ne_all(gone()))
        .filter(attachments::scan.eq(Scan::Waiting.as_str()))
        .filter(attachments::scanned_at.is_null().or(attachments::scanned_at.le(micros(before))))
        .order((attachments::scanned_at, attachments::created_at, attachments::id))
        .select(attachments::id)
        .get_result(conn)
        .optional()?)
}

/// The scanner gave no verdict on one file, or cannot be reached for any.
///
/// # Errors
/// Where the database fails.
pub fn asked_in_vain(conn: &mut Conn, id: Option<&str>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let waiting = attachments::table.filter(attachments::scan.eq(Scan::Waiting.as_str()));
    let asked = attachments::scanned_at.eq(micros(now));
    match id {
        Some(id) => diesel::update(waiting.filter(attachments::id.eq(id))).set(asked).execute(conn)?,
        None => diesel::update(waiting).set(asked).execute(conn)?,
    };
    Ok(())
}

/// Keeps what the scanner said.
///
/// # Errors
/// Where the database fails.
pub fn set_scan(conn: &mut Conn, id: &str, scan: Scan, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(attachments::table.find(id))
        .set((attachments::scan.eq(scan.as_str()), attachments::scanned_at.eq(micros(now))))
        .execute(conn)?;
    Ok(())
}

/// Pictures without a copy for the public: ids and types.
///
/// # Errors
/// Where the database fails.
pub fn without_copy(conn: &mut Conn, media_types: &[&str]) -> Result<Vec<(String, String)>, StoreError> {
    Ok(attachments::table
        .filter(attachments::media_type.eq_any(media_types))
        .filter(attachments::copy_size.is_null())
        .filter(attachments::id.ne_all(gone()))
        .filter(attachments::scan.ne(Scan::Infected.as_str()))
        .select((attachments::id, attachments::media_type))
        .load(conn)?)
}

/// Keeps what the public gets of a picture.
///
/// # Errors
/// Where the database fails.
pub fn set_copy(conn: &mut Conn, id: &str, (size, sha256): (u64, &str)) -> Result<(), StoreError> {
    diesel::update(attachments::table.find(id))
        .set((attachments::copy_size.eq(i64::try_from(size).unwrap_or(i64::MAX)), attachments::copy_sha256.eq(sha256)))
        .execute(conn)?;
    Ok(())
}

//! Sign-ins that failed, counted so that nobody guesses.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::store::schema::sign_in_failures;
use crate::store::{Conn, StoreError, micros};

/// Notes a failed sign-in.
///
/// # Errors
/// Where the database fails.
pub fn note_failure(conn: &mut Conn, email: &str, network: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(sign_in_failures::table)
        .values((
            sign_in_failures::account_email.eq(email),
            sign_in_failures::network.eq(network),
            sign_in_failures::at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Failed sign-ins for an address or from a network since an instant.
///
/// # Errors
/// Where the database fails.
pub fn failures(conn: &mut Conn, email: &str, network: &str, since: DateTime<Utc>) -> Result<Failures, StoreError> {
    let of_network = sign_in_failures::table
        .filter(sign_in_failures::at.gt(micros(since)))
        .filter(sign_in_failures::network.eq(network));
    Ok(Failures {
        pair: of_network.filter(sign_in_failures::account_email.eq(email)).count().get_result(conn)?,
        network: of_network.count().get_result(conn)?,
    })
}

/// Failed sign-ins.
#[derive(Debug, Clone, Copy)]
pub struct Failures {
    /// From this network for this address.
    pub pair: i64,
    /// From this network for any address.
    pub network: i64,
}

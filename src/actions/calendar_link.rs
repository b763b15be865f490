//! A member of staff gets a new private link for the calendar; the old one opens nothing any more.

use std::convert::Infallible;

use crate::app::App;
use crate::domain::account::AccountId;
use crate::store::{Stop, StoreError, accounts};

/// Makes the next link.
///
/// # Errors
/// Where nothing was kept.
pub async fn renew(app: &App, account: AccountId) -> Result<(), StoreError> {
    let renewed = app.db.write(move |conn| Ok::<_, Stop<Infallible>>(accounts::renew_calendar(conn, account)?)).await;
    renewed.map_err(|stop| match stop {
        Stop::Refused(never) => match never {},
        Stop::Failed(error) => error,
    })
}

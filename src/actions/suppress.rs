//! An address gets no more mail, or gets it again, because staff say so.

use std::convert::Infallible;

use crate::app::App;
use crate::store::{Stop, suppressions};

/// Lets mail go to an address again; nothing changes where it goes already.
///
/// # Errors
/// Why nothing was kept.
pub async fn lift(app: &App, address: &str) -> Result<(), Stop<Infallible>> {
    let address = address.to_owned();
    app.db.write(move |conn| Ok(suppressions::lift(conn, &address).map(|_| ())?)).await
}

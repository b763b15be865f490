//! What answers may point to, looked up before they are parsed.

use crate::forms::parse::{Known, Wanted};
use crate::store::attachments::{self, Owner};
use crate::store::{Conn, StoreError, public};

/// Those of the wanted publications and files that exist and may be named by `owner`.
///
/// # Errors
/// Where the database fails.
pub fn look_up(conn: &mut Conn, wanted: &Wanted, owner: &Owner) -> Result<Known, StoreError> {
    let infected = attachments::infected(conn, &wanted.files)?;
    let mut known = Known { files: attachments::usable(conn, &wanted.files, owner)?, infected, ..Known::default() };
    for (form, reference) in &wanted.publications {
        known.publications.extend(public::refs(conn, form.as_str(), std::slice::from_ref(reference))?);
    }
    Ok(known)
}

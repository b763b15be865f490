//! All links to a draft that were given out end; who asks for it goes on with a new one.

use super::draft::Refusal;
use crate::app::App;
use crate::store::Stop;
use crate::store::drafts::{self, Draft};

/// Revokes; gives the draft in its new generation.
///
/// # Errors
/// [`Refusal::NotFound`], or why nothing was kept.
pub async fn revoke(app: &App, id: &str) -> Result<Draft, Stop<Refusal>> {
    let id = id.to_owned();
    app.db
        .write(move |conn| {
            let mut draft = drafts::find(conn, &id)?.ok_or(Stop::Refused(Refusal::NotFound))?;
            drafts::revoke(conn, &id)?;
            draft.link_generation += 1;
            Ok(draft)
        })
        .await
}

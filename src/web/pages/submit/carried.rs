//! What every page of a draft carries, whichever questions stand on it.

use actix_web::HttpRequest;

use super::scene::clock;
use super::so_far::Differing;
use super::{HOLDER_COOKIE, cookie_of, key_of};
use crate::app::App;
use crate::domain::turns::Turn;
use crate::forms::form::Step;
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::drafts::Draft;

/// Needed by `submit/open.html` and what stands beside it.
pub struct Carried {
    /// Where it is sent.
    pub action: String,
    /// The draft's key, so that a lost cookie loses nothing.
    pub draft_key: String,
    /// Which page this is and what it was made from, so that nobody writes over another's text unawares.
    pub turn: Turn,
    /// Since when somebody else has the draft open.
    pub somebody: Option<String>,
    pub conflict: Option<Conflict>,
    /// To go on in another language, with what was typed.
    pub languages: Vec<Language>,
    /// "10:42", once something was saved.
    pub saved: Option<String>,
    /// It takes files.
    pub multipart: bool,
}

/// Two texts of the same questions.
pub struct Conflict {
    /// When the other one was saved: "10:41".
    pub at: String,
    pub differing: Vec<Differing>,
}

impl Carried {
    /// For a page of these questions. `page_id`: its id, if it has none of its own.
    #[must_use]
    pub fn new(
        app: &App,
        req: &HttpRequest,
        draft: Option<&Draft>,
        (step, page_id): (&Step, Option<&str>),
        action: String,
    ) -> Self {
        let nothing = Pairs::default();
        let stored = draft.map_or(&nothing, |draft| &draft.pairs);
        Self {
            action,
            draft_key: draft.map(|draft| key_of(app, draft)).unwrap_or_default(),
            turn: Turn::new(page_id.map_or_else(|| app.entropy.id(), str::to_owned), step, stored),
            somebody: draft.and_then(|draft| {
                let since = app.also_open(&draft.id, &cookie_of(req, HOLDER_COOKIE)?)?;
                Some(clock(&since))
            }),
            conflict: None,
            languages: Vec::new(),
            saved: draft.map(|draft| clock(&draft.saved_at)),
            multipart: false,
        }
    }
}

//! What a record's page shows besides answers and history: what staff have added to it, each with a page of its own.

use super::authority::AuthorityPanel;
use super::behalf::HandedPanel;
use super::edited::EditPanel;
use super::review::ReviewPanel;
use super::translation::TranslationPanel;
use super::words::Names;
use crate::app::App;
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::locale::Locale;
use crate::store::events::{Logged, Note};
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError};

/// All of them; each is left out where there is nothing to say.
#[derive(Debug, Clone, Default)]
pub struct Panels {
    pub authority: Option<AuthorityPanel>,
    pub edit: Option<EditPanel>,
    pub handed: Option<HandedPanel>,
    pub translation: Option<TranslationPanel>,
    pub review: Option<ReviewPanel>,
}

impl Panels {
    /// # Errors
    /// Where the database fails.
    pub(super) fn load(
        app: &App,
        conn: &mut Conn,
        submission: &Submission,
        said: (&Form, &Answers),
        (log, notes, names): (&[Logged], &[Note], &Names),
        l: &Locale,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            authority: AuthorityPanel::load(app, conn, submission, (notes, names), l)?,
            edit: EditPanel::load(app, conn, submission, l)?,
            handed: HandedPanel::load(conn, submission, (log, notes, names), l)?,
            review: ReviewPanel::load(app, conn, submission, (log, names), l)?,
            translation: TranslationPanel::load(conn, submission, said, l)?,
        })
    }
}

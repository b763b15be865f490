//! What a record says of changes by staff: whether one can be made, and what became of the newest.

use crate::actions::{answer_edit, edit, revise};
use crate::app::App;
use crate::domain::edit::{Edit, EditStatus};
use crate::locale::Locale;
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError};

/// Changes by staff.
#[derive(Debug, Clone)]
pub struct EditPanel {
    /// Where a change is made, if it can be.
    pub can_edit: bool,
    /// What a change needs.
    pub rule: String,
    /// What became of the newest.
    pub newest: Option<Newest>,
}

/// The newest change.
#[derive(Debug, Clone)]
pub struct Newest {
    pub text: String,
    /// Somebody should look at it.
    pub open: bool,
    /// Both versions side by side.
    pub compare: String,
}

impl EditPanel {
    /// None where there is nothing to say.
    ///
    /// # Errors
    /// Where the database fails.
    pub(super) fn load(
        app: &App,
        conn: &mut Conn,
        submission: &Submission,
        l: &Locale,
    ) -> Result<Option<Self>, StoreError> {
        let standing = revise::standing(app, submission);
        let can_edit = standing.is_some_and(|standing| standing.edit().is_some());
        let newest = answer_edit::newest(conn, submission.id)?;
        if !can_edit && newest.is_none() {
            return Ok(None);
        }
        let agreed = edit::needs_agreement(app, submission);
        let rule = l.t(if agreed { "staff-edit-proposal" } else { "staff-edit-effect" });
        Ok(Some(Self { can_edit, rule, newest: newest.map(|edit| said(l, &submission.reference, edit)) }))
    }
}

fn said(l: &Locale, reference: &str, edit: Edit) -> Newest {
    let (key, open) = match edit.status {
        EditStatus::Told => ("staff-edit-told", false),
        EditStatus::Objected => ("staff-edit-objected", true),
        EditStatus::Proposed => ("staff-edit-proposed", true),
        EditStatus::Agreed => ("staff-edit-agreed", false),
        EditStatus::Refused => ("staff-edit-refused", true),
        EditStatus::Lapsed => ("staff-edit-lapsed", false),
    };
    let compare = format!("/staff/submissions/{reference}?rev={}&with={}#changes", edit.revision, edit.base);
    Newest { text: l.t(key), open, compare }
}

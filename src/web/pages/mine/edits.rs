//! What staff changed in a submission, for its submitter: the difference, the reason, and what can be said to it.

use actix_web::{HttpRequest, HttpResponse, web};

use super::own;
use super::page::{Refused, again};
use crate::actions::answer_edit::{self, Order, Refusal};
use crate::actions::note::LONGEST;
use crate::app::App;
use crate::domain::edit::{Edit, EditStatus, Verdict};
use crate::forms::diff::Segment;
use crate::locale::Locale;
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, StoreError, events};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::pages::input::Writing;
use crate::web::respond::{self, State};

/// A change by staff, with what can be said to it.
#[derive(Debug, Clone)]
pub struct EditView {
    pub seq: i64,
    pub heading: String,
    pub lead: String,
    pub reason: Option<String>,
    pub changes: Vec<(String, Vec<Segment>)>,
    /// The buttons: value, class, words.
    pub verdicts: Vec<(&'static str, &'static str, String)>,
    pub writing: Writing,
}

/// The newest change, as long as the submitter can say something to it.
///
/// # Errors
/// Where the database fails.
pub fn load(app: &App, conn: &mut Conn, submission: &Submission) -> Result<Option<EditView>, StoreError> {
    let edit = answer_edit::newest(conn, submission.id)?.filter(|edit| !edit.status.answers().is_empty());
    let Some(edit) = edit else { return Ok(None) };
    let (_, old) = app.answers(conn, submission.id, edit.base, submission.language)?;
    let (form, new) = app.answers(conn, submission.id, edit.revision, submission.language)?;
    let l = app.locale(submission.language);
    let changes = form.diff(&old, &new, &l).into_iter();
    let notes = events::notes_of(conn, submission.id)?;
    Ok(Some(EditView {
        changes: changes.map(|change| (change.field.label.clone(), change.words)).collect(),
        reason: notes.into_iter().find(|note| note.event_seq == edit.seq).and_then(|note| note.body),
        ..view(&l, edit)
    }))
}

fn view(l: &Locale, edit: Edit) -> EditView {
    let proposed = edit.status == EditStatus::Proposed;
    let key = if proposed { "own-proposal" } else { "own-edited" };
    let verdict = |verdict: &Verdict| {
        let style = if *verdict == Verdict::Agree { "primary" } else { "secondary" };
        (verdict.as_str(), style, l.t(&format!("own-edit-{}", verdict.as_str())))
    };
    EditView {
        seq: edit.seq,
        heading: l.t(key),
        lead: l.t(&format!("{key}.lead")),
        reason: None,
        changes: Vec::new(),
        verdicts: edit.status.answers().iter().map(verdict).collect(),
        writing: Writing::new(l, "text", if proposed { "own-proposal-text" } else { "own-edited-text" }, LONGEST),
    }
}

/// Why what was said was not taken.
pub fn error(l: &Locale, refusal: Refusal) -> String {
    match refusal {
        Refusal::WordsMissing => l.t("own-edit-words"),
        Refusal::WordsTooLong => l.a("own-note-too-long", "max", l.count(&LONGEST)),
        Refusal::Moved => l.t("own-note-not-now"),
    }
}

/// `POST /submissions/{reference}/edits`: says yes or no to a change by staff.
pub async fn answer(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let submission = own(&app, &req, &path).await?;
    let edit = sent.text("edit").parse().map_err(|_| WebError::Unreadable)?;
    let verdict = Verdict::read(sent.text("verdict")).ok_or(WebError::Unreadable)?;
    let text = sent.text("text").to_owned();
    match answer_edit::answer(&app, Order { submission: submission.id, edit, verdict, text: text.clone() }).await {
        Ok(_) => Ok(respond::see_other(&format!("/submissions/{}?done=edit", submission.reference))),
        Err(Stop::Refused(Refusal::Moved)) => Err(WebError::Conflict),
        Err(Stop::Refused(refusal)) => again(&app, &req, submission, Refused::Edit(text, refusal)).await,
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

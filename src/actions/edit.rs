//! Staff change the answers of a submission, with a reason. The submitter is sent the difference.
//!
//! Where the form says that a change needs agreement, it is a proposal: a revision that becomes the working one, and only
//! then can become public, once the submitter agrees.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::record::{self, Entry};
use super::{note, parties, revise};
use crate::app::{App, Parts};
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::submission::Standing;
use crate::forms::answer::Answers;
use crate::forms::form::{Editing, Field, Form, Role};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::events::NewNote;
use crate::store::revisions::NewPart;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, drafts, revisions};

/// A change as staff made it.
#[derive(Clone)]
pub struct Order {
    pub reference: String,
    pub form: Arc<Form>,
    pub answers: Answers,
    pub reason: String,
    /// The version of the submission that was seen.
    pub version: i64,
    pub by: AccountId,
}

/// Why it is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// The submission has moved on since it was opened.
    Stale,
    /// It is its submitter's turn, or nobody's any more.
    NotOpen,
    ReasonMissing,
    ReasonTooLong,
    /// Every answer is what it was.
    NothingChanged,
}

/// Whether staff change the answer to a question. Who the contact is, what was agreed to, who takes part and which files
/// belong to it is for the submitter alone to say.
#[must_use]
pub fn is_editable(field: &Field) -> bool {
    let of_words = match field.kind {
        FieldKind::File { .. } | FieldKind::Consent | FieldKind::Generated { .. } => false,
        FieldKind::Text { .. }
        | FieldKind::LongText { .. }
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Number { .. }
        | FieldKind::Money { .. }
        | FieldKind::Date
        | FieldKind::Month
        | FieldKind::Meeting
        | FieldKind::YesNo
        | FieldKind::Choice { .. }
        | FieldKind::Choices { .. }
        | FieldKind::Rows { .. }
        | FieldKind::Publication { .. } => true,
    };
    of_words && !field.personal && field.role != Some(Role::Parties)
}

/// Whether a change waits for the submitter's agreement. The rule is today's, whichever version of the form was answered.
#[must_use]
pub fn needs_agreement(app: &Parts, submission: &Submission) -> bool {
    app.catalog.form(&submission.form, Language::En).is_some_and(|form| form.editing() == Editing::Agreed)
}

/// Changes, or proposes to.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn edit(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    let now = app.clock.now();
    let note = record::note(app, &order.reason).ok_or(Stop::Refused(Refusal::ReasonMissing))?;
    if note.body.chars().count() > note::LONGEST {
        return Err(Stop::Refused(Refusal::ReasonTooLong));
    }
    let parts = record::parts(app, &order.form, &order.answers);
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| keep(&app, conn, &order, (&note, &parts), now)).await
}

fn keep(
    app: &App,
    conn: &mut Conn,
    order: &Order,
    (note, parts): (&NewNote, &[NewPart]),
    now: DateTime<Utc>,
) -> Result<Submission, Stop<Refusal>> {
    let mut submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
    if submission.version != order.version {
        return Err(Stop::Refused(Refusal::Stale));
    }
    let next = revise::standing(app, &submission).and_then(Standing::edit).ok_or(Stop::Refused(Refusal::NotOpen))?;
    let base = submission.head_revision;
    let (then, before) = app.answers(conn, submission.id, base, Language::En)?;
    if then.to_json(&before) == order.form.to_json(&order.answers) {
        return Err(Stop::Refused(Refusal::NothingChanged));
    }
    let number = revisions::numbers(conn, submission.id)?.last().copied().unwrap_or(0) + 1;
    revisions::insert(conn, submission.id, number, order.form.version(), parts, now)?;
    let now_said = (&*order.form, &order.answers);
    // Staff change nothing of those who take part, so nobody is asked anew.
    parties::follow(conn, submission.id, number, now_said, Some((base, &then, &before)))?;
    let entry = |kind| Entry { parts, note: Some(note), ..Entry::new(kind, Author::Staff(order.by.0)) };
    let changed = Submission { head_revision: number, ..submission.clone() };
    let to = record::contact(app, &order.form, &order.answers);
    let seq = if needs_agreement(app, &submission) {
        record::change_beside(app, conn, &mut submission, (&changed, &entry(EventKind::EditProposed)), now)?
    } else {
        submission = Submission { state: next, ..changed.clone() };
        let seq = record::change(app, conn, &mut submission, &entry(EventKind::Edited), now)?;
        carry_into_drafts(conn, &submission, base, (&then.pairs(&before), &order.form.pairs(&order.answers)))?;
        seq
    };
    record::tell_submitter(conn, &changed, &to, MailKind::Edited, (seq, now, now))?;
    Ok(submission)
}

/// A correction that the submitter has begun goes on from the new revision. What the submitter has changed since stays.
pub(super) fn carry_into_drafts(
    conn: &mut Conn,
    submission: &Submission,
    base: i32,
    (then, now): (&Pairs, &Pairs),
) -> Result<(), StoreError> {
    for mut draft in drafts::all_correcting(conn, submission.id, base)? {
        let names = then.iter().chain(now.iter()).map(|(name, _)| name);
        for name in names.collect::<std::collections::BTreeSet<_>>() {
            if draft.pairs.all(name) == then.all(name) && then.all(name) != now.all(name) {
                draft.pairs.remove(name);
                now.all(name).into_iter().for_each(|value| draft.pairs.push(name, value));
            }
        }
        drafts::rebase(conn, &draft.id, submission.head_revision, &draft.pairs)?;
    }
    Ok(())
}

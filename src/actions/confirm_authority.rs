//! A moderator records how it is known that a State stands behind a submission; without that it is not published.
//!
//! Which forms ask for it, and of whom, stands in the form file. It holds as long as who speaks stays the same: entity,
//! country and the contact's address.

use super::note;
use super::record::{self, Entry};
use crate::app::{App, Parts};
use crate::domain::account::AccountId;
use crate::domain::authority::Means;
use crate::domain::event::{Author, EventKind};
use crate::domain::projection::role_text;
use crate::forms::answer::Answers;
use crate::forms::form::{Form, Role};
use crate::locale::Language;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, authorities, events};

/// What a moderator says.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    pub means: Means,
    /// The number of a note, who the focal point is.
    pub text: String,
    /// The version of the submission the moderator saw.
    pub version: i64,
    pub by: AccountId,
}

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// Nobody's authority is asked for here.
    NotNeeded,
    /// This means says nothing without words.
    WordsMissing,
    WordsTooLong,
    /// The submission has moved on since the moderator saw it.
    Stale,
}

/// Where a submission stands with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    NotNeeded,
    Missing,
    /// It was confirmed, but another entity, country or address speaks now.
    Outdated {
        event: i64,
        means: Means,
    },
    Confirmed {
        event: i64,
        means: Means,
    },
}

impl Authority {
    /// Whether nothing of it stands between the submission and the public.
    #[must_use]
    pub fn allows_publication(self) -> bool {
        match self {
            Self::NotNeeded | Self::Confirmed { .. } => true,
            Self::Missing | Self::Outdated { .. } => false,
        }
    }
}

/// Where the working revision stands.
///
/// # Errors
/// Where the database fails.
pub fn of(app: &Parts, conn: &mut Conn, submission: &Submission) -> Result<Authority, StoreError> {
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, Language::En)?;
    // The rule is today's, whichever version of the form was answered.
    let rule = app.catalog.form(&submission.form, Language::En).and_then(|form| form.authority());
    if !rule.is_some_and(|when| when.holds(&answers)) {
        return Ok(Authority::NotNeeded);
    }
    let Some((event, means)) = authorities::newest(conn, submission.id)? else { return Ok(Authority::Missing) };
    let seen = events::get(conn, event)?.event.revision;
    let (then, before) = app.answers(conn, submission.id, seen, Language::En)?;
    let same = speaker(app, &then, &before) == speaker(app, &form, &answers);
    Ok(if same { Authority::Confirmed { event, means } } else { Authority::Outdated { event, means } })
}

/// Who speaks: entity, country, and the contact's address.
fn speaker(app: &Parts, form: &Form, answers: &Answers) -> [String; 3] {
    let words = app.locale(Language::En);
    [Role::Organization, Role::Country, Role::ContactEmail].map(|role| role_text(form, answers, role, &words))
}

/// Records it.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn confirm(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    let (now, note) = (app.clock.now(), record::note(app, &order.text));
    if order.means.needs_words() && note.is_none() {
        return Err(Stop::Refused(Refusal::WordsMissing));
    }
    if note.as_ref().is_some_and(|note| note.body.chars().count() > note::LONGEST) {
        return Err(Stop::Refused(Refusal::WordsTooLong));
    }
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        if submission.version != order.version {
            return Err(Stop::Refused(Refusal::Stale));
        }
        if of(&app, conn, &submission)? == Authority::NotNeeded {
            return Err(Stop::Refused(Refusal::NotNeeded));
        }
        let lines = [order.means.line()];
        let author = Author::Staff(order.by.0);
        let entry = Entry { note: note.as_ref(), lines: &lines, ..Entry::new(EventKind::AuthorityConfirmed, author) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        authorities::add(conn, submission.id, seq, order.means)?;
        Ok(submission)
    })
    .await
}

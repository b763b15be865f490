//! Staff put title and summary into another language. It becomes public with the next publication, and says so.

use std::collections::BTreeMap;

use serde_json::json;

use super::record::{self, Entry};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::submission::SubmissionId;
use crate::domain::translation::source_digest;
use crate::forms::answer::Answers;
use crate::forms::export::Translation;
use crate::forms::form::{Form, Lifecycle, Role};
use crate::locale::Language;
use crate::store::submissions::{self, Submission};
use crate::store::translations::{self, NewTranslation};
use crate::store::{Conn, Stop, StoreError};

/// Longest title and summary, in characters.
pub const LONGEST_TITLE: usize = 300;
pub const LONGEST_SUMMARY: usize = 5000;

/// A translation as it was sent.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    pub language: Language,
    pub title: String,
    pub summary: String,
    pub version: i64,
    pub by: AccountId,
}

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// It never becomes public, or it is written in this language.
    NotNeeded,
    TitleMissing,
    TooLong,
    /// The submission has moved on since it was opened.
    Stale,
}

/// Title and summary as the submitter wrote them.
#[must_use]
pub fn original(form: &Form, answers: &Answers) -> (String, String) {
    let text = |role| form.role(role).and_then(|id| answers.text(id)).unwrap_or_default().to_owned();
    (text(Role::Title), text(Role::Summary))
}

/// The newest of each language up to an event, and whether it still says what the original says.
///
/// # Errors
/// Where the database fails.
pub fn of(
    conn: &mut Conn,
    id: SubmissionId,
    (form, answers): (&Form, &Answers),
    until: i64,
) -> Result<BTreeMap<&'static str, (Translation, bool)>, StoreError> {
    let (title, summary) = original(form, answers);
    let now = source_digest(&title, &summary);
    let kept = translations::of(conn, id)?.into_iter().filter(|kept| kept.event <= until);
    let mut newest = BTreeMap::new();
    for kept in kept {
        let Some(translation) = kept.body.and_then(|body| serde_json::from_str(&body).ok()) else {
            newest.remove(kept.language.code());
            continue;
        };
        newest.insert(kept.language.code(), (translation, kept.made_from == now));
    }
    Ok(newest)
}

/// Keeps it.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn translate(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    let (now, salt) = (app.clock.now(), app.entropy.bytes());
    let (title, summary) = (order.title.trim().to_owned(), order.summary.replace("\r\n", "\n").trim().to_owned());
    if title.is_empty() {
        return Err(Stop::Refused(Refusal::TitleMissing));
    }
    if title.chars().count() > LONGEST_TITLE || summary.chars().count() > LONGEST_SUMMARY {
        return Err(Stop::Refused(Refusal::TooLong));
    }
    let body = json!({ "title": title, "summary": summary }).to_string();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        if submission.version != order.version {
            return Err(Stop::Refused(Refusal::Stale));
        }
        let (form, answers) = app.answers(conn, submission.id, submission.head_revision, Language::En)?;
        if form.lifecycle() == Lifecycle::Request || submission.language == order.language {
            return Err(Stop::Refused(Refusal::NotNeeded));
        }
        let (title, summary) = original(&form, &answers);
        let made_from = source_digest(&title, &summary);
        let new = NewTranslation { language: order.language, made_from, body: body.clone(), salt };
        let lines = [new.commitment()];
        let entry = Entry { lines: &lines, ..Entry::new(EventKind::TranslationKept, Author::Staff(order.by.0)) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        translations::add(conn, submission.id, seq, &new)?;
        Ok(submission)
    })
    .await
}

//! A moderator fills in a review sheet: an interest in the matter, and what was found on each criterion of the form.
//!
//! Sheets are for colleagues. A decision may name the criteria that fell short; only that reaches the submitter.

use std::collections::BTreeMap;

use super::note;
use super::record::{self, Entry};
use crate::app::{App, Parts};
use crate::domain::account::AccountId;
use crate::domain::event::{Author, Event, EventKind};
use crate::domain::review::{Opinion, interest_line};
use crate::forms::form::{Form, FormId};
use crate::forms::source::RawCriterion;
use crate::locale::Language;
use crate::store::Stop;
use crate::store::reviews::{self, NewOpinion, Sheet};
use crate::store::submissions::{self, Submission};

/// Longest comment on a criterion, in characters.
pub const LONGEST: usize = 1000;

/// A sheet as it was sent.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    /// None where the question was not answered.
    pub conflict: Option<bool>,
    /// What the interest is.
    pub interest: String,
    pub opinions: BTreeMap<String, (Opinion, String)>,
    /// The revision that was read.
    pub revision: i32,
    pub by: AccountId,
}

/// Why it is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// The form has no criteria, or not these.
    NotThese,
    ConflictUnsaid,
    InterestUnsaid,
    NothingSaid,
    TooLong,
    /// Another revision came since it was opened.
    Stale,
}

/// The criteria of a form as they are today, in a language.
#[must_use]
pub fn criteria<'a>(app: &'a Parts, form: &FormId, language: Language) -> &'a [RawCriterion] {
    app.catalog.form(form, language).map_or(&[], |form| Form::criteria(form))
}

/// The newest sheet of each moderator, by account, oldest first.
#[must_use]
pub fn newest(sheets: Vec<Sheet>, log: &[(i64, &Event)]) -> Vec<(AccountId, Sheet)> {
    let mut found: Vec<(AccountId, Sheet)> = Vec::new();
    for sheet in sheets {
        let by = log.iter().find(|(seq, _)| *seq == sheet.event).and_then(|(_, event)| event.author.account());
        let Some(by) = by else { continue };
        found.retain(|(other, _)| *other != by);
        found.push((by, sheet));
    }
    found
}

/// Keeps it.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn keep(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    let conflict = order.conflict.ok_or(Stop::Refused(Refusal::ConflictUnsaid))?;
    let (now, note) = (app.clock.now(), record::note(app, &order.interest).filter(|_| conflict));
    check(&order, conflict, note.is_some())?;
    let salted = order.opinions.iter().map(|(criterion, (opinion, comment))| NewOpinion {
        criterion: criterion.clone(),
        opinion: *opinion,
        comment: comment.replace("\r\n", "\n").trim().to_owned(),
        salt: app.entropy.bytes(),
    });
    let opinions: Vec<NewOpinion> = salted.collect();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        if submission.head_revision != order.revision {
            return Err(Stop::Refused(Refusal::Stale));
        }
        let known = criteria(&app, &submission.form, Language::En);
        let is_known = |new: &NewOpinion| known.iter().any(|criterion| criterion.id == new.criterion);
        if known.is_empty() || !opinions.iter().all(is_known) {
            return Err(Stop::Refused(Refusal::NotThese));
        }
        let mut lines = vec![interest_line(conflict)];
        lines.extend(opinions.iter().map(NewOpinion::commitment));
        let author = Author::Staff(order.by.0);
        let entry = Entry { note: note.as_ref(), lines: &lines, ..Entry::new(EventKind::ReviewKept, author) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        reviews::add(conn, submission.id, seq, (conflict, &opinions))?;
        Ok(submission)
    })
    .await
}

fn check(order: &Order, conflict: bool, said: bool) -> Result<(), Stop<Refusal>> {
    if conflict && !said {
        return Err(Stop::Refused(Refusal::InterestUnsaid));
    }
    if !conflict && order.opinions.is_empty() {
        return Err(Stop::Refused(Refusal::NothingSaid));
    }
    let long = |(_, comment): &(Opinion, String)| comment.chars().count() > LONGEST;
    if order.interest.chars().count() > note::LONGEST || order.opinions.values().any(long) {
        return Err(Stop::Refused(Refusal::TooLong));
    }
    Ok(())
}

//! A delivered request becomes a draft of the record that staff keep of it, with the answers that fit.

use chrono::{Datelike, NaiveDate};

use super::draft;
use super::milestone;
use crate::app::App;
use crate::domain::case::Progress;
use crate::forms::answer::Answers;
use crate::forms::form::{Field, Form, Role};
use crate::forms::pairs::Pairs;
use crate::store::drafts::{self, Draft};
use crate::store::submissions::{self, Submission};
use crate::store::{Stop, appointments};

/// Why there is no draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// It was not delivered, or becomes no record.
    NotPossible,
}

/// Begins the draft.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn begin(app: &App, reference: &str) -> Result<Draft, Stop<Refusal>> {
    let (handle, reference) = (app.clone(), reference.to_owned());
    let found = app.db.read(move |conn| {
        let Some(submission) = submissions::find(conn, &reference)? else { return Ok(None) };
        let (then, answers) = handle.answers(conn, submission.id, submission.head_revision, submission.language)?;
        let days = appointments::of(conn, submission.id)?.pop().filter(|newest| !newest.cancelled);
        let days = days.map(|agreed| (agreed.start.local.date(), agreed.end.date()));
        let delivered = milestone::progress(conn, submission.id)? == Progress::Delivered;
        Ok(Some((submission, (then, answers), days, delivered)))
    });
    let (submission, (then, answers), days, delivered) = found.await?.ok_or(Stop::Refused(Refusal::NotFound))?;
    // Records of the Network are in English first: staff read one language together.
    let target = then.becomes().filter(|_| delivered).and_then(|id| app.catalog.find(id, crate::locale::Language::En));
    let target = target.ok_or(Stop::Refused(Refusal::NotPossible))?;
    let pairs = fitting((&then, &answers), target, &submission, days);
    let draft = draft::filled(app, target, crate::locale::Language::En, pairs);
    let stored = draft.clone();
    app.db.write(move |conn| Ok(drafts::insert(conn, &stored, None)?)).await?;
    Ok(draft)
}

/// What questions of the same name and kind were answered, as far as it can be chosen there; the days, and the reference.
fn fitting(
    (then, answers): (&Form, &Answers),
    target: &Form,
    submission: &Submission,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Pairs {
    let (typed, mut pairs) = (then.pairs(answers), Pairs::default());
    for field in target.fields() {
        let same = then
            .field(&field.id)
            .filter(|own| std::mem::discriminant(&own.kind) == std::mem::discriminant(&field.kind));
        let day = match field.role {
            Some(Role::Starts) => days.map(|(first, _)| first),
            Some(Role::Ends) => days.map(|(_, last)| last),
            _ => None,
        };
        if field.role == Some(Role::Request) {
            pairs.push(field.id.as_str(), submission.reference.as_str());
        } else if let Some(day) = day {
            put_day(&mut pairs, field, day);
        } else if same.is_some() {
            take_over(&mut pairs, &typed, field);
        }
    }
    pairs
}

fn put_day(pairs: &mut Pairs, field: &Field, day: NaiveDate) {
    for (part, value) in
        [("day", day.day().to_string()), ("month", day.month().to_string()), ("year", day.year().to_string())]
    {
        pairs.push(format!("{}-{part}", field.id), value);
    }
}

fn take_over(pairs: &mut Pairs, typed: &Pairs, field: &Field) {
    let (id, parts) = (field.id.as_str(), format!("{}-", field.id));
    let fits = |value: &str| field.kind.options().is_none_or(|options| options.find(value).is_some());
    for (name, value) in typed.iter().filter(|(name, value)| (*name == id && fits(value)) || name.starts_with(&parts)) {
        pairs.push(name, value);
    }
}

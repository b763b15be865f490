//! "This may be there already": records with a title like this one's, and why one would think so.

use crate::app::App;
use crate::domain::similar::{Candidate, Likeness, Similar, similar};
use crate::domain::submission::SubmissionId;
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::locale::Locale;
use crate::store::{self, Conn, StoreError};

/// What is shown of them, where there are any.
#[derive(Debug, Clone)]
pub struct Alike {
    /// What to do about it, as the form says it.
    pub message: String,
    pub records: Vec<Line>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Line {
    pub url: String,
    pub title: String,
    pub reference: String,
    /// "similar title, same country"
    pub reasons: String,
}

/// Where candidates come from.
type Source = fn(&mut Conn, &str, &str) -> Result<Vec<Candidate>, StoreError>;

/// For everybody: what is published, but for the record itself.
///
/// # Errors
/// Where the database fails.
pub async fn published(
    app: &App,
    form: &Form,
    answers: &Answers,
    l: &Locale,
    itself: Option<SubmissionId>,
) -> Result<Option<Alike>, StoreError> {
    if form.similar().is_none() {
        return Ok(None);
    }
    let (handle, form, answers, l) = (app.clone(), form.clone(), answers.clone(), l.clone());
    let path = format!("/{}", form.collection().unwrap_or_default());
    app.db
        .read(move |conn| find(&handle, conn, (&form, &answers), &l, (store::similar::published, &path, itself)))
        .await
}

/// For staff: all records of the form.
///
/// # Errors
/// Where the database fails.
pub fn on_desk(
    app: &App,
    conn: &mut Conn,
    (form, answers): (&Form, &Answers),
    l: &Locale,
    itself: SubmissionId,
) -> Result<Option<Alike>, StoreError> {
    let found = find(app, conn, (form, answers), l, (store::similar::on_desk, "/staff/submissions", Some(itself)))?;
    Ok(found.map(|found| Alike { message: l.t("staff-similar"), ..found }))
}

fn find(
    app: &App,
    conn: &mut Conn,
    (form, answers): (&Form, &Answers),
    l: &Locale,
    (source, path, itself): (Source, &str, Option<SubmissionId>),
) -> Result<Option<Alike>, StoreError> {
    let own = Likeness::of(form, answers, app.catalog.lists(), l);
    let (Some(own), Some((_, message))) = (own, form.similar()) else { return Ok(None) };
    let mut candidates = source(conn, form.id().as_str(), &own.title)?;
    candidates.retain(|candidate| Some(candidate.id) != itself);
    let records: Vec<Line> = similar(form, &own, candidates).iter().map(|one| line(one, path, l)).collect();
    Ok(if records.is_empty() { None } else { Some(Alike { message: message.to_owned(), records }) })
}

fn line(one: &Similar, path: &str, l: &Locale) -> Line {
    let reasons: Vec<String> = one.reasons.iter().map(|reason| l.t(&format!("similar-{}", reason.as_str()))).collect();
    Line {
        url: format!("{path}/{}", one.record.reference),
        title: one.record.likeness.title.clone(),
        reference: one.record.reference.clone(),
        reasons: reasons.join(", "),
    }
}

//! Review sheets: all moderators' together on the record, and one's own on a page.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::about::{self, Head, Subject};
use super::record::read_reference;
use super::words::Names;
use super::{Choice, Writing, Wrong};
use crate::actions::note;
use crate::actions::review::{self, LONGEST, Order, Refusal, criteria};
use crate::app::App;
use crate::domain::event::{Author, Event};
use crate::domain::review::Opinion;
use crate::locale::{Arg, Locale};
use crate::store::events::{self, Logged};
use crate::store::reviews::{self, Sheet};
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, StoreError};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// What all moderators found together.
#[derive(Debug, Clone)]
pub struct ReviewPanel {
    pub criteria: Vec<CriterionLine>,
    /// Who filled a sheet in, and who has an interest in the matter.
    pub reviewers: Vec<String>,
}

/// One criterion.
#[derive(Debug, Clone)]
pub struct CriterionLine {
    pub label: String,
    /// "Met: 2. Partly met: 1."
    pub summary: String,
    pub comments: Vec<(String, String)>,
}

impl ReviewPanel {
    /// None where the form has no criteria.
    ///
    /// # Errors
    /// Where the database fails.
    pub(super) fn load(
        app: &App,
        conn: &mut Conn,
        submission: &Submission,
        (log, names): (&[Logged], &Names),
        l: &Locale,
    ) -> Result<Option<Self>, StoreError> {
        let criteria = criteria(app, &submission.form, l.language());
        if criteria.is_empty() {
            return Ok(None);
        }
        let sheets = review::newest(reviews::of(conn, submission.id)?, &numbered(log));
        let named: Vec<(String, &Sheet)> =
            sheets.iter().map(|(by, sheet)| (names.of(Author::Staff(by.0), l), sheet)).collect();
        let line = |criterion: &crate::forms::source::RawCriterion| CriterionLine {
            label: criterion.label.clone(),
            summary: summary(l, &criterion.id, &named),
            comments: comments(&criterion.id, &named),
        };
        let reviewer = |(name, sheet): &(String, &Sheet)| {
            l.a(if sheet.conflict { "staff-review-interested" } else { "staff-review-by" }, "who", name)
        };
        Ok(Some(Self {
            criteria: if named.is_empty() { Vec::new() } else { criteria.iter().map(line).collect() },
            reviewers: named.iter().map(reviewer).collect(),
        }))
    }
}

fn numbered(log: &[Logged]) -> Vec<(i64, &Event)> {
    log.iter().map(|logged| (logged.seq, &logged.event)).collect()
}

/// How many say what; who has an interest in the matter is not counted.
fn summary(l: &Locale, criterion: &str, sheets: &[(String, &Sheet)]) -> String {
    let free = sheets.iter().filter(|(_, sheet)| !sheet.conflict);
    let said: Vec<Opinion> =
        free.flat_map(|(_, sheet)| &sheet.opinions).filter(|o| o.criterion == criterion).map(|o| o.opinion).collect();
    let counted = Opinion::ALL.iter().filter_map(|opinion| {
        let count = said.iter().filter(|one| *one == opinion).count();
        let (label, count) = (label(l, *opinion), (count > 0).then(|| l.count(&count))?);
        Some(l.with("staff-review-count", &[("opinion", Arg::from(&label)), ("count", Arg::from(&count))]))
    });
    let counted: Vec<String> = counted.collect();
    if counted.is_empty() { l.t("staff-review-none") } else { counted.join(" ") }
}

fn comments(criterion: &str, sheets: &[(String, &Sheet)]) -> Vec<(String, String)> {
    let said = sheets.iter().flat_map(|(name, sheet)| {
        let own = sheet.opinions.iter().filter(|opinion| opinion.criterion == criterion);
        own.filter_map(|opinion| Some((name.clone(), opinion.comment.clone()?)))
    });
    said.filter(|(_, comment)| !comment.is_empty()).collect()
}

fn label(l: &Locale, opinion: Opinion) -> String {
    l.t(&format!("staff-opinion-{}", opinion.as_str()))
}

/// One criterion to say something of.
struct Asked {
    id: String,
    label: String,
    choices: Vec<Choice>,
    comment: String,
}

#[derive(Template)]
#[template(path = "staff/review.html")]
struct ReviewPage {
    f: Frame,
    head: Head,
    revision: i32,
    conflict: Option<bool>,
    conflict_error: Option<String>,
    writing: Writing,
    asked: Vec<Asked>,
    opinions_error: Option<String>,
    max: usize,
    limit: String,
    errors: Vec<Wrong>,
    stale: bool,
}

/// What stands on the page, and why it was not taken.
#[derive(Default)]
struct Typed {
    conflict: Option<bool>,
    interest: String,
    opinions: BTreeMap<String, (Option<Opinion>, String)>,
    wrong: Option<Refusal>,
}

/// GET `/staff/submissions/{reference}/review`: one's own sheet, as it was filled in last.
///
/// # Errors
/// Where there is no such record, or its form has no criteria.
pub async fn ask(req: HttpRequest, app: State, reference: web::Path<String>) -> Result<HttpResponse, WebError> {
    let by = super::desk(&req)?.account.id;
    let read = move |_: &App, conn: &mut Conn, subject: &Subject| {
        let log = events::of(conn, subject.submission.id)?;
        let sheets = review::newest(reviews::of(conn, subject.submission.id)?, &numbered(&log));
        let notes = events::notes_of(conn, subject.submission.id)?;
        let own = sheets.into_iter().find(|(account, _)| *account == by).map(|(_, sheet)| sheet);
        let interest = own.as_ref().and_then(|own| notes.into_iter().find(|note| note.event_seq == own.event)?.body);
        Ok((own, interest.unwrap_or_default()))
    };
    let (subject, (own, interest)) = about::load(&app, &req, &reference, read).await?;
    let opinions = own.iter().flat_map(|own| own.opinions.iter());
    let opinions = opinions.map(|o| (o.criterion.clone(), (Some(o.opinion), o.comment.clone().unwrap_or_default())));
    let typed =
        Typed { opinions: opinions.collect(), conflict: own.as_ref().map(|own| own.conflict), interest, wrong: None };
    page(&app, &req, &subject, &typed)
}

/// POST `/staff/submissions/{reference}/review`
///
/// # Errors
/// Where there is no such record, or its form has not these criteria.
pub async fn keep(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let revision = sent.text("revision").trim().parse().map_err(|_| WebError::Unreadable)?;
    let mut typed = Typed {
        conflict: match sent.text("conflict") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        interest: sent.text("interest").to_owned(),
        opinions: BTreeMap::new(),
        wrong: None,
    };
    let (subject, ()) = about::load(&app, &req, &reference, |_, _, _| Ok(())).await?;
    for criterion in criteria(&app, &subject.submission.form, language(&req)) {
        let opinion = Opinion::read(sent.text(&format!("opinion-{}", criterion.id)));
        let comment = sent.text(&format!("comment-{}", criterion.id)).to_owned();
        typed.opinions.insert(criterion.id.clone(), (opinion, comment));
    }
    let given = typed.opinions.iter().filter_map(|(id, (opinion, comment))| {
        // Words without a verdict say that no verdict can be given.
        let opinion = opinion.or((!comment.trim().is_empty()).then_some(Opinion::CannotSay))?;
        Some((id.clone(), (opinion, comment.clone())))
    });
    let order = Order {
        reference: reference.clone(),
        conflict: typed.conflict,
        interest: typed.interest.clone(),
        opinions: given.collect(),
        revision,
        by: super::desk(&req)?.account.id,
    };
    match review::keep(&app, order).await {
        Ok(_) => Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted=review"))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(Refusal::NotThese)) => Err(WebError::Conflict),
        Err(Stop::Refused(refusal)) => {
            typed.wrong = Some(refusal);
            page(&app, &req, &subject, &typed)
        }
    }
}

fn page(app: &App, req: &HttpRequest, subject: &Subject, typed: &Typed) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(req));
    let criteria = criteria(app, &subject.submission.form, l.language());
    if criteria.is_empty() {
        return Err(WebError::NotFound);
    }
    let asked = |criterion: &crate::forms::source::RawCriterion| {
        let said = typed.opinions.get(&criterion.id);
        let choice = |opinion: &Opinion| Choice {
            value: opinion.as_str().to_owned(),
            label: label(&l, *opinion),
            hint: None,
            chosen: said.is_some_and(|(one, _)| *one == Some(*opinion)),
        };
        Asked {
            id: criterion.id.clone(),
            label: criterion.label.clone(),
            choices: Opinion::ALL.iter().map(choice).collect(),
            comment: said.map(|(_, comment)| comment.clone()).unwrap_or_default(),
        }
    };
    let wrong = |which: &Refusal, key: &str| (typed.wrong.as_ref() == Some(which)).then(|| l.t(key));
    let conflict_error = wrong(&Refusal::ConflictUnsaid, "staff-wrong-conflict");
    let too_long =
        (typed.wrong == Some(Refusal::TooLong)).then(|| l.a("staff-wrong-too-long", "max", l.count(&LONGEST)));
    let opinions_error = wrong(&Refusal::NothingSaid, "staff-wrong-opinions").or(too_long);
    let writing = Writing::new(&l, "interest", "staff-review-interest", note::LONGEST);
    let error = wrong(&Refusal::InterestUnsaid, "staff-wrong-interest");
    let writing = Writing { value: typed.interest.clone(), error, ..writing };
    let at = |anchor: &str, text: &Option<String>| text.clone().map(|text| Wrong { anchor: anchor.to_owned(), text });
    let errors =
        at("conflict", &conflict_error).into_iter().chain(writing.wrong()).chain(at("opinions", &opinions_error));
    let shown = ReviewPage {
        errors: errors.collect(),
        stale: typed.wrong == Some(Refusal::Stale),
        head: subject.head(&l),
        revision: subject.submission.head_revision,
        conflict: typed.conflict,
        asked: criteria.iter().map(asked).collect(),
        max: LONGEST,
        limit: l.a("count-limit", "max", l.count(&LONGEST)),
        f: Frame::new(app, req, l.t("staff-review")),
        conflict_error,
        writing,
        opinions_error,
    };
    let status = match (shown.stale, shown.errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(respond::private(status, &shown))
}

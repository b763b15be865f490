//! What changed between two revisions of a record: on its page since the last one, on a page of its own between any two.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::Choice;
use super::record::read_reference;
use crate::app::App;
use crate::domain::event::Event;
use crate::domain::projection::role_text;
use crate::domain::reference::Reference;
use crate::domain::submission::SubmissionId;
use crate::forms::answer::Answers;
use crate::forms::diff::{self, Segment};
use crate::forms::form::{Form, Lifecycle, Role};
use crate::locale::{Arg, Language, Locale};
use crate::store::events::{self, Logged};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, StoreError};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// A revision with its answers, read by the form they were given to.
struct Side {
    form: Arc<Form>,
    answers: Answers,
    number: i32,
    /// When it came.
    at: DateTime<Utc>,
}

/// Two revisions to compare.
pub struct Compared {
    old: Side,
    new: Side,
}

/// A question that is answered differently now.
pub struct Difference {
    pub label: String,
    pub words: Vec<Segment>,
    /// Not shown to the public.
    pub private: bool,
    /// Both read alike, though they differ.
    pub unseen: bool,
}

/// What changed between two revisions.
pub struct Comparison {
    pub heading: String,
    pub differences: Vec<Difference>,
}

/// Two lists of revisions to choose from.
pub struct Revisions {
    pub new: Vec<Choice>,
    pub old: Vec<Choice>,
}

/// What changed, in words.
pub(super) fn comparison(l: &Locale, compared: &Compared) -> Comparison {
    let marked = compared.new.form.lifecycle() != Lifecycle::Request;
    let Compared { old, new } = compared;
    let changes = diff::between((&old.form, &old.answers), (&new.form, &new.answers), l);
    let difference = |change: diff::Change<'_>| Difference {
        label: change.field.label.clone(),
        private: marked && !change.field.public,
        unseen: change.is_unseen(),
        words: change.words,
    };
    Comparison {
        heading: l.a("staff-changed-since", "when", l.instant(&old.at)),
        differences: changes.into_iter().map(difference).collect(),
    }
}

/// The revisions that came, each with its day.
fn brought(events: &[Logged]) -> impl Iterator<Item = &Event> {
    events.iter().map(|logged| &logged.event).filter(|event| event.kind.brings_revision())
}

/// All revisions to choose two from, where there are several.
pub(super) fn revisions(l: &Locale, events: &[Logged], (old, new): (i32, i32)) -> Option<Revisions> {
    let choices = |chosen: i32| -> Vec<Choice> {
        let choice = |event: &Event| {
            let (number, when) = (event.revision.to_string(), l.instant(&event.at));
            Choice {
                label: l.with("staff-revision", &[("number", Arg::from(&number)), ("when", Arg::from(&when))]),
                chosen: event.revision == chosen,
                value: number,
                hint: None,
            }
        };
        brought(events).map(choice).collect()
    };
    (brought(events).count() > 1).then(|| Revisions { new: choices(new), old: choices(old) })
}

impl Compared {
    /// Reads two revisions; `None` where one of them never came.
    pub(super) fn load(
        app: &App,
        conn: &mut Conn,
        id: SubmissionId,
        (events, old, new): (&[Logged], i32, i32),
        language: Language,
    ) -> Result<Option<Self>, StoreError> {
        let mut side = |number: i32| -> Result<Option<Side>, StoreError> {
            let Some(at) = brought(events).find(|event| event.revision == number).map(|event| event.at) else {
                return Ok(None);
            };
            let (form, answers) = app.answers(conn, id, number, language)?;
            Ok(Some(Side { form, answers, number, at }))
        };
        Ok(side(old)?.zip(side(new)?).map(|(old, new)| Self { old, new }))
    }

    /// The numbers of both, the older one first.
    pub(super) fn numbers(&self) -> (i32, i32) {
        (self.old.number, self.new.number)
    }
}

/// The two revisions that are asked for; the last two where nothing is said.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/difference.html")]
struct DifferencePage {
    f: Frame,
    noun: String,
    reference: String,
    title: String,
    lang: &'static str,
    /// Which two.
    between: String,
    comparison: Comparison,
    revisions: Option<Revisions>,
}

/// GET `/staff/submissions/{reference}/difference?from=1&to=3`
///
/// # Errors
/// Where there is no such record, or no such revision of it.
pub async fn difference(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?;
    let number = |text: &Option<String>| text.as_deref().map(|text| text.parse::<i32>().unwrap_or(0));
    let asked = (number(&asked.from), number(&asked.to));
    let (handle, language) = (app.get_ref().clone(), language(&req));
    let found = app.db.read(move |conn| load(&handle, conn, &reference, asked, language)).await?;
    let (submission, events, compared) = found.ok_or(WebError::NotFound)?;
    let f = Frame::new(&app, &req, String::new());
    Ok(respond::private(StatusCode::OK, &page(f, &submission, &events, &compared)))
}

type Found = (Submission, Vec<Logged>, Compared);

fn load(
    app: &App,
    conn: &mut Conn,
    reference: &Reference,
    (from, to): (Option<i32>, Option<i32>),
    language: Language,
) -> Result<Option<Found>, StoreError> {
    let Some(submission) = submissions::find(conn, reference.as_str())? else { return Ok(None) };
    let events = events::of(conn, submission.id)?;
    let new = to.unwrap_or(submission.head_revision);
    let old = from.unwrap_or_else(|| before(&events, new).unwrap_or(new));
    let compared = Compared::load(app, conn, submission.id, (&events, old, new), language)?;
    Ok(compared.map(|compared| (submission, events, compared)))
}

/// The revision before another.
pub(super) fn before(events: &[Logged], number: i32) -> Option<i32> {
    brought(events).map(|event| event.revision).filter(|other| *other < number).max()
}

fn page(mut f: Frame, submission: &Submission, events: &[Logged], compared: &Compared) -> DifferencePage {
    let (l, new) = (f.l.clone(), &compared.new);
    let numbers = compared.numbers();
    let (old, reference) = (numbers.0.to_string(), submission.reference.clone());
    let between = l.with("staff-difference", &[("old", Arg::from(&old)), ("new", Arg::from(&numbers.1.to_string()))]);
    f.title = format!("{between} – {reference}");
    DifferencePage {
        noun: new.form.words().noun.clone(),
        title: role_text(&new.form, &new.answers, Role::Title, &l),
        lang: submission.language.tag(),
        comparison: Comparison { heading: l.t("staff-changes"), ..comparison(&l, compared) },
        revisions: revisions(&l, events, numbers),
        reference,
        between,
        f,
    }
}

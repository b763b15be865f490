//! Points on a record's page: those that are being written, and what became of those that were asked.

use actix_web::{HttpRequest, HttpResponse, web};

use super::options::{Attempt, Refused};
use super::record::{Loaded, read_reference};
use super::{Choice, When, Wrong};
use crate::actions::accept_point::{self, Refusal, can_accept};
use crate::app::App;
use crate::domain::point::{Asking, LONGEST, MOST, Point, PointId, PointText, threads};
use crate::domain::submission::{Decision, ReviewState};
use crate::forms::diff::Segment;
use crate::forms::form::{FieldId, Form};
use crate::forms::kind::FieldKind;
use crate::locale::{Arg, Language, Locale};
use crate::store::events::Logged;
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, points};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::pages::points::{PointView, text, views};
use crate::web::respond::{self, State};

/// Empty rows that a new request for changes offers.
const ROWS: usize = 3;

/// A point as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct TypedPoint {
    /// A question's id; empty for the whole.
    field: String,
    text: String,
    advisory: bool,
    follows: Option<PointId>,
}

/// Why a typed point cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A question was chosen, or is asked about again, but no words.
    Empty,
    TooLong,
}

impl TypedPoint {
    fn is_blank(&self) -> bool {
        self.field.is_empty() && self.text.trim().is_empty() && self.follows.is_none()
    }

    /// The point; nothing where nothing was typed.
    fn read(&self) -> Result<Option<Asking>, Fault> {
        if self.is_blank() {
            return Ok(None);
        }
        let text = PointText::read(&self.text).map_err(|_| Fault::TooLong)?.ok_or(Fault::Empty)?;
        let field = Some(&self.field).filter(|field| !field.is_empty()).map(|field| FieldId::new(field));
        Ok(Some(Asking { field, required: !self.advisory, follows: self.follows, text }))
    }

    /// One that was asked with a decision that was taken back.
    pub(super) fn again(point: &Point) -> Self {
        Self {
            field: point.field.as_ref().map(ToString::to_string).unwrap_or_default(),
            text: point.text.clone().unwrap_or_default(),
            advisory: !point.required,
            follows: point.follows,
        }
    }

    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The points of a request, `point_field-0`, `point_text-0`, `point_required-0` and so on; gaps are fine.
#[must_use]
pub fn typed(sent: &Sent) -> Vec<TypedPoint> {
    let row = |(name, _): (&str, &str)| {
        name.strip_prefix("point_text-").or(name.strip_prefix("point_field-"))?.parse::<usize>().ok()
    };
    let mut rows: Vec<usize> = sent.pairs.iter().filter_map(row).collect();
    rows.sort_unstable();
    rows.dedup();
    let point = |row: &usize| TypedPoint {
        field: sent.text(&format!("point_field-{row}")).trim().to_owned(),
        text: sent.text(&format!("point_text-{row}")).replace("\r\n", "\n"),
        advisory: sent.text(&format!("point_required-{row}")) == "no",
        follows: sent.text(&format!("point_follows-{row}")).parse().ok().map(PointId),
    };
    rows.iter().map(point).collect()
}

/// All points, or that some cannot be taken.
///
/// # Errors
/// Where one is at fault.
pub fn read(typed: &[TypedPoint]) -> Result<Vec<Asking>, Fault> {
    typed.iter().filter_map(|point| point.read().transpose()).collect()
}

/// What a button within the form does to the rows; gives the row it leads to. Nothing is decided by it.
pub fn edit(rows: &mut Vec<TypedPoint>, button: &str) -> Option<usize> {
    let words: Vec<&str> = button.split(':').collect();
    match words.as_slice() {
        ["add-point"] => rows.push(TypedPoint::default()),
        ["drop-point", row] => {
            let row = row.parse::<usize>().ok().filter(|row| *row < rows.len())?;
            rows.remove(row);
            return Some(row.saturating_sub(1));
        }
        ["ask-again", id, need, field] => {
            let follows = Some(PointId(id.parse().ok()?));
            rows.retain(|row| !row.is_blank() && row.follows != follows);
            let (advisory, field) = (*need == "no", (*field).to_owned());
            rows.push(TypedPoint { field, advisory, follows, text: String::new() });
        }
        _ => return None,
    }
    rows.truncate(MOST);
    Some(rows.len().saturating_sub(1))
}

/// Where points are typed.
pub struct PointsBox {
    pub rows: Vec<PointRow>,
    /// Something is in it.
    pub open: bool,
    pub more: bool,
}

/// One point to be typed.
pub struct PointRow {
    pub heading: String,
    pub choices: Vec<Choice>,
    pub text: String,
    pub advisory: bool,
    pub follows: Option<PointId>,
    /// What was asked before.
    pub earlier: Option<String>,
    pub error: Option<String>,
    pub filled: bool,
    /// It was just added.
    pub fresh: bool,
}

impl PointsBox {
    /// The box as it was sent, or with empty rows. What is wrong is said once it was sent to be taken.
    pub fn new(l: &Locale, loaded: &Loaded, attempt: Option<&Attempt>) -> Self {
        let tried = attempt.filter(|attempt| attempt.decision == Some(Decision::RequestChanges));
        let refused = tried.is_some_and(|attempt| attempt.refused != Refused::Unfinished);
        let fresh = tried.and_then(|attempt| attempt.row);
        let mut typed = tried.map(|attempt| attempt.points.clone()).unwrap_or_default();
        let open = typed.iter().any(|row| !row.is_blank()) || fresh.is_some();
        if typed.is_empty() {
            typed.resize_with(ROWS, TypedPoint::default);
        }
        let row = |(at, point)| row(l, &loaded.form, &loaded.points, (at, point), (refused, fresh == Some(at)));
        let more = typed.len() < MOST;
        Self { rows: typed.iter().enumerate().map(row).collect(), open, more }
    }

    /// What is wrong with its rows.
    pub fn wrong(&self) -> impl Iterator<Item = Wrong> {
        let wrong = |(at, row): (usize, &PointRow)| {
            row.error.clone().map(|text| Wrong { anchor: format!("point_text-{at}"), text })
        };
        self.rows.iter().enumerate().filter_map(wrong)
    }
}

fn row(
    l: &Locale,
    form: &Form,
    told: &[Told],
    (at, typed): (usize, &TypedPoint),
    (refused, fresh): (bool, bool),
) -> PointRow {
    let number = l.count(&(at + 1));
    let earlier = typed.follows.and_then(|id| told.iter().find(|told| told.point.id == id));
    let choices = choices(l, form, &typed.field);
    let chosen = choices.iter().find(|choice| choice.chosen).map(|choice| choice.label.clone()).unwrap_or_default();
    let fault = typed.read().err().filter(|_| refused).map(|fault| match fault {
        Fault::Empty if typed.follows.is_some() => l.a("staff-wrong-point-again", "n", &number),
        Fault::Empty => l.with("staff-wrong-point-empty", &[("n", Arg::from(&number)), ("label", Arg::from(&chosen))]),
        Fault::TooLong => {
            let max = l.count(&LONGEST);
            l.with("staff-wrong-point-too-long", &[("n", Arg::from(&number)), ("max", Arg::from(&max))])
        }
    });
    PointRow {
        heading: l.a(if earlier.is_some() { "staff-point-again" } else { "staff-point-n" }, "n", &number),
        text: typed.text.clone(),
        advisory: typed.advisory,
        follows: typed.follows,
        earlier: earlier.map(|told| l.a("staff-point-earlier", "text", text(&told.point, l))),
        error: fault,
        filled: !typed.is_blank(),
        choices,
        fresh,
    }
}

/// The whole, and every question that somebody answers.
fn choices(l: &Locale, form: &Form, chosen: &str) -> Vec<Choice> {
    let choice =
        |value: &str, label: String| Choice { chosen: value == chosen, value: value.to_owned(), label, hint: None };
    let asked = form.fields().filter(|field| !matches!(field.kind, FieldKind::Generated { .. }));
    let questions = asked.map(|field| choice(field.id.as_str(), field.label.clone()));
    std::iter::once(choice("", l.t("point-whole"))).chain(questions).collect()
}

/// A point with what became of the answer.
pub struct Told {
    pub point: Point,
    asked: When,
    change: Change,
}

/// What became of what a point asks about.
#[derive(Debug, Clone)]
pub enum Change {
    /// It is not back yet.
    Awaited,
    Unchanged,
    /// Anything may have changed.
    Whole,
    Words(Vec<Segment>),
}

/// A submission's points, compared with what they were asked about.
///
/// # Errors
/// Where the database fails.
pub fn load(
    app: &App,
    conn: &mut Conn,
    submission: &Submission,
    events: &[Logged],
    language: Language,
) -> Result<Vec<Told>, StoreError> {
    let l = app.locale(language);
    let event = |seq: i64| events.iter().find(|logged| logged.seq == seq).map(|logged| &logged.event);
    let mut told = Vec::new();
    for point in points::of(conn, submission.id)? {
        let asked = event(point.asked).map_or(submission.created_at, |event| event.at);
        let change = match (&point.field, point.answered.and_then(event)) {
            (_, None) => Change::Awaited,
            (None, Some(_)) => Change::Whole,
            (Some(field), Some(answered)) => {
                let (_, before) = app.answers(conn, submission.id, point.base, language)?;
                let (form, after) = app.answers(conn, submission.id, answered.revision, language)?;
                let changed = form.diff(&before, &after, &l).into_iter().find(|change| change.field.id == *field);
                changed.map_or(Change::Unchanged, |change| Change::Words(change.words))
            }
        };
        told.push(Told { asked: When::new(&l, &asked), point, change });
    }
    Ok(told)
}

/// A point on the record's page, with all that was asked about the same before.
pub struct Card {
    pub view: PointView,
    pub rounds: Vec<CardRound>,
    pub can_accept: bool,
    /// What the button sends that asks again.
    pub again: String,
}

/// What was asked once, what changed, what was answered.
pub struct CardRound {
    pub asked: When,
    pub text: String,
    pub change: Change,
    pub reply: Option<String>,
}

/// The points, those that are still to be looked at first.
pub fn cards(l: &Locale, form: &Form, told: &[Told], state: ReviewState) -> Vec<Card> {
    let points: Vec<Point> = told.iter().map(|told| told.point.clone()).collect();
    let round = |point: &&Point| {
        let told = told.iter().find(|told| told.point.id == point.id)?;
        Some(CardRound {
            asked: told.asked.clone(),
            text: text(point, l),
            change: told.change.clone(),
            reply: point.reply.clone(),
        })
    };
    let card = |(view, thread): (PointView, Vec<&Point>)| Card {
        again: format!(
            "ask-again:{}:{}:{}",
            view.id.0,
            if view.required { "yes" } else { "no" },
            view.field.as_ref().map_or("", FieldId::as_str)
        ),
        can_accept: thread.last().is_some_and(|point| can_accept(point, state)),
        rounds: thread.iter().filter_map(round).collect(),
        view,
    };
    let mut cards: Vec<Card> = views(form, &points, l).into_iter().zip(threads(&points)).map(card).collect();
    cards.sort_by_key(|card| !card.can_accept);
    cards
}

/// POST `/staff/submissions/{reference}/points/{point}`: the moderator is content with it.
///
/// # Errors
/// Where there is no such point, or nothing came back that could be accepted.
pub async fn accept(
    req: HttpRequest,
    app: State,
    path: web::Path<(String, String)>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let (reference, point) = path.into_inner();
    let point: i64 = point.parse().map_err(|_| WebError::NotFound)?;
    let reference = read_reference(&reference)?.to_string();
    let by = super::desk(&req)?.account.id;
    let accepted = accept_point::accept(&app, &reference, PointId(point), by).await;
    accepted.map_err(|stop| {
        WebError::of(stop, |refused| match refused {
            Refusal::NotFound => WebError::NotFound,
            Refusal::NotAnswered => WebError::Conflict,
        })
    })?;
    Ok(respond::see_other(&format!("/staff/submissions/{reference}#point-{point}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: &str, text: &str) -> TypedPoint {
        TypedPoint { field: field.to_owned(), text: text.to_owned(), ..TypedPoint::default() }
    }

    #[test]
    fn empty_rows_are_no_points_and_a_question_without_words_is_asked_about() {
        assert_eq!(read(&[typed("", " \n"), typed("", "")]), Ok(Vec::new()));
        assert_eq!(read(&[typed("summary", "")]), Err(Fault::Empty));
        assert_eq!(read(&[typed("", &"x".repeat(LONGEST + 1))]), Err(Fault::TooLong));
        assert_eq!(read(&[typed("summary", "Shorter."), typed("", "")]).map(|points| points.len()), Ok(1));
    }

    #[test]
    fn the_buttons_between_rows_keep_what_was_typed() {
        let mut rows = vec![typed("summary", "Shorter."), TypedPoint::default()];
        assert_eq!(edit(&mut rows, "add-point"), Some(2));
        assert_eq!(edit(&mut rows, "ask-again:7:no:impact"), Some(1), "empty rows give way");
        assert_eq!(edit(&mut rows, "ask-again:7:no:impact"), Some(1), "twice is once");
        assert_eq!((rows.len(), rows[1].follows, rows[1].advisory), (2, Some(PointId(7)), true));
        assert_eq!(edit(&mut rows, "drop-point:0"), Some(0));
        assert_eq!((rows.len(), rows[0].field.as_str()), (1, "impact"));
        for other in ["", "drop-point:9", "drop-point:x", "ask-again:x:yes:", "publish"] {
            assert_eq!(edit(&mut rows, other), None, "{other}");
        }
    }
}

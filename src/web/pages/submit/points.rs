//! The first page of a correction: the questions that a moderator asks about, each below its point, to change or to answer.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::acts::{Saved, file_errors};
use super::carried::Carried;
use super::controls::FieldView;
use super::received::{Kept, Received, as_typed, stay};
use super::scene::{Drawn, Scene, Ways};
use super::{Side, keep_cookies, open_draft, open_form, owner, parse};
use crate::actions::attach::LARGEST;
use crate::app::App;
use crate::domain::point::{LONGEST, PointId, PointStatus, PointText};
use crate::forms::errors::Message;
use crate::forms::form::{Field, FieldId, Form, Required, Step};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::locale::Locale;
use crate::store::drafts::Draft;
use crate::store::points;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::pages::points::{PointView, views};
use crate::web::respond::{self, State};

/// The id of its questions as a step. No step of a form has such an id.
pub const STEP: &str = "points/";

#[derive(Template)]
#[template(path = "submit/points.html")]
struct PointsPage<'a> {
    f: Frame,
    form: &'a Form,
    /// Where the draft is.
    draft: String,
    carried: Carried,
    /// A moderator's message to all of it.
    message: Option<String>,
    groups: Vec<Group<'a>>,
    errors: Vec<Message>,
    largest: u64,
}

/// One question with the points about it, or points about the whole; and the answers to them.
struct Group<'a> {
    field: Option<FieldView<'a>>,
    points: Vec<PointView>,
    replies: Vec<FieldView<'a>>,
}

/// Where a correction begins: with its points, or with the first step where there are none.
///
/// # Errors
/// Where the database fails.
pub async fn first_page(app: &App, side: Side, form: &Form, draft: &Draft) -> Result<String, WebError> {
    let asked = open(app, form, draft, &app.locale(draft.language)).await?;
    let first = form.steps().first().map_or("", |step| step.id.as_str());
    Ok(match asked.is_empty() {
        true => side.draft(&draft.id, &format!("/steps/{first}")),
        false => side.draft(&draft.id, "/points"),
    })
}

/// The points that the submitter has still to do something about; those on the whole come last.
///
/// # Errors
/// Where the database fails.
pub async fn open(app: &App, form: &Form, draft: &Draft, l: &Locale) -> Result<Vec<PointView>, WebError> {
    let Some((submission, _)) = draft.corrects else { return Ok(Vec::new()) };
    let all = app.db.read(move |conn| points::of(conn, submission)).await?;
    let mut open = views(form, &all, l);
    open.retain(|point| point.status == PointStatus::Open);
    open.sort_by_key(|point| {
        form.fields().position(|field| Some(&field.id) == point.field.as_ref()).unwrap_or(usize::MAX)
    });
    Ok(open)
}

/// `GET /drafts/{draft}/points`
pub async fn points(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    ways: web::Query<Ways>,
) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, None).await?;
    let form = open_form(&app, Side::Outside, draft.form.as_str(), draft.language)?;
    let l = app.locale(draft.language);
    let asked = open(&app, &form, &draft, &l).await?;
    if asked.is_empty() {
        return Ok(respond::see_other(&first_page(&app, Side::Outside, &form, &draft).await?));
    }
    let step = step(&form, &asked, &Pairs::default(), &l);
    let scene = Scene { draft: Some(&draft), ..Scene::new(&form, 0, &draft.pairs, &ways) };
    Ok(respond::revisitable(StatusCode::OK, &page(&app, &req, &scene, (&draft, &step), asked).await?))
}

/// `POST /drafts/{draft}/points`: saves what was typed, right or wrong, then does what the button says.
pub async fn points_sent(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let received = Received::read(&app, &req, &path, payload).await?;
    let Received { draft, form, sent } = &received;
    let here = Side::Outside.draft(&draft.id, "/points");
    if sent.text("do") == "theirs" {
        return Ok(respond::see_other(&here));
    }
    let l = app.locale(draft.language);
    let asked = open(&app, form, draft, &l).await?;
    let step = step(form, &asked, &sent.pairs, &l);
    let draft = match received.keep(&app, &step, &here).await? {
        Kept::Saved(draft) => draft,
        Kept::Stale(theirs) => return stale(&app, &req, form, (&theirs, &step), (asked, sent)).await,
    };
    let saved = Saved { app: &app, req: &req, form, step: &step, here, sent, draft: draft.clone() };
    let mut response = match saved.press().await? {
        Some(done) => done,
        None => advance(&app, &req, form, (&draft, &step), (asked, sent)).await?,
    };
    stay(&app, &req, &mut response, &draft);
    Ok(response)
}

/// On to the page with all answers; the same page again where something is wrong.
async fn advance(
    app: &App,
    req: &HttpRequest,
    form: &Arc<Form>,
    (draft, step): (&Draft, &Step),
    (asked, sent): (Vec<PointView>, &Sent),
) -> Result<HttpResponse, WebError> {
    let l = app.locale(draft.language);
    let parsed = parse(app, form, &draft.pairs, owner(draft), draft.language).await?;
    let mut errors = file_errors(&sent.files, &l);
    errors.extend(too_long(&draft.pairs, &l));
    if parsed.errors.of_step(step).is_empty() && errors.is_empty() {
        return Ok(respond::see_other(&Side::Outside.draft(&draft.id, "/check")));
    }
    let ways = Ways::default();
    let scene = Scene {
        draft: Some(draft),
        refused: Some(parsed),
        file_errors: errors,
        ..Scene::new(form, 0, &draft.pairs, &ways)
    };
    let page = page(app, req, &scene, (draft, step), asked).await?;
    Ok(respond::revisitable(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Somebody else changed these answers meanwhile: nothing is saved, both texts are shown, and what was typed stays.
async fn stale(
    app: &App,
    req: &HttpRequest,
    form: &Arc<Form>,
    (theirs, step): (&Draft, &Step),
    (asked, sent): (Vec<PointView>, &Sent),
) -> Result<HttpResponse, WebError> {
    let (mine, ways) = (as_typed(theirs, step, sent), Ways::default());
    let scene = Scene { draft: Some(theirs), stale: true, ..Scene::new(form, 0, &mine, &ways) };
    let page = page(app, req, &scene, (theirs, step), asked).await?;
    let mut response = respond::private(StatusCode::CONFLICT, &page);
    keep_cookies(app, req, &mut response, theirs);
    Ok(response)
}

async fn page<'a>(
    app: &App,
    req: &HttpRequest,
    scene: &Scene<'a>,
    (draft, step): (&Draft, &'a Step),
    asked: Vec<PointView>,
) -> Result<PointsPage<'a>, WebError> {
    let (f, languages) = scene.frame(app, req, &step.title);
    let parsed = scene.read(app, &f.l).await?;
    let drawn = scene.drawn(app, Side::Outside, (step, &parsed), &asked, &f.l).await?;
    let Drawn { fields, errors, conflict } = drawn;
    let base = Side::Outside.draft(&draft.id, "");
    Ok(PointsPage {
        form: scene.form,
        carried: Carried {
            languages,
            conflict,
            multipart: fields.iter().any(FieldView::takes_files),
            ..scene.carried(app, req, step, format!("{base}/points"))
        },
        draft: base,
        message: scene.message(app).await?,
        groups: groups(fields, asked),
        errors,
        largest: LARGEST,
        f,
    })
}

/// The questions with points as a step of their own, with a question for the answer to each point. What was sent for
/// others, because a point was settled meanwhile, is not lost.
fn step(form: &Form, asked: &[PointView], sent: &Pairs, l: &Locale) -> Step {
    let is_asked = |field: &&Field| {
        let named = asked.iter().any(|point| point.field.as_ref() == Some(&field.id));
        (named || sent.iter().any(|(name, _)| field.owns(name))) && !matches!(field.kind, FieldKind::Generated { .. })
    };
    let mut replies: Vec<PointId> = asked.iter().map(|point| point.id).collect();
    replies.extend(sent.iter().filter_map(|(name, _)| PointId::of_reply(name)));
    replies.sort_unstable();
    replies.dedup();
    let fields = form.fields().filter(is_asked).cloned().map(|field| Field { heading: None, ..field });
    Step {
        id: STEP.to_owned(),
        title: l.t("points-title"),
        intro: None,
        fields: fields.chain(replies.into_iter().map(|id| reply(id, l))).collect(),
    }
}

/// The question for the answer to a point.
fn reply(point: PointId, l: &Locale) -> Field {
    Field {
        id: FieldId::new(&point.reply_name()),
        kind: FieldKind::LongText { min: 0, max: LONGEST },
        role: None,
        label: l.t("point-answer"),
        hint: None,
        missing: None,
        heading: None,
        required: Required::Never,
        show_if: None,
        public: false,
        personal: false,
        facet: None,
        search: None,
        autocomplete: None,
    }
}

/// Puts together what belongs to one question. Points whose question is not drawn stand alone.
fn groups(drawn: Vec<FieldView<'_>>, mut asked: Vec<PointView>) -> Vec<Group<'_>> {
    let (mut replies, questions): (Vec<_>, Vec<_>) =
        drawn.into_iter().partition(|field| PointId::of_reply(&field.name).is_some());
    let mut answers = |points: &[PointView]| {
        let mine = |reply: &mut FieldView<'_>| points.iter().any(|point| point.id.reply_name() == reply.name);
        let mut mine: Vec<FieldView<'_>> = replies.extract_if(.., mine).collect();
        for (reply, point) in mine.iter_mut().zip(points) {
            // The point itself says what is wanted; the count stands below the box.
            reply.limits.clear();
            reply.described_by = reply.error.as_ref().map(|_| format!("{}-error", reply.name)).unwrap_or_default();
            reply.describe_first(&format!("ask-{}-text", point.id.0));
        }
        mine
    };
    let mut groups = Vec::new();
    for field in questions {
        asked.retain(|point| field.points.iter().all(|shown| shown.id != point.id));
        groups.push(Group { replies: answers(&field.points), points: Vec::new(), field: Some(field) });
    }
    groups.extend(asked.into_iter().map(|point| {
        let points = vec![point];
        Group { field: None, replies: answers(&points), points }
    }));
    groups
}

/// The answers to points that a draft holds.
///
/// # Errors
/// Those that are too long, in words.
pub fn replies(pairs: &Pairs, l: &Locale) -> Result<Vec<(PointId, PointText)>, Vec<Message>> {
    let errors = too_long(pairs, l);
    if !errors.is_empty() {
        return Err(errors);
    }
    let given =
        pairs.iter().filter_map(|(name, value)| Some((PointId::of_reply(name)?, PointText::read(value).ok()??)));
    Ok(given.collect())
}

fn too_long(pairs: &Pairs, l: &Locale) -> Vec<Message> {
    let long = |(name, value): &(&str, &str)| PointId::of_reply(name).is_some() && PointText::read(value).is_err();
    let message = |(name, _): (&str, &str)| Message {
        name: name.to_owned(),
        anchor: name.to_owned(),
        code: "too_long",
        text: l.a("point-answer-too-long", "max", l.count(&LONGEST)),
    };
    pairs.iter().filter(long).map(message).collect()
}

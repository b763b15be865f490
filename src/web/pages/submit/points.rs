//! The first page of a correction: the questions that a moderator asks about, each below its point, to change or to answer.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::controls::FieldView;
use super::scene::{Drawn, Scene, Ways};
use super::steps::{Received, cookie_of, file_errors, keep_cookie, press, pressed, receive, refusal};
use super::{open_draft, open_form, owner, parse};
use crate::actions::attach::LARGEST;
use crate::actions::draft;
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
use crate::web::frame::Frame;
use crate::web::pages::points::{PointView, views};
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "submit/points.html")]
struct PointsPage {
    f: Frame,
    form: Arc<Form>,
    action: String,
    draft: String,
    draft_key: String,
    /// A moderator's message to all of it.
    message: Option<String>,
    groups: Vec<Group>,
    errors: Vec<Message>,
    multipart: bool,
    largest: u64,
    saved: String,
}

/// One question with the points about it, or points about the whole; and the answers to them.
struct Group {
    field: Option<FieldView>,
    points: Vec<PointView>,
    replies: Vec<FieldView>,
}

/// Where a correction begins: with its points, or with the first step where there are none.
///
/// # Errors
/// Where the database fails.
pub async fn first_page(app: &App, form: &Form, draft: &Draft) -> Result<String, WebError> {
    let asked = open(app, form, draft, &app.locale(draft.language)).await?;
    let first = form.steps().first().map_or("", |step| step.id.as_str());
    Ok(match asked.is_empty() {
        true => format!("/drafts/{}/steps/{first}", draft.id),
        false => format!("/drafts/{}/points", draft.id),
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
    let form = open_form(&app, draft.form.as_str(), draft.language)?;
    let asked = open(&app, &form, &draft, &app.locale(draft.language)).await?;
    if asked.is_empty() {
        return Ok(respond::see_other(&first_page(&app, &form, &draft).await?));
    }
    let scene = Scene { draft: Some(&draft), draft_key: cookie_of(&req), ..Scene::new(&form, 0, &draft.pairs, &ways) };
    Ok(respond::revisitable(StatusCode::OK, &page(&app, &req, &draft, scene, asked).await?))
}

/// `POST /drafts/{draft}/points`: saves what was typed, right or wrong, then does what the button says.
pub async fn points_sent(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let Received { draft, form, sent, pairs, token } = receive(&app, &req, &path, payload).await?;
    let l = app.locale(draft.language);
    let asked = open(&app, &form, &draft, &l).await?;
    let step = step(&form, &asked, &pairs, &l);
    let draft = draft::save(&app, &draft, &step, pairs).await.map_err(|stop| WebError::of(stop, refusal))?;
    let here = format!("/drafts/{}/points", draft.id);
    let button = pressed(&step, &draft, &sent);
    let mut response = match press(&app, &form, &draft, &sent, (&button, &here)).await? {
        Some(done) => done,
        None => {
            let mut errors = file_errors(&sent.files, &l);
            errors.extend(too_long(&draft.pairs, &l));
            advance(&app, &req, (&form, &step), &draft, (asked, errors), &token).await?
        }
    };
    keep_cookie(&app, &mut response, &draft.id, &token);
    Ok(response)
}

/// On to the page with all answers; the same page again where something is wrong.
async fn advance(
    app: &App,
    req: &HttpRequest,
    (form, step): (&Arc<Form>, &Step),
    draft: &Draft,
    (asked, errors): (Vec<PointView>, Vec<Message>),
    token: &str,
) -> Result<HttpResponse, WebError> {
    let parsed = parse(app, form, &draft.pairs, owner(draft), draft.language).await?;
    if parsed.errors.of_step(step).is_empty() && errors.is_empty() {
        return Ok(respond::see_other(&format!("/drafts/{}/check", draft.id)));
    }
    let ways = Ways::default();
    let scene = Scene {
        draft: Some(draft),
        draft_key: token.to_owned(),
        refused: Some(parsed),
        file_errors: errors,
        ..Scene::new(form, 0, &draft.pairs, &ways)
    };
    Ok(respond::revisitable(StatusCode::UNPROCESSABLE_ENTITY, &page(app, req, draft, scene, asked).await?))
}

async fn page(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    scene: Scene<'_>,
    asked: Vec<PointView>,
) -> Result<PointsPage, WebError> {
    let l = app.locale(draft.language);
    let step = step(scene.form, &asked, &Pairs::default(), &l);
    let Drawn { fields, errors, .. } = scene.drawn(app, &step, &asked, &l).await?;
    Ok(PointsPage {
        f: Frame::new(app, req, step.title.clone()).in_language(app, draft.language),
        form: Arc::clone(scene.form),
        action: format!("/drafts/{}/points", draft.id),
        draft: draft.id.clone(),
        message: scene.message(app).await?,
        draft_key: scene.draft_key,
        multipart: fields.iter().any(FieldView::takes_files),
        groups: groups(fields, asked),
        errors,
        largest: LARGEST,
        saved: draft.saved_at.format("%H:%M").to_string(),
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
        id: "points".to_owned(),
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
fn groups(drawn: Vec<FieldView>, mut asked: Vec<PointView>) -> Vec<Group> {
    let (mut replies, questions): (Vec<_>, Vec<_>) =
        drawn.into_iter().partition(|field| PointId::of_reply(&field.name).is_some());
    let mut answers = |points: &[PointView]| {
        let mine = |reply: &mut FieldView| points.iter().any(|point| point.id.reply_name() == reply.name);
        let mut mine: Vec<FieldView> = replies.extract_if(.., mine).collect();
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

//! Before the first question: the start page, all questions on one page, the scope question.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::open_form;
use crate::forms::form::{Field, Form, Required};
use crate::forms::kind::FieldKind;
use crate::forms::source::{RawScope, RawScopeAnswer, RawStart};
use crate::locale::Locale;
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State, encode};

#[derive(Template)]
#[template(path = "submit/start.html")]
struct StartPage {
    f: Frame,
    form: Arc<Form>,
    start: RawStart,
    minutes: usize,
    /// Where the one button leads.
    begin: String,
}

/// What a link to a form may bring along: the record it is about.
#[derive(Debug, Deserialize)]
pub struct Preset {
    about: Option<String>,
    answer: Option<String>,
    /// Continue was pressed.
    asked: Option<String>,
}

impl Preset {
    /// As a query string, to be handed on.
    fn query(&self) -> String {
        self.about.as_deref().map(|reference| format!("?about={}", encode(reference))).unwrap_or_default()
    }
}

/// `GET /forms/{form}`
pub async fn start(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    preset: web::Query<Preset>,
) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, &path, language(&req))?;
    let f = Frame::new(&app, &req, form.words().title.clone());
    let next = if form.words().start.scope.is_some() { "scope" } else { "begin" };
    let begin = f.url(format!("/forms/{}/{next}{}", form.id(), preset.query()));
    let start = form.words().start.clone();
    let minutes = usize::try_from(start.minutes).unwrap_or(0);
    Ok(respond::page(StatusCode::OK, &StartPage { start, minutes, f, form, begin }))
}

#[derive(Template)]
#[template(path = "submit/scope.html")]
struct ScopePage {
    f: Frame,
    form: Arc<Form>,
    scope: RawScope,
    /// Where somebody who is in the wrong place should go.
    signpost: Option<RawScopeAnswer>,
    chosen: String,
    missing: bool,
    /// The record it is about, handed on.
    about: Option<String>,
}

/// `GET /forms/{form}/scope`: for people who are in the wrong place.
pub async fn scope(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    preset: web::Query<Preset>,
) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, &path, language(&req))?;
    let scope = form.words().start.scope.clone().ok_or(WebError::NotFound)?;
    let chosen = preset.answer.clone().unwrap_or_default();
    let answer = scope.answers.iter().find(|answer| answer.value == chosen).cloned();
    let f = Frame::new(&app, &req, scope.question.clone());
    if let Some(RawScopeAnswer { signpost: None, href: None, .. }) = answer {
        return Ok(respond::see_other(&f.url(format!("/forms/{}/begin{}", form.id(), preset.query()))));
    }
    let missing = (preset.answer.is_some() || preset.asked.is_some()) && answer.is_none();
    let status = if missing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let about = preset.about.clone();
    Ok(respond::page(status, &ScopePage { f, form, scope, signpost: answer, chosen, missing, about }))
}

#[derive(Template)]
#[template(path = "submit/questions.html")]
struct QuestionsPage {
    f: Frame,
    form: Arc<Form>,
    steps: Vec<StepView>,
}

struct StepView {
    title: String,
    intro: Option<String>,
    questions: Vec<Question>,
}

/// A question as it stands on the printable list.
struct Question {
    label: String,
    hint: Option<String>,
    /// "required", "optional", or when it is asked.
    need: String,
    public: bool,
    limits: Vec<String>,
    options: Vec<String>,
    parts: Vec<String>,
}

/// `GET /forms/{form}/questions`: all questions, limits and lists, to print or to paste into a document.
pub async fn questions(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, &path, language(&req))?;
    let f = Frame::new(&app, &req, app.locale(language(&req)).a("questions-title", "form", &form.words().title));
    let steps = form
        .steps()
        .iter()
        .map(|step| StepView {
            title: step.title.clone(),
            intro: step.intro.clone(),
            questions: step
                .fields
                .iter()
                .filter(|field| is_asked_by_people(field))
                .map(|field| question(field, &f.l))
                .collect(),
        })
        .collect();
    Ok(respond::page(StatusCode::OK, &QuestionsPage { f, form, steps }))
}

fn is_asked_by_people(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::Generated { .. })
}

fn question(field: &Field, l: &Locale) -> Question {
    let need = match (&field.required, &field.show_if) {
        (_, Some(_)) => "need-depends",
        (Required::Always, None) => "need-required",
        (Required::Never, None) => "need-optional",
        (Required::When(_), None) => "need-sometimes",
    };
    let options = field.kind.options().map(|options| options.iter().map(|choice| choice.label.clone()).collect());
    let parts = if let FieldKind::Rows { fields, .. } = &field.kind {
        fields.iter().map(|sub| sub.label.clone()).collect()
    } else {
        Vec::new()
    };
    Question {
        label: field.label.clone(),
        hint: field.hint.clone(),
        need: l.t(need),
        public: field.public,
        limits: field.limits(l),
        options: options.unwrap_or_default(),
        parts,
    }
}

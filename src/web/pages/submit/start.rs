//! Before the first question: the start page, all questions on one page, the scope question.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::preset::Preset;
use super::{Side, open_form};
use crate::actions::opening;
use crate::app::App;
use crate::forms::form::{Field, Form, Required, Role};
use crate::forms::kind::FieldKind;
use crate::forms::source::{RawScope, RawScopeAnswer, RawStart};
use crate::locale::Locale;
use crate::store::StoreError;
use crate::store::public::Item;
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::pages::window::WindowShown;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "submit/start.html")]
struct StartPage {
    f: Frame,
    form: Arc<Form>,
    start: RawStart,
    minutes: usize,
    /// When it can be submitted, if not always.
    window: Option<WindowShown>,
    /// Where the one button leads; nowhere while it cannot be submitted.
    begin: Option<String>,
    /// What can be answered now: calls, discussions.
    calls: Option<Calls>,
}

/// Open records that this form answers.
struct Calls {
    /// "Calls for practices".
    plural: String,
    open: Vec<Call>,
}

/// One of them.
struct Call {
    title: String,
    lang: &'static str,
    url: String,
    window: WindowShown,
}

/// The scope question's answer.
#[derive(Debug, Deserialize)]
pub struct Scoped {
    answer: Option<String>,
    /// Continue was pressed.
    asked: Option<String>,
}

/// `GET /forms/{form}`
pub async fn start(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, Side::Outside, &path, language(&req))?;
    let f = Frame::new(&app, &req, form.words().title.clone());
    let preset = Preset::read(&app, &form, req.query_string());
    let next = if form.words().start.scope.is_some() { "scope" } else { "begin" };
    let window = form.window().map(|window| WindowShown::new(&app, &f.l, window));
    let open = window.as_ref().is_none_or(|window| window.open);
    let page = StartPage {
        begin: open.then(|| f.url(format!("/forms/{}/{next}{}", form.id(), preset.query()))),
        calls: if open { calls(&app, &form, &f).await? } else { None },
        start: form.words().start.clone(),
        minutes: usize::try_from(form.words().start.minutes).unwrap_or(0),
        window,
        form,
        f,
    };
    Ok(respond::page(StatusCode::OK, &page))
}

/// What this form can answer now; `None` where it answers nothing that opens and closes.
async fn calls(app: &App, form: &Form, f: &Frame) -> Result<Option<Calls>, WebError> {
    let Some((field, target)) = form.about() else { return Ok(None) };
    let Some(called) = app.catalog.form(target, f.l.language()).filter(|form| form.role(Role::Zone).is_some()) else {
        return Ok(None);
    };
    let (handle, of) = (app.clone(), target.clone());
    let found = app.db.read(move |conn| {
        let all = handle.collection(conn, of.as_str())?;
        let dated = |item: &Item| Ok(opening::window_of(&handle, conn, item)?.map(|window| (item.clone(), window)));
        all.items.iter().map(dated).collect::<Result<Vec<_>, StoreError>>()
    });
    let shown = found.await?.into_iter().flatten().map(|(item, window)| Call {
        url: f.url(format!("/forms/{}/begin?{field}={}", form.id(), item.reference)),
        title: item.title,
        lang: item.language.tag(),
        window: WindowShown::new(app, &f.l, &window),
    });
    Ok(Some(Calls { plural: called.words().plural.clone(), open: shown.filter(|call| call.window.open).collect() }))
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
    /// What the link brought along, handed on.
    preset: Preset,
}

/// `GET /forms/{form}/scope`: for people who are in the wrong place.
pub async fn scope(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    scoped: web::Query<Scoped>,
) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, Side::Outside, &path, language(&req))?;
    let preset = Preset::read(&app, &form, req.query_string());
    let scope = form.words().start.scope.clone().ok_or(WebError::NotFound)?;
    let chosen = scoped.answer.clone().unwrap_or_default();
    let answer = scope.answers.iter().find(|answer| answer.value == chosen).cloned();
    let f = Frame::new(&app, &req, scope.question.clone());
    if let Some(RawScopeAnswer { signpost: None, href: None, .. }) = answer {
        return Ok(respond::see_other(&f.url(format!("/forms/{}/begin{}", form.id(), preset.query()))));
    }
    let missing = (scoped.answer.is_some() || scoped.asked.is_some()) && answer.is_none();
    let status = if missing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(respond::page(status, &ScopePage { f, form, scope, signpost: answer, chosen, missing, preset }))
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
    let form = open_form(&app, Side::Outside, &path, language(&req))?;
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

//! Title and summary in another language: what there is on the record, and the page on which one is made.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::about::{self, Head};
use super::record::read_reference;
use super::{Choice, Input, Writing, Wrong, words};
use crate::actions::translate::{self, LONGEST_SUMMARY, LONGEST_TITLE, Order, Refusal, original};
use crate::app::App;
use crate::forms::answer::Answers;
use crate::forms::export::Translation;
use crate::forms::form::{Form, Lifecycle};
use crate::locale::{Language, Locale};
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, StoreError};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// What a record says of its translations.
#[derive(Debug, Clone)]
pub struct TranslationPanel {
    pub lines: Vec<Line>,
}

/// One translation.
#[derive(Debug, Clone)]
pub struct Line {
    pub language: String,
    pub lang: &'static str,
    pub title: String,
    /// The original has changed since.
    pub outdated: bool,
    pub url: String,
}

impl TranslationPanel {
    /// None where nothing of it becomes public.
    ///
    /// # Errors
    /// Where the database fails.
    pub(super) fn load(
        conn: &mut Conn,
        submission: &Submission,
        (form, answers): (&Form, &Answers),
        l: &Locale,
    ) -> Result<Option<Self>, StoreError> {
        if form.lifecycle() == Lifecycle::Request {
            return Ok(None);
        }
        let kept = translate::of(conn, submission.id, (form, answers), i64::MAX)?;
        let line = |(code, (translation, current)): (&str, (Translation, bool))| {
            let language = Language::read(code)?;
            Some(Line {
                language: words::language(l, language),
                lang: language.tag(),
                title: translation.title,
                outdated: !current,
                url: format!("/staff/submissions/{}/translations?language={code}", submission.reference),
            })
        };
        Ok(Some(Self { lines: kept.into_iter().filter_map(line).collect() }))
    }
}

/// Which language.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    language: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/translation.html")]
struct TranslationPage {
    f: Frame,
    head: Head,
    version: i64,
    /// As the submitter wrote it.
    title: String,
    summary: String,
    languages: Vec<Choice>,
    input: Input,
    writing: Writing,
    errors: Vec<Wrong>,
    stale: bool,
}

/// What stands in the boxes, and why it was not taken.
#[derive(Default)]
struct Typed {
    language: Option<Language>,
    title: String,
    summary: String,
    wrong: Option<Refusal>,
}

/// GET `/staff/submissions/{reference}/translations`
///
/// # Errors
/// Where there is no such record.
pub async fn ask(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let chosen = asked.language.as_deref().and_then(Language::read);
    page(&app, &req, &reference, Typed { language: chosen, ..Typed::default() }).await
}

/// POST `/staff/submissions/{reference}/translations`
///
/// # Errors
/// Where there is no such record, or nothing of it becomes public.
pub async fn keep(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let version = sent.text("version").trim().parse().map_err(|_| WebError::Unreadable)?;
    let chosen = Language::read(sent.text("language")).ok_or(WebError::Unreadable)?;
    let typed = Typed {
        language: Some(chosen),
        title: sent.text("title").to_owned(),
        summary: sent.text("summary").to_owned(),
        wrong: None,
    };
    let order = Order {
        reference: reference.clone(),
        language: chosen,
        title: typed.title.clone(),
        summary: typed.summary.clone(),
        version,
        by: super::desk(&req)?.account.id,
    };
    match translate::translate(&app, order).await {
        Ok(_) => Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted=translation"))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(Refusal::NotNeeded)) => Err(WebError::Conflict),
        Err(Stop::Refused(refusal)) => page(&app, &req, &reference, Typed { wrong: Some(refusal), ..typed }).await,
    }
}

async fn page(app: &App, req: &HttpRequest, reference: &str, mut typed: Typed) -> Result<HttpResponse, WebError> {
    let read = |_: &App, conn: &mut Conn, subject: &about::Subject| {
        translate::of(conn, subject.submission.id, (&subject.form, &subject.answers), i64::MAX)
    };
    let (subject, kept) = about::load(app, req, reference, read).await?;
    let l = app.locale(language(req));
    let own = subject.submission.language;
    let others = Language::ALL.into_iter().filter(|language| *language != own);
    let chosen = typed.language.or_else(|| others.clone().next());
    let before = chosen.and_then(|chosen| kept.get(chosen.code())).filter(|_| typed.wrong.is_none());
    if let Some((translation, _)) = before {
        (typed.title, typed.summary) = (translation.title.clone(), translation.summary.clone());
    }
    let choice = |language: Language| Choice {
        value: language.code().to_owned(),
        label: words::language(&l, language),
        hint: None,
        chosen: chosen == Some(language),
    };
    let too_long = typed.wrong == Some(Refusal::TooLong);
    let long_title = too_long && typed.title.trim().chars().count() > LONGEST_TITLE;
    let error = match typed.wrong {
        Some(Refusal::TitleMissing) => Some(l.t("staff-wrong-translated-title")),
        _ if long_title => Some(l.a("staff-wrong-too-long", "max", l.count(&LONGEST_TITLE))),
        _ => None,
    };
    let input = Input::new("title", "text", "off", l.t("staff-translated-title")).holding(&typed.title).refused(error);
    let long = (too_long && !long_title).then(|| l.a("staff-wrong-too-long", "max", l.count(&LONGEST_SUMMARY)));
    let writing = Writing::new(&l, "summary", "staff-translated-summary", LONGEST_SUMMARY);
    let writing = Writing { value: typed.summary, error: long, ..writing };
    let (title, summary) = original(&subject.form, &subject.answers);
    let shown = TranslationPage {
        errors: super::wrong_of(std::slice::from_ref(&input)).into_iter().chain(writing.wrong()).collect(),
        stale: typed.wrong == Some(Refusal::Stale),
        head: subject.head(&l),
        version: subject.submission.version,
        languages: others.map(choice).collect(),
        f: Frame::new(app, req, l.t("staff-translate")),
        title,
        summary,
        input,
        writing,
    };
    let status = match (shown.stale, shown.errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(respond::private(status, &shown))
}

//! Staff change the answers of a submission: all questions on one page, drawn as in the form, with a reason.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::about::{self, Head, Subject};
use super::record::read_reference;
use super::{Writing, Wrong};
use crate::actions::attach::LARGEST;
use crate::actions::edit::{self, Order, Refusal, is_editable, needs_agreement};
use crate::actions::note::LONGEST;
use crate::app::App;
use crate::forms::form::{Field, Form, Lifecycle, Step};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::forms::parse::Parsed;
use crate::store::Stop;
use crate::store::attachments::Owner;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::pages::submit::controls::FieldView;
use crate::web::pages::submit::scene::{Scene, Ways};
use crate::web::pages::submit::so_far::{Differing, differing};
use crate::web::pages::submit::{Side, parse, steps};
use crate::web::respond::{self, State};

/// The questions of a step.
struct Part<'a> {
    title: &'a str,
    fields: Vec<FieldView<'a>>,
}

#[derive(Template)]
#[template(path = "staff/edit.html")]
struct EditPage<'a> {
    f: Frame,
    head: Head,
    version: i64,
    /// The text above: what becomes of the change.
    effect: String,
    parts: Vec<Part<'a>>,
    reason: Writing,
    errors: Vec<Wrong>,
    /// What another version says, where somebody else was faster.
    conflict: Option<Vec<Differing>>,
    largest: u64,
}

/// What was sent, and what is wrong with it.
struct Attempt {
    /// As it would be with the change.
    pairs: Pairs,
    reason: String,
    /// Only a button within the form was pressed.
    unfinished: bool,
    refused: Option<Refusal>,
    parsed: Parsed,
}

/// GET `/staff/submissions/{reference}/edit`
///
/// # Errors
/// Where there is no such record, or staff cannot change it now.
pub async fn edit(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    ways: web::Query<Ways>,
) -> Result<HttpResponse, WebError> {
    let (subject, ()) = about::load(&app, &req, &reference, |_, _, _| Ok(())).await?;
    if !can_edit(&app, &subject) {
        return Err(WebError::Conflict);
    }
    let form = todays(&app, &subject)?;
    let pairs = subject.form.pairs(&subject.answers);
    draw(&app, &req, &subject, (&form, &pairs), &ways, None).await
}

fn can_edit(app: &App, subject: &Subject) -> bool {
    crate::actions::revise::standing(app, &subject.submission).is_some_and(|standing| standing.edit().is_some())
}

/// The form as it is now, in the language of the answers: its own words and options are read beside them.
fn todays(app: &App, subject: &Subject) -> Result<Arc<Form>, WebError> {
    let submission = &subject.submission;
    app.catalog.form(&submission.form, submission.language).cloned().ok_or(WebError::NotFound)
}

/// POST `/staff/submissions/{reference}/revisions`: the answers as staff changed them. Of what staff keep themselves it opens
/// a draft; what is saved there is the next revision.
///
/// # Errors
/// Where there is no such record, or staff cannot change it now.
pub async fn save(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let (subject, ()) = about::load(&app, &req, &reference, |_, _, _| Ok(())).await?;
    if subject.form.lifecycle() == Lifecycle::Record {
        return steps::correct(&app, &req, &subject.submission).await;
    }
    if !can_edit(&app, &subject) {
        return Err(WebError::Conflict);
    }
    let form = todays(&app, &subject)?;
    let reference = read_reference(&reference)?.to_string();
    let version = sent.text("version").trim().parse().map_err(|_| WebError::Unreadable)?;
    let mut pairs = changed(&form, &subject.form.pairs(&subject.answers), &sent.pairs);
    let ways = press(&form, &mut pairs, &sent);
    let owner = Owner::Draft(String::new(), Some(subject.submission.id));
    let parsed = parse(&app, &form, &pairs, owner, subject.submission.language).await?;
    let mut attempt =
        Attempt { pairs, reason: sent.text("reason").to_owned(), unfinished: ways.is_some(), refused: None, parsed };
    if attempt.unfinished || !attempt.parsed.errors.is_empty() {
        return again(&app, &req, (&subject, &form), &ways.unwrap_or_default(), attempt).await;
    }
    let order = Order {
        reference: reference.clone(),
        form: Arc::clone(&form),
        answers: attempt.parsed.answers.clone(),
        reason: attempt.reason.clone(),
        version,
        by: super::desk(&req)?.account.id,
    };
    match edit::edit(&app, order).await {
        Ok(_) => Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted=edit"))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(Refusal::NotOpen)) => Err(WebError::Conflict),
        Err(Stop::Refused(refusal)) => {
            attempt.refused = Some(refusal);
            again(&app, &req, (&subject, &form), &Ways::default(), attempt).await
        }
    }
}

async fn again(
    app: &App,
    req: &HttpRequest,
    (subject, form): (&Subject, &Arc<Form>),
    ways: &Ways,
    attempt: Attempt,
) -> Result<HttpResponse, WebError> {
    let pairs = attempt.pairs.clone();
    draw(app, req, subject, (form, &pairs), ways, Some(attempt)).await
}

/// What stands there with what staff may change as it was sent.
fn changed(form: &Form, before: &Pairs, sent: &Pairs) -> Pairs {
    let ours = |name: &str| form.fields().any(|field| is_editable(field) && field.owns(name));
    let kept = before.iter().filter(|(name, _)| !ours(name));
    kept.chain(sent.iter().filter(|(name, _)| ours(name))).collect()
}

/// What a button within the form does: a row more, a row less, a search. Nothing where it saves.
fn press(form: &Form, pairs: &mut Pairs, sent: &Sent) -> Option<Ways> {
    let words: Vec<&str> = sent.text("do").split(':').collect();
    match words.as_slice() {
        ["add", name] => {
            let field = form.fields().find(|field| field.id.as_str() == *name)?;
            let FieldKind::Rows { fields, .. } = &field.kind else { return None };
            let next = pairs.rows(field).last().map_or(1, |last| last + 1);
            pairs.push(format!("{name}-{next}-{}", fields.first()?.id), "");
            Some(Ways::default())
        }
        ["remove", name, row] => {
            let gone = format!("{name}-{row}-");
            pairs.0.retain(|(name, _)| !name.starts_with(&gone));
            Some(Ways::default())
        }
        ["find", name] => {
            let words = sent.text(&format!("{name}-q")).to_owned();
            Some(Ways { find: Some((*name).to_owned()), q: Some(words), to: None })
        }
        _ => None,
    }
}

async fn draw(
    app: &App,
    req: &HttpRequest,
    subject: &Subject,
    (form, pairs): (&Arc<Form>, &Pairs),
    ways: &Ways,
    attempt: Option<Attempt>,
) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(req));
    let stale = attempt.as_ref().is_some_and(|attempt| attempt.refused == Some(Refusal::Stale));
    let refused = attempt.as_ref().filter(|attempt| !attempt.unfinished).map(|attempt| attempt.parsed.clone());
    let reason = reason(&l, attempt.as_ref());
    let mut errors: Vec<Wrong> = Vec::new();
    let mut parts = Vec::new();
    let scene = Scene { refused, ..Scene::new(form, 0, pairs, ways) };
    let parsed = scene.read(app, &l).await?;
    for step in form.steps() {
        let drawn = scene.drawn(app, Side::Staff, (step, &parsed), &[], &l).await?;
        errors.extend(drawn.errors.iter().map(|m| Wrong { anchor: m.anchor.clone(), text: m.text.clone() }));
        let fields: Vec<FieldView<'_>> = drawn.fields.into_iter().filter(|view| is_ours(step, &view.name)).collect();
        if !fields.is_empty() {
            parts.push(Part { title: &step.title, fields });
        }
    }
    errors.extend(reason.wrong());
    let effect = if needs_agreement(app, &subject.submission) { "staff-edit-proposal" } else { "staff-edit-effect" };
    let theirs = subject.form.pairs(&subject.answers);
    let conflict = stale.then(|| {
        let both = |step| differing(step, (&theirs, &subject.answers), (pairs, &parsed.answers), &l);
        form.steps().iter().flat_map(both).collect()
    });
    let nothing = attempt.as_ref().is_some_and(|attempt| attempt.refused == Some(Refusal::NothingChanged));
    errors.extend(nothing.then(|| Wrong { anchor: "answers".to_owned(), text: l.t("staff-wrong-nothing-changed") }));
    let status = match (stale, errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = EditPage {
        head: subject.head(&l),
        version: subject.submission.version,
        effect: l.t(effect),
        f: Frame::new(app, req, l.t("staff-edit")),
        largest: LARGEST,
        parts,
        reason,
        errors,
        conflict,
    };
    Ok(respond::private(status, &page))
}

fn is_ours(step: &Step, name: &str) -> bool {
    step.fields.iter().any(|field: &Field| field.id.as_str() == name && is_editable(field))
}

fn reason(l: &crate::locale::Locale, attempt: Option<&Attempt>) -> Writing {
    let writing = Writing::new(l, "reason", "staff-edit-reason", LONGEST);
    let Some(attempt) = attempt else { return writing };
    let error = match attempt.refused {
        Some(Refusal::ReasonMissing) => Some(l.t("staff-wrong-edit-reason")),
        Some(Refusal::ReasonTooLong) => Some(l.a("staff-wrong-too-long", "max", l.count(&LONGEST))),
        Some(Refusal::NotFound | Refusal::Stale | Refusal::NotOpen | Refusal::NothingChanged) | None => None,
    };
    Writing { value: attempt.reason.clone(), error, ..writing }
}

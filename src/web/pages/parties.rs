//! One that is named as taking part in a submission reads it and says its word; the submitter has it asked again.

use std::sync::Arc;

use actix_web::cookie::time::Duration;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::answers::{Section, sections};
use super::mine;
use super::submit::controls::FieldView;
use super::submit::fields::{Typed, plain_view};
use super::submit::parse;
use crate::actions::attach::LARGEST;
use crate::actions::parties::{self, Party, Refusal, Word};
use crate::app::App;
use crate::domain::party::PartyStatus;
use crate::domain::policy::{Act, Actor, may};
use crate::domain::projection::role_text;
use crate::domain::reference::Reference;
use crate::forms::answer::{Answer, Answers};
use crate::forms::errors::Message;
use crate::forms::form::{Field, FieldId, Form, Role};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::locale::Locale;
use crate::store::attachments::Owner;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::respond::{self, State};

/// The cookie that opens a party's page, sent under its own path alone.
const COOKIE: &str = "inlet_party";

/// One that takes part, in a list of all.
#[derive(Debug, Clone)]
pub struct PartyLine {
    pub number: i32,
    pub name: String,
    /// The key of its words, and how it is drawn.
    pub status: &'static str,
    pub class: &'static str,
    pub may_be_asked: bool,
}

/// All that take part, for the submitter or for staff.
///
/// # Errors
/// Where the database fails.
pub fn lines(
    app: &App,
    conn: &mut Conn,
    submission: &Submission,
    (form, answers): (&Form, &Answers),
    can_ask: bool,
) -> Result<Vec<PartyLine>, StoreError> {
    let now = app.clock.now();
    let mut lines = Vec::new();
    for party in parties::of(conn, submission, form, answers)? {
        let waits = can_ask && submission.state.is_live() && party.status == Some(PartyStatus::Asked);
        let (status, class) = status(party.status);
        lines.push(PartyLine {
            may_be_asked: waits && parties::may_be_asked(conn, submission.id, party.number, now)?,
            number: party.number,
            name: party.names.join(", "),
            status,
            class,
        });
    }
    Ok(lines)
}

fn status(status: Option<PartyStatus>) -> (&'static str, &'static str) {
    match status {
        None => ("party-unasked", "neutral"),
        Some(PartyStatus::Asked) => ("party-asked", "waiting"),
        Some(PartyStatus::Confirmed) => ("party-confirmed", "done"),
        Some(PartyStatus::Declined) => ("party-declined", "stopped"),
    }
}

#[derive(Template)]
#[template(path = "parties/page.html")]
struct PartyPage<'a> {
    f: Frame,
    noun: String,
    reference: String,
    title: String,
    lang: &'static str,
    lead: String,
    status: &'static str,
    class: &'static str,
    confirmed: bool,
    declined: bool,
    open: bool,
    /// What was just kept.
    done: bool,
    /// It has changed since it was read.
    moved: bool,
    own: Vec<OwnRow<'a>>,
    sections: Vec<Section>,
    files: &'static str,
    errors: Vec<Message>,
    largest: u64,
    key: String,
    revision: i32,
}

/// One row of the party's own: as it reads, and as it can be put right.
struct OwnRow<'a> {
    shown: Vec<(String, String)>,
    fields: Vec<FieldView<'a>>,
}

/// What the address of a party's page may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    key: Option<String>,
    done: Option<String>,
}

/// What a page is made from.
struct Read {
    submission: Submission,
    form: Arc<Form>,
    answers: Answers,
    party: Party,
}

/// What the holder of a key may read; the same answer for a wrong key as for no such submission.
async fn read(app: &App, reference: &str, key: &str) -> Result<Read, WebError> {
    let reference = Reference::read(reference).map_err(|_| WebError::LinkNeeded)?;
    let (handle, key) = (app.clone(), key.to_owned());
    let found = app
        .db
        .read(move |conn| {
            let Some(submission) = submissions::find(conn, reference.as_str())? else { return Ok(None) };
            let Some(party) = parties::holder(&handle, conn, &submission, &key)? else { return Ok(None) };
            let (form, answers) = handle.answers(conn, submission.id, submission.head_revision, submission.language)?;
            Ok(Some(Read { submission, form, answers, party }))
        })
        .await?;
    let actor = found.as_ref().map_or(Actor::Anyone, |read| Actor::Party(read.submission.id));
    found.filter(|_| may(&actor, Act::SpeakForParty)).ok_or(WebError::LinkNeeded)
}

/// `GET /parties/{reference}?key=…`: the key becomes a cookie, and the address is clean again.
pub async fn page(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    way: web::Query<Way>,
) -> Result<HttpResponse, WebError> {
    let cookie = req.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let key = way.key.clone().unwrap_or(cookie);
    let read = read(&app, &path, &key).await?;
    if way.key.is_some() {
        return Ok(opened(&app, &read.submission.reference, &key, ""));
    }
    let mut page = draw(&app, &req, &read, &key, None);
    page.done = way.done.is_some();
    Ok(respond::private(StatusCode::OK, &page))
}

/// Leads to the party's page, which the cookie opens.
fn opened(app: &App, reference: &str, key: &str, rest: &str) -> HttpResponse {
    let path = format!("/parties/{reference}");
    let mut response = respond::see_other(&format!("{path}{rest}"));
    if response.add_cookie(&respond::cookie(app, COOKIE, key, &path, Some(Duration::days(60)))).is_err() {
        tracing::warn!("a party's cookie could not be set");
    }
    response
}

fn draw<'a>(
    app: &App,
    req: &HttpRequest,
    read: &'a Read,
    key: &str,
    typed: Option<(&Pairs, Vec<Message>)>,
) -> PartyPage<'a> {
    let Read { submission, form, answers, party } = read;
    let f =
        Frame::new(app, req, app.locale(submission.language).t("party-title")).in_language(app, submission.language);
    let title = role_text(form, answers, Role::Title, &f.l);
    let entity = role_text(form, answers, Role::Organization, &f.l);
    let pairs = form.pairs(answers);
    let (pairs, errors) = typed.unwrap_or((&pairs, Vec::new()));
    let (status, class) = status(party.status);
    PartyPage {
        noun: form.words().noun.clone(),
        reference: submission.reference.clone(),
        lang: submission.language.tag(),
        lead: f.l.a("party-lead", "entity", &entity),
        status,
        class,
        confirmed: party.status == Some(PartyStatus::Confirmed),
        declined: party.status == Some(PartyStatus::Declined),
        open: submission.state.is_live(),
        done: false,
        moved: false,
        own: own_rows(form, (answers, pairs), party, &errors, &f.l),
        sections: sections(form, &public(form, answers), &f.l, is_for_parties),
        files: "/attachments",
        largest: LARGEST,
        key: key.to_owned(),
        revision: submission.head_revision,
        errors,
        title,
        f,
    }
}

/// What the public will see, with everybody who is named: that is what one takes part in.
fn public(form: &Form, answers: &Answers) -> Answers {
    let all = (0..form.party_rows(answers).len()).collect();
    form.load_public(form.public_json(answers, &all)).map(|(shown, ..)| shown).unwrap_or_default()
}

fn is_for_parties(field: &Field) -> bool {
    field.public && !field.personal && !matches!(field.kind, FieldKind::Generated { .. })
}

fn own_rows<'a>(
    form: &'a Form,
    (answers, pairs): (&Answers, &Pairs),
    party: &Party,
    errors: &[Message],
    l: &Locale,
) -> Vec<OwnRow<'a>> {
    let nothing = (std::collections::HashMap::new(), std::collections::HashMap::new());
    let typed = Typed { pairs, answers, errors, warnings: &[], files: &nothing.0, found: &nothing.1, files_url: "", l };
    let own = own_fields(form);
    let row = |(at, row): (usize, &Answers)| OwnRow {
        shown: own.iter().map(|(field, _)| (field.label.clone(), field.show(row.get(&field.id), l).line())).collect(),
        fields: own.iter().map(|(field, rows)| plain_view(field, &name(rows, at, &field.id), &typed)).collect(),
    };
    parties::rows_of(form, answers, party).into_iter().map(row).collect()
}

/// The questions a party answers of itself, with the rows they stand in.
fn own_fields(form: &Form) -> Vec<(&Field, &FieldId)> {
    let Some(parties) = form.parties() else { return Vec::new() };
    let Some(FieldKind::Rows { fields, .. }) = form.field(&parties.rows).map(|field| &field.kind) else {
        return Vec::new();
    };
    fields.iter().filter(|field| parties.own.contains(&field.id)).map(|field| (field, &parties.rows)).collect()
}

fn name(rows: &FieldId, at: usize, field: &FieldId) -> String {
    format!("{rows}-{at}-{field}")
}

/// `POST /parties/{reference}`: confirms, declines or corrects, by the key in the form.
pub async fn speak(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let key = sent.text("key").to_owned();
    let read = read(&app, &path, &key).await?;
    let word = match sent.text("do") {
        "confirm" => Word::Confirm,
        "decline" => Word::Decline,
        "correct" => match corrected(&app, &read, &sent).await? {
            Ok(rows) => Word::Correct(rows),
            Err((pairs, errors)) => {
                let page = draw(&app, &req, &read, &key, Some((&pairs, errors)));
                return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
            }
        },
        _ => return Err(WebError::Unreadable),
    };
    let seen = sent.text("revision").parse().map_err(|_| WebError::Unreadable)?;
    match parties::speak(&app, (read.submission.id, seen), &key, word).await {
        Ok(submission) => Ok(opened(&app, &submission.reference, &key, "?done=1")),
        Err(Stop::Refused(Refusal::Moved)) => {
            let mut page = draw(&app, &req, &read, &key, None);
            page.moved = true;
            Ok(respond::private(StatusCode::CONFLICT, &page))
        }
        Err(stop) => Err(WebError::of(stop, |_| WebError::Conflict)),
    }
}

/// What a party wrote in its rows, or everything it typed with what is wrong.
type Corrected = Result<Vec<parties::OwnRow>, (Pairs, Vec<Message>)>;

async fn corrected(app: &App, read: &Read, sent: &Sent) -> Result<Corrected, WebError> {
    let Read { submission, form, answers, party } = read;
    let mut pairs = form.pairs(answers);
    let own = own_fields(form);
    for (at, (field, rows)) in party.rows.iter().flat_map(|at| own.iter().map(move |own| (*at, own))) {
        let name = name(rows, at, &field.id);
        pairs.set(name.as_str(), sent.text(&name));
    }
    let owner = Owner::Draft(String::new(), Some(submission.id));
    let parsed = parse(app, form, &pairs, owner, submission.language).await?;
    let Some(fields) = form.parties() else { return Err(WebError::Conflict) };
    let is_own = |row: &Option<(usize, FieldId)>| {
        row.as_ref().is_some_and(|(at, field)| party.rows.contains(at) && fields.own.contains(field))
    };
    let wrong = parsed.errors.of(&fields.rows).filter(|error| is_own(&error.path.row)).cloned().collect();
    let messages = form.messages(&wrong, &app.locale(submission.language));
    if !messages.is_empty() {
        return Ok(Err((pairs, messages)));
    }
    let Some(Answer::Rows(rows)) = parsed.answers.get(&fields.rows) else { return Err(WebError::Conflict) };
    if rows.len() != form.party_rows(answers).len() {
        return Err(WebError::Conflict);
    }
    let own = rows.iter().enumerate().filter(|(at, _)| party.rows.contains(at));
    Ok(Ok(own.map(|(at, row)| (at, form.to_json(row))).collect()))
}

/// `POST /submissions/{reference}/parties`: the submitter has one asked again.
pub async fn ask_again(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let submission = mine::own(&app, &req, &path).await?;
    let number = sent.text("party").parse().map_err(|_| WebError::Unreadable)?;
    parties::ask_again(&app, submission.id, number).await.map_err(|stop| WebError::of(stop, |_| WebError::Conflict))?;
    Ok(respond::see_other(&format!("/submissions/{}#parties", submission.reference)))
}

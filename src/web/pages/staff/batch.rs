//! Many records at once: chosen in the queue, shown with what can be done with how many of them, and then what came of each.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::queue::{Done, asked, deciders, done_url, lifecycle, url};
use super::words::{self, Badge};
use super::{Choice, Wrong};
use crate::actions::batch::{self, Refusal, Task};
use crate::actions::decide::{LONGEST_MESSAGE, mail_of};
use crate::actions::revise;
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::batch::{MOST, Outcome};
use crate::domain::submission::{Decision, DeclineReason, Standing};
use crate::domain::view::View;
use crate::locale::{Arg, Locale};
use crate::store::batches::{self, Batch, Item};
use crate::store::{Conn, Stop, StoreError, accounts, desk, submissions};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The word for giving the records to somebody.
const GIVE: &str = "give";

/// POST `/staff/batches`
///
/// # Errors
/// Where the database fails.
pub async fn choose(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let wanted = asked(&app, &req, sent.text("view"))?;
    let named = |name: &str| Some(sent.pairs.all(name).into_iter().map(str::to_owned).collect());
    let chosen = match sent.text("which") {
        "all" => None,
        "page" => named("here"),
        _ => named("record"),
    };
    let view = wanted.view.clone();
    match batch::choose(&app, wanted, chosen).await {
        Ok(id) => Ok(respond::see_other(&format!("/staff/batches/{id}"))),
        Err(Stop::Refused(_)) => Ok(respond::see_other(&done_url(&view, Done::NoneChosen))),
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// One record with what came of it.
pub struct Line {
    pub url: String,
    pub title: String,
    pub lang: &'static str,
    pub reference: String,
    pub badges: Vec<Badge>,
    pub outcome: Outcome,
}

/// The records with one outcome.
pub struct Heap {
    pub heading: String,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "staff/batch.html")]
struct BatchPage {
    f: Frame,
    id: i64,
    heading: String,
    lead: String,
    back: String,
    errors: Vec<Wrong>,
    /// What can be done; empty once it has begun.
    acts: Vec<Choice>,
    assignees: Vec<Choice>,
    reasons: Vec<Choice>,
    message: String,
    max: usize,
    limit: String,
    heaps: Vec<Heap>,
    /// The run was cut off.
    unfinished: bool,
}

/// All there is to a batch.
struct Loaded {
    batch: Batch,
    lines: Vec<Line>,
    standings: Vec<Standing>,
    accounts: Vec<Account>,
}

/// GET `/staff/batches/{id}`
///
/// # Errors
/// Where the reader has no such batch.
pub async fn show(req: HttpRequest, app: State, id: web::Path<String>) -> Result<HttpResponse, WebError> {
    draw(&req, &app, &id, None).await
}

/// POST `/staff/batches/{id}`
///
/// # Errors
/// Where the reader has no such batch, or something else was begun with it.
pub async fn run(req: HttpRequest, app: State, id: web::Path<String>, sent: Sent) -> Result<HttpResponse, WebError> {
    let by = super::desk(&req)?.account.id;
    let number: i64 = id.parse().map_err(|_| WebError::NotFound)?;
    let task = (sent.text("again") != "1").then(|| read(&sent));
    if task.as_ref().is_some_and(|task| task.decision.is_none() && sent.text("act") != GIVE) {
        return draw(&req, &app, &id, Some((Refusal::Unreadable, read(&sent)))).await;
    }
    // It goes on where the browser does not wait for it.
    let (handle, given) = (App::clone(&app), task.clone());
    let done = tokio::spawn(async move { batch::run(&handle, number, by, given).await }).await;
    match done.map_err(|_| WebError::Internal("a batch was given up".to_owned()))? {
        Ok(()) => Ok(respond::see_other(&format!("/staff/batches/{number}"))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(Refusal::Begun)) => Err(WebError::Conflict),
        Err(Stop::Refused(refusal)) => draw(&req, &app, &id, Some((refusal, read(&sent)))).await,
    }
}

fn read(sent: &Sent) -> Task {
    let act = sent.text("act");
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Task {
        decision: given(act).filter(|act| act != GIVE),
        reason: given(sent.text("reason")),
        message: sent.text("message").replace("\r\n", "\n"),
        assignee: sent.text("assignee").parse().ok(),
    }
}

async fn draw(
    req: &HttpRequest,
    app: &App,
    id: &str,
    refused: Option<(Refusal, Task)>,
) -> Result<HttpResponse, WebError> {
    let id: i64 = id.parse().map_err(|_| WebError::NotFound)?;
    let (reader, l, handle) = (super::desk(req)?.account.id, app.locale(language(req)), app.clone());
    let loaded = app.db.read(move |conn| {
        let Some(batch) = batches::find(conn, id, reader)? else { return Ok(None) };
        load(&handle, conn, batch, &l).map(Some)
    });
    let loaded = loaded.await?.ok_or(WebError::NotFound)?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let f = Frame::new(app, req, app.locale(language(req)).t("queue"));
    Ok(respond::private(status, &page(f, loaded, refused)))
}

fn load(app: &App, conn: &mut Conn, batch: Batch, l: &Locale) -> Result<Loaded, StoreError> {
    let (mut lines, mut standings) = (Vec::new(), Vec::new());
    for item in batches::items(conn, batch.id)? {
        let submission = submissions::get(conn, item.submission)?;
        standings.extend(revise::standing(app, &submission));
        lines.extend(line(app, conn, &item, l)?);
    }
    Ok(Loaded { batch, lines, standings, accounts: accounts::all(conn)? })
}

fn line(app: &App, conn: &mut Conn, item: &Item, l: &Locale) -> Result<Option<Line>, StoreError> {
    let Some(record) = desk::get(conn, item.submission)? else { return Ok(None) };
    Ok(Some(Line {
        url: format!("/staff/submissions/{}", record.reference),
        title: if record.title.trim().is_empty() { record.reference.clone() } else { record.title.clone() },
        lang: record.language.tag(),
        badges: words::standing(l, record.state, record.visibility, lifecycle(app, &record.form)),
        reference: record.reference,
        outcome: item.outcome,
    }))
}

fn page(f: Frame, loaded: Loaded, refused: Option<(Refusal, Task)>) -> BatchPage {
    let l = f.l.clone();
    let n = loaded.lines.len();
    let (refusal, tried) = refused.unzip();
    let begun = loaded.batch.task.is_some();
    let unfinished = begun && loaded.lines.iter().any(|line| line.outcome == Outcome::Waiting);
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let lead = if begun { l.t("staff-batch-outcome") } else { l.t("staff-batch-lead") };
    let lead = if !begun && n >= most { format!("{} {lead}", l.a("staff-batch-most", "n", l.count(&n))) } else { lead };
    BatchPage {
        id: loaded.batch.id,
        heading: l.n("staff-batch", &n),
        lead,
        back: url(&View::read(&loaded.batch.query)),
        errors: refusal.into_iter().map(|refusal| wrong(&l, refusal)).collect(),
        acts: if begun { Vec::new() } else { acts(&l, &loaded.standings, tried.as_ref()) },
        assignees: deciders(&loaded.accounts)
            .map(|one| choice(one.id.0.to_string(), one.name.clone(), false))
            .collect(),
        reasons: reasons(&l, tried.as_ref()),
        message: tried.map(|task| task.message).unwrap_or_default(),
        max: LONGEST_MESSAGE,
        limit: l.a("count-limit", "max", l.count(&LONGEST_MESSAGE)),
        heaps: heaps(&l, loaded.lines, begun),
        unfinished,
        f,
    }
}

fn choice(value: String, label: String, chosen: bool) -> Choice {
    Choice { value, label, hint: None, chosen }
}

fn wrong(l: &Locale, refusal: Refusal) -> Wrong {
    let (anchor, text) = match refusal {
        Refusal::MessageMissing => ("message", l.t("staff-wrong-message-changes")),
        Refusal::MessageTooLong => ("message", l.a("staff-wrong-too-long", "max", l.count(&LONGEST_MESSAGE))),
        Refusal::ReasonMissing => ("reason", l.t("staff-wrong-reason")),
        Refusal::Nothing | Refusal::NotFound | Refusal::Begun | Refusal::Unreadable => {
            ("act-0", l.t("staff-batch-choose-act"))
        }
    };
    Wrong { anchor: anchor.to_owned(), text }
}

/// Each decision that fits at least one of the records, with how many it fits and how many mails go; and giving them away.
fn acts(l: &Locale, standings: &[Standing], tried: Option<&Task>) -> Vec<Choice> {
    let all = l.count(&standings.len());
    let act = |decision: &Decision| {
        let able: Vec<&Standing> = standings.iter().filter(|one| one.decide(*decision).is_some()).collect();
        let mails = able.iter().filter(|one| mail_of(*decision, None, one.lifecycle).is_some()).count();
        let lifecycle = able.first()?.lifecycle;
        let of = l.with("staff-batch-possible", &[("n", Arg::from(&l.count(&able.len()))), ("all", Arg::from(&all))]);
        let mails = if mails == 0 { l.t("staff-mails-nobody") } else { l.n("staff-batch-mails", &mails) };
        Some(Choice {
            value: decision.as_str().to_owned(),
            label: words::decision(l, *decision, lifecycle),
            hint: Some(format!("{of} {mails}")),
            chosen: tried.and_then(|task| task.decision.as_deref()) == Some(decision.as_str()),
        })
    };
    let give = Choice {
        value: GIVE.to_owned(),
        label: l.t("staff-assign-give"),
        hint: Some(l.t("staff-batch-give-effect")),
        chosen: tried.is_some_and(|task| task.decision.is_none() && task.assignee.is_some()),
    };
    Decision::ALL.iter().filter_map(act).chain(std::iter::once(give)).collect()
}

fn reasons(l: &Locale, tried: Option<&Task>) -> Vec<Choice> {
    let chosen = tried.and_then(|task| task.reason.as_deref()).unwrap_or_default();
    let reason = |one: &DeclineReason| choice(one.as_str().to_owned(), words::reason(l, *one), one.as_str() == chosen);
    let none = choice(String::new(), l.t("staff-batch-no-reason"), chosen.is_empty());
    std::iter::once(none).chain(DeclineReason::ALL.iter().filter(|reason| reason.is_chosen()).map(reason)).collect()
}

/// The records by what came of them.
fn heaps(l: &Locale, lines: Vec<Line>, begun: bool) -> Vec<Heap> {
    let mut by: BTreeMap<&str, Vec<Line>> = BTreeMap::new();
    for line in lines {
        by.entry(line.outcome.as_str()).or_default().push(line);
    }
    let heap = |outcome: &Outcome| {
        let lines = by.remove(outcome.as_str())?;
        let key = if begun { format!("staff-outcome-{}", outcome.as_str()) } else { "staff-batch-chosen".to_owned() };
        Some(Heap { heading: l.a(&key, "n", l.count(&lines.len())), lines })
    };
    Outcome::ALL.iter().filter_map(heap).collect()
}

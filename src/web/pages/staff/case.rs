//! A request as a case: when and where the support is given, and what can be noted of it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::conflict::Conflict;
use super::options::MessageBox;
use super::record::{self, Ask, Loaded, read_reference};
use super::replies::ReplyBox;
use super::view::happening;
use super::{Wrong, words};
use crate::actions::become_record;
use crate::actions::decide::LONGEST_MESSAGE;
use crate::actions::milestone::{self, Order, Refusal, Step, mail_of};
use crate::app::App;
use crate::domain::appointment::{Appointment, Fault, LONGEST_PEOPLE, LONGEST_PLACE, Plan};
use crate::domain::case::{Milestone, Progress};
use crate::domain::projection::role_text;
use crate::domain::submission::ReviewState;
use crate::forms::answer::Answer;
use crate::forms::form::Role;
use crate::forms::pairs::Pairs;
use crate::forms::parse::read_meeting;
use crate::locale::{Arg, Locale};
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, StoreError, appointments};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::pages::submit::controls::{Control, FieldView, zones};
use crate::web::pages::submit::steps;
use crate::web::respond::{self, State};

/// Why a milestone was not taken.
#[derive(Debug, Clone)]
pub enum Refused {
    /// What was typed is to be mended.
    Words(Vec<Wrong>),
    /// The record has moved on.
    Stale,
    NotPossible,
}

/// A milestone as somebody sent it.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub milestone: Milestone,
    pub typed: Pairs,
    /// The version that was on the page.
    pub seen: i64,
    pub refused: Refused,
}

impl Attempt {
    pub(super) fn status(&self) -> StatusCode {
        match self.refused {
            Refused::Words(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refused::Stale | Refused::NotPossible => StatusCode::CONFLICT,
        }
    }

    /// What is wrong with what was sent, each with the control it is at.
    pub(super) fn wrong(&self) -> &[Wrong] {
        match &self.refused {
            Refused::Words(wrong) => wrong,
            Refused::Stale | Refused::NotPossible => &[],
        }
    }

    /// That it is overtaken, with what happened since.
    pub(super) fn conflict(&self, l: &Locale, loaded: &Loaded) -> Option<Conflict> {
        let (heading, text) = match self.refused {
            Refused::Words(_) => return None,
            Refused::Stale => ("staff-conflict", "case-conflict-text"),
            Refused::NotPossible => ("staff-not-possible", "staff-not-possible-text"),
        };
        let offered = loaded.case.milestones.contains(&self.milestone);
        let seen = usize::try_from(self.seen).unwrap_or(0);
        let typed = self.typed.get("message").unwrap_or_default();
        Some(Conflict {
            heading: l.t(heading),
            text: l.t(text),
            since: loaded.events.iter().skip(seen).map(|logged| happening(l, loaded, logged)).collect(),
            kept: (!offered && !typed.trim().is_empty()).then(|| typed.to_owned()),
            again: offered.then(|| format!("#step-{}", self.milestone.as_str())),
            as_note: None,
        })
    }
}

/// How far a record has come as a case.
pub struct Case {
    /// Oldest first.
    pub appointments: Vec<Appointment>,
    pub progress: Progress,
    /// What can be noted now.
    pub milestones: &'static [Milestone],
}

impl Case {
    pub(super) fn load(app: &App, conn: &mut Conn, submission: &Submission) -> Result<Self, StoreError> {
        Ok(Self {
            appointments: appointments::of(conn, submission.id)?,
            progress: milestone::progress(conn, submission.id)?,
            milestones: milestone::possible(app, conn, submission)?,
        })
    }

    /// The appointment that stands while the request is accepted.
    fn agreed(&self, state: ReviewState) -> Option<&Appointment> {
        let stands = self.progress == Progress::Scheduled && state == ReviewState::Approved;
        self.appointments.last().filter(|newest| stands && !newest.cancelled)
    }
}

/// The submitter's address; empty where there is none.
fn address(l: &Locale, loaded: &Loaded) -> String {
    role_text(&loaded.form, &loaded.answers, Role::ContactEmail, l)
}

/// What is agreed, in words.
#[derive(Debug, Clone)]
pub struct Agreed {
    pub when: String,
    pub place: String,
    pub people: String,
}

impl Agreed {
    /// An appointment in words; what was erased says nothing.
    pub(in crate::web) fn new(l: &Locale, appointment: &Appointment) -> Self {
        let details = appointment.details.clone().unwrap_or_default();
        Self { when: appointment.span(l), place: details.place, people: details.people }
    }
}

/// One step that can be noted, with the form for it.
pub struct CaseStep {
    pub milestone: &'static str,
    pub heading: String,
    pub consequences: Vec<String>,
    pub open: bool,
    pub style: &'static str,
    pub fields: Vec<FieldView<'static>>,
    pub message: MessageBox,
}

/// The case on the record's page.
pub struct CaseBox {
    pub agreed: Option<Agreed>,
    pub steps: Vec<CaseStep>,
    /// The record that the delivered support can become: what the button says.
    pub becomes: Option<String>,
}

impl CaseBox {
    /// None for what is no case, or takes nothing more.
    pub(super) fn new(app: &App, l: &Locale, loaded: &Loaded, attempt: Option<&Attempt>) -> Option<Self> {
        let agreed = loaded.case.agreed(loaded.submission.state);
        let step = |milestone: &Milestone| case_step(l, loaded, *milestone, attempt);
        let becomes =
            Some(&loaded.form).filter(|_| loaded.case.progress == Progress::Delivered).and_then(|form| form.becomes());
        let becomes = becomes.and_then(|id| app.catalog.find(id, l.language()));
        let made = Self {
            agreed: agreed.map(|appointment| Agreed::new(l, appointment)),
            steps: loaded.case.milestones.iter().map(step).collect(),
            becomes: becomes.map(|form| form.words().title.clone()),
        };
        (made.agreed.is_some() || !made.steps.is_empty() || made.becomes.is_some()).then_some(made)
    }
}

fn case_step(l: &Locale, loaded: &Loaded, milestone: Milestone, attempt: Option<&Attempt>) -> CaseStep {
    let tried = attempt.filter(|attempt| attempt.milestone == milestone);
    let plans = matches!(milestone, Milestone::Schedule | Milestone::Move);
    let first = loaded.case.milestones.first() == Some(&milestone);
    let key = |part: &str| format!("case-{part}-{}", milestone.as_str());
    let mail = match mail_of(milestone) {
        Some(_) if address(l, loaded).is_empty() => l.t("staff-mails-without-address"),
        Some(_) => l.a("case-mail", "address", address(l, loaded)),
        None => l.t("staff-mails-nobody"),
    };
    CaseStep {
        milestone: milestone.as_str(),
        heading: l.t(&key("do")),
        consequences: vec![l.t(&key("effect")), mail],
        open: first || tried.is_some(),
        style: match milestone {
            Milestone::Cancel => "danger",
            Milestone::Schedule | Milestone::Move | Milestone::Deliver if first => "primary",
            Milestone::Schedule | Milestone::Move | Milestone::Deliver => "secondary",
        },
        fields: if plans { fields(l, loaded, tried) } else { Vec::new() },
        message: message(l, loaded, tried),
    }
}

fn message(l: &Locale, loaded: &Loaded, tried: Option<&Attempt>) -> MessageBox {
    let (limit, language) = (l.count(&LONGEST_MESSAGE), words::language(l, loaded.submission.language));
    let typed = tried.and_then(|attempt| attempt.typed.get("message")).unwrap_or_default();
    let error = errors_at(tried, "message").next().map(|wrong| wrong.text.clone());
    MessageBox {
        label: l.t("staff-message-optional"),
        hint: l.with("staff-message-hint", &[("language", Arg::from(&language))]),
        value: typed.to_owned(),
        limit: l.a("count-limit", "max", &limit),
        max: LONGEST_MESSAGE,
        error,
        replies: ReplyBox::default(),
    }
}

fn errors_at<'a>(tried: Option<&'a Attempt>, name: &'a str) -> impl Iterator<Item = &'a Wrong> {
    let all = match tried.map(|attempt| &attempt.refused) {
        Some(Refused::Words(wrong)) => wrong.as_slice(),
        Some(Refused::Stale | Refused::NotPossible) | None => &[],
    };
    all.iter().filter(move |wrong| {
        wrong.anchor.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

/// The questions of a plan, with what was typed, what is agreed, or what was asked for.
fn fields(l: &Locale, loaded: &Loaded, tried: Option<&Attempt>) -> Vec<FieldView<'static>> {
    let given = tried.map_or_else(|| proposed(loaded), |attempt| attempt.typed.clone());
    let text = |name: &str| given.get(name).unwrap_or_default().to_owned();
    let meeting = |name: &str, zones: Vec<&'static str>| Control::Meeting {
        date: text(&format!("{name}-date")),
        time: text(&format!("{name}-time")),
        zone: text(&format!("{name}-zone")),
        zones,
    };
    let place = Control::Line { kind: "text", mode: "", width: "", value: text("place") };
    let people = Control::LongText { value: text("people"), max: LONGEST_PEOPLE };
    [
        ("start", meeting("start", zones().collect())),
        ("end", meeting("end", Vec::new())),
        ("place", place),
        ("people", people),
    ]
    .into_iter()
    .map(|(name, control)| question(l, name, control, tried))
    .collect()
}

fn question(l: &Locale, name: &'static str, control: Control<'static>, tried: Option<&Attempt>) -> FieldView<'static> {
    let wrong = errors_at(tried, name).next();
    let error = wrong.map(|wrong| wrong.text.clone());
    let mut described = vec![format!("{name}-hint")];
    described.extend(error.is_some().then(|| format!("{name}-error")));
    FieldView {
        name: name.to_owned(),
        label: l.t(&format!("case-{name}")),
        hint: Some(l.t(&format!("case-{name}.hint"))),
        optional: matches!(name, "place" | "people"),
        wrong: wrong.map(|wrong| wrong.anchor.clone()),
        error,
        described_by: described.join(" "),
        control,
        ..FieldView::default()
    }
}

/// What stands in the form before anybody types: the agreed plan, or what the request asked for.
fn proposed(loaded: &Loaded) -> Pairs {
    let mut pairs = Pairs::default();
    let answered = |role| loaded.form.role(role).and_then(|field| loaded.answers.get(field));
    if let Some(agreed) = loaded.case.appointments.last() {
        put(&mut pairs, "start", agreed.start.local, Some(agreed.start.zone.name()));
        put(&mut pairs, "end", agreed.end, None);
        let details = agreed.details.clone().unwrap_or_default();
        pairs.push("place", details.place);
        pairs.push("people", details.people);
    } else if let Some(Answer::Meeting(meeting)) = answered(Role::Meeting) {
        put(&mut pairs, "start", meeting.local, Some(meeting.zone.name()));
        pairs.push("end-date", meeting.local.date().to_string());
    } else if let Some(Answer::Date(day)) = answered(Role::Starts) {
        pairs.push("start-date", day.to_string());
    }
    pairs
}

fn put(pairs: &mut Pairs, name: &str, local: chrono::NaiveDateTime, zone: Option<&str>) {
    pairs.push(format!("{name}-date"), local.date().to_string());
    pairs.push(format!("{name}-time"), local.format("%H:%M").to_string());
    if let Some(zone) = zone {
        pairs.push(format!("{name}-zone"), zone);
    }
}

/// Reads a plan, or says all that is wrong with it.
fn read_plan(l: &Locale, typed: &Pairs) -> Result<Plan, Vec<Wrong>> {
    let zone = typed.get("start-zone").unwrap_or_default();
    let wrong = |(anchor, text): (String, String)| Wrong { anchor, text };
    let start = read_meeting(typed, ("start", zone), &l.t("case-start"), l).map_err(wrong);
    // Where the zone itself is wrong, it is said once, at the start.
    let sure = if start.is_ok() { zone } else { "UTC" };
    let end = read_meeting(typed, ("end", sure), &l.t("case-end"), l).map_err(wrong);
    let (start, end) = match (start, end) {
        (Ok(start), Ok(end)) => (start, end),
        (start, end) => return Err([start.err(), end.err()].into_iter().flatten().collect()),
    };
    let (place, people) = (typed.get("place").unwrap_or_default(), typed.get("people").unwrap_or_default());
    Plan::new(start, end.local, place, people)
        .map_err(|faults| faults.into_iter().map(|fault| fault_at(l, fault)).collect())
}

fn fault_at(l: &Locale, fault: Fault) -> Wrong {
    let (anchor, text) = match fault {
        Fault::EndsTooEarly => ("end-date", l.t("case-wrong-end")),
        Fault::PlaceTooLong => ("place", l.a("case-wrong-place", "max", l.count(&LONGEST_PLACE))),
        Fault::PeopleTooLong => ("people", l.a("case-wrong-people", "max", l.count(&LONGEST_PEOPLE))),
    };
    Wrong { anchor: anchor.to_owned(), text }
}

fn read_step(l: &Locale, milestone: Milestone, typed: &Pairs) -> Result<Step, Vec<Wrong>> {
    Ok(match milestone {
        Milestone::Schedule => Step::Schedule(read_plan(l, typed)?),
        Milestone::Move => Step::Move(read_plan(l, typed)?),
        Milestone::Cancel => Step::Cancel,
        Milestone::Deliver => Step::Deliver,
    })
}

/// POST `/staff/submissions/{reference}/milestones`
///
/// # Errors
/// Where there is no such record, or what was sent names no step.
pub async fn note(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let milestone = Milestone::read(sent.text("milestone")).ok_or(WebError::Unreadable)?;
    let seen = sent.text("version").trim().parse().map_err(|_| WebError::Unreadable)?;
    let by = super::desk(&req)?.account.id;
    let l = app.locale(crate::web::frame::language(&req));
    let again = |refused| Ask::case(Attempt { milestone, typed: sent.pairs.clone(), seen, refused });
    let step = match read_step(&l, milestone, &sent.pairs) {
        Ok(step) => step,
        Err(wrong) => return record::show(&app, &req, &reference, again(Refused::Words(wrong))).await,
    };
    let message = sent.text("message").replace("\r\n", "\n");
    let order = Order { reference: reference.clone(), step, message, version: seen, by };
    let refusal = match milestone::note(&app, order).await {
        Ok(_) => {
            return Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted={}", milestone.as_str())));
        }
        Err(Stop::Failed(error)) => return Err(error.into()),
        Err(Stop::Refused(refusal)) => refusal,
    };
    let refused = match refusal {
        Refusal::NotFound => return Err(WebError::NotFound),
        Refusal::Stale => Refused::Stale,
        Refusal::NotPossible => Refused::NotPossible,
        Refusal::MessageTooLong => {
            let text = l.a("staff-wrong-too-long", "max", l.count(&LONGEST_MESSAGE));
            Refused::Words(vec![Wrong { anchor: format!("message-{}", milestone.as_str()), text }])
        }
    };
    record::show(&app, &req, &reference, again(refused)).await
}

/// POST `/staff/submissions/{reference}/record`: what was delivered becomes a draft of a record.
///
/// # Errors
/// Where there is no such record, or it was not delivered.
pub async fn become_record(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let draft = become_record::begin(&app, &reference).await;
    let draft = draft.map_err(|stop| {
        WebError::of(stop, |refusal| match refusal {
            become_record::Refusal::NotFound => WebError::NotFound,
            become_record::Refusal::NotPossible => WebError::Conflict,
        })
    })?;
    steps::go_to(&app, &req, &draft).await
}

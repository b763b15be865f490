//! What can be done with a record besides deciding on it: say that it is another one again, begin it anew in the right form,
//! take a file away.
//!
//! What is refused comes back on the record's page with everything that was typed.

use actix_web::{HttpRequest, HttpResponse, web};

use super::record::{self, Ask, Loaded, read_reference, written};
use super::{Choice, Input, Writing, Wrong, wrong_of};
use crate::actions::decide::LONGEST_MESSAGE;
use crate::actions::{redact, refile, relate};
use crate::app::App;
use crate::domain::projection::role_text;
use crate::domain::relation::RelationKind;
use crate::domain::submission::Decision;
use crate::forms::form::{Form, Role};
use crate::forms::show::Shown;
use crate::locale::{Arg, Locale};
use crate::store::Stop;
use crate::store::relations::Related;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::pages::answers::{Section, held, sections};
use crate::web::respond::{self, State};

/// What was refused, as it was typed.
#[derive(Debug, Clone)]
pub enum Attempt {
    Link { original: String, refused: relate::Refusal },
    Redact { file: String, reason: String, refused: redact::Refusal },
    Refile { form: String, reason: String, refused: refile::Refusal },
}

/// The boxes on a record's page.
pub struct Beside {
    /// None where it is a duplicate already.
    pub link: Option<Input>,
    pub redact: Option<RedactBox>,
    /// None where it is decided.
    pub refile: Option<RefileBox>,
}

/// Where the right form is chosen.
pub struct RefileBox {
    pub forms: Vec<Choice>,
    pub writing: Writing,
    /// What is wrong with the choice.
    pub error: Option<String>,
    /// Whom it mails.
    pub effect: String,
    pub version: i64,
    /// Drawn open.
    pub open: bool,
}

/// Where a file is chosen that is to go.
pub struct RedactBox {
    pub files: Vec<Choice>,
    pub writing: Writing,
    /// What is wrong with the choice.
    pub error: Option<String>,
    /// Drawn open.
    pub open: bool,
}

impl Beside {
    pub(super) fn new(app: &App, l: &Locale, loaded: &Loaded, attempt: Option<&Attempt>) -> Self {
        let can_refile = refile::is_open(&loaded.submission);
        let linked = loaded.related.iter().any(|other| other.outgoing && other.kind == RelationKind::DuplicateOf);
        Self {
            link: (!linked).then(|| link_input(l, attempt)),
            redact: (!loaded.files.is_empty()).then(|| RedactBox::new(l, &loaded.files, attempt)),
            refile: can_refile.then(|| RefileBox::new(app, l, loaded, attempt)),
        }
    }

    pub(super) fn wrong(&self) -> Vec<Wrong> {
        let link = self.link.iter().flat_map(|input| wrong_of(std::slice::from_ref(input)));
        let redact = self.redact.iter().flat_map(RedactBox::wrong);
        link.chain(redact).chain(self.refile.iter().flat_map(RefileBox::wrong)).collect()
    }
}

impl RedactBox {
    fn new(l: &Locale, files: &[(String, String)], attempt: Option<&Attempt>) -> Self {
        let writing = Writing::new(l, "redact-why", "staff-redact-why", redact::LONGEST);
        let (chosen, writing, error) = match attempt {
            Some(Attempt::Redact { file, reason, refused }) => match redact_error(l, *refused) {
                (Some(in_reason), _) => (file.as_str(), writing.refused(reason, in_reason), None),
                (None, in_file) => (file.as_str(), Writing { value: reason.clone(), ..writing }, in_file),
            },
            Some(Attempt::Link { .. } | Attempt::Refile { .. }) | None => ("", writing, None),
        };
        let choice = |(id, name): &(String, String)| Choice {
            value: id.clone(),
            label: name.clone(),
            hint: None,
            chosen: id == chosen,
        };
        let open = error.is_some() || writing.error.is_some();
        Self { files: files.iter().map(choice).collect(), writing, error, open }
    }

    fn wrong(&self) -> Vec<Wrong> {
        let file = self.error.clone().map(|text| Wrong { anchor: "redact-file".to_owned(), text });
        file.into_iter().chain(self.writing.wrong()).collect()
    }
}

impl RefileBox {
    fn new(app: &App, l: &Locale, loaded: &Loaded, attempt: Option<&Attempt>) -> Self {
        let writing = Writing::new(l, "refile-why", "staff-refile-why", LONGEST_MESSAGE);
        let (chosen, writing, error) = match attempt {
            Some(Attempt::Refile { form, reason, refused }) => match refile_error(l, *refused) {
                (Some(in_reason), _) => (form.as_str(), writing.refused(reason, in_reason), None),
                (None, in_form) => (form.as_str(), Writing { value: reason.clone(), ..writing }, in_form),
            },
            Some(Attempt::Link { .. } | Attempt::Redact { .. }) | None => ("", writing, None),
        };
        let choice = |form: &Form| Choice {
            value: form.id().to_string(),
            label: form.words().noun.clone(),
            hint: None,
            chosen: form.id().as_str() == chosen,
        };
        let address = role_text(&loaded.form, &loaded.answers, Role::ContactEmail, l);
        Self {
            forms: refile::forms(app, &loaded.submission, l.language()).into_iter().map(choice).collect(),
            open: error.is_some() || writing.error.is_some(),
            effect: l.a("staff-refile-effect", "address", address),
            version: loaded.submission.version,
            writing,
            error,
        }
    }

    fn wrong(&self) -> Vec<Wrong> {
        let form = self.error.clone().map(|text| Wrong { anchor: "refile-form".to_owned(), text });
        form.into_iter().chain(self.writing.wrong()).collect()
    }
}

/// What is wrong with the reason, or with the form.
fn refile_error(l: &Locale, refused: refile::Refusal) -> (Option<String>, Option<String>) {
    match refused {
        refile::Refusal::ReasonMissing => (Some(l.t("staff-wrong-refile-why")), None),
        refile::Refusal::ReasonTooLong => (Some(l.a("staff-wrong-too-long", "max", l.count(&LONGEST_MESSAGE))), None),
        refile::Refusal::Moved => (None, Some(l.t("staff-wrong-refile-moved"))),
        refile::Refusal::FormUnknown | refile::Refusal::NotFound => (None, Some(l.t("staff-wrong-refile-form"))),
    }
}

/// What is wrong with the reason, or with the file.
fn redact_error(l: &Locale, refused: redact::Refusal) -> (Option<String>, Option<String>) {
    match refused {
        redact::Refusal::ReasonMissing => (Some(l.t("staff-wrong-redact-why")), None),
        redact::Refusal::ReasonTooLong => (Some(l.a("staff-wrong-too-long", "max", l.count(&redact::LONGEST))), None),
        redact::Refusal::NoSuchFile | redact::Refusal::NotFound => (None, Some(l.t("staff-wrong-redact-file"))),
    }
}

/// The line in which the reference of another record is typed.
pub(super) fn original_input(l: &Locale, name: &'static str) -> Input {
    Input::new(name, "text", "off", l.t("staff-original")).hinting(l.t("staff-original.hint"))
}

/// Why that is not what it is a duplicate of.
pub(super) fn original_error(l: &Locale, refused: relate::Refusal) -> String {
    l.t(match refused {
        relate::Refusal::Unknown | relate::Refusal::NotFound => "staff-wrong-original",
        relate::Refusal::Itself => "staff-wrong-original-itself",
        relate::Refusal::Linked => "staff-wrong-original-linked",
        relate::Refusal::Duplicate => "staff-wrong-original-duplicate",
    })
}

fn link_input(l: &Locale, attempt: Option<&Attempt>) -> Input {
    let input = original_input(l, "original");
    match attempt {
        Some(Attempt::Link { original, refused }) => input.holding(original).refused(Some(original_error(l, *refused))),
        Some(Attempt::Redact { .. } | Attempt::Refile { .. }) | None => input,
    }
}

/// The answers; beside files that were taken away stands by whom and why.
pub(super) fn answered(l: &Locale, loaded: &Loaded) -> Vec<Section> {
    let mut all = held(sections(&loaded.form, &loaded.answers, l, |_| true), &loaded.holds);
    for row in all.iter_mut().flat_map(|section| &mut section.rows) {
        let Shown::Files(files) = &row.shown else { continue };
        let gone = files.iter().filter_map(|file| Some((file, *loaded.redacted.get(&file.id)?)));
        let said: Vec<String> = gone.filter_map(|(file, seq)| redaction(l, loaded, &file.name, seq)).collect();
        row.note = (!said.is_empty()).then(|| said.join(" "));
    }
    all
}

/// "plan.pdf was taken away by Mona on 6 November 2026. Reason: …"
fn redaction(l: &Locale, loaded: &Loaded, name: &str, seq: i64) -> Option<String> {
    let event = loaded.events.iter().find(|logged| logged.seq == seq).map(|logged| &logged.event)?;
    let (who, when) = (loaded.names.of(event.author, l), l.instant(&event.at));
    let note = loaded.notes.iter().find(|note| note.event_seq == seq).and_then(|note| note.body.clone());
    let why = note.unwrap_or_else(|| l.t("staff-erased"));
    let values =
        [("name", Arg::from(name)), ("who", Arg::from(&who)), ("when", Arg::from(&when)), ("why", Arg::from(&why))];
    Some(l.with("staff-redacted", &values))
}

/// What a record is to another one.
pub struct RelatedLine {
    pub said: String,
    pub url: String,
    pub reference: String,
    pub title: String,
    /// What takes it back, if it is said here.
    pub since: Option<i64>,
}

pub(super) fn lines(l: &Locale, related: &[Related]) -> Vec<RelatedLine> {
    let line = |other: &Related| RelatedLine {
        said: l.t(match (other.kind, other.outgoing) {
            (RelationKind::DuplicateOf, true) => "staff-duplicate-of",
            (RelationKind::DuplicateOf, false) => "staff-duplicated-by",
            (RelationKind::RefiledFrom, true) => "staff-refiled-from",
            (RelationKind::RefiledFrom, false) => "staff-refiled-as",
        }),
        url: format!("/staff/submissions/{}", other.reference),
        reference: other.reference.clone(),
        title: other.title.clone(),
        since: (other.outgoing && other.kind == RelationKind::DuplicateOf).then_some(other.since),
    };
    related.iter().map(line).collect()
}

/// POST `/staff/submissions/{reference}/duplicates`: links, or takes the link back that the event `since` made.
///
/// # Errors
/// Where there is no such record.
pub async fn duplicate(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let by = super::desk(&req)?.account.id;
    if !sent.text("event").is_empty() {
        let since = sent.text("event").parse().map_err(|_| WebError::Unreadable)?;
        relate::unlink(&app, &reference, since, by).await.map_err(|stop| WebError::of(stop, |_| WebError::Conflict))?;
        return Ok(noted(&reference, "unlinked"));
    }
    let original = sent.text("original").trim().to_owned();
    match relate::link(&app, &reference, &written(&original), by).await {
        Ok(()) => Ok(noted(&reference, "linked")),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(relate::Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(refused)) => again(&app, &req, &reference, Attempt::Link { original, refused }).await,
    }
}

/// POST `/staff/submissions/{reference}/redactions`
///
/// # Errors
/// Where there is no such record.
pub async fn redact(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let (file, reason) = (sent.text("file").to_owned(), sent.text("redact-why").to_owned());
    let by = super::desk(&req)?.account.id;
    let order = redact::Order { reference: reference.clone(), file: file.clone(), reason: reason.clone(), by };
    match redact::redact(&app, order).await {
        Ok(()) => Ok(noted(&reference, "redacted")),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(redact::Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(refused)) => again(&app, &req, &reference, Attempt::Redact { file, reason, refused }).await,
    }
}

/// POST `/staff/submissions/{reference}/refilings`
///
/// # Errors
/// Where there is no such record.
pub async fn refile(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let (form, reason) = (sent.text("form").to_owned(), sent.text("refile-why").replace("\r\n", "\n"));
    let version = sent.text("version").trim().parse().map_err(|_| WebError::Unreadable)?;
    let by = super::desk(&req)?.account.id;
    let order = refile::Order { reference: reference.clone(), form: form.clone(), reason: reason.clone(), version, by };
    match refile::refile(&app, order).await {
        Ok(()) => {
            Ok(respond::see_other(&format!("/staff/submissions/{reference}?done={}", Decision::Decline.as_str())))
        }
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(refile::Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(refused)) => again(&app, &req, &reference, Attempt::Refile { form, reason, refused }).await,
    }
}

fn noted(reference: &str, what: &str) -> HttpResponse {
    respond::see_other(&format!("/staff/submissions/{reference}?noted={what}"))
}

async fn again(app: &App, req: &HttpRequest, reference: &str, attempt: Attempt) -> Result<HttpResponse, WebError> {
    record::show(app, req, reference, Ask::beside(attempt)).await
}

//! A note on a record: to the submitter by mail, or for colleagues alone.

use actix_web::{HttpRequest, HttpResponse, web};

use super::flash::Flash;
use super::record::{self, Ask, Loaded, read_reference};
use super::replies;
use super::{Choice, Writing, Wrong};
use crate::actions::note::{self, LONGEST, Order, Readers, Refusal};
use crate::domain::event::EventKind;
use crate::locale::Locale;
use crate::store::Stop;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// A note as somebody sent it, and why it was not taken.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub text: String,
    pub readers: Option<Readers>,
    /// None where nobody was chosen to read it.
    pub refused: Option<Refusal>,
    /// A reply was put in: nothing was to be kept yet.
    pub unfinished: bool,
}

/// The box on a record's page.
pub struct NoteBox {
    pub writing: Writing,
    pub readers: Vec<Choice>,
    /// What is wrong with whom it is for.
    pub error: Option<String>,
    /// Sent along, so that it is taken once.
    pub key: String,
    /// Drawn open.
    pub open: bool,
}

impl NoteBox {
    pub(super) fn new(l: &Locale, key: String, may_read: &[Readers], open: bool, attempt: Option<&Attempt>) -> Self {
        let chosen = attempt.and_then(|attempt| attempt.readers);
        let choice = |readers: &Readers| Choice {
            value: readers.as_str().to_owned(),
            label: l.t(&format!("staff-note-{}", readers.as_str())),
            hint: Some(l.t(&format!("staff-note-{}.hint", readers.as_str()))),
            chosen: chosen == Some(*readers),
        };
        let writing = Writing::new(l, "note", "staff-note", LONGEST);
        let error = attempt.map(|attempt| (attempt, wrong(l, attempt)));
        let (writing, error) = match error {
            None => (writing, None),
            Some((attempt, (in_text, in_readers))) => {
                (Writing { value: attempt.text.clone(), error: in_text, ..writing }, in_readers)
            }
        };
        Self { writing, readers: may_read.iter().map(choice).collect(), error, key, open: open || attempt.is_some() }
    }

    pub(super) fn wrong(&self) -> Vec<Wrong> {
        let readers = self.error.clone().map(|text| Wrong { anchor: "readers".to_owned(), text });
        readers.into_iter().chain(self.writing.wrong()).collect()
    }
}

/// What is wrong with the text, and with whom it is for.
fn wrong(l: &Locale, attempt: &Attempt) -> (Option<String>, Option<String>) {
    match attempt.refused {
        None if attempt.unfinished => (None, None),
        None => (None, Some(l.t("staff-wrong-readers"))),
        Some(Refusal::Empty) => (Some(l.t("staff-wrong-note")), None),
        Some(Refusal::TooLong) => (Some(l.a("staff-wrong-too-long", "max", l.count(&LONGEST))), None),
        Some(Refusal::Untold) => (None, Some(l.t("staff-wrong-note-untold"))),
        Some(Refusal::TooMany | Refusal::NotFound) => (Some(l.t("error-conflict")), None),
    }
}

/// POST `/staff/submissions/{reference}/notes`
///
/// # Errors
/// Where there is no such record.
pub async fn write(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let mut text = sent.text("note").replace("\r\n", "\n");
    let unfinished = replies::insert(&app, &sent, &mut text);
    let readers = Readers::read(sent.text("readers"));
    let again = |refused| Ask::note(Attempt { text: text.clone(), readers, refused, unfinished });
    if unfinished {
        return record::show(&app, &req, &reference, again(None)).await;
    }
    let Some(chosen) = readers else { return record::show(&app, &req, &reference, again(None)).await };
    let by = super::desk(&req)?.account.id;
    let key = sent.text("key").to_owned();
    let order = Order { reference: reference.clone(), readers: chosen, text: text.clone(), key, by };
    match note::write(&app, order).await {
        Ok(()) => Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted={}", chosen.as_str()))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(refusal)) => record::show(&app, &req, &reference, again(Some(refusal))).await,
    }
}

/// Names the colleagues besides whom a note was mailed to.
pub(super) fn told(l: &Locale, loaded: &Loaded, flash: Flash) -> Flash {
    let seq = loaded.events.last().map(|logged| logged.seq);
    let to = loaded.mails.iter().filter(|mail| mail.account.is_some() && mail.subject.event() == seq);
    let names: Vec<&str> = to.map(|mail| mail.name.as_str()).collect();
    if names.is_empty() {
        return flash;
    }
    Flash { text: format!("{} {}", flash.text, l.a("staff-noted-told", "names", names.join(", "))), ..flash }
}

/// After a note, or an answer to another address.
pub(super) fn said(l: &Locale, kind: EventKind) -> Option<Flash> {
    let key = match kind {
        EventKind::NoteSent => "staff-noted-submitter",
        EventKind::NoteKept => "staff-noted-internal",
        EventKind::AddressCorrected => "staff-noted-accept",
        EventKind::AddressChangeRefused => "staff-noted-refuse",
        EventKind::Undone => "staff-noted-undone",
        EventKind::Scheduled => "case-noted-schedule",
        EventKind::Rescheduled => "case-noted-move",
        EventKind::Cancelled => "case-noted-cancel",
        EventKind::Delivered => "case-noted-deliver",
        EventKind::AuthorityConfirmed => "staff-noted-authority",
        EventKind::Edited => "staff-noted-edited",
        EventKind::EditProposed => "staff-noted-edit-proposed",
        EventKind::AttachmentRedacted => "staff-noted-redacted",
        EventKind::LinkedDuplicate => "staff-noted-linked",
        EventKind::UnlinkedDuplicate => "staff-noted-unlinked",
        EventKind::TranslationKept => "staff-noted-translation",
        EventKind::Submitted => "staff-noted-entered",
        EventKind::ReviewKept => "staff-noted-review",
        EventKind::Resubmitted
        | EventKind::AddressConfirmed
        | EventKind::Decided
        | EventKind::Withdrawn
        | EventKind::AttachmentRefused
        | EventKind::PointAccepted
        | EventKind::Assigned
        | EventKind::Unassigned
        | EventKind::PartyAsked
        | EventKind::PartyConfirmed
        | EventKind::PartyDeclined
        | EventKind::PartyCorrected
        | EventKind::EditAgreed
        | EventKind::EditRefused
        | EventKind::Objected
        | EventKind::NoteReceived
        | EventKind::LinkRequested
        | EventKind::AddressChangeAsked => return None,
    };
    Some(Flash { text: l.t(key), about: None, next: None })
}

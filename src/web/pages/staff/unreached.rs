//! A mail did not reach the submitter: the record says so in red, and offers another address.

use actix_web::{HttpRequest, HttpResponse, web};

use super::Input;
use super::record::{self, Ask, Loaded, read_reference};
use super::words;
use crate::actions::correct_address::{self, Refusal};
use crate::domain::account::AccountId;
use crate::domain::event::Author;
use crate::domain::mail::MailKind;
use crate::domain::submission::ReviewState;
use crate::forms::form::Role;
use crate::forms::kind::FieldKind;
use crate::locale::{Arg, Locale};
use crate::store::outbox::Mail;
use crate::store::{Stop, submissions};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// Another address as somebody typed it, and why it was not taken.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub address: String,
    pub error: String,
}

/// What did not arrive, and what can be done.
pub struct Unreached {
    /// The mail's own page.
    pub url: String,
    pub heading: String,
    /// The server's words.
    pub said: Option<String>,
    /// Addresses besides the contact's that the answers name.
    pub others: Vec<String>,
    /// For those who may: another address.
    pub input: Option<Input>,
}

impl Unreached {
    /// The newest mail to the submitter, if it did not arrive.
    pub(super) fn of(l: &Locale, loaded: &Loaded, may: bool, attempt: Option<&Attempt>) -> Option<Self> {
        let mail = newest(&loaded.mails).filter(|mail| mail.status.is_undelivered())?;
        let what = words::mail_kind(l, mail.kind);
        let key =
            if mail.kind == MailKind::ChangesRequested { "staff-unreached-changes" } else { "staff-unreached-mail" };
        let input = may.then(|| {
            let empty = Input::new("address", "email", "off", l.t("staff-unreached-address"));
            let typed = attempt.map_or("", |attempt| attempt.address.as_str());
            empty.holding(typed).refused(attempt.map(|attempt| attempt.error.clone()))
        });
        Some(Self {
            url: format!("/staff/mail/{}", mail.id),
            heading: l.with(key, &[("mail", Arg::from(&what)), ("address", Arg::from(&mail.address))]),
            said: mail.last_reply.clone(),
            others: if input.is_some() { others(loaded) } else { Vec::new() },
            input: input.filter(|_| loaded.submission.state != ReviewState::Withdrawn),
        })
    }
}

/// Mails are listed newest first.
fn newest(mails: &[Mail]) -> Option<&Mail> {
    mails.iter().find(|mail| mail.account.is_none() && mail.kind != MailKind::PartyAsked)
}

fn others(loaded: &Loaded) -> Vec<String> {
    let contact = loaded.form.role(Role::ContactEmail);
    let fields = loaded.form.fields().filter(|field| matches!(field.kind, FieldKind::Email));
    let others = fields.filter(|field| Some(&field.id) != contact).filter_map(|field| loaded.answers.text(&field.id));
    others.filter(|address| !address.is_empty()).map(str::to_owned).collect()
}

/// POST `/staff/submissions/{reference}/contact`
///
/// # Errors
/// Where there is no such record.
pub async fn put_right(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let (of, typed) = (reference.clone(), sent.text("address").to_owned());
    let found = app.db.read(move |conn| submissions::find(conn, &of)).await?.ok_or(WebError::NotFound)?;
    let AccountId(by) = super::desk(&req)?.account.id;
    match correct_address::put_right(&app, found.id, &typed, Author::Staff(by)).await {
        Ok(()) => Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted=contact"))),
        Err(Stop::Refused(Refusal::NotAnAddress(wrong))) => {
            let error = wrong.first().map(|message| message.text.clone()).unwrap_or_default();
            let attempt = Attempt { address: typed, error };
            record::show(&app, &req, &reference, Ask::address(attempt)).await
        }
        Err(Stop::Refused(Refusal::NotOpen)) => Err(WebError::Conflict),
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

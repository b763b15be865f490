//! A mail as it is sent: rendered at the first attempt and frozen, without secrets.

use serde::{Deserialize, Serialize};

use super::gather::gather;
use super::sample::sample;
use super::{kinds, links};
use crate::app::Parts;
use crate::domain::links::Keys;
use crate::domain::mail::MailKind;
use crate::locale::Language;
use crate::store::outbox::{self, Mail};
use crate::store::{Conn, StoreError};

/// A rendered mail. As it is kept, marks stand where keys belong; [`fill`] puts them in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub subject: String,
    pub text: String,
    pub html: String,
    /// An entry for the reader's calendar, as iCalendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Where one click stops such mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
}

/// Renders a mail, without secrets.
///
/// # Errors
/// Where what it tells of cannot be read.
pub fn render(app: &Parts, conn: &mut Conn, mail: &Mail) -> Result<Frozen, StoreError> {
    kinds::compose(&gather(app, conn, mail)?)
}

/// The rendered mail with its links, for the generation it was queued in.
#[must_use]
pub fn fill(frozen: &Frozen, keys: &Keys, mail: &Mail) -> Frozen {
    let with_keys = |text: &str| {
        let own = links::fill(text, keys, &mail.subject, mail.link_generation);
        links::fill_others(&own, keys, &mail.subject, &mail.address)
    };
    Frozen {
        subject: frozen.subject.clone(),
        text: with_keys(&frozen.text),
        html: with_keys(&frozen.html),
        calendar: frozen.calendar.clone(),
        unsubscribe: frozen.unsubscribe.as_deref().map(with_keys),
    }
}

/// A mail as its reader gets it: as it was frozen, or as it would be rendered now.
///
/// # Errors
/// Where what it tells of cannot be read.
pub fn preview(app: &Parts, conn: &mut Conn, mail: &Mail) -> Result<Frozen, StoreError> {
    let frozen = thaw(mail)?.map_or_else(|| render(app, conn, mail), Ok)?;
    Ok(fill(&frozen, &app.keys, mail))
}

/// A kind of mail as it reads in a language, without secrets.
#[derive(Debug)]
pub struct Specimen {
    pub written: Frozen,
    /// It tells of a real record, the newest that fits.
    pub real: bool,
}

/// Writes a kind of mail in a language: of the newest record that fits, or of an invented one.
///
/// # Errors
/// Where the database fails.
pub fn specimen(app: &Parts, conn: &mut Conn, kind: MailKind, language: Language) -> Result<Specimen, StoreError> {
    if let Some(mail) = outbox::newest(conn, kind)?
        && let Ok(written) = render(app, conn, &Mail { language, ..mail })
    {
        return Ok(Specimen { written, real: true });
    }
    let invented = sample(kind, app.mail_locale(language), app.config.service.clone(), &app.base());
    Ok(Specimen { written: kinds::compose(&invented)?, real: false })
}

/// What was frozen at an earlier attempt.
pub(super) fn thaw(mail: &Mail) -> Result<Option<Frozen>, StoreError> {
    let unreadable = |error: serde_json::Error| StoreError::Unreadable(error.to_string());
    mail.frozen.as_deref().map(serde_json::from_str).transpose().map_err(unreadable)
}

/// As it is kept.
pub(super) fn freeze(frozen: &Frozen) -> Result<String, StoreError> {
    serde_json::to_string(frozen).map_err(|error| StoreError::Unreadable(error.to_string()))
}

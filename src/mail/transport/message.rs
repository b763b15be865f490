//! A letter as an RFC 5322 message.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

use super::{Letter, Outcome};
use crate::config::Config;
use crate::mail::text::one_line;

/// Builds the message, or says what becomes of the mail: with our own addresses at fault all wait. A copy of a mail has the same Message-ID and boundary.
pub(super) fn build(config: &Config, letter: &Letter, at: DateTime<Utc>) -> Result<Message, Outcome> {
    let from = sender(config).map_err(Outcome::Paused)?;
    let domain = from.email.domain().to_owned();
    let thread = format!("<{}@{domain}>", letter.thread);
    let builder = Message::builder()
        .from(from)
        .to(mailbox(&letter.name, &letter.address).map_err(Outcome::Refused)?)
        .subject(header(&letter.content.subject))
        .message_id(Some(format!("<{}@{domain}>", letter.message_id)))
        .in_reply_to(thread.clone())
        .references(thread)
        .date(SystemTime::from(at))
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()));
    let builder = match &letter.content.unsubscribe {
        // RFC 8058.
        Some(url) => builder
            .raw_header(raw("List-Unsubscribe", format!("<{url}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())),
        None => builder,
    };
    let builder = match &config.service.contact_email {
        Some(contact) => builder.reply_to(mailbox("", contact).map_err(Outcome::Paused)?),
        None => builder,
    };
    let builder = match config.mail.return_path(&letter.message_id) {
        Some(path) => builder.envelope(envelope(&path, &letter.address)?),
        None => builder,
    };
    let message = match &letter.content.calendar {
        None => builder.multipart(parts(letter)),
        Some(entry) => builder.multipart(with_entry(letter, entry)),
    };
    message.map_err(|error| Outcome::Refused(error.to_string()))
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// Goes back to an address of its own, so that a bounce tells which mail it is about.
fn envelope(path: &str, to: &str) -> Result<Envelope, Outcome> {
    let path = mailbox("", path).map_err(|_| Outcome::Deferred("INLET_MAIL_BOUNCE is not an address".to_owned()))?;
    let to = mailbox("", to).map_err(Outcome::Refused)?;
    Envelope::new(Some(path.email), vec![to.email]).map_err(|error| Outcome::Refused(error.to_string()))
}

fn sender(config: &Config) -> Result<Mailbox, String> {
    let from: Mailbox = config.mail.from.parse().map_err(|_| "INLET_MAIL_FROM is not an address".to_owned())?;
    Ok(Mailbox::new(from.name, in_ascii(&from.email)?))
}

fn parts(letter: &Letter) -> MultiPart {
    MultiPart::alternative()
        .boundary(&letter.message_id)
        .singlepart(SinglePart::plain(letter.content.text.clone()))
        .singlepart(SinglePart::html(letter.content.html.clone()))
}

/// The words, and an entry for the reader's calendar beside them.
fn with_entry(letter: &Letter, entry: &str) -> MultiPart {
    let method = if entry.contains("METHOD:CANCEL") { "CANCEL" } else { "PUBLISH" };
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = ContentType::parse(&kind).unwrap_or(ContentType::TEXT_PLAIN);
    MultiPart::mixed()
        .boundary(format!("{}-entry", letter.message_id))
        .multipart(parts(letter))
        .singlepart(Attachment::new("calendar.ics".to_owned()).body(entry.to_owned(), kind))
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, String> {
    let address: Address = address.trim().parse().map_err(|_| "not an address".to_owned())?;
    let name = one_line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), in_ascii(&address)?))
}

/// The address with its domain as mail servers know it: `xn--…`.
fn in_ascii(address: &Address) -> Result<Address, String> {
    let domain =
        url::Host::parse(address.domain()).map_err(|_| "the domain of the address does not exist".to_owned())?;
    Address::new(address.user(), domain.to_string()).map_err(|error| error.to_string())
}

/// One line. What looks like an encoded word is parted by an invisible joiner, so that it is shown and not decoded.
fn header(text: &str) -> String {
    one_line(text).replace("=?", "=\u{2060}?")
}

//! Reads what comes back to us: reports of delivery (RFC 3464), complaints (RFC 5965), and the plain texts of old mail servers.
//!
//! A report counts only with a secret of the mail it is about: its Message-ID in the headers that came back, or the token of
//! the return path. An address proves nothing, and nothing is ever answered.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::text::{cut, one_line};
use crate::config::Config;
use crate::domain::returned::{Fate, Returned};

/// The longest words of a server that are kept.
const WORDS: usize = 400;
/// Digits of an outbox row's Message-ID.
const ID: usize = 40;

/// Reads a message; none where it reports on no mail of ours.
#[must_use]
pub fn read(config: &Config, raw: &[u8]) -> Option<Returned> {
    let message = MessageParser::default().parse(raw)?;
    let (fate, words) = report(&message)?;
    let ids = ids(&message, config);
    (!ids.is_empty()).then(|| Returned { fate, ids, words: cut(&one_line(&words), WORDS) })
}

/// What it says, if it is a report at all.
fn report(message: &Message<'_>) -> Option<(Fate, String)> {
    if let Some(status) = part(message, &["delivery-status", "global-delivery-status"]) {
        return of_delivery(&fields(&text(status)));
    }
    if let Some(feedback) = part(message, &["feedback-report"]) {
        return complaint(&fields(&text(feedback)));
    }
    plain(message)
}

fn part<'m, 'x>(message: &'m Message<'x>, kinds: &[&str]) -> Option<&'m MessagePart<'x>> {
    message.parts.iter().find(|part| is(part, "message", kinds))
}

fn is(part: &MessagePart<'_>, kind: &str, subs: &[&str]) -> bool {
    part.content_type().is_some_and(|given| {
        let sub = given.subtype().unwrap_or_default();
        given.ctype().eq_ignore_ascii_case(kind) && subs.iter().any(|known| known.eq_ignore_ascii_case(sub))
    })
}

fn text(part: &MessagePart<'_>) -> String {
    String::from_utf8_lossy(part.contents()).into_owned()
}

/// Names and values, in their order; a line that begins with a space goes on with the one before.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match fields.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some((_, value)) => *value = format!("{value} {}", line.trim()),
            None => fields.extend(
                line.split_once(':').map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned())),
            ),
        }
    }
    fields
}

fn field<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// A mail of ours has one receiver, so the first that is told of is the one.
fn of_delivery(fields: &[(String, String)]) -> Option<(Fate, String)> {
    let (status, diagnostic) = (field(fields, "status"), field(fields, "diagnostic-code"));
    let said = diagnostic.split_once(';').map_or(diagnostic, |(_, said)| said.trim());
    let class = class(status).or_else(|| class(said));
    let fate = match (field(fields, "action").to_lowercase().as_str(), class) {
        ("delivered" | "relayed" | "expanded", _) | (_, Some('2')) => return None,
        ("delayed", _) | (_, Some('4')) => Fate::Delayed,
        ("failed", _) | (_, Some('5')) => Fate::Failed,
        _ => return None,
    };
    let known = status.split_whitespace().next().unwrap_or_default();
    Some((fate, if said.contains(known) { said.to_owned() } else { format!("{known} {said}") }))
}

/// The first digit of the first code in a text: of `5.1.1`, or of `550`.
fn class(text: &str) -> Option<char> {
    let is_code = |word: &&str| {
        let mut parts = word.splitn(3, '.');
        let first = parts.next().unwrap_or_default();
        let enhanced =
            first.len() == 1 && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
        let dotted = word.contains('.') && enhanced;
        (dotted || word.len() == 3 && word.chars().all(|c| c.is_ascii_digit())) && first.starts_with(['2', '4', '5'])
    };
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).map(|word| word.trim_matches('.'));
    let found = words.filter(|word| !word.is_empty()).find(|word| is_code(word));
    found.and_then(|word| word.chars().next())
}

fn complaint(fields: &[(String, String)]) -> Option<(Fate, String)> {
    let kind = field(fields, "feedback-type").to_lowercase();
    let complains = matches!(kind.as_str(), "abuse" | "fraud" | "virus" | "opt-out" | "opt-out-list" | "other");
    complains.then(|| (Fate::Complaint, format!("{kind}, {}", field(fields, "user-agent"))))
}

/// Old Exim and qmail write a text with the mail below it, and no report.
fn plain(message: &Message<'_>) -> Option<(Fate, String)> {
    let body = message.body_text(0)?;
    let qmail = body.trim_start().starts_with("Hi. This is the qmail-send program");
    if message.header_raw("X-Failed-Recipients").is_none() && !qmail {
        return None;
    }
    let words = body.lines().find(|line| class(line).is_some_and(|class| class != '2')).unwrap_or_default();
    let fate = if class(words) == Some('4') { Fate::Delayed } else { Fate::Failed };
    Some((fate, words.to_owned()))
}

/// What proves which mail it is about, once each.
fn ids(message: &Message<'_>, config: &Config) -> Vec<String> {
    let mut found: Vec<String> = message.parts.iter().flat_map(|part| of_returned(part, config)).collect();
    if message.parts.len() == 1 {
        found.extend(message.body_text(0).and_then(|body| of_headers(&body, config)));
    }
    let came_to = ["To", "Delivered-To", "X-Original-To", "Envelope-To"];
    found.extend(came_to.into_iter().filter_map(|name| token(message.header_raw(name)?, config)));
    found.sort();
    found.dedup();
    found
}

/// Of the headers that came back, in whichever form, and of the return path that a complaint tells.
fn of_returned(part: &MessagePart<'_>, config: &Config) -> Vec<String> {
    let headers = match &part.body {
        PartType::Message(inner) => String::from_utf8_lossy(inner.raw_message()).into_owned(),
        PartType::Text(_)
        | PartType::Html(_)
        | PartType::Binary(_)
        | PartType::InlineBinary(_)
        | PartType::Multipart(_) => {
            if is(part, "message", &["feedback-report"]) {
                return token(&text(part), config).into_iter().collect();
            }
            let holds = is(part, "text", &["rfc822-headers"]);
            if !holds && !is(part, "message", &["global-headers", "rfc822", "global"]) {
                return Vec::new();
            }
            text(part)
        }
    };
    let head = headers.split("\r\n\r\n").next().unwrap_or_default();
    let head = head.split("\n\n").next().unwrap_or_default();
    of_headers(head, config).into_iter().chain(token(head, config)).collect()
}

/// `Message-ID: <…@our domain>`.
fn of_headers(text: &str, config: &Config) -> Option<String> {
    fields(text).iter().filter(|(name, _)| name == "message-id").find_map(|(_, value)| {
        let (local, domain) = value.trim_matches(['<', '>', ' ']).rsplit_once('@')?;
        let ours = domain.eq_ignore_ascii_case(&config.mail.domain());
        (ours && is_id(local)).then(|| local.to_lowercase())
    })
}

/// `bounces+…@our domain`, wherever it stands.
fn token(text: &str, config: &Config) -> Option<String> {
    let (local, domain) = config.mail.bounce.as_deref()?.rsplit_once('@')?;
    let (mark, text) = (format!("{}+", local.to_lowercase()), text.to_lowercase());
    text.split(&mark).skip(1).find_map(|rest| {
        let (token, after) = rest.split_once('@')?;
        (is_id(token) && after.starts_with(&domain.to_lowercase())).then(|| token.to_owned())
    })
}

fn is_id(text: &str) -> bool {
    text.len() == ID && text.chars().all(|c| c.is_ascii_hexdigit())
}

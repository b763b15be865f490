//! Texts: cleaned once for all, and the kinds of text that have a shape.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use url::{Host, Url};
use validator::ValidateEmail;

use super::number::fold;
use super::{Read, Sent};
use crate::forms::answer::Answer;
use crate::forms::errors::Problem;

const EMAIL_MAX: usize = 254;
const LOCAL_MAX: usize = 64;
const URL_MAX: usize = 2000;
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=20;
/// Marks on one letter: more are a tower, not a script.
const MARKS_MAX: usize = 6;

/// Whether a text may have line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

/// A text as it is kept: composed (NFC), line breaks as LF, without controls, marks of direction and edges of nothing.
pub(super) fn clean(text: &str, lines: Lines) -> Result<String, Problem> {
    if text.contains('\0') {
        return Err(Problem::Nul);
    }
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter_map(|c| keep(c, lines));
    // ASCII is composed already and has no marks: most of what is typed needs no look into the tables of Unicode.
    let kept = if text.is_ascii() { kept.collect() } else { composed(kept) };
    Ok(kept.trim_matches(|c: char| c.is_whitespace() || is_zero_width(c)).to_owned())
}

/// NFC, without towers of marks.
fn composed(text: impl Iterator<Item = char>) -> String {
    let mut marks = 0;
    text.nfc()
        .filter(|c| {
            marks = if !c.is_ascii() && is_combining_mark(*c) { marks + 1 } else { 0 };
            marks <= MARKS_MAX
        })
        .collect()
}

fn keep(c: char, lines: Lines) -> Option<char> {
    match (c, lines) {
        ('\r' | '\n' | '\u{2028}' | '\u{2029}', Lines::Many) => Some('\n'),
        ('\t', Lines::Many) => Some('\t'),
        ('\r' | '\n' | '\t' | '\u{2028}' | '\u{2029}', Lines::One) => Some(' '),
        ('\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}', _) => None,
        // Noncharacters: XML cannot hold them.
        ('\u{fdd0}'..='\u{fdef}', _) => None,
        (c, _) if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => None,
        (c, _) => Some(c),
    }
}

/// Joiners inside a text are writing (emoji, Persian); at its edges they are nothing.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A character nobody sees, in a text that has no use for it.
fn hidden(text: &str) -> Result<(), Problem> {
    let found = text
        .chars()
        .find(|c| is_zero_width(*c) || matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{2061}'..='\u{2064}'));
    found.map_or(Ok(()), |c| Err(Problem::Hidden(c)))
}

impl Sent<'_> {
    pub(super) fn text(&self, lines: Lines, min: usize, max: usize) -> Read {
        let Some(text) = self.one(None, lines)? else { return Ok(None) };
        let length = text.chars().count();
        if length > max {
            return Err(Problem::TooLong { max, over: length - max }.into());
        }
        if length < min {
            return Err(Problem::TooShort { min, length }.into());
        }
        Ok(Some(Answer::Text(text)))
    }

    pub(super) fn email(&self) -> Read {
        let Some(text) = self.line(None)? else { return Ok(None) };
        Ok(Some(Answer::Text(email(&text)?)))
    }

    pub(super) fn url(&self) -> Read {
        let Some(text) = self.line(None)? else { return Ok(None) };
        Ok(Some(Answer::Text(url(&text)?)))
    }

    pub(super) fn phone(&self) -> Read {
        let Some(text) = self.line(None)? else { return Ok(None) };
        Ok(Some(Answer::Text(phone(&text)?)))
    }
}

/// A phone number as people write it, in ASCII.
pub(in crate::forms) fn phone(text: &str) -> Result<String, Problem> {
    let folded = fold(text.strip_prefix("tel:").unwrap_or(text));
    let text: String = folded.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let fits = |c: char| c.is_ascii_digit() || "+ ()-./".contains(c);
    if PHONE_DIGITS.contains(&digits) && text.chars().all(fits) { Ok(text) } else { Err(Problem::NotPhone) }
}

/// A bare address mail can be sent to; the domain in ASCII, so that a lookalike is seen for what it is.
pub(in crate::forms) fn email(text: &str) -> Result<String, Problem> {
    let text = fold(text.strip_prefix("mailto:").unwrap_or(text));
    hidden(&text)?;
    let (local, domain) = text.rsplit_once('@').ok_or(Problem::NotEmail)?;
    if local.len() > LOCAL_MAX || local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(if local.len() > LOCAL_MAX { Problem::EmailTooLong } else { Problem::NotEmail });
    }
    let domain = ascii_domain(domain).ok_or(Problem::NotEmail)?;
    let address = format!("{local}@{domain}");
    if address.len() > EMAIL_MAX {
        return Err(Problem::EmailTooLong);
    }
    if address.validate_email() { Ok(address) } else { Err(Problem::NotEmail) }
}

fn ascii_domain(domain: &str) -> Option<String> {
    match Host::parse(domain).ok()? {
        Host::Domain(domain) if has_dot(&domain) && !domain.ends_with('.') => Some(domain),
        Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

fn has_dot(domain: &str) -> bool {
    domain.trim_end_matches('.').contains('.')
}

/// An address on the web; `https://` may be left out.
fn url(text: &str) -> Result<String, Problem> {
    // What was copied whole stays as it is: its path may mean full-width characters.
    let text = if text.contains("://") { text.to_owned() } else { fold(text) };
    hidden(&text)?;
    if text.contains(char::is_whitespace) {
        return Err(Problem::NotUrl);
    }
    let whole = if text.contains("://") { text } else { format!("https://{text}") };
    let url = Url::parse(&whole).map_err(|_| Problem::NotUrl)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Problem::UrlScheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Problem::UrlWithUser);
    }
    let found = url.as_str().to_owned();
    match url.host() {
        Some(Host::Domain(domain)) if has_dot(domain) && found.len() <= URL_MAX => Ok(found),
        Some(Host::Domain(_)) if found.len() > URL_MAX => {
            Err(Problem::TooLong { max: URL_MAX, over: found.len() - URL_MAX })
        }
        Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => Err(Problem::NotUrl),
    }
}

//! A mail as its reader sees it, read from the bytes that would have travelled.

use mailparse::{MailAddr, MailHeaderMap, ParsedMail, addrparse_header, parse_mail};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Whom the envelope names.
    pub envelope: String,
    /// Name and address in `To`.
    pub to: (String, String),
    pub from: (String, String),
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The entry for the reader's calendar that is attached.
    pub calendar: Option<String>,
    pub raw: Vec<u8>,
}

impl Mail {
    pub fn read(raw: &[u8], envelope: &str) -> Self {
        let parsed = parse_mail(raw).expect("a mail that can be read");
        Self {
            envelope: envelope.to_owned(),
            to: one_mailbox(&parsed, "To"),
            from: one_mailbox(&parsed, "From"),
            subject: parsed.headers.get_first_value("Subject").expect("a subject"),
            text: part(&parsed, "text/plain").expect("a text part").replace("\r\n", "\n"),
            html: part(&parsed, "text/html").expect("an HTML part"),
            calendar: part(&parsed, "text/calendar"),
            raw: raw.to_vec(),
        }
    }

    /// The link that leads to a path, from the text part.
    #[track_caller]
    pub fn link(&self, path: &str) -> String {
        let links = self.text.split_whitespace().filter(|word| word.starts_with("http"));
        let found: Vec<&str> = links.filter(|link| link.contains(path)).collect();
        found.first().unwrap_or_else(|| panic!("no link to {path} in {}", self.text)).to_string()
    }

    /// The submitter's own page.
    #[track_caller]
    pub fn own_link(&self) -> String {
        let links = self.text.split_whitespace().filter(|word| word.starts_with("http"));
        let mut own =
            links.filter(|link| link.contains("/submissions/") && link.contains("?key=") && !link.contains("/address"));
        own.next_back().unwrap_or_else(|| panic!("no own link in {}", self.text)).to_owned()
    }

    pub fn first_line(&self) -> &str {
        self.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// Everything it says, in any part.
    pub fn all(&self) -> String {
        format!("{}\n{}\n{}", self.subject, self.text, self.html)
    }
}

/// A strict reader finds exactly one mailbox.
fn one_mailbox(mail: &ParsedMail<'_>, header: &str) -> (String, String) {
    let found = mail.headers.get_first_header(header).unwrap_or_else(|| panic!("no {header}"));
    let list = addrparse_header(found).unwrap_or_else(|error| panic!("{header}: {error}"));
    match list.as_slice() {
        [MailAddr::Single(one)] => (one.display_name.clone().unwrap_or_default(), one.addr.clone()),
        other => panic!("{header} names {other:?}"),
    }
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> Option<String> {
    if mail.ctype.mimetype == kind {
        return mail.get_body().ok();
    }
    mail.subparts.iter().find_map(|sub| part(sub, kind))
}

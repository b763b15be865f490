//! Entries for people's own calendars: iCalendar (RFC 5545), with instants in UTC so that every program shows the reader's time.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The reference of what it is about: programs know the entry by it, whatever else changes.
    pub reference: String,
    /// The highest one counts.
    pub sequence: u32,
    pub written_at: DateTime<Utc>,
    pub title: String,
    pub description: String,
    pub place: String,
    pub url: String,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub cancelled: bool,
}

/// A mail's entry: a program adds it, moves it or strikes it out. Answers to it are not expected.
#[must_use]
pub fn single(entry: &Entry, organizer: &str) -> String {
    let method = if entry.cancelled { "CANCEL" } else { "PUBLISH" };
    let mut event = event(entry);
    event.append_property(Property::new("ORGANIZER", format!("mailto:{organizer}")));
    empty().append_property(("METHOD", method)).push(event).to_string()
}

/// Many entries under a name, to subscribe to.
#[must_use]
pub fn feed(name: &str, entries: &[Entry]) -> String {
    let mut calendar = empty();
    calendar.append_property(("METHOD", "PUBLISH")).name(name);
    for entry in entries {
        calendar.push(event(entry));
    }
    calendar.to_string()
}

fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Inlet//Inlet//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar
}

fn event(entry: &Entry) -> Event {
    let mut event = Event::new();
    event.uid(&format!("{}@inlet", entry.reference)).sequence(entry.sequence).timestamp(entry.written_at);
    event.summary(&entry.title).starts(entry.start).ends(entry.end).url(&entry.url);
    for (text, put) in [(&entry.description, "DESCRIPTION"), (&entry.place, "LOCATION")] {
        if !text.is_empty() {
            event.append_property(Property::new(put, text.replace('\r', "")));
        }
    }
    event.status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        Entry {
            reference: "UNS-7K3M-9Q2X".to_owned(),
            sequence: 2,
            written_at: at("2026-11-06T09:00:00Z"),
            title: "Workshop; in Nairobi, with a very long title that has to be folded because lines are short"
                .to_owned(),
            description: "Bring:\na list\\of names".to_owned(),
            place: "Room 4, Élysée".to_owned(),
            url: "https://inlet.example/submissions/UNS-7K3M-9Q2X".to_owned(),
            start: at("2027-02-01T06:30:00Z"),
            end: at("2027-02-02T14:00:00Z"),
            cancelled: false,
        }
    }

    #[test]
    fn an_entry_is_written_as_the_standard_says() {
        let text = single(&entry(), "help@unmigration.example");
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        insta::assert_snapshot!(text.replace("\r\n", "\n"));
    }

    #[test]
    fn what_is_called_off_is_struck_out_under_the_same_name() {
        let text = single(&Entry { cancelled: true, sequence: 3, ..entry() }, "help@unmigration.example");
        for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:UNS-7K3M-9Q2X@inlet"] {
            assert!(text.contains(&format!("{line}\r\n")), "{text}");
        }
    }
}

//! An appointment: when, where and with whom the support is given that somebody asked for.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::submission::SubmissionId;
use crate::forms::answer::Meeting;
use crate::locale::{Arg, Locale};

/// Longest names of a place, and of those who take part, in characters.
pub const LONGEST_PLACE: usize = 300;
pub const LONGEST_PEOPLE: usize = 1000;

/// Where it is and who is there: what can be erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub place: String,
    pub people: String,
}

/// An appointment before it is made: read, and possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    start: Meeting,
    end: NaiveDateTime,
    details: Details,
}

/// Why a plan cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It ends before it begins, or at once.
    EndsTooEarly,
    PlaceTooLong,
    PeopleTooLong,
}

impl Plan {
    /// Reads a plan. A line break counts as one character, whatever the browser makes of it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn new(start: Meeting, end: NaiveDateTime, place: &str, people: &str) -> Result<Self, Vec<Fault>> {
        let end = Meeting { local: end, zone: start.zone };
        let (place, people) = (one_line(place), people.replace("\r\n", "\n").trim().to_owned());
        let faults: Vec<Fault> = [
            (end.instant() <= start.instant()).then_some(Fault::EndsTooEarly),
            (place.chars().count() > LONGEST_PLACE).then_some(Fault::PlaceTooLong),
            (people.chars().count() > LONGEST_PEOPLE).then_some(Fault::PeopleTooLong),
        ]
        .into_iter()
        .flatten()
        .collect();
        if faults.is_empty() {
            Ok(Self { start, end: end.local, details: Details { place, people } })
        } else {
            Err(faults)
        }
    }

    /// Its start, with the zone of both times.
    #[must_use]
    pub fn start(&self) -> Meeting {
        self.start
    }

    /// The local time of its end.
    #[must_use]
    pub fn end(&self) -> NaiveDateTime {
        self.end
    }

    /// Where, and who.
    #[must_use]
    pub fn details(&self) -> &Details {
        &self.details
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An appointment as one event made it, moved it or called it off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub submission: SubmissionId,
    /// The event that says so.
    pub event: i64,
    /// 0 for the first of a submission; calendars go by the highest.
    pub sequence: i32,
    pub start: Meeting,
    /// In the zone of the start.
    pub end: NaiveDateTime,
    /// Erased ones have none.
    pub details: Option<Details>,
    pub cancelled: bool,
}

impl Appointment {
    /// The instant at which it ends.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        Meeting { local: self.end, zone: self.start.zone }.instant()
    }

    /// "1 February 2027, 09:30 to 2 February 2027, 17:00 (Africa/Nairobi)"; on one day, the day once.
    #[must_use]
    pub fn span(&self, l: &Locale) -> String {
        let end = if self.end.date() == self.start.local.date() {
            self.end.format("%H:%M").to_string()
        } else {
            l.local_time(&self.end)
        };
        let start = l.local_time(&self.start.local);
        let values = [("start", start.as_str()), ("end", end.as_str()), ("zone", self.start.zone.name())];
        l.with("appointment-span", &values.map(|(name, text)| (name, Arg::Text(text))))
    }

    /// What its event commits to besides place and people.
    #[must_use]
    pub fn line(&self) -> String {
        let verb = if self.cancelled { "cancelled" } else { "appointment" };
        format!("{verb} {} {} {} {}", self.sequence, stored(&self.start.local), stored(&self.end), self.start.zone)
    }
}

/// A local time as it is stored: `2027-02-01T09:30`.
#[must_use]
pub fn stored(local: &NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(start: &str, end: &str, zone: &str) -> Result<Plan, Vec<Fault>> {
        let read = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
        Plan::new(Meeting { local: read(start), zone: zone.parse().unwrap() }, read(end), " a \r\n b ", "Ana\r\nBela ")
    }

    #[test]
    fn it_ends_after_it_begins_by_the_clock_of_the_place() {
        assert!(plan("2027-02-01T09:30", "2027-02-02T17:00", "Africa/Nairobi").is_ok());
        assert_eq!(plan("2027-02-01T09:30", "2027-02-01T09:30", "UTC"), Err(vec![Fault::EndsTooEarly]));
        // The clocks go back in between: half an hour later by the wall, an hour and a half in truth.
        assert!(plan("2026-10-25T02:15", "2026-10-25T03:00", "Europe/Zurich").is_ok());
    }

    #[test]
    fn texts_are_trimmed_and_a_place_is_one_line() {
        let plan = plan("2027-02-01T09:30", "2027-02-01T10:00", "UTC").unwrap();
        assert_eq!(plan.details(), &Details { place: "a b".to_owned(), people: "Ana\nBela".to_owned() });
        let start = plan.start();
        let long = "x".repeat(1001);
        let faults = Plan::new(start, plan.end(), &long, &long).unwrap_err();
        assert_eq!(faults, [Fault::PlaceTooLong, Fault::PeopleTooLong]);
    }
}

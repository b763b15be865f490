//! A window: from the beginning of one day to the end of another, in a time zone of its own (DESIGN 14).

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::answer::{Answer, Answers};
use super::form::{Form, Role};

/// First and last day, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub opens: Option<NaiveDate>,
    pub closes: Option<NaiveDate>,
    pub zone: Tz,
}

/// Where a window stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    NotYet,
    Open,
    Closed,
}

impl Window {
    /// Where it stands.
    #[must_use]
    pub fn gate(&self, now: DateTime<Utc>) -> Gate {
        if self.opens_at().is_some_and(|at| now < at) {
            Gate::NotYet
        } else if self.closes_at().is_some_and(|at| now >= at) {
            Gate::Closed
        } else {
            Gate::Open
        }
    }

    /// The instant at which the first day begins.
    #[must_use]
    pub fn opens_at(&self) -> Option<DateTime<Utc>> {
        self.opens.map(|day| beginning(day, self.zone))
    }

    /// The instant at which the last day has ended.
    #[must_use]
    pub fn closes_at(&self) -> Option<DateTime<Utc>> {
        self.closes.and_then(|day| day.succ_opt()).map(|day| beginning(day, self.zone))
    }
}

/// The first instant of a day. Where clocks jump over midnight, the day begins after the jump.
fn beginning(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let quarters = (0..=8).map(|n| midnight + Duration::minutes(15 * n));
    let mut found = quarters.filter_map(|local| match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => None,
    });
    found.next().unwrap_or_else(|| midnight.and_utc())
}

impl Form {
    /// When the form itself can be submitted.
    #[must_use]
    pub fn window(&self) -> Option<&Window> {
        self.window.as_ref()
    }

    /// When a record of this form can be answered, as its answers say.
    #[must_use]
    pub fn window_of(&self, answers: &Answers) -> Option<Window> {
        let day = |role| match self.role(role).and_then(|id| answers.get(id)) {
            Some(Answer::Date(day)) => Some(*day),
            _ => None,
        };
        let zone = answers.text(self.role(Role::Zone)?)?.parse().ok()?;
        Some(Window { opens: day(Role::Opens), closes: day(Role::Closes), zone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(opens: &str, closes: &str, zone: Tz) -> Window {
        Window { opens: opens.parse().ok(), closes: closes.parse().ok(), zone }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_day_counts_to_its_end_in_the_windows_own_zone() {
        let honolulu = window("2026-11-01", "2026-11-30", Tz::Pacific__Honolulu);
        assert_eq!(honolulu.gate(at("2026-11-01T09:59:59Z")), Gate::NotYet);
        assert_eq!(honolulu.gate(at("2026-11-01T10:00:00Z")), Gate::Open);
        assert_eq!(honolulu.gate(at("2026-12-01T09:59:59.999999Z")), Gate::Open);
        assert_eq!(honolulu.gate(at("2026-12-01T10:00:00Z")), Gate::Closed);
        let auckland = window("2026-11-01", "2026-11-30", Tz::Pacific__Auckland);
        assert_eq!(auckland.gate(at("2026-11-30T10:59:59Z")), Gate::Open);
        assert_eq!(auckland.gate(at("2026-11-30T11:00:00Z")), Gate::Closed);
    }

    #[test]
    fn a_day_whose_midnight_the_clocks_jump_over_begins_after_the_jump() {
        // In Cairo, summer time began at midnight of 24 April 2026.
        let cairo = window("2026-04-24", "2026-04-24", Tz::Africa__Cairo);
        assert_eq!(cairo.opens_at(), Some(at("2026-04-23T22:00:00Z")));
        assert_eq!(cairo.closes_at(), Some(at("2026-04-24T21:00:00Z")));
    }

    #[test]
    fn what_has_no_first_or_no_last_day_is_open_on_that_side() {
        let open = Window { opens: None, closes: None, zone: Tz::UTC };
        assert_eq!(open.gate(at("1990-01-01T00:00:00Z")), Gate::Open);
    }
}

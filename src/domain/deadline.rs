//! By when somebody is answered: "10 working days", counted.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use crate::locale::Locale;

/// How long an answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    WorkingDays(u16),
    Days(u16),
    Weeks(u16),
}

impl Span {
    /// Reads the English words of a form; none where they name no number of days.
    #[must_use]
    pub fn read(within: &str) -> Option<Self> {
        let (number, unit) = within.trim().split_once(' ')?;
        let number = number.parse().ok()?;
        match unit.trim() {
            "working day" | "working days" => Some(Self::WorkingDays(number)),
            "day" | "days" => Some(Self::Days(number)),
            "week" | "weeks" => Some(Self::Weeks(number)),
            _ => None,
        }
    }

    /// The same in a reader's words.
    #[must_use]
    pub fn words(self, words: &Locale) -> String {
        let (key, number) = match self {
            Self::WorkingDays(number) => ("span-working-days", number),
            Self::Days(number) => ("span-days", number),
            Self::Weeks(number) => ("span-weeks", number),
        };
        words.n(key, &usize::from(number))
    }
}

/// The day by which an answer was promised, from the English words of the form; none where they name no number of days.
#[must_use]
pub fn answer_by(within: &str, since: DateTime<Utc>) -> Option<NaiveDate> {
    match Span::read(within)? {
        Span::WorkingDays(days) => (0..days).try_fold(since.date_naive(), |day, _| next_working_day(day)),
        Span::Days(days) => since.date_naive().checked_add_days(Days::new(days.into())),
        Span::Weeks(weeks) => since.date_naive().checked_add_days(Days::new(u64::from(weeks) * 7)),
    }
}

fn next_working_day(day: NaiveDate) -> Option<NaiveDate> {
    day.iter_days().skip(1).find(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(within: &str, since: &str) -> Option<String> {
        let since = DateTime::parse_from_rfc3339(since).unwrap().to_utc();
        answer_by(within, since).map(|day| day.to_string())
    }

    #[test]
    fn weekends_are_not_worked() {
        let friday = "2026-11-06T09:00:00Z";
        assert_eq!(by("1 working day", friday).as_deref(), Some("2026-11-09"));
        assert_eq!(by("10 working days", friday).as_deref(), Some("2026-11-20"));
        assert_eq!(by("5 working days", "2026-11-07T23:59:59Z").as_deref(), Some("2026-11-13"));
        assert_eq!(by("2 weeks", friday).as_deref(), Some("2026-11-20"));
    }

    #[test]
    fn words_without_a_number_promise_no_day() {
        for within in ["", "soon", "about two weeks", "10 moons", "99999999 days"] {
            assert_eq!(by(within, "2026-11-06T09:00:00Z"), None, "{within}");
        }
    }
}

//! By when somebody is answered: "10 working days", counted.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

/// The day by which an answer was promised, from the English words of the form; none where they name no number of days.
#[must_use]
pub fn answer_by(within: &str, since: DateTime<Utc>) -> Option<NaiveDate> {
    let (number, unit) = within.trim().split_once(' ')?;
    let days = number.parse::<u16>().ok()?;
    match unit.trim() {
        "working day" | "working days" => (0..days).try_fold(since.date_naive(), |day, _| next_working_day(day)),
        "day" | "days" => since.date_naive().checked_add_days(Days::new(days.into())),
        "week" | "weeks" => since.date_naive().checked_add_days(Days::new(u64::from(days) * 7)),
        _ => None,
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

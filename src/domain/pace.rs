//! How often somebody wants to hear of something, and at what hour.

use chrono::{DateTime, Datelike, Days, Duration, LocalResult, NaiveDate, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::text_enum;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pace {
    AtOnce,
    Daily,
    Weekly,
}
text_enum!(Pace { AtOnce = "at-once", Daily = "daily", Weekly = "weekly" });

/// When mails that are not sent at once are sent: an hour of the day, and a day of the week, where somebody lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    zone: Tz,
    day: Weekday,
    hour: u32,
}

impl Hours {
    /// Where nobody says otherwise.
    pub const USUAL: Self = Self { zone: Tz::UTC, day: Weekday::Fri, hour: 8 };

    /// `None` for an hour that no day has.
    #[must_use]
    pub fn new(zone: Tz, day: Weekday, hour: u32) -> Option<Self> {
        (hour < 24).then_some(Self { zone, day, hour })
    }

    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    #[must_use]
    pub fn day(&self) -> Weekday {
        self.day
    }

    #[must_use]
    pub fn hour(&self) -> u32 {
        self.hour
    }

    /// The next time after an instant.
    #[must_use]
    pub fn next(&self, pace: Pace, after: DateTime<Utc>) -> DateTime<Utc> {
        let today = after.with_timezone(&self.zone).date_naive();
        let fits = |day: &NaiveDate| match pace {
            Pace::AtOnce | Pace::Daily => true,
            Pace::Weekly => day.weekday() == self.day,
        };
        let days = (0..=8).filter_map(|ahead| today.checked_add_days(Days::new(ahead))).filter(fits);
        match pace {
            Pace::AtOnce => after,
            Pace::Daily | Pace::Weekly => {
                days.filter_map(|day| self.on(day)).find(|at| *at > after).unwrap_or(after + Duration::days(7))
            }
        }
    }

    /// The hour on a day; where clocks are put forward over it, an hour later.
    fn on(&self, day: NaiveDate) -> Option<DateTime<Utc>> {
        let wall = day.and_hms_opt(self.hour, 0, 0)?;
        match self.zone.from_local_datetime(&wall) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
            LocalResult::None => {
                self.zone.from_local_datetime(&(wall + Duration::hours(1))).earliest().map(|at| at.to_utc())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn eight_in_the_morning_is_where_somebody_lives() {
        let nairobi = Hours::new(Tz::Africa__Nairobi, Weekday::Fri, 8).unwrap();
        assert_eq!(nairobi.next(Pace::Daily, at("2026-11-06T04:59:59Z")), at("2026-11-06T05:00:00Z"));
        assert_eq!(nairobi.next(Pace::Daily, at("2026-11-06T05:00:00Z")), at("2026-11-07T05:00:00Z"));
        // 6 November 2026 is a Friday.
        assert_eq!(nairobi.next(Pace::Weekly, at("2026-11-06T05:00:00Z")), at("2026-11-13T05:00:00Z"));
        assert_eq!(nairobi.next(Pace::AtOnce, at("2026-11-06T05:00:00Z")), at("2026-11-06T05:00:00Z"));
    }

    #[test]
    fn summer_time_moves_the_hour_and_loses_no_day() {
        let geneva = Hours::new(Tz::Europe__Zurich, Weekday::Fri, 8).unwrap();
        assert_eq!(geneva.next(Pace::Weekly, at("2026-10-23T07:00:00Z")), at("2026-10-30T07:00:00Z"));
        // At 2:00 on 28 March 2027 it is 3:00 at once.
        let early = Hours::new(Tz::Europe__Zurich, Weekday::Fri, 2).unwrap();
        assert_eq!(early.next(Pace::Daily, at("2027-03-27T20:00:00Z")), at("2027-03-28T01:00:00Z"));
        assert!(Hours::new(Tz::UTC, Weekday::Mon, 24).is_none());
    }
}

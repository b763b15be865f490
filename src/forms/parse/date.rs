//! Dates, months and meetings: in parts as a page asks for them, or ISO 8601 in one.

use chrono::{LocalResult, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::number::fold;
use super::{Read, Sent, Trouble};
use crate::forms::answer::{Answer, Meeting, Month};
use crate::forms::errors::{Part, Problem};
use crate::forms::pairs::Pairs;
use crate::forms::words::fold as fold_word;
use crate::locale::Locale;

const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
impl Sent<'_> {
    pub(super) fn date(&self) -> Read {
        if let Some(text) = self.line(None)? {
            return Ok(Some(Answer::Date(iso_date(&text)?)));
        }
        let (day, month, year) = (self.line(Part::Day)?, self.line(Part::Month)?, self.line(Part::Year)?);
        if day.is_none() && month.is_none() && year.is_none() {
            return Ok(None);
        }
        let day = self.part(day, Part::Day, |text| between(text, 31))?;
        let month = self.part(month, Part::Month, |text| month_number(text, self.reader.locale))?;
        let year = self.part(year, Part::Year, four_digits)?;
        let year = in_range(year).map_err(|problem| problem.at(Part::Year))?;
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| Problem::NotADate.at(Part::Day))?;
        Ok(Some(Answer::Date(date)))
    }

    pub(super) fn month(&self) -> Read {
        if let Some(text) = self.line(None)? {
            return Ok(Some(Answer::Month(iso_month(&text)?)));
        }
        let (month, year) = (self.line(Part::Month)?, self.line(Part::Year)?);
        if month.is_none() && year.is_none() {
            return Ok(None);
        }
        let month = self.part(month, Part::Month, |text| month_number(text, self.reader.locale))?;
        let year = self.part(year, Part::Year, four_digits)?;
        let year = in_range(year).map_err(|problem| problem.at(Part::Year))?;
        Ok(Month::new(year, month).map(Answer::Month))
    }

    /// A zone alone is no answer: it may be what the page had chosen before.
    pub(super) fn meeting(&self) -> Read {
        let (date, time, zone) = (self.line(Part::Date)?, self.line(Part::Time)?, self.line(Part::Zone)?);
        if date.is_none() && time.is_none() {
            return Ok(None);
        }
        let read = meeting(date.as_deref(), time.as_deref(), zone.as_deref());
        read.map(|meeting| Some(Answer::Meeting(meeting))).map_err(|(problem, part)| problem.at(part))
    }

    fn part<T>(&self, text: Option<String>, part: Part, read: impl Fn(&str) -> Option<T>) -> Result<T, Trouble> {
        let text = text.ok_or_else(|| Problem::NoPart(part).at(part))?;
        read(&fold(&text)).ok_or_else(|| Problem::NotPart(part).at(part))
    }
}

/// The time that three texts say, or what is wrong and with which of them.
fn meeting(date: Option<&str>, time: Option<&str>, zone: Option<&str>) -> Result<Meeting, (Problem, Part)> {
    let date = date.ok_or((Problem::NoPart(Part::Date), Part::Date))?;
    let date = iso_date(date).map_err(|problem| (problem, Part::Date))?;
    let time = time.ok_or((Problem::NoPart(Part::Time), Part::Time))?;
    let time = clock(time).ok_or((Problem::NotATime, Part::Time))?;
    let zone = zone.ok_or((Problem::NoZone, Part::Zone))?;
    let zone: Tz = zone.parse().map_err(|_| (Problem::NotAZone, Part::Zone))?;
    let local = date.and_time(time);
    match zone.from_local_datetime(&local) {
        // Where clocks go back a time is there twice; the first one is meant.
        LocalResult::Single(_) | LocalResult::Ambiguous(..) => Ok(Meeting { local, zone }),
        LocalResult::None => Err((Problem::NoSuchTime, Part::Time)),
    }
}

/// Reads a time outside a form: `name-date` and `name-time`, in a zone.
///
/// # Errors
/// The name of the control that is wrong, and what to do about it.
pub fn read_meeting(
    pairs: &Pairs,
    (name, zone): (&str, &str),
    label: &str,
    locale: &Locale,
) -> Result<Meeting, (String, String)> {
    let typed =
        |part: Part| pairs.get(&format!("{name}-{}", part.suffix())).map(str::trim).filter(|text| !text.is_empty());
    let zone = Some(zone.trim()).filter(|zone| !zone.is_empty());
    let read = meeting(typed(Part::Date), typed(Part::Time), zone);
    read.map_err(|(problem, part)| (format!("{name}-{}", part.suffix()), problem.about(label, locale)))
}

fn iso_date(text: &str) -> Result<NaiveDate, Problem> {
    let text = fold(text);
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(Problem::NotADate);
    };
    let year = in_range(four_digits(year).ok_or(Problem::NotADate)?)?;
    let (month, day) = (between(month, 12).ok_or(Problem::NotADate)?, between(day, 31).ok_or(Problem::NotADate)?);
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Problem::NotADate)
}

fn iso_month(text: &str) -> Result<Month, Problem> {
    let text = fold(text);
    let (year, month) = text.split_once('-').ok_or(Problem::NotAMonth)?;
    let year = in_range(four_digits(year).ok_or(Problem::NotAMonth)?)?;
    between(month, 12).and_then(|month| Month::new(year, month)).ok_or(Problem::NotAMonth)
}

fn four_digits(text: &str) -> Option<i32> {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn in_range(year: i32) -> Result<i32, Problem> {
    if YEARS.contains(&year) { Ok(year) } else { Err(Problem::YearOutOfRange) }
}

/// One or two digits, from 1.
fn between(text: &str, most: u32) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (1..=most).contains(number))
}

/// A month by number or by name, also shortened: in the reader's language or in English. Chinese numbers its months.
fn month_number(text: &str, locale: &Locale) -> Option<u32> {
    let text = text.trim_end_matches(['.', '月']);
    if let Some(number) = between(text, 12) {
        return Some(number);
    }
    let text = folded(text);
    let spelt = |month| locale.month_spellings(month).iter().map(|name| folded(name)).collect::<Vec<_>>();
    let months: Vec<(u32, Vec<String>)> = (1..=12).map(|month| (month, spelt(month))).collect();
    let exact = months.iter().find(|(_, names)| names.contains(&text));
    exact.map(|(month, _)| *month).or_else(|| begun(&text, &months))
}

/// Letters alone, so that marks and case do not matter.
fn folded(name: &str) -> String {
    fold_word(name.trim_end_matches('月'))
}

/// The one month of which a name begins with at least three letters of it.
fn begun(text: &str, months: &[(u32, Vec<String>)]) -> Option<u32> {
    let begins = |names: &[String]| text.chars().count() >= 3 && names.iter().any(|name| name.starts_with(text));
    let mut found = months.iter().filter(|(_, names)| begins(names));
    let (month, _) = found.next()?;
    found.next().is_none().then_some(*month)
}

/// `9:05`, `09:05`, `09.05`, `09:05:00`.
fn clock(text: &str) -> Option<NaiveTime> {
    let text = fold(text).replace('.', ":");
    let mut parts =
        text.split(':').map(|part| if (1..=2).contains(&part.len()) { part.parse::<u32>().ok() } else { None });
    let (hour, minute) = (parts.next()??, parts.next()??);
    match (parts.next(), parts.next()) {
        (None | Some(Some(0)), None) => NaiveTime::from_hms_opt(hour, minute, 0),
        _ => None,
    }
}

//! Dates of the invented world that lie around the day of start: `today+21`, `month-14`, `today+9T10:00`.

use chrono::{Datelike, Duration, Months, NaiveDate};
use serde_json::Value;

/// Puts real dates in the place of relative ones, everywhere in the answers.
pub fn resolve(value: &mut Value, today: NaiveDate) {
    match value {
        Value::String(text) => {
            if let Some(date) = read(text, today) {
                *text = date;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, today)),
        Value::Object(map) => map.values_mut().for_each(|item| resolve(item, today)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn read(text: &str, today: NaiveDate) -> Option<String> {
    if let Some(rest) = text.strip_prefix("today") {
        let (days, time) = rest.split_once('T').map_or((rest, None), |(days, time)| (days, Some(time)));
        let day = today + Duration::days(offset(days)?);
        return Some(time.map_or_else(|| day.to_string(), |time| format!("{day}T{time}")));
    }
    let months = offset(text.strip_prefix("month")?)?;
    let first = today.with_day(1)?;
    let shift = Months::new(u32::try_from(months.abs()).ok()?);
    let month = if months < 0 { first.checked_sub_months(shift) } else { first.checked_add_months(shift) }?;
    Some(month.format("%Y-%m").to_string())
}

/// `+21`, `-14`, or nothing for zero; text that only begins alike is no date.
fn offset(text: &str) -> Option<i64> {
    if text.is_empty() { Some(0) } else { text.starts_with(['+', '-']).then(|| text.parse().ok()).flatten() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_dates_become_real_ones_and_other_text_stays() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let mut value =
            serde_json::json!(["today+7", "today-25", "month-14", "today+9T10:00", "today", "todays news", "monthly"]);
        resolve(&mut value, today);
        let expected = serde_json::json!([
            "2026-12-02",
            "2026-10-31",
            "2025-09",
            "2026-12-04T10:00",
            "2026-11-25",
            "todays news",
            "monthly"
        ]);
        assert_eq!(value, expected);
    }
}

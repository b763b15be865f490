//! The figures as Markdown.

use std::fmt::Write as _;
use std::time::Duration;

use crate::Measured;

/// A page is to be there before anybody waits for it.
const AIM: Duration = Duration::from_millis(50);

fn rank(times: &[Duration], of_hundred: usize) -> Duration {
    times[(times.len() * of_hundred).div_ceil(100) - 1]
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

/// One line for each page.
#[must_use]
pub fn table(measured: &[Measured]) -> String {
    let mut text = "| Page | p50 ms | p99 ms |\n| --- | ---: | ---: |\n".to_owned();
    for Measured { name, times } in measured {
        let _ = writeln!(text, "| {name} | {} | {} |", millis(rank(times, 50)), millis(rank(times, 99)));
    }
    let late = measured.iter().filter(|one| rank(&one.times, 99) >= AIM).count();
    let verdict = if late == 0 { "reached by all".to_owned() } else { format!("not reached by {late}") };
    let _ = writeln!(text, "\nThe aim, 99 of 100 within {} ms: {verdict}.", AIM.as_millis());
    text
}

/// Writes the page of the documentation.
pub fn write(table: &str, records: i64, requests: usize) {
    let cores = std::thread::available_parallelism().unwrap();
    let page = include_str!("desk.md")
        .replace("{table}", table.trim_end())
        .replace("{records}", &records.to_string())
        .replace("{requests}", &requests.to_string())
        .replace("{cores}", &cores.to_string())
        .replace("{date}", &chrono::Utc::now().format("%Y-%m-%d").to_string());
    std::fs::write("docs/desk.md", page).unwrap();
}

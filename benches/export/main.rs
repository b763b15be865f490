//! How long lists leave as files: the first byte, the time, the memory, and how long a visitor waits meanwhile.
//!
//! ```text
//! cargo bench --bench export                the table on standard output
//! cargo bench --bench export -- --write     docs/export.md as well
//! cargo bench --bench export -- --quick     small lists, to see that everything works
//! ```
//! Nothing here asserts a time. What is asserted is that every row arrives.

mod download;
mod place;

use std::error::Error;
use std::fmt::Write;
use std::time::Duration;

use place::Place;

pub type Fallible<T> = Result<T, Box<dyn Error>>;

/// What one export came to.
pub struct Measured {
    pub first_byte: Duration,
    pub whole: Duration,
    pub bytes: usize,
    /// The most memory that the process had, in KiB.
    pub peak: u64,
    /// The longest that a visitor waited for a page meanwhile.
    pub visitor: Option<Duration>,
}

/// Who asks for the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Command,
    Staff,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Command => "`inlet export`",
            Self::Staff => "the queue",
        }
    }
}

const FORMATS: [&str; 4] = ["csv", "xlsx", "json", "jsonl"];

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given = |name: &str| arguments.iter().any(|argument| argument == name);
    if !given("--bench") {
        println!("run me with: cargo bench --bench export");
        return Ok(());
    }
    let sizes = if given("--quick") { [50, 200] } else { [5_000, 20_000] };
    let mut place = Place::new()?;
    let mut results = Vec::new();
    for size in sizes {
        place.fill_up_to(size)?;
        for way in [Way::Command, Way::Staff] {
            for format in FORMATS {
                let measured = match way {
                    Way::Command => place.command(format, size)?,
                    Way::Staff => place.staff(format, size)?,
                };
                results.push((way, format, size, measured));
            }
        }
    }
    let table = table(&results);
    println!("{table}");
    if given("--write") {
        let page = include_str!("export.md")
            .replace("{table}", table.trim_end())
            .replace("{growth}", &growth(&results, sizes))
            .replace("{cores}", &std::thread::available_parallelism()?.to_string())
            .replace("{date}", &chrono::Utc::now().format("%Y-%m-%d").to_string())
            .replace("{build}", if cfg!(debug_assertions) { "an unoptimised" } else { "a released" })
            .replace("{row}", &(place.row / 1024).to_string());
        std::fs::write("docs/export.md", page)?;
    }
    Ok(())
}

type Line = (Way, &'static str, usize, Measured);

fn table(results: &[Line]) -> String {
    let mut text = "| from | format | rows | MB | first byte, ms | all of it, s | most memory, MiB | slowest page of a visitor, ms |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n".to_owned();
    for (way, format, size, measured) in results {
        let visitor = measured.visitor.map_or_else(|| "–".to_owned(), |wait| wait.as_millis().to_string());
        let _ = writeln!(
            text,
            "| {} | {format} | {size} | {} | {} | {:.1} | {} | {visitor} |",
            way.name(),
            measured.bytes / 1_000_000,
            measured.first_byte.as_millis(),
            measured.whole.as_secs_f64(),
            measured.peak / 1024,
        );
    }
    text
}

/// By how much the memory of the longest list is above that of the shorter, by way and format.
fn growth(results: &[Line], [short, long]: [usize; 2]) -> String {
    let mut lines = Vec::new();
    for (way, format, size, measured) in results.iter().filter(|(_, _, size, _)| *size == long) {
        let before = results.iter().find(|(w, f, s, _)| (w, f, *s) == (way, format, short));
        if let Some((_, _, _, before)) = before {
            let (now, then) = (measured.peak.max(1), before.peak.max(1));
            let share = i128::from(now) * 100 / i128::from(then) - 100;
            lines.push(format!("- {} from {}, {short} to {size} rows: {share} %", format, way.name()));
        }
    }
    lines.join("\n")
}

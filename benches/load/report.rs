//! The figures as Markdown: medians of the rounds with the lowest and the highest, and what they are of the limit.

use std::fmt::Write as _;
use std::fs;

use crate::crowd::Measured;
use crate::errand::Errand;
use crate::place::Prepared;
use crate::{CROWDS, Fallible, Plan, Subject, limit};

/// All measurements.
#[derive(Default)]
pub struct Results(Vec<(Subject, usize, Measured)>);

/// The median run, and the lowest and highest rate.
struct Middle {
    median: Measured,
    low: f64,
    high: f64,
}

impl Results {
    pub fn add(&mut self, subject: Subject, crowd: usize, measured: Measured) {
        self.0.push((subject, crowd, measured));
    }

    fn of(&self, subject: Subject, crowd: usize) -> Middle {
        let wanted = self.0.iter().filter(|(of, at, _)| *of == subject && *at == crowd);
        let mut runs: Vec<Measured> = wanted.map(|(_, _, measured)| *measured).collect();
        runs.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        let run = |at: usize| runs.get(at).copied().unwrap_or_default();
        Middle { median: run(runs.len() / 2), low: run(0).rate, high: run(runs.len().saturating_sub(1)).rate }
    }

    fn ratio(&self, errand: Errand, limit: Subject, crowd: usize) -> f64 {
        100.0 * self.of(Subject::Served(errand), crowd).median.rate / self.of(limit, crowd).median.rate
    }
}

impl Middle {
    fn rate(&self) -> String {
        format!("{:.0} ({:.0} to {:.0})", self.median.rate, self.low, self.high)
    }
}

/// The three tables.
#[must_use]
pub fn tables(results: &Results) -> String {
    let bare = Subject::Served(Errand::Bare);
    let mut text = String::new();
    let heads = ["Submissions over the API", "rows of a submission, SQLite alone"];
    compare(&mut text, results, (Errand::Submit, Subject::Limit), heads);
    compare(&mut text, results, (Errand::Page, bare), ["First page of the form", "static page, actix alone"]);
    text.push_str("| The form walked, page by page | forms/s | requests/s | p50 ms | p99 ms |\n| --- | ---: | ---: | ---: | ---: |\n");
    for crowd in CROWDS {
        let walk = results.of(Subject::Served(Errand::Walk), crowd);
        let Measured { requests, p50, p99, .. } = walk.median;
        let _ = writeln!(text, "| {} | {} | {requests:.0} | {p50:.1} | {p99:.1} |", clients(crowd), walk.rate());
    }
    text
}

fn compare(text: &mut String, results: &Results, (errand, limit): (Errand, Subject), [what, against]: [&str; 2]) {
    let _ = writeln!(text, "| {what} | per second | p50 ms | p99 ms | {against}, per second | share |");
    text.push_str("| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for crowd in CROWDS {
        let (served, best) = (results.of(Subject::Served(errand), crowd), results.of(limit, crowd));
        let Measured { p50, p99, .. } = served.median;
        let share = results.ratio(errand, limit, crowd);
        let _ = writeln!(
            text,
            "| {} | {} | {p50:.1} | {p99:.1} | {} | {share:.0} % |",
            clients(crowd),
            served.rate(),
            best.rate()
        );
    }
    text.push('\n');
}

fn clients(crowd: usize) -> String {
    if crowd == 1 { "1 client".to_owned() } else { format!("{crowd} clients") }
}

/// What became of an aim: the shares with these crowds, and whether each is half or more.
fn verdict(results: &Results, (errand, limit): (Errand, Subject), crowds: &[usize]) -> String {
    let shares: Vec<f64> = crowds.iter().map(|crowd| results.ratio(errand, limit, *crowd)).collect();
    let said: Vec<String> = shares.iter().map(|share| format!("{share:.0} %")).collect();
    let word = if shares.iter().all(|share| *share >= 50.0) { "reached" } else { "not reached" };
    format!("{word} ({})", said.join(", "))
}

/// Writes the page of the documentation.
pub fn write(plan: &Plan, prepared: &Prepared, results: &Results) -> Fallible<()> {
    let sample = prepared.samples.first().ok_or("no sample")?;
    let shape = limit::shape(sample);
    let count = |name: &str| shape.get(name).copied().unwrap_or_default().to_string();
    let bytes: usize = prepared.documents.iter().map(|document| document.json.len()).sum();
    let page = include_str!("performance.md")
        .replace("{tables}", tables(results).trim_end())
        .replace("{api}", &verdict(results, (Errand::Submit, Subject::Limit), &[16, 64]))
        .replace("{pages}", &verdict(results, (Errand::Page, Subject::Served(Errand::Bare)), &CROWDS))
        .replace("{cores}", &std::thread::available_parallelism()?.to_string())
        .replace("{date}", &chrono::Utc::now().format("%Y-%m-%d").to_string())
        .replace("{bytes}", &(bytes / prepared.documents.len().max(1)).to_string())
        .replace("{page}", &(prepared.page / 1024).to_string())
        .replace("{parts}", &count("parts"))
        .replace("{facets}", &count("facets"))
        .replace("{mails}", &count("mails"))
        .replace("{seconds}", &plan.time.as_secs().to_string())
        .replace("{rounds}", &plan.rounds.to_string());
    fs::create_dir_all("docs")?;
    fs::write("docs/performance.md", page)?;
    Ok(())
}

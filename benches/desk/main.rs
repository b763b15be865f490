//! The desk with as many submissions as the Network will have in many years: how long a moderator waits for each page.
//!
//! ```text
//! cargo bench --bench desk                the table on standard output
//! cargo bench --bench desk -- --write     docs/desk.md as well
//! cargo bench --bench desk -- --quick     fewer records and rounds, to see that everything works
//! ```
//! Nothing here asserts a time: machines differ. What is asserted is that every page answers.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measurement that cannot go on says so and stops"
)]

mod fill;
mod report;
#[path = "../../tests/it/support/mod.rs"]
#[expect(dead_code, reason = "the stories need more of it")]
mod support;

use std::time::{Duration, Instant};

use support::{Client, TestApp};

/// Records, and requests for each page.
struct Plan {
    records: i64,
    requests: usize,
}

/// How long a page took, request by request.
pub struct Measured {
    pub name: &'static str,
    pub times: Vec<Duration>,
}

/// Pages of the queue, each by what it is called in the report.
const QUEUE: [(&str, &str); 14] = [
    ("The queue as it opens", "/staff"),
    ("All, the first page", "/staff?tab=all"),
    ("All, the last page", "/staff?tab=all&page=99999"),
    ("Mine", "/staff?tab=mine"),
    ("Overdue", "/staff?tab=overdue"),
    ("One form", "/staff?tab=all&form=practice"),
    ("One form and status", "/staff?tab=all&form=pledge&status=declined"),
    ("One region", "/staff?tab=all&region=africa"),
    ("One country and objective", "/staff?tab=all&country=KEN&objective=7"),
    ("Language, assignee and age", "/staff?language=fr&assignee=none&days=14"),
    ("A word that nearly all have", "/staff?tab=all&q=newcomers"),
    ("A word that a few have", "/staff?tab=all&q=rare17"),
    ("Two words in what waits for us", "/staff?q=newcomers+rare17"),
    ("How long people wait", "/staff/clock?days=365"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given = |name: &str| arguments.iter().any(|argument| argument == name);
    if !given("--bench") {
        println!("run me with: cargo bench --bench desk");
        return;
    }
    let plan =
        if given("--quick") { Plan { records: 5_000, requests: 20 } } else { Plan { records: 50_000, requests: 300 } };
    let app = TestApp::start();
    let mut mona = app.moderator();
    fill::fill(&app, plan.records);
    let measured = measure(&app, &mut mona, plan.requests);
    let table = report::table(&measured);
    println!("{table}");
    if given("--write") {
        report::write(&table, plan.records, plan.requests);
    }
}

fn measure(app: &TestApp, mona: &mut Client, requests: usize) -> Vec<Measured> {
    let mut all: Vec<Measured> =
        QUEUE.iter().map(|(name, address)| time(mona, name, requests, |_| (*address).to_owned())).collect();
    let references = fill::references(app);
    let of = |at: usize| references[at * 7919 % references.len()].as_str();
    let views = [
        ("A record", ""),
        ("A record among all", "?view=tab%3Dall"),
        ("A record among those with a frequent word", "?view=tab%3Dall%26q%3Dnewcomers"),
    ];
    let record = |(name, view): (&'static str, &str)| {
        time(mona, name, requests, |at| format!("/staff/submissions/{}{view}", of(at)))
    };
    all.extend(views.map(record));
    all
}

fn time(mona: &mut Client, name: &'static str, requests: usize, address: impl Fn(usize) -> String) -> Measured {
    let mut times = Vec::with_capacity(requests);
    for at in 0..requests + 3 {
        let path = address(at);
        let began = Instant::now();
        let answer = mona.raw("GET", &path, &[], None);
        let took = began.elapsed();
        assert_eq!(answer.status, 200, "{path}");
        // The first ones find nothing in memory yet.
        if at >= 3 {
            times.push(took);
        }
    }
    times.sort_unstable();
    eprintln!("{name}: {:?}", times[times.len() / 2]);
    Measured { name, times }
}

//! Load on the whole server, beside what the machine could do at best, in one run.
//!
//! ```text
//! cargo bench --bench load                the table on standard output, about four minutes
//! cargo bench --bench load -- --write     docs/performance.md as well
//! cargo bench --bench load -- --quick     one short round, to see that everything works
//! ```
//! Nothing here asserts a time: figures are ratios to a limit measured in the same run. What is asserted is that each
//! acknowledged submission is stored, and that `inlet verify` finds everything whole.

mod client;
mod crowd;
mod document;
mod errand;
mod limit;
mod place;
mod report;
mod rows;
mod server;

use std::error::Error;
use std::time::Duration;

use crowd::Measured;
use errand::{Errand, Work};
use place::Prepared;
use report::Results;
use server::Server;

pub type Fallible<T> = Result<T, Box<dyn Error>>;

/// What is measured, in this order and in the opposite one by turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// SQLite alone.
    Limit,
    /// A server and what its clients do.
    Served(Errand),
}

pub const SUBJECTS: [Subject; 5] = [
    Subject::Limit,
    Subject::Served(Errand::Submit),
    Subject::Served(Errand::Bare),
    Subject::Served(Errand::Page),
    Subject::Served(Errand::Walk),
];

/// Clients at once, and submissions in one transaction of the limit.
pub const CROWDS: [usize; 3] = [1, 16, 64];

/// How long, and how often.
pub struct Plan {
    pub time: Duration,
    pub rounds: usize,
}

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given = |name: &str| arguments.iter().any(|argument| argument == name);
    if let [option, size] = arguments.as_slice()
        && option == "--static"
    {
        return server::serve_bare(size.parse()?);
    }
    if !given("--bench") {
        println!("run me with: cargo bench --bench load");
        return Ok(());
    }
    let plan = if given("--quick") {
        Plan { time: Duration::from_secs(1), rounds: 1 }
    } else {
        Plan { time: Duration::from_secs(3), rounds: 3 }
    };
    let prepared = Prepared::new()?;
    let results = run(&plan, &prepared)?;
    println!("{}", report::tables(&results));
    if given("--write") {
        report::write(&plan, &prepared, &results)?;
    }
    Ok(())
}

fn run(plan: &Plan, prepared: &Prepared) -> Fallible<Results> {
    let mut results = Results::default();
    for round in 0..plan.rounds {
        let mut order: Vec<_> = CROWDS.iter().flat_map(|crowd| SUBJECTS.map(|subject| (subject, *crowd))).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for (subject, crowd) in order {
            let measured = match subject {
                Subject::Limit => limit::measure(&prepared.copy()?.database(), &prepared.samples, crowd, plan.time)?,
                Subject::Served(errand) => serve(plan, prepared, errand, crowd)?,
            };
            eprintln!("round {}, {subject:?} at {crowd}: {:.0} a second", round + 1, measured.rate);
            results.add(subject, crowd, measured);
        }
    }
    Ok(results)
}

/// Measures one server on a folder of its own, and looks afterwards whether all it acknowledged is there and whole.
fn serve(plan: &Plan, prepared: &Prepared, errand: Errand, crowd: usize) -> Fallible<Measured> {
    let work = Work::new(&prepared.documents);
    if errand == Errand::Bare {
        let server = Server::bare(prepared.page)?;
        return crowd::measure(server.address, (&work, errand), crowd, plan.time);
    }
    let place = prepared.copy()?;
    let before = place.submissions()?;
    let server = Server::inlet(place.data())?;
    let measured = crowd::measure(server.address, (&work, errand), crowd, plan.time)?;
    server.stop()?;
    let stored = place.submissions()? - before;
    if stored != measured.acknowledged {
        return Err(format!("{} acknowledged, {stored} stored", measured.acknowledged).into());
    }
    place.run(&["verify"])?;
    Ok(measured)
}

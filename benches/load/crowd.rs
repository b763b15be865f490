//! Many clients at once on one thread, and how fast they were served.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;

use crate::Fallible;
use crate::client::Client;
use crate::errand::{Errand, Made, Work};

/// Served before anything is counted.
const WARM_UP: Duration = Duration::from_millis(500);

/// What was seen in one measurement.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measured {
    /// Errands a second: submissions, pages, or transactions' rows.
    pub rate: f64,
    /// Requests a second.
    pub requests: f64,
    /// Milliseconds that one errand took: half of them less, 99 of 100 less.
    pub p50: f64,
    pub p99: f64,
    /// Submissions acknowledged in all, the warming-up included.
    pub acknowledged: usize,
}

/// Lets `clients` do their errands for `time`.
pub fn measure(
    address: SocketAddr,
    (work, errand): (&Work<'_>, Errand),
    clients: usize,
    time: Duration,
) -> Fallible<Measured> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let from = Instant::now() + WARM_UP;
    let until = from + time;
    let all = (0..clients).map(|_| one(address, work, errand, (from, until)));
    let seen = runtime.block_on(try_join_all(all))?;
    let acknowledged = seen.iter().map(|client| client.acknowledged).sum();
    let requests: usize = seen.iter().map(|client| client.requests).sum();
    let mut times: Vec<Duration> = seen.into_iter().flat_map(|client| client.times).collect();
    times.sort_unstable();
    let per_second = |count: usize| u32::try_from(count).map_or(0.0, f64::from) / time.as_secs_f64();
    let at =
        |hundredth: usize| times.get(times.len() * hundredth / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    Ok(Measured {
        rate: per_second(times.len()),
        requests: per_second(requests),
        p50: at(50),
        p99: at(99),
        acknowledged,
    })
}

#[derive(Default)]
struct Seen {
    times: Vec<Duration>,
    requests: usize,
    acknowledged: usize,
}

async fn one(
    address: SocketAddr,
    work: &Work<'_>,
    errand: Errand,
    (from, until): (Instant, Instant),
) -> Fallible<Seen> {
    let mut client = Client::connect(address).await?;
    let mut seen = Seen::default();
    loop {
        let started = Instant::now();
        if started >= until {
            return Ok(seen);
        }
        let Made { requests, submissions } = work.run(errand, &mut client).await?;
        let ended = Instant::now();
        seen.acknowledged += submissions;
        if ended >= from && ended < until {
            seen.times.push(ended - started);
            seen.requests += requests;
        }
    }
}

//! The raw limit: the rows of submissions, as the server wrote them, put into the same database in grouped durable
//! transactions by one connection with the server's own settings. No HTTP, no rules, no reading.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inlet::store::Conn;
use inlet::store::db::connect;
use rand::random;

use crate::Fallible;
use crate::crowd::Measured;
use crate::rows::{
    DeskRecord, Event, Facet, Key, Mail, Part, Revision, Searched, Submission, desk_facets, desk_records, desk_search,
    events, outbox, revision_parts, revisions, submission_keys, submissions,
};

/// All rows of one submission.
#[derive(Clone)]
pub struct Sample {
    submission: Submission,
    revision: Revision,
    parts: Vec<Part>,
    key: Key,
    event: Event,
    mails: Vec<Mail>,
    desk: DeskRecord,
    facets: Vec<Facet>,
    searched: Searched,
}

/// Reads every submission of a database that the server has filled.
pub fn samples(database: &Path) -> Fallible<Vec<Sample>> {
    let mut conn = connect(&database.to_string_lossy())?;
    let all: Vec<Submission> = submissions::table.order(submissions::id).load(&mut conn)?;
    all.into_iter().map(|submission| sample(&mut conn, submission)).collect()
}

fn sample(conn: &mut Conn, submission: Submission) -> Fallible<Sample> {
    let id = submission.id;
    let mut mails: Vec<Mail> = outbox::table.filter(outbox::submission_id.eq(id)).load(conn)?;
    for mail in &mut mails {
        mail.make_fresh();
    }
    Ok(Sample {
        submission,
        revision: revisions::table.filter(revisions::submission_id.eq(id)).first(conn)?,
        parts: revision_parts::table.filter(revision_parts::submission_id.eq(id)).load(conn)?,
        key: submission_keys::table.filter(submission_keys::submission_id.eq(id)).first(conn)?,
        event: events::table.filter(events::submission_id.eq(id)).first(conn)?,
        mails,
        desk: desk_records::table.filter(desk_records::submission_id.eq(id)).first(conn)?,
        facets: desk_facets::table.filter(desk_facets::submission_id.eq(id)).load(conn)?,
        searched: desk_search::table.filter(desk_search::rowid.eq(id)).first(conn)?,
    })
}

/// How many rows of which kind a submission has, for the report.
pub fn shape(sample: &Sample) -> BTreeMap<&'static str, usize> {
    BTreeMap::from([("parts", sample.parts.len()), ("facets", sample.facets.len()), ("mails", sample.mails.len())])
}

/// Inserts submissions for `time`, `group` in each transaction.
pub fn measure(database: &Path, samples: &[Sample], group: usize, time: Duration) -> Fallible<Measured> {
    let mut conn = connect(&database.to_string_lossy())?;
    let mut next = samples.iter().cycle().cloned();
    let mut id = i64::try_from(samples.len())?;
    let (mut done, mut times, started) = (0_u32, Vec::new(), Instant::now());
    while started.elapsed() < time {
        let begun = Instant::now();
        conn.batch_execute("BEGIN IMMEDIATE")?;
        for mut sample in next.by_ref().take(group) {
            id += 1;
            done += 1;
            sample.renumber(id);
            sample.insert(&mut conn)?;
        }
        conn.batch_execute("COMMIT")?;
        times.push(begun.elapsed());
    }
    let rate = f64::from(done) / started.elapsed().as_secs_f64();
    times.sort_unstable();
    let at =
        |hundredth: usize| times.get(times.len() * hundredth / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    Ok(Measured { rate, p50: at(50), p99: at(99), ..Measured::default() })
}

impl Sample {
    /// Gives the rows an id of their own, and new values where they must be unique.
    fn renumber(&mut self, id: i64) {
        self.submission.id = id;
        self.submission.reference = format!("PRA-{:09X}", random::<u32>()) + &format!("{id:X}");
        self.desk.reference.clone_from(&self.submission.reference);
        self.key.key = digits();
        self.event.digest = digits();
        self.event.seq = id;
        for part in &mut self.parts {
            part.submission_id = id;
            part.commitment = digits();
        }
        for mail in &mut self.mails {
            (mail.submission_id, mail.event_seq, mail.message_id) = (Some(id), Some(id), digits());
            mail.occasion = format!("event {id}");
        }
        for facet in &mut self.facets {
            facet.submission_id = id;
        }
        for of in [&mut self.revision.submission_id, &mut self.key.submission_id, &mut self.event.submission_id] {
            *of = id;
        }
        (self.desk.submission_id, self.searched.rowid) = (id, id);
    }

    fn insert(&self, conn: &mut Conn) -> QueryResult<()> {
        diesel::insert_into(submissions::table).values(&self.submission).execute(conn)?;
        diesel::insert_into(revisions::table).values(&self.revision).execute(conn)?;
        for part in &self.parts {
            diesel::insert_into(revision_parts::table).values(part).execute(conn)?;
        }
        diesel::insert_into(submission_keys::table).values(&self.key).execute(conn)?;
        diesel::insert_into(events::table).values(&self.event).execute(conn)?;
        for mail in &self.mails {
            diesel::insert_into(outbox::table).values(mail).execute(conn)?;
        }
        diesel::insert_into(desk_records::table).values(&self.desk).execute(conn)?;
        for facet in &self.facets {
            diesel::insert_into(desk_facets::table).values(facet).execute(conn)?;
        }
        diesel::insert_into(desk_search::table).values(&self.searched).execute(conn)?;
        Ok(())
    }
}

/// As long as a digest, and unlike any other.
fn digits() -> String {
    format!("{:032x}{:032x}", random::<u128>(), random::<u128>())
}

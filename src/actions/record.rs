//! What every action writes: the event with its commitments, the submission's new standing, the mails, the projections.

use chrono::{DateTime, Utc};

use super::project;
use super::tell_staff::{self, News};
use crate::app::{App, Parts};
use crate::domain::account::{Account, AccountId};
use crate::domain::event::{Author, Event, EventKind, fold};
use crate::domain::mail::{MailKind, Subject};
use crate::domain::party::{Place, Standing};
use crate::domain::point::{Asking, Point, PointId, PointText};
use crate::domain::projection::role_text;
use crate::domain::relation::Claim;
use crate::domain::submission::{Decision, DeclineReason};
use crate::forms::answer::Answers;
use crate::forms::form::{FacetSource, Form, Role};
use crate::locale::Language;
use crate::store::appointments::NewAppointment;
use crate::store::events::NewNote;
use crate::store::outbox::NewMail;
use crate::store::points::{Move, NewPoint, NewReply};
use crate::store::revisions::NewPart;
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, appointments, events, outbox, parties, points, relations, submissions};

/// One thing that happened.
pub(super) struct Entry<'a> {
    pub kind: EventKind,
    pub author: Author,
    pub decision: Option<Decision>,
    pub reason: Option<DeclineReason>,
    pub undoes: Option<i64>,
    /// The parts of the revision that came with it.
    pub parts: &'a [NewPart],
    pub note: Option<&'a NewNote>,
    pub appointment: Option<&'a NewAppointment>,
    /// Whom it is given to, or taken from.
    pub assignee: Option<AccountId>,
    pub points: Points<'a>,
    /// What was asked of parties with it, or what one said.
    pub standings: &'a [Standing],
    /// What else it commits to: what is written beside it in tables of its own.
    pub lines: &'a [String],
    /// What it says of other submissions, or of a file.
    pub claims: &'a [Claim],
}

/// The points that are asked, answered or settled with an event.
#[derive(Default)]
pub(super) struct Points<'a> {
    pub asked: &'a [NewPoint],
    pub replies: &'a [NewReply],
    pub moved: Option<(Move, &'a [Point])>,
}

impl Points<'_> {
    fn commitments(&self) -> impl Iterator<Item = String> {
        let moved = self.moved.iter().flat_map(|(_, points)| points.iter().map(|point| point.commitment.clone()));
        let replies = self.replies.iter().map(NewReply::commitment);
        self.asked.iter().map(NewPoint::commitment).chain(replies).chain(moved)
    }

    fn write(&self, conn: &mut Conn, submission: &Submission, seq: i64) -> Result<(), StoreError> {
        points::add(conn, submission.id, (seq, submission.head_revision), self.asked)?;
        points::reply(conn, seq, self.replies)?;
        self.moved.map_or(Ok(()), |(how, moved)| points::advance(conn, seq, moved, how))
    }
}

impl Entry<'_> {
    pub(super) fn new(kind: EventKind, author: Author) -> Self {
        Self {
            kind,
            author,
            decision: None,
            reason: None,
            undoes: None,
            parts: &[],
            note: None,
            appointment: None,
            assignee: None,
            points: Points::default(),
            standings: &[],
            lines: &[],
            claims: &[],
        }
    }
}

/// Appends the event, its note, its points and what it says of parties; gives its sequence number.
pub(super) fn log(
    conn: &mut Conn,
    submission: &Submission,
    entry: &Entry<'_>,
    now: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let mut parts: Vec<&NewPart> = entry.parts.iter().collect();
    parts.sort_by(|a, b| a.part.cmp(&b.part));
    let mut commitments: Vec<String> = parts
        .iter()
        .map(|part| part.commitment())
        .chain(entry.note.map(NewNote::commitment))
        .chain(entry.points.commitments())
        .collect();
    if entry.kind.brings_revision() {
        let places = parties::places(conn, submission.id, submission.head_revision)?;
        commitments.extend(places.iter().map(Place::line));
    }
    commitments.extend(entry.standings.iter().map(Standing::line));
    if let Some(new) = entry.appointment {
        commitments.extend([new.made.line(), new.commitment()]);
    }
    commitments.extend(entry.lines.iter().cloned());
    commitments.extend(entry.claims.iter().map(Claim::line));
    let event = Event {
        submission: submission.id,
        kind: entry.kind,
        author: entry.author,
        decision: entry.decision,
        reason: entry.reason,
        undoes: entry.undoes,
        state: submission.state,
        revision: submission.head_revision,
        at: now,
        commitments: fold(commitments.iter().map(String::as_str)),
        assignee: entry.assignee,
    };
    let seq = events::append(conn, &event)?;
    if let Some(note) = entry.note {
        events::add_note(conn, submission.id, seq, note)?;
    }
    if let Some(new) = entry.appointment {
        appointments::add(conn, seq, new)?;
    }
    entry.points.write(conn, submission, seq)?;
    for standing in entry.standings {
        parties::stand(conn, submission.id, seq, standing)?;
    }
    for claim in entry.claims {
        relations::write(conn, submission.id, seq, claim)?;
    }
    Ok(seq)
}

/// Writes the submission's new standing, the event and the desk's projection; gives the event's number.
pub(super) fn change(
    app: &App,
    conn: &mut Conn,
    submission: &mut Submission,
    entry: &Entry<'_>,
    now: DateTime<Utc>,
) -> Result<i64, StoreError> {
    submissions::update(conn, submission, now)?;
    let seq = log(conn, submission, entry, now)?;
    project::desk(app, conn, submission)?;
    Ok(seq)
}

/// The same, of an event that is about another revision than the working one: that of `about`.
pub(super) fn change_beside(
    app: &App,
    conn: &mut Conn,
    submission: &mut Submission,
    (about, entry): (&Submission, &Entry<'_>),
    now: DateTime<Utc>,
) -> Result<i64, StoreError> {
    submissions::update(conn, submission, now)?;
    let seq = log(conn, about, entry, now)?;
    project::desk(app, conn, submission)?;
    Ok(seq)
}

/// The parts of a revision, salted.
pub(super) fn parts(app: &Parts, form: &Form, answers: &Answers) -> Vec<NewPart> {
    form.split(answers)
        .into_iter()
        .map(|(part, value)| NewPart { part, value: value.to_string(), salt: app.entropy.bytes() })
        .collect()
}

/// A message with its salt; none for an empty one. A line break counts as one character, whatever the browser makes of it;
/// what is no writing (NUL, other controls, marks that turn the direction of what follows) is left out.
pub(super) fn note(app: &Parts, message: &str) -> Option<NewNote> {
    let writing = |c: &char| {
        matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    let body: String = message.replace("\r\n", "\n").chars().filter(writing).collect();
    let body = body.trim();
    (!body.is_empty()).then(|| NewNote { body: body.to_owned(), salt: app.entropy.bytes() })
}

/// Points with their salts.
pub(super) fn points(app: &Parts, asked: Vec<Asking>) -> Vec<NewPoint> {
    asked.into_iter().map(|asking| NewPoint { asking, salt: app.entropy.bytes() }).collect()
}

/// Answers to points with their salts, in the order of the points.
pub(super) fn replies(app: &Parts, mut given: Vec<(PointId, PointText)>) -> Vec<NewReply> {
    given.sort_by_key(|(point, _)| *point);
    given.dedup_by_key(|(point, _)| *point);
    given.into_iter().map(|(point, text)| NewReply { point, text, salt: app.entropy.bytes() }).collect()
}

/// Queues a mail to the submitter.
pub(super) fn tell_submitter(
    conn: &mut Conn,
    submission: &Submission,
    to: &(String, String),
    kind: MailKind,
    (event_seq, now, due_at): (i64, DateTime<Utc>, DateTime<Utc>),
) -> Result<(), StoreError> {
    let (address, name) = to.clone();
    let mail = NewMail {
        kind,
        subject: told(submission, event_seq),
        account: None,
        address,
        name,
        language: submission.mail_language,
        link_generation: submission.link_generation,
        due_at,
    };
    outbox::add(conn, &mail, now)
}

/// The event as what a mail tells of.
pub(super) fn told(submission: &Submission, seq: i64) -> Subject {
    Subject::Event { seq, submission: submission.id, revision: submission.head_revision }
}

/// Tells those of the staff who want to hear of it. What is told of is a submitter's act.
pub(super) fn tell_followers(
    conn: &mut Conn,
    submission: &Submission,
    regions: &[String],
    kind: MailKind,
    at: (i64, DateTime<Utc>),
) -> Result<(), StoreError> {
    tell_staff::tell(conn, &News { submission, regions, kind: Some(kind), by: None }, at)
}

/// Queues a mail to a member of staff.
pub(super) fn tell_staff(
    conn: &mut Conn,
    submission: &Submission,
    account: Account,
    kind: MailKind,
    (event_seq, now): (i64, DateTime<Utc>),
) -> Result<(), StoreError> {
    let mail = NewMail {
        kind,
        subject: told(submission, event_seq),
        account: Some(account.id),
        address: account.email,
        name: account.name,
        language: account.language,
        link_generation: submission.link_generation,
        due_at: now,
    };
    outbox::add(conn, &mail, now)
}

/// The submitter's address and name.
pub(super) fn contact(app: &Parts, form: &Form, answers: &Answers) -> (String, String) {
    let words = app.locale(Language::En);
    (role_text(form, answers, Role::ContactEmail, &words), role_text(form, answers, Role::ContactName, &words))
}

/// Whether a form's public list has the facet that reports on it decide.
pub(super) fn has_progress(form: &Form) -> Option<&str> {
    form.facets().iter().find(|facet| facet.source == FacetSource::Progress).map(|facet| facet.name.as_str())
}

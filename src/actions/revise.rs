//! The submitter sends a new version: of what changes were asked for, or a correction of what is published.

use std::sync::Arc;

use super::parties;
use super::record::{self, Entry, Points};
use super::submit::Receipt;
use crate::app::{App, Parts};
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::point::{Point, PointId, PointText};
use crate::domain::projection::files;
use crate::domain::submission::{Standing, SubmissionId};
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::store::points::{self, Move, NewReply};
use crate::store::submissions::{Keyed, Submission};
use crate::store::{Conn, Stop, attachments, drafts, revisions, submissions};

/// A corrected version.
#[derive(Clone)]
pub struct Order {
    pub submission: SubmissionId,
    /// The revision the correction started from.
    pub base: i32,
    pub form: Arc<Form>,
    pub answers: Answers,
    /// What the submitter answers to points.
    pub replies: Vec<(PointId, PointText)>,
    pub draft: String,
    /// The language of mails from now on.
    pub mail_language: Language,
    /// The key of the form page (DESIGN 17).
    pub key: String,
}

/// Why it is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The submission is not open for changes (any more).
    NotOpen,
    /// Another correction came first.
    Moved,
    /// These required points are neither changed nor answered.
    Untouched(Vec<Point>),
    /// A virus was found in a file a moment ago.
    FileInfected,
}

/// What the table of decisions looks at; `None` where the form is not there any more.
#[must_use]
pub fn standing(app: &Parts, submission: &Submission) -> Option<Standing> {
    let form = app.catalog.form(&submission.form, Language::En)?;
    let pending = submission.published_revision.is_some_and(|published| published != submission.head_revision);
    Some(Standing { lifecycle: form.lifecycle(), state: submission.state, visibility: submission.visibility, pending })
}

/// Sends a correction.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn resubmit(app: &App, order: Order) -> Result<Receipt, Stop<Refusal>> {
    let now = app.clock.now();
    let parts = record::parts(app, &order.form, &order.answers);
    let regions = order.form.regions(&order.answers, app.catalog.lists());
    let contact = record::contact(app, &order.form, &order.answers);
    let replies = record::replies(app, order.replies.clone());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, order.submission)?;
        if submissions::keyed(conn, &order.key)?.is_some() {
            // The same correction once more: a double click.
            return Ok(submission.into());
        }
        let next = standing(&app, &submission).and_then(Standing::resubmit).ok_or(Stop::Refused(Refusal::NotOpen))?;
        if submission.head_revision != order.base {
            return Err(Stop::Refused(Refusal::Moved));
        }
        let ids: Vec<String> = files(&order.answers).into_iter().collect();
        if !attachments::infected(conn, &ids)?.is_empty() {
            return Err(Stop::Refused(Refusal::FileInfected));
        }
        let (replies, answered) = touched(&app, conn, &order, &replies)?;
        let (then, before) = app.answers(conn, submission.id, submission.head_revision, Language::En)?;
        if record::contact(&app, &order.form, &before).0 != contact.0 {
            // The new address confirms itself; links mailed to the old one end.
            submission.address_confirmed_at = None;
            submission.link_generation += 1;
        }
        submission.state = next;
        submission.mail_language = order.mail_language;
        submission.head_revision = revisions::numbers(conn, submission.id)?.last().copied().unwrap_or(0) + 1;
        revisions::insert(conn, submission.id, submission.head_revision, order.form.version(), &parts, now)?;
        attachments::belong(conn, submission.id, &ids)?;
        let asked = parties::follow(
            conn,
            submission.id,
            submission.head_revision,
            (&order.form, &order.answers),
            Some((order.base, &then, &before)),
        )?;
        let points = Points { asked: &[], replies: &replies, moved: Some((Move::Answer, &answered)) };
        let entry =
            Entry { parts: &parts, points, standings: &asked, ..Entry::new(EventKind::Resubmitted, Author::Submitter) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        record::tell_submitter(conn, &submission, &contact, MailKind::Receipt, (seq, now, now))?;
        record::tell_followers(conn, &submission, &regions, MailKind::AlertResubmitted, (seq, now))?;
        parties::tell(conn, &submission, (&order.form, &order.answers), &asked, (seq, now))?;
        let made =
            Keyed { answers_digest: format!("revision {}", submission.head_revision), submission: submission.id };
        submissions::keep_key(conn, &order.key, &made, now)?;
        drafts::remove(conn, &order.draft)?;
        Ok(submission.into())
    })
    .await
}

/// The answers to open points, and the points that were changed or answered; refused while a required one is not.
fn touched(
    app: &Parts,
    conn: &mut Conn,
    order: &Order,
    given: &[NewReply],
) -> Result<(Vec<NewReply>, Vec<Point>), Stop<Refusal>> {
    let (mut touched, mut left) = (Vec::new(), Vec::new());
    for point in points::open(conn, order.submission)? {
        let (_, before) = app.answers(conn, order.submission, point.base, Language::En)?;
        let replied = given.iter().any(|reply| reply.point == point.id);
        let heap = if replied || point.is_changed(&before, &order.answers) { &mut touched } else { &mut left };
        heap.push(point);
    }
    left.retain(|point| point.required);
    if !left.is_empty() {
        return Err(Stop::Refused(Refusal::Untouched(left)));
    }
    let open = |reply: &&NewReply| touched.iter().any(|point| point.id == reply.point);
    Ok((given.iter().filter(open).cloned().collect(), touched))
}

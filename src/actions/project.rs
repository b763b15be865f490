//! Writes the two projections of a submission; called by every action that changes one, and to rebuild all.

use crate::app::App;
use crate::domain::clock::Clock;
use crate::domain::edit;
use crate::domain::event::{self, EventKind};
use crate::domain::projection::{self, DeskRecord, Facts, PublicRecord, Shown};
use crate::domain::submission::{Decision, ReviewState, SubmissionId, Visibility};
use crate::forms::answer::Answers;
use crate::forms::export::Marks;
use crate::forms::form::{Form, Role};
use crate::locale::Language;
use crate::store::submissions::Submission;
use crate::store::{self, Conn, Stop, StoreError, events, publications, submissions};

use super::record::has_progress;

/// Said of a published record that nothing was reported on.
pub const NOT_REPORTED: &str = "not-reported";

fn facts(conn: &mut Conn, form: &Form, submission: &Submission) -> Result<Facts, StoreError> {
    let waiting = matches!(submission.state, ReviewState::Submitted | ReviewState::InReview);
    let log = events::of(conn, submission.id)?;
    // What was published settled all that came before it.
    let standing: Vec<_> = events::in_force(&log).into_iter().map(|logged| &logged.event).collect();
    let mut since = standing.iter().rev().take_while(|event| event.decision != Some(Decision::Publish));
    let resubmitted = waiting && since.any(|event| event.kind == EventKind::Resubmitted);
    let notes = events::notes_of(conn, submission.id)?;
    Ok(Facts {
        id: submission.id,
        reference: submission.reference.clone(),
        language: submission.language,
        state: submission.state,
        visibility: submission.visibility,
        address_confirmed: submission.address_confirmed_at.is_some(),
        resubmitted,
        unanswered: event::unanswered(standing.iter().copied()),
        disputed: edit::is_disputed(standing.iter().copied()),
        created_at: submission.created_at,
        state_since: submission.state_since,
        clock: Clock::of(standing.iter().copied(), form.lifecycle()),
        assignee: submission.assignee,
        notes: notes.into_iter().filter_map(|note| note.body).collect(),
    })
}

/// The desk's record as it must be.
///
/// # Errors
/// Where the database fails or the answers cannot be read.
pub fn desk_record(app: &App, conn: &mut Conn, submission: &Submission) -> Result<DeskRecord, StoreError> {
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, Language::En)?;
    let facts = facts(conn, &form, submission)?;
    Ok(projection::desk(&form, &facts, &answers, app.catalog.lists(), &app.locale(Language::En)))
}

/// Writes the desk's record.
///
/// # Errors
/// As [`desk_record`].
pub fn desk(app: &App, conn: &mut Conn, submission: &Submission) -> Result<(), StoreError> {
    let record = desk_record(app, conn, submission)?;
    store::desk::write(conn, &record)
}

/// The public record as it must be; `None` where nothing is published.
///
/// # Errors
/// Where the database fails or the publication cannot be read.
pub fn public_record(app: &App, conn: &mut Conn, submission: &Submission) -> Result<Option<PublicRecord>, StoreError> {
    let Some(current) = publications::find_current(conn, submission.id)? else { return Ok(None) };
    let (form, _) = app.answers(conn, submission.id, current.revision, submission.language)?;
    let answers = load(&form, &current.public_json)?;
    let shown = Shown {
        publication: current.id,
        first_published_at: publications::first_shown(conn, submission.id)?,
        published_at: publications::shown_since(conn, &current)?,
        public_json: current.public_json,
    };
    let facts = facts(conn, &form, submission)?;
    let words = app.locale(submission.language);
    let mut record = projection::public(&form, &facts, shown, &answers, app.catalog.lists(), &words);
    if let Some(facet) = has_progress(&form) {
        record.facets.insert((facet.to_owned(), progress_of(app, conn, &submission.reference)?));
    }
    Ok(Some(record))
}

/// Writes or removes the public record, and moves the progress of what it reports on, or did until now.
///
/// # Errors
/// As [`public_record`].
pub fn public(app: &App, conn: &mut Conn, submission: &Submission) -> Result<(), StoreError> {
    let mut targets = store::public::links_of(conn, submission.id)?;
    match public_record(app, conn, submission)? {
        Some(record) => {
            store::public::write(conn, &record)?;
            targets.extend(record.links);
        }
        None => store::public::remove(conn, submission.id)?,
    }
    targets.iter().try_for_each(|target| refresh_progress(app, conn, target))
}

fn refresh_progress(app: &App, conn: &mut Conn, reference: &str) -> Result<(), StoreError> {
    let Some(reported) = submissions::find(conn, reference)? else { return Ok(()) };
    let form = app.catalog.form(&reported.form, Language::En).cloned();
    let Some((form, Visibility::Published)) = form.map(|form| (form, reported.visibility)) else { return Ok(()) };
    if let Some(facet) = has_progress(&form) {
        let stage = progress_of(app, conn, reference)?;
        store::public::set_facet(conn, reported.id, facet, &stage)?;
    }
    Ok(())
}

/// The stage said by the newest published report on a record.
fn progress_of(app: &App, conn: &mut Conn, reference: &str) -> Result<String, StoreError> {
    let reporting: Vec<_> =
        app.catalog.all(Language::En).filter(|form| form.role(Role::Progress).is_some()).cloned().collect();
    for form in reporting {
        let Some(field) = form.role(Role::Progress) else { continue };
        if let Some(newest) = store::public::pointing_to(conn, form.id().as_str(), reference)?.into_iter().next() {
            let stage = load(&form, &newest.public_json)?.text(field).map(str::to_owned);
            return Ok(stage.unwrap_or_else(|| NOT_REPORTED.to_owned()));
        }
    }
    Ok(NOT_REPORTED.to_owned())
}

/// Reads stored public answers.
///
/// # Errors
/// Where they do not fit the form.
pub fn load(form: &Form, json: &str) -> Result<Answers, StoreError> {
    load_all(form, json).map(|(answers, ..)| answers)
}

/// The same, with how many that take part are not named, and what else the publication says.
///
/// # Errors
/// As [`load`].
pub fn load_all(form: &Form, json: &str) -> Result<(Answers, usize, Marks), StoreError> {
    let map = serde_json::from_str(json).map_err(|e| StoreError::Unreadable(e.to_string()))?;
    form.load_public(map).map_err(|e| StoreError::Unreadable(e.to_string()))
}

/// Writes both projections of one submission again.
///
/// # Errors
/// As the two.
pub fn rebuild(app: &App, conn: &mut Conn, id: SubmissionId) -> Result<(), StoreError> {
    let submission = submissions::get(conn, id)?;
    desk(app, conn, &submission)?;
    public(app, conn, &submission)
}

/// Submissions written in one job (DESIGN 10).
const PIECE: usize = 50;

/// Writes both projections of everything again; gives of how many submissions.
///
/// # Errors
/// Where the database fails.
pub async fn rebuild_all(app: &App) -> Result<usize, Stop<()>> {
    let ids = app.db.read(submissions::ids).await?;
    for piece in ids.chunks(PIECE) {
        let (handle, piece) = (app.clone(), piece.to_vec());
        let work =
            move |conn: &mut Conn| piece.iter().try_for_each(|id| rebuild(&handle, conn, *id)).map_err(Stop::Failed);
        app.db.write::<(), (), _>(work).await?;
    }
    let made_with = made_with(app);
    app.db.write(move |conn| Ok(publications::set_projected_with(conn, &made_with)?)).await?;
    Ok(ids.len())
}

/// Writes the projections again if another version of the program or of a form made them; gives whether it did.
///
/// # Errors
/// Where the database fails.
pub async fn bring_up_to_date(app: &App) -> Result<bool, Stop<()>> {
    let current = app.db.read(publications::projected_with).await?.as_deref() == Some(made_with(app).as_str());
    if !current {
        rebuild_all(app).await?;
    }
    Ok(!current)
}

/// The program's version and the forms' versions.
fn made_with(app: &App) -> String {
    let forms = app.catalog.all(Language::En).map(|form| form.version());
    std::iter::once(env!("CARGO_PKG_VERSION")).chain(forms).collect::<Vec<_>>().join(" ")
}

//! Is everything that is stored whole? Reads only; says the first fault.

use serde_json::Value;

use super::project;
use crate::app::App;
use crate::domain::projection::{DeskRecord, PublicRecord};
use crate::domain::submission::{Decision, Visibility};
use crate::locale::Language;
use crate::store::sqlite::search::{self, Index};
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, attachments, desk, events, public, publications, submissions, verify};

/// Checks database, event chain, commitments, attachments and both projections; the first fault in words, if any.
///
/// # Errors
/// Where something cannot be read at all.
pub async fn verify(app: &App, head: Option<(i64, String)>) -> Result<Option<String>, StoreError> {
    let handle = app.clone();
    let fault = app
        .db
        .read_afresh(move |conn| {
            if let Some(fault) = verify::integrity(conn)? {
                return Ok(Some(fault));
            }
            if let Some(fault) = verify::chain(conn, head.as_ref().map(|(seq, digest)| (*seq, digest.as_str())))? {
                return Ok(Some(fault));
            }
            if let Some(fault) = verify::commitments(conn)? {
                return Ok(Some(fault));
            }
            projections(&handle, conn)
        })
        .await?;
    match fault {
        Some(fault) => Ok(Some(fault)),
        None => files(app).await,
    }
}

async fn files(app: &App) -> Result<Option<String>, StoreError> {
    for (id, expected) in app.db.read(attachments::hashes).await? {
        match app.files.hash(&id).await {
            Ok(found) if found == expected => {}
            Ok(_) => return Ok(Some(format!("attachment {id} is not the file that was stored"))),
            Err(error) => return Ok(Some(format!("attachment {id}: {error}"))),
        }
    }
    Ok(None)
}

/// Each publication, ended ones too, against the public answers of its revision.
fn publications(app: &App, conn: &mut Conn) -> Result<Option<String>, StoreError> {
    for shown in publications::all(conn)? {
        let (form, answers) = app.answers(conn, shown.submission, shown.revision, Language::En)?;
        let expected = Value::Object(form.public_json(&answers));
        if serde_json::from_str::<Value>(&shown.public_json).ok() != Some(expected) {
            return Ok(Some(format!("publication {} is not what its revision says", shown.id)));
        }
    }
    Ok(None)
}

/// Whether state and publications of a submission are what its events say.
fn told_by_events(conn: &mut Conn, submission: &Submission) -> Result<Option<String>, StoreError> {
    let log = events::of(conn, submission.id)?;
    let decided = |decision| log.iter().filter(move |entry| entry.event.decision == Some(decision));
    let published: Vec<_> = decided(Decision::Publish).map(|entry| (entry.event.revision, entry.event.at)).collect();
    let shown: Vec<_> = publications::of(conn, submission.id)?.iter().map(|p| (p.revision, p.effective_at)).collect();
    let last_word = log.iter().rev().find_map(|entry| match entry.event.decision {
        Some(Decision::Publish) => Some(Visibility::Published),
        Some(Decision::Unpublish) => Some(Visibility::Unpublished),
        Some(
            Decision::StartReview
            | Decision::RequestChanges
            | Decision::Approve
            | Decision::Decline
            | Decision::Release
            | Decision::Close
            | Decision::Reopen,
        )
        | None => None,
    });
    let state = log.last().map(|entry| entry.event.state);
    let version = i64::try_from(log.len()).unwrap_or(i64::MAX);
    let fits = published == shown
        && last_word.unwrap_or(Visibility::None) == submission.visibility
        && state == Some(submission.state)
        && version == submission.version;
    Ok((!fits).then(|| format!("{} is not where its events lead", submission.reference)))
}

/// Compares both projections with what they are made from.
fn projections(app: &App, conn: &mut Conn) -> Result<Option<String>, StoreError> {
    if let Some(fault) = publications(app, conn)? {
        return Ok(Some(fault));
    }
    let (mut shown, mut lines) = (Vec::new(), Vec::new());
    for id in submissions::ids(conn)? {
        let submission = submissions::get(conn, id)?;
        if let Some(fault) = told_by_events(conn, &submission)? {
            return Ok(Some(fault));
        }
        let expected = project::desk_record(app, conn, &submission)?;
        if let Some(fault) = compare_desk(conn, &expected)? {
            return Ok(Some(fault));
        }
        shown.extend(project::public_record(app, conn, &submission)?);
        lines.push((id.0, desk::indexed_text(&expected)));
    }
    if let Some(fault) = compare_index(conn, Index::Desk, lines.into_iter())? {
        return Ok(Some(fault));
    }
    let expected: Vec<public::Held> = shown.iter().map(held).collect();
    if public::held(conn)? != expected {
        return Ok(Some("the public projection is not what the publications say".to_owned()));
    }
    compare_index(conn, Index::Public, shown.iter().map(|record| (record.submission.0, record.search.join("\n"))))
}

fn compare_desk(conn: &mut Conn, expected: &DeskRecord) -> Result<Option<String>, StoreError> {
    let fault = || Some(format!("the desk's record of {} is not what its revision says", expected.reference));
    let Some(mut found) = desk::get(conn, expected.submission)? else { return Ok(fault()) };
    found.facets = desk::facets(conn, expected.submission)?;
    found.text.clone_from(&expected.text);
    Ok(if found == *expected { None } else { fault() })
}

fn held(record: &PublicRecord) -> public::Held {
    public::Held {
        submission: record.submission.0,
        publication: record.publication,
        public_json: record.public_json.clone(),
        facets: record.facets.clone(),
        links: record.links.clone(),
        attachments: record.attachments.clone(),
    }
}

fn compare_index(
    conn: &mut Conn,
    index: Index,
    expected: impl Iterator<Item = (i64, String)>,
) -> Result<Option<String>, StoreError> {
    let mut expected: Vec<(i64, String)> = expected.map(|(id, text)| (id, search::spread(&text))).collect();
    expected.sort_unstable();
    let fits = search::indexed(conn, index)? == expected;
    let name = match index {
        Index::Desk => "the desk's search index is not what the revisions say",
        Index::Public => "the public search index is not what the publications say",
    };
    Ok((!fits).then(|| name.to_owned()))
}

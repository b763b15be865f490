//! Drafts: begun, saved step by step, opened again to correct a submission.

use chrono::{DateTime, Duration, Utc};

use crate::app::App;
use crate::domain::links::{hash_token, is_token};
use crate::domain::submission::SubmissionId;
use crate::forms::form::{Form, Step};
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::drafts::{self, Draft};
use crate::store::{Stop, StoreError, submissions};

/// How long an untouched draft is kept.
pub const KEPT: Duration = Duration::days(60);

/// Most bytes all answers of one draft may have.
pub const LARGEST: usize = 512 * 1024;

/// A draft and the secret that opens it; the secret is shown once, to be kept in a cookie and in the form.
#[derive(Debug, Clone)]
pub struct Opened {
    pub draft: Draft,
    pub token: String,
}

/// Why a draft cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such draft, another secret, or expired: one answer for all.
    NotFound,
    /// More text than a draft holds.
    TooLarge,
    /// The submission is not open for changes.
    NotOpen,
}

/// Begins a draft with what the first step sent.
///
/// # Errors
/// [`Refusal::TooLarge`], or why nothing was kept.
pub async fn start(app: &App, form: &Form, pairs: Pairs, language: Language) -> Result<Opened, Stop<Refusal>> {
    store(app, form, pairs, language, None).await
}

async fn store(
    app: &App,
    form: &Form,
    pairs: Pairs,
    language: Language,
    corrects: Option<(SubmissionId, i32)>,
) -> Result<Opened, Stop<Refusal>> {
    check_size(&pairs)?;
    let (now, token) = (app.clock.now(), app.entropy.token());
    let draft = Draft {
        id: app.entropy.id(),
        form: form.id().clone(),
        corrects,
        pairs,
        version: 1,
        token_hash: hash_token(&token),
        submission_key: app.entropy.token(),
        language,
        saved_at: now,
        expires_at: now + KEPT,
    };
    let stored = draft.clone();
    app.db.write(move |conn| Ok(drafts::insert(conn, &stored)?)).await?;
    Ok(Opened { draft, token })
}

fn check_size(pairs: &Pairs) -> Result<(), Stop<Refusal>> {
    let size: usize = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > LARGEST { Err(Stop::Refused(Refusal::TooLarge)) } else { Ok(()) }
}

/// Finds a draft that has not expired, for the holder of its secret.
///
/// # Errors
/// [`Refusal::NotFound`], or why it could not be read.
pub async fn open(app: &App, id: &str, token: &str) -> Result<Draft, Stop<Refusal>> {
    let (id, token, now) = (id.to_owned(), token.to_owned(), app.clock.now());
    let found = app.db.read(move |conn| drafts::find(conn, &id)).await?;
    found
        .filter(|draft| is_token(&token, &draft.token_hash) && draft.expires_at > now)
        .ok_or(Stop::Refused(Refusal::NotFound))
}

/// Puts what one step sent into a draft; gives the draft as it is now.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn save(app: &App, draft: &Draft, step: &Step, sent: Pairs) -> Result<Draft, Stop<Refusal>> {
    let (id, step, now) = (draft.id.clone(), step.clone(), app.clock.now());
    app.db
        .write(move |conn| {
            let mut draft = drafts::find(conn, &id)?.ok_or(Stop::Refused(Refusal::NotFound))?;
            draft.pairs.replace_step(&step, &sent);
            check_size(&draft.pairs)?;
            write_pairs(conn, &mut draft, now)?;
            Ok(draft)
        })
        .await
}

fn write_pairs(conn: &mut crate::store::Conn, draft: &mut Draft, now: DateTime<Utc>) -> Result<(), StoreError> {
    draft.version += 1;
    draft.saved_at = now;
    draft.expires_at = now + KEPT;
    drafts::save(conn, &draft.id, &draft.pairs, now, draft.expires_at)
}

/// Opens a submission for its submitter to correct: what was typed so far, or its working revision.
///
/// # Errors
/// [`Refusal::NotOpen`] unless changes are asked or it is published; or why nothing was kept.
pub async fn correct(app: &App, id: SubmissionId) -> Result<Opened, Stop<Refusal>> {
    let (reader, now) = (app.clone(), app.clock.now());
    let found = app
        .db
        .read(move |conn| {
            let submission = submissions::get(conn, id)?;
            let begun = drafts::find_correcting(conn, id, submission.head_revision, now)?;
            // The answers are asked again in today's form: a question that is gone is not asked any more.
            let (then, answers) = reader.answers(conn, id, submission.head_revision, submission.language)?;
            Ok((submission, then.pairs(&answers), begun))
        })
        .await?;
    let (submission, pairs, begun) = found;
    let open = super::revise::standing(app, &submission).and_then(crate::domain::submission::Standing::resubmit);
    let form = app.catalog.form(&submission.form, submission.language).cloned();
    let (Some(_), Some(form)) = (open, form) else { return Err(Stop::Refused(Refusal::NotOpen)) };
    match begun {
        Some(draft) => reopen(app, draft).await,
        None => store(app, &form, pairs, submission.language, Some((id, submission.head_revision))).await,
    }
}

/// Opens a draft for whoever holds the submission's link, with a new secret; the old one ends.
async fn reopen(app: &App, mut draft: Draft) -> Result<Opened, Stop<Refusal>> {
    let token = app.entropy.token();
    draft.token_hash = hash_token(&token);
    let (id, hash) = (draft.id.clone(), draft.token_hash.clone());
    app.db.write(move |conn| Ok(drafts::set_token(conn, &id, &hash)?)).await?;
    Ok(Opened { draft, token })
}

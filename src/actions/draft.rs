//! Drafts: begun, saved step by step, opened again to correct a submission.

use chrono::{DateTime, Duration, Utc};

use crate::app::App;
use crate::domain::links::{Purpose, hash_token};
use crate::domain::submission::SubmissionId;
use crate::domain::turns::{Turn, Turns, Verdict};
use crate::forms::form::{Form, Step};
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::drafts::{self, Draft};
use crate::store::{Conn, Stop, submissions};

/// How long an untouched draft is kept.
pub const KEPT: Duration = Duration::days(60);

/// Most bytes all answers of one draft may have.
pub const LARGEST: usize = 512 * 1024;

/// Why a draft cannot be used.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// No such draft, another secret, or expired: one answer for all.
    NotFound,
    /// More text than a draft holds.
    TooLarge,
    /// The submission is not open for changes.
    NotOpen,
    /// Somebody else wrote something else into this step meanwhile; the draft as it stands.
    Stale(Box<Draft>),
}

/// What a page of a step sent.
#[derive(Debug, Clone)]
pub struct Saving {
    pub step: Step,
    pub sent: Pairs,
    /// Which page it was; a program that does not say writes over whatever there is.
    pub turn: Option<Turn>,
    /// The language to go on in.
    pub language: Language,
    /// The language of mails, where one was chosen.
    pub mail_language: Option<Language>,
}

/// Begins a draft with what the first step sent, over what a link brought along. The same page sent once more goes into the
/// same draft.
///
/// # Errors
/// [`Refusal::TooLarge`], or why nothing was kept.
pub async fn start(app: &App, form: &Form, preset: Pairs, saving: Saving) -> Result<Draft, Stop<Refusal>> {
    let now = app.clock.now();
    let begun_by = saving.turn.as_ref().map(|turn| hash_token(turn.page()));
    let mut fresh = Draft { pairs: preset, ..blank(app, form, saving.language, None) };
    let nothing_before = saving.turn.as_ref().map(|turn| turn.seeing(&saving.step, &fresh.pairs));
    put(&mut fresh, &Saving { turn: nothing_before, ..saving.clone() }, now)?;
    app.db
        .write(move |conn| {
            let begun = match &begun_by {
                Some(page) => drafts::find_begun_by(conn, page, now)?,
                None => None,
            };
            if let Some(draft) = begun {
                return write(conn, draft, &saving, now);
            }
            drafts::insert(conn, &fresh, begun_by.as_deref())?;
            Ok(fresh.clone())
        })
        .await
}

/// A draft of a new submission with these answers, not kept yet.
pub(super) fn filled(app: &App, form: &Form, language: Language, pairs: Pairs) -> Draft {
    Draft { pairs, ..blank(app, form, language, None) }
}

/// A draft in which nothing is written yet.
pub(super) fn blank(app: &App, form: &Form, language: Language, corrects: Option<(SubmissionId, i32)>) -> Draft {
    let now = app.clock.now();
    Draft {
        id: app.entropy.id(),
        form: form.id().clone(),
        corrects,
        pairs: Pairs::default(),
        version: 1,
        link_generation: 1,
        submission_key: app.entropy.token(),
        language,
        mail_language: None,
        step: String::new(),
        turns: Turns::default(),
        address: None,
        saved_at: now,
        expires_at: now + KEPT,
    }
}

/// Puts a step into a draft, if it is its turn and it fits.
fn put(draft: &mut Draft, saving: &Saving, now: DateTime<Utc>) -> Result<(), Stop<Refusal>> {
    let Saving { step, sent, turn, language, mail_language } = saving;
    let verdict = turn.as_ref().map(|turn| draft.turns.judge(turn, step, &draft.pairs, sent));
    match verdict {
        Some(Verdict::Stale) => return Err(Stop::Refused(Refusal::Stale(Box::new(draft.clone())))),
        Some(Verdict::Late) => return Ok(()),
        // Rows that were just added are empty: they say nothing, and are kept all the same.
        None | Some(Verdict::Write | Verdict::Same) => draft.pairs.replace_step(step, sent),
    }
    check_size(&draft.pairs)?;
    if let (Some(turn), Some(Verdict::Write)) = (turn, verdict) {
        draft.turns.note(turn, step, &draft.pairs, now);
    }
    draft.step.clone_from(&step.id);
    draft.mail_language = mail_language.or(draft.mail_language);
    (draft.language, draft.saved_at, draft.expires_at) = (*language, now, now + KEPT);
    Ok(())
}

fn check_size(pairs: &Pairs) -> Result<(), Stop<Refusal>> {
    let size: usize = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > LARGEST { Err(Stop::Refused(Refusal::TooLarge)) } else { Ok(()) }
}

fn write(conn: &mut Conn, mut draft: Draft, saving: &Saving, now: DateTime<Utc>) -> Result<Draft, Stop<Refusal>> {
    put(&mut draft, saving, now)?;
    drafts::save(conn, &draft)?;
    draft.version += 1;
    Ok(draft)
}

/// Finds a draft that has not expired, for the holder of a key of this purpose.
///
/// # Errors
/// [`Refusal::NotFound`], or why it could not be read.
pub async fn open(app: &App, purpose: Purpose, id: &str, key: &str) -> Result<Draft, Stop<Refusal>> {
    let (of, now) = (id.to_owned(), app.clock.now());
    let found = app.db.read(move |conn| drafts::find(conn, &of)).await?;
    found
        .filter(|draft| {
            app.keys.opens(purpose, draft.id.as_str(), draft.link_generation, key) && draft.expires_at > now
        })
        .ok_or(Stop::Refused(Refusal::NotFound))
}

/// Puts what one step sent into a draft; gives the draft as it is now.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn save(app: &App, id: &str, saving: Saving) -> Result<Draft, Stop<Refusal>> {
    let (id, now) = (id.to_owned(), app.clock.now());
    app.db
        .write(move |conn| {
            let draft = drafts::find(conn, &id)?.ok_or(Stop::Refused(Refusal::NotFound))?;
            write(conn, draft, &saving, now)
        })
        .await
}

/// Opens a submission for its submitter to correct: what was typed so far, or its working revision.
///
/// # Errors
/// [`Refusal::NotOpen`] unless changes are asked or it is published; or why nothing was kept.
pub async fn correct(app: &App, id: SubmissionId) -> Result<Draft, Stop<Refusal>> {
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
    let open = super::revise::standing(app, &submission).filter(|standing| standing.takes_corrections());
    let form = app.catalog.form(&submission.form, submission.language);
    let (Some(_), Some(form)) = (open, form) else { return Err(Stop::Refused(Refusal::NotOpen)) };
    if let Some(draft) = begun {
        return Ok(draft);
    }
    check_size(&pairs)?;
    let fresh = blank(app, form, submission.language, Some((id, submission.head_revision)));
    let draft = Draft { pairs, mail_language: Some(submission.mail_language), ..fresh };
    let stored = draft.clone();
    app.db.write(move |conn| Ok(drafts::insert(conn, &stored, None)?)).await?;
    Ok(draft)
}

//! What a page of a draft sent: read, kept right or wrong, and the draft kept open on this device.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};

use super::{DRAFT_COOKIE, HOLDER_COOKIE, Side, cookie_of, form_of, keep_cookies, open_draft};
use crate::actions::draft::{self, Refusal, Saving};
use crate::app::App;
use crate::domain::turns::Turn;
use crate::forms::form::{Form, Step};
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::Stop;
use crate::store::drafts::{self, Draft};
use crate::web::errors::WebError;
use crate::web::extract::{Filing, Sent, Upload};

/// The control in which the language of mails is chosen.
pub const MAIL_LANGUAGE: &str = "mail_language";

/// What was sent for a draft, before it is saved.
pub struct Received {
    pub draft: Draft,
    pub form: Arc<Form>,
    pub sent: Sent,
}

/// What became of it.
pub enum Kept {
    Saved(Draft),
    /// Somebody else changed these questions meanwhile: nothing is saved; the draft as it stands.
    Stale(Draft),
}

impl Received {
    /// Reads what was sent for a draft, and opens it. Whatever fails, the text is read first, so that it can be given back.
    ///
    /// # Errors
    /// [`WebError::Gone`] where the draft was sent, has expired, or its cookie and key are gone: the text is shown to be copied.
    pub async fn read(app: &App, req: &HttpRequest, id: &str, payload: web::Payload) -> Result<Self, WebError> {
        let filing = filing(app, req, id).await;
        let into = filing.as_ref().ok().and_then(Option::as_ref);
        let sent = Sent::read(app, req, &mut payload.into_inner(), into).await?;
        filing?;
        let draft = match open_draft(app, req, id, Some(sent.text("draft_key"))).await {
            Err(WebError::LinkNeeded) => return Err(WebError::Gone),
            opened => opened?,
        };
        let form = form_of(app, Side::of(req), &draft)?;
        Ok(Self { draft, form, sent })
    }

    /// Saves these questions. `here`: their page.
    ///
    /// # Errors
    /// [`WebError::Cut`] where only a part of it arrived, which is saved.
    pub async fn keep(&self, app: &App, step: &Step, here: &str) -> Result<Kept, WebError> {
        let mut saving = saving(step, &self.sent, self.draft.language);
        if self.sent.cut {
            keep_rest(&mut saving.sent, &self.draft.pairs);
        }
        match draft::save(app, &self.draft.id, saving).await {
            Ok(_) if self.sent.cut => Err(WebError::Cut(here.to_owned())),
            Ok(draft) => Ok(Kept::Saved(draft)),
            Err(Stop::Refused(Refusal::Stale(theirs))) => Ok(Kept::Stale(*theirs)),
            Err(stop) => Err(WebError::of(stop, WebError::from)),
        }
    }
}

/// What is to be saved of what was sent.
#[must_use]
pub fn saving(step: &Step, sent: &Sent, language: Language) -> Saving {
    let mut pairs = sent.pairs.clone();
    add_files(&mut pairs, &sent.files);
    let chosen = sent.text("do").strip_prefix("language:").and_then(Language::read);
    Saving {
        step: step.clone(),
        sent: pairs,
        turn: Turn::read(sent.text("turn")),
        language: chosen.unwrap_or(language),
        mail_language: Language::read(sent.text(MAIL_LANGUAGE)),
    }
}

/// The draft as it stands, but these questions as they were sent.
#[must_use]
pub fn as_typed(theirs: &Draft, step: &Step, sent: &Sent) -> Pairs {
    let mut mine = theirs.pairs.clone();
    mine.replace_step(step, &saving(step, sent, theirs.language).sent);
    mine
}

/// Keeps the draft open on this device, and seen to be open on others.
pub fn stay(app: &App, req: &HttpRequest, response: &mut HttpResponse, draft: &Draft) {
    if let Some(holder) = cookie_of(req, HOLDER_COOKIE) {
        let _ = app.also_open(&draft.id, &holder);
    }
    keep_cookies(app, req, response, draft);
}

/// Where the files of a page go, if there is such a draft.
async fn filing(app: &App, req: &HttpRequest, id: &str) -> Result<Option<Filing>, WebError> {
    let of = id.to_owned();
    let found = app.db.read(move |conn| drafts::find(conn, &of)).await?;
    let cookie = cookie_of(req, DRAFT_COOKIE);
    Ok(found.map(|draft| Filing { draft: draft.id, generation: draft.link_generation, cookie }))
}

/// Files that were taken join those that were kept, each once.
fn add_files(pairs: &mut Pairs, files: &[Upload]) {
    for upload in files {
        if let Ok(file) = &upload.outcome
            && !pairs.all(&upload.field).contains(&file.id.as_str())
        {
            pairs.push(upload.field.as_str(), file.id.as_str());
        }
    }
}

/// What did not arrive of a page, because its files were too much, stays as it was.
fn keep_rest(pairs: &mut Pairs, before: &Pairs) {
    let rest: Vec<_> = before.0.iter().filter(|(name, _)| pairs.get(name).is_none()).cloned().collect();
    pairs.0.extend(rest);
}

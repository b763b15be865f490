//! What the buttons of a step, or of the page of points, do, once everything that was typed is saved.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::scene::{Scene, Ways, clock};
use super::{Side, earlier, fields, key_of, owner, parse};
use crate::actions::attach::{LARGEST, Refusal as FileRefusal};
use crate::actions::draft::{self, Saving};
use crate::app::App;
use crate::domain::turns::Turn;
use crate::forms::errors::Message;
use crate::forms::form::{Field, Form, Step};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::locale::{Arg, Locale};
use crate::store::drafts::Draft;
use crate::web::errors::WebError;
use crate::web::extract::{Sent, Upload};
use crate::web::respond::{self, encode};

/// A page of questions that was sent and saved.
pub struct Saved<'a> {
    pub app: &'a App,
    pub req: &'a HttpRequest,
    pub form: &'a Arc<Form>,
    pub step: &'a Step,
    /// The page.
    pub here: String,
    pub sent: &'a Sent,
    /// As it is now.
    pub draft: Draft,
}

impl Saved<'_> {
    /// Does what the button of a step says; `at`: which step it is.
    ///
    /// # Errors
    /// Where the button is none of this step's, or the database fails.
    pub async fn act(self, at: usize) -> Result<HttpResponse, WebError> {
        match self.press().await? {
            Some(done) => Ok(done),
            None if self.sent.text("do") == "back" => Ok(respond::see_other(&self.previous(at).await?)),
            None => self.advance(at).await,
        }
    }

    /// Does what a button says that stands on every page of questions; nothing where it leads on.
    ///
    /// # Errors
    /// Where the button is none of this page's, or the database fails.
    pub async fn press(&self) -> Result<Option<HttpResponse>, WebError> {
        let button = self.pressed();
        let words: Vec<&str> = button.split(':').collect();
        let done = match words.as_slice() {
            ["autosave"] => self.kept(),
            ["later"] => respond::see_other(&self.page("/saved")),
            ["language", _] => self.again(""),
            ["add", field] => {
                let anchor = self.add_row(field).await?;
                self.again(&anchor)
            }
            ["remove", field, row] => {
                self.remove(&format!("{field}-{row}-"), None).await?;
                self.again(&format!("#{field}-add"))
            }
            ["drop", field, file] => {
                self.remove(field, Some(file)).await?;
                self.again(&format!("#{field}"))
            }
            ["earlier"] => {
                let anchor = self.take_over().await?;
                self.again(&anchor)
            }
            ["find", field] => {
                let query = encode(self.sent.text(&format!("{field}-q")));
                self.again(&format!("?find={}&q={query}#{field}", encode(field)))
            }
            _ => return Ok(None),
        };
        Ok(Some(done))
    }

    /// A page of this draft.
    fn page(&self, rest: &str) -> String {
        Side::of(self.req).draft(&self.draft.id, rest)
    }

    /// The same page again, at a place of it.
    fn again(&self, rest: &str) -> HttpResponse {
        respond::see_other(&format!("{}{rest}", self.here))
    }

    /// For the script: where the page saves to from now on, and what to say.
    fn kept(&self) -> HttpResponse {
        let l = self.app.locale(self.draft.language);
        let kept = Kept {
            action: self.here.clone(),
            draft_key: key_of(self.app, &self.draft),
            said: l.a("saved-at", "time", clock(&self.draft.saved_at)),
        };
        let mut response = HttpResponse::Ok().json(kept);
        respond::no_store(&mut response);
        response
    }

    /// The button that was meant: Enter in a search box is Find, not Continue, as long as nothing is chosen.
    fn pressed(&self) -> String {
        let looks_up = |field: &&Field| {
            let name = field.id.as_str();
            matches!(field.kind, FieldKind::Publication { .. })
                && self.draft.pairs.get(name).is_none()
                && !self.sent.text(&format!("{name}-q")).trim().is_empty()
        };
        match self.step.fields.iter().find(looks_up) {
            Some(field) if self.sent.text("do") == "continue" => format!("find:{}", field.id),
            _ => self.sent.text("do").to_owned(),
        }
    }

    async fn previous(&self, at: usize) -> Result<String, WebError> {
        let draft = &self.draft;
        let parsed = parse(self.app, self.form, &draft.pairs, owner(draft), draft.language).await?;
        let before = self.form.steps().iter().take(at);
        Ok(match before.rev().find(|step| fields::has_questions(step, &parsed.answers)) {
            Some(step) => self.page(&format!("/steps/{}", step.id)),
            None => Side::of(self.req).before(self.form),
        })
    }

    /// Fills the questions nobody answered yet with what was given before; gives the fragment of the first.
    async fn take_over(&self) -> Result<String, WebError> {
        let offered = earlier::offered(self.app, self.req, &self.draft, self.step).await?;
        let mut pairs = self.draft.pairs.clone();
        for (name, value) in offered.iter() {
            if pairs.get(name).unwrap_or_default().trim().is_empty() {
                pairs.set(name, value);
            }
        }
        self.save(pairs).await?;
        Ok(offered.iter().next().map(|(name, _)| format!("#{name}")).unwrap_or_default())
    }

    /// Adds an empty row; gives the fragment of its first control.
    async fn add_row(&self, name: &str) -> Result<String, WebError> {
        let field = self.step.fields.iter().find(|field| field.id.as_str() == name).ok_or(WebError::Unreadable)?;
        let FieldKind::Rows { fields, max, .. } = &field.kind else { return Err(WebError::Unreadable) };
        let rows = self.draft.pairs.rows(field);
        // Without any row typed, the page shows an empty first one; the new one is the second.
        let next = rows.last().map_or(1, |last| last + 1);
        let mut pairs = self.draft.pairs.clone();
        let first = fields.first().map(|sub| format!("{name}-{next}-{}", sub.id)).ok_or(WebError::Unreadable)?;
        if rows.len() < *max {
            if let (true, Some(sub)) = (rows.is_empty(), fields.first()) {
                pairs.push(format!("{name}-0-{}", sub.id), "");
            }
            pairs.push(first.as_str(), "");
        }
        self.save(pairs).await?;
        Ok(format!("#{first}"))
    }

    /// Takes a row, or one file, out of the draft.
    async fn remove(&self, name: &str, value: Option<&str>) -> Result<(), WebError> {
        let gone = |n: &str, v: &str| match value {
            None => n.starts_with(name),
            Some(value) => n == name && v == value,
        };
        self.save(Pairs(self.draft.pairs.0.iter().filter(|(n, v)| !gone(n, v)).cloned().collect())).await
    }

    /// Saves the step once more, as the button changed it.
    async fn save(&self, sent: Pairs) -> Result<(), WebError> {
        let step = self.step.clone();
        let turn = Turn::read(self.sent.text("turn")).map(|turn| turn.seeing(&step, &self.draft.pairs));
        let saving = Saving { step, sent, turn, language: self.draft.language, mail_language: None };
        draft::save(self.app, &self.draft.id, saving).await.map_err(|stop| WebError::of(stop, WebError::from))?;
        Ok(())
    }

    /// Continue: to the next step with questions, or to the check page; the same page again where something is wrong.
    async fn advance(&self, at: usize) -> Result<HttpResponse, WebError> {
        let (app, form, draft) = (self.app, self.form, &self.draft);
        let parsed = parse(app, form, &draft.pairs, owner(draft), draft.language).await?;
        let file_errors = file_errors(&self.sent.files, &app.locale(draft.language));
        let to_check = self.sent.text("return") == "check";
        if !parsed.errors.of_step(self.step).is_empty() || !file_errors.is_empty() {
            let ways = Ways { to: to_check.then(|| "check".to_owned()), ..Ways::default() };
            let scene = Scene {
                draft: Some(draft),
                refused: Some(parsed),
                file_errors,
                ..Scene::new(form, at, &draft.pairs, &ways)
            };
            return Ok(respond::revisitable(StatusCode::UNPROCESSABLE_ENTITY, &scene.page(app, self.req).await?));
        }
        let rest = form.steps().iter().skip(at + 1).find(|step| fields::has_questions(step, &parsed.answers));
        let next = rest.filter(|_| !to_check).map(|step| format!("/steps/{}", step.id));
        Ok(respond::see_other(&self.page(next.as_deref().unwrap_or("/check"))))
    }
}

/// What the script is told of an autosave.
#[derive(Serialize)]
struct Kept {
    action: String,
    draft_key: String,
    said: String,
}

/// What was wrong with files, each named, each with a way out.
#[must_use]
pub fn file_errors(files: &[Upload], l: &Locale) -> Vec<Message> {
    files
        .iter()
        .filter_map(|upload| upload.outcome.as_ref().err().map(|refused| file_error(upload, refused, l)))
        .collect()
}

fn file_error(upload: &Upload, refused: &FileRefusal, l: &Locale) -> Message {
    let code = match refused {
        FileRefusal::Empty => "file-empty",
        FileRefusal::TooBig => "file-too-big",
        FileRefusal::WrongType => "file-wrong-type",
        FileRefusal::Damaged => "file-damaged",
        FileRefusal::Interrupted => "file-interrupted",
        FileRefusal::TooMany => "file-too-many",
        FileRefusal::Failed(error) => {
            tracing::error!(%error, "an upload could not be kept");
            "file-failed"
        }
    };
    let text = l.with(code, &[("name", Arg::Text(&upload.name)), ("max", Arg::Text(&l.size(&LARGEST)))]);
    Message { name: upload.field.clone(), anchor: upload.field.clone(), code, text }
}

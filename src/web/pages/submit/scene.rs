//! One page of a step, put together from the form, what was typed and what was found.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpRequest;
use askama::Template;
use serde::Deserialize;

use super::controls::FieldView;
use super::fields::{self, Typed};
use super::lookup::look_up;
use super::{owner, parse};
use crate::actions::attach::LARGEST;
use crate::app::App;
use crate::domain::reference::Reference;
use crate::forms::answer::FileRef;
use crate::forms::errors::Message;
use crate::forms::form::{Form, Step};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::forms::parse::Parsed;
use crate::locale::Language;
use crate::store::attachments::{self, Owner};
use crate::store::drafts::Draft;
use crate::store::events;
use crate::store::public::Item;
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::encode;

#[derive(Template)]
#[template(path = "submit/step.html")]
pub struct StepPage {
    f: Frame,
    form: Arc<Form>,
    step: Step,
    number: usize,
    of: usize,
    action: String,
    fields: Vec<FieldView>,
    errors: Vec<Message>,
    warnings: Vec<Message>,
    multipart: bool,
    /// The draft's secret, so that a lost cookie loses nothing.
    draft_key: String,
    /// "10:42", once something was saved.
    saved: Option<String>,
    back_to_check: bool,
    first: bool,
    largest: u64,
    asked: Option<Asked>,
}

/// What a moderator asked to be changed, above the form.
pub struct Asked {
    pub message: String,
}

/// What the address of a step may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Ways {
    /// `check`: Continue leads back there.
    #[serde(rename = "return")]
    pub to: Option<String>,
    /// Words to look a publication up by, and the field they are for.
    pub find: Option<String>,
    pub q: Option<String>,
    /// The record a form is about, from a link on its page.
    pub about: Option<String>,
}

impl Ways {
    /// What goes along to the first draft.
    fn carried(&self) -> String {
        self.about.as_deref().map(|about| format!("?about={}", encode(about))).unwrap_or_default()
    }
}

/// Everything one page of a step is made from.
pub struct Scene<'a> {
    pub form: &'a Arc<Form>,
    pub at: usize,
    pub pairs: &'a Pairs,
    pub draft: Option<&'a Draft>,
    pub draft_key: String,
    pub ways: &'a Ways,
    /// Errors to show beside those of files.
    pub refused: Option<Parsed>,
    pub file_errors: Vec<Message>,
}

impl<'a> Scene<'a> {
    /// A step before anything was typed into it.
    pub fn new(form: &'a Arc<Form>, at: usize, pairs: &'a Pairs, ways: &'a Ways) -> Self {
        Self { form, at, pairs, draft: None, draft_key: String::new(), ways, refused: None, file_errors: Vec::new() }
    }

    /// The page.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn page(self, app: &App, req: &HttpRequest) -> Result<StepPage, WebError> {
        let language = self.draft.map_or(language(req), |draft| draft.language);
        let of = self.draft.map_or(Owner::Api, owner);
        let step = self.form.steps().get(self.at).ok_or(WebError::NotFound)?;
        let refused = self.refused.is_some();
        let parsed = match self.refused {
            Some(ref parsed) => parsed.clone(),
            None => parse(app, self.form, self.pairs, of.clone(), language).await?,
        };
        let f = Frame::new(app, req, step.title.clone()).in_language(app, language);
        let mut errors = if refused { self.form.messages(&parsed.errors.of_step(step), &f.l) } else { Vec::new() };
        errors.extend(self.file_errors.iter().cloned());
        let warnings = self.form.messages(&parsed.warnings.of_step(step), &f.l);
        let (files, found) = (self.files(app, of).await?, self.found(app, step, language).await?);
        let files_url = self.draft.map(|draft| format!("/drafts/{}/attachments", draft.id)).unwrap_or_default();
        let typed = Typed {
            pairs: self.pairs,
            answers: &parsed.answers,
            errors: &errors,
            warnings: &warnings,
            files: &files,
            found: &found,
            files_url: &files_url,
            l: &f.l,
        };
        let fields = fields::views(step, &typed);
        let asked = self.asked(app).await?;
        Ok(StepPage {
            action: match self.draft {
                Some(draft) => format!("/drafts/{}/steps/{}", draft.id, step.id),
                None => f.url(format!("/forms/{}/begin{}", self.form.id(), self.ways.carried())),
            },
            multipart: self.draft.is_some() && fields.iter().any(FieldView::takes_files),
            saved: self.draft.map(|draft| draft.saved_at.format("%H:%M").to_string()),
            back_to_check: self.ways.to.as_deref() == Some("check"),
            first: self.at == 0,
            number: self.at + 1,
            of: self.form.steps().len(),
            step: step.clone(),
            form: Arc::clone(self.form),
            draft_key: self.draft_key,
            largest: LARGEST,
            fields,
            errors,
            warnings: if refused { Vec::new() } else { warnings },
            asked,
            f,
        })
    }

    async fn files(&self, app: &App, owner: Owner) -> Result<HashMap<String, FileRef>, WebError> {
        let wanted = self.form.wanted(self.pairs).files;
        if wanted.is_empty() {
            return Ok(HashMap::new());
        }
        Ok(app.db.read(move |conn| attachments::usable(conn, &wanted, &owner)).await?)
    }

    /// Publications to choose from: what was searched for, with the one that is chosen first.
    async fn found(
        &self,
        app: &App,
        step: &Step,
        language: Language,
    ) -> Result<HashMap<String, (String, Vec<Item>)>, WebError> {
        let mut found = HashMap::new();
        for field in &step.fields {
            let FieldKind::Publication { form } = &field.kind else { continue };
            let searched = self.ways.find.as_deref() == Some(field.id.as_str());
            let chosen = self.pairs.get(field.id.as_str()).and_then(|text| Reference::read(text).ok());
            if !searched && chosen.is_none() {
                continue;
            }
            let query = self.ways.q.clone().filter(|_| searched).unwrap_or_default();
            let Some(form) = app.catalog.form(form, language).cloned() else { continue };
            let (handle, words) = (app.clone(), query.clone());
            let items = app
                .db
                .read(move |conn| look_up(&handle, conn, &form, searched.then_some(words.as_str()), chosen.as_ref()))
                .await?;
            found.insert(field.id.as_str().to_owned(), (query, items));
        }
        Ok(found)
    }

    /// The message above the form while changes are asked for.
    async fn asked(&self, app: &App) -> Result<Option<Asked>, WebError> {
        let Some((id, _)) = self.draft.and_then(|draft| draft.corrects) else { return Ok(None) };
        let message = app.db.read(move |conn| events::last_request(conn, id)).await?;
        Ok(message.map(|message| Asked { message }))
    }
}

//! One page of a step, put together from the form, what was typed and what was found.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpRequest;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::carried::{Carried, Conflict};
use super::controls::FieldView;
use super::fields::{self, Typed};
use super::lookup::look_up;
use super::points::open;
use super::so_far::differing;
use super::{Notice, Side, earlier, labelled, owner, parse};
use crate::actions::attach::LARGEST;
use crate::app::App;
use crate::domain::attachment::Hold;
use crate::domain::reference::Reference;
use crate::forms::answer::{Answers, FileRef};
use crate::forms::errors::Message;
use crate::forms::form::{Form, Role, Step};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::forms::parse::Parsed;
use crate::locale::{Language, Locale};
use crate::store::attachments::{self, Owner};
use crate::store::drafts::Draft;
use crate::store::public::Item;
use crate::store::{Conn, events};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language, mail_language};
use crate::web::pages::points::PointView;
use crate::web::pages::similar::{self, Alike};

#[derive(Template)]
#[template(path = "submit/step.html")]
pub struct StepPage<'a> {
    f: Frame,
    form: &'a Form,
    step: &'a Step,
    number: usize,
    of: usize,
    carried: Carried,
    fields: Vec<FieldView<'a>>,
    errors: Vec<Message>,
    /// About this step, and about the one just left.
    warnings: Vec<Notice>,
    alike: Option<Alike>,
    /// The contact given with an earlier form can be taken over.
    earlier: bool,
    /// What lies before the first step.
    before: String,
    back_to_check: bool,
    /// Staff come back through their list of records, and need no link.
    side: Side,
    first: bool,
    largest: u64,
    asked: Option<Asked>,
    /// The languages to be written to in, on the page that asks for the address.
    letters: Vec<Letters>,
}

/// A language that mails are written in.
pub struct Letters {
    pub language: Language,
    pub chosen: bool,
}

/// What a moderator asked to be changed, above the form.
pub struct Asked {
    pub message: Option<String>,
    /// Points on the whole submission.
    pub points: Vec<PointView>,
    /// Where all points are, if there are any.
    pub all: Option<String>,
}

/// The questions of a step, with what is wrong with them.
pub struct Drawn<'a> {
    pub fields: Vec<FieldView<'a>>,
    pub errors: Vec<Message>,
    pub conflict: Option<Conflict>,
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
}

/// Everything one page of a step is made from.
pub struct Scene<'a> {
    pub form: &'a Arc<Form>,
    pub at: usize,
    pub pairs: &'a Pairs,
    pub draft: Option<&'a Draft>,
    /// What the address brought along, for the first Continue to hand on.
    pub preset: String,
    /// The id of the page that is drawn: its own, unless a page for many is drawn.
    pub page_id: Option<&'a str>,
    pub ways: &'a Ways,
    /// Errors to show beside those below.
    pub refused: Option<Parsed>,
    /// What the form itself does not know of: files that were not taken, answers to points.
    pub file_errors: Vec<Message>,
    /// `pairs` were typed while somebody else changed the draft.
    pub stale: bool,
}

impl<'a> Scene<'a> {
    /// A step before anything was typed into it.
    pub fn new(form: &'a Arc<Form>, at: usize, pairs: &'a Pairs, ways: &'a Ways) -> Self {
        Self {
            form,
            at,
            pairs,
            draft: None,
            preset: String::new(),
            page_id: None,
            ways,
            refused: None,
            file_errors: Vec::new(),
            stale: false,
        }
    }

    /// The page.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn page(self, app: &App, req: &HttpRequest) -> Result<StepPage<'a>, WebError> {
        let side = Side::of(req);
        let step = self.form.steps().get(self.at).ok_or(WebError::NotFound)?;
        let (f, languages) = self.frame(app, req, &step.title);
        let points = match self.draft {
            Some(draft) => open(app, self.form, draft, &f.l).await?,
            None => Vec::new(),
        };
        let action = self.action(side, step, &f);
        let parsed = self.read(app, &f.l).await?;
        let Drawn { fields, errors, conflict } = self.drawn(app, side, (step, &parsed), &points, &f.l).await?;
        Ok(StepPage {
            carried: Carried {
                languages,
                conflict,
                multipart: self.draft.is_some() && fields.iter().any(FieldView::takes_files),
                ..self.carried(app, req, step, action)
            },
            before: f.url(side.before(self.form)),
            back_to_check: self.ways.to.as_deref() == Some("check"),
            side,
            first: self.at == 0,
            number: self.at + 1,
            of: self.form.steps().len(),
            form: self.form,
            step,
            largest: LARGEST,
            fields,
            errors,
            warnings: match self.refused {
                Some(_) => Vec::new(),
                None => self.notices(side, &parsed, step, &f.l),
            },
            alike: self.alike(app, &parsed, &f.l).await?,
            earlier: self.earlier(app, req).await?,
            asked: self.asked(app, side, points).await?,
            letters: self.letters(app, req, step),
            f,
        })
    }

    /// The frame in the draft's language, and the languages to go on in. The page's own buttons switch: a link would lose
    /// what was typed.
    pub fn frame(&self, app: &App, req: &HttpRequest, title: &str) -> (Frame, Vec<Language>) {
        let f = Frame::new(app, req, title.to_owned());
        let languages = f.languages.clone();
        (f.in_language(app, self.draft.map_or(language(req), |draft| draft.language)), languages)
    }

    /// To choose from where the address is asked for, and there is more than one.
    fn letters(&self, app: &App, req: &HttpRequest, step: &Step) -> Vec<Letters> {
        let address = self.form.role(Role::ContactEmail);
        let languages = app.locales.of_mails();
        if languages.len() < 2 || !step.fields.iter().any(|field| Some(&field.id) == address) {
            return Vec::new();
        }
        let chosen = self.draft.map_or_else(|| mail_language(app, req), Draft::letters);
        let chosen = if languages.contains(&chosen) { chosen } else { Language::En };
        languages.into_iter().map(|language| Letters { language, chosen: language == chosen }).collect()
    }

    /// What the page of these questions carries.
    pub fn carried(&self, app: &App, req: &HttpRequest, step: &Step, action: String) -> Carried {
        Carried::new(app, req, self.draft, (step, self.page_id), action)
    }

    /// What could be read of what was typed.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn read(&self, app: &App, l: &Locale) -> Result<Cow<'_, Parsed>, WebError> {
        Ok(match &self.refused {
            Some(refused) => Cow::Borrowed(refused),
            None => {
                let of = self.draft.map_or(Owner::Api, owner);
                Cow::Owned(parse(app, self.form, self.pairs, of, l.language()).await?)
            }
        })
    }

    /// The questions of a step, each below the points about it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn drawn<'s>(
        &self,
        app: &App,
        side: Side,
        (step, parsed): (&'s Step, &Parsed),
        points: &[PointView],
        l: &Locale,
    ) -> Result<Drawn<'s>, WebError> {
        let of = self.draft.map_or(Owner::Api, owner);
        let mut errors = match self.refused {
            Some(_) => self.form.messages(&parsed.errors.of_step(step), l),
            None => Vec::new(),
        };
        errors.extend(self.file_errors.iter().cloned());
        let warnings = self.form.messages(&parsed.warnings.of_step(step), l);
        let (files, found) = (self.files(app, of).await?, self.found(app, step, l.language()).await?);
        let files_url = self.draft.map(|draft| side.draft(&draft.id, "/attachments")).unwrap_or_default();
        let typed = Typed {
            pairs: self.pairs,
            answers: &parsed.answers,
            errors: &errors,
            warnings: &warnings,
            files: &files,
            found: &found,
            files_url: &files_url,
            l,
        };
        let mut fields = fields::views(step, &typed);
        fields.iter_mut().for_each(|field| field.stand_below(points));
        let conflict = self.conflict(app, step, parsed, l).await?;
        Ok(Drawn { fields, errors, conflict })
    }

    /// Where the page is sent.
    fn action(&self, side: Side, step: &Step, f: &Frame) -> String {
        match self.draft {
            Some(draft) => side.draft(&draft.id, &format!("/steps/{}", step.id)),
            None => f.url(format!("{}{}", side.begin(self.form), self.preset)),
        }
    }

    /// The files that were sent, each with why nobody can open it, if nobody can.
    async fn files(&self, app: &App, owner: Owner) -> Result<HashMap<String, (FileRef, Option<Hold>)>, WebError> {
        let wanted = self.form.wanted(self.pairs).files;
        if wanted.is_empty() {
            return Ok(HashMap::new());
        }
        let look = move |conn: &mut Conn| {
            let mut holds = attachments::holds(conn, &wanted)?;
            let files = attachments::usable(conn, &wanted, &owner)?.into_iter();
            Ok(files.map(|(id, file)| (id.clone(), (file, holds.remove(&id)))).collect())
        };
        Ok(app.db.read(look).await?)
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

    /// What was typed beside what somebody else saved.
    async fn conflict(&self, app: &App, step: &Step, mine: &Parsed, l: &Locale) -> Result<Option<Conflict>, WebError> {
        let Some(draft) = self.draft.filter(|_| self.stale) else { return Ok(None) };
        let theirs = parse(app, self.form, &draft.pairs, owner(draft), draft.language).await?;
        let (theirs, mine) = ((&draft.pairs, &theirs.answers), (self.pairs, &mine.answers));
        Ok(Some(Conflict {
            at: clock(&draft.turns.written_at(step).unwrap_or(draft.saved_at)),
            differing: differing(step, theirs, mine, l),
        }))
    }

    /// The step before this one, unless this one was opened to change one answer.
    fn before(&self, answers: &Answers) -> Option<&'a Step> {
        let earlier = self.form.steps().iter().take(self.at).rev();
        let mut asking = earlier.filter(|step| fields::has_questions(step, answers));
        asking.next().filter(|_| self.ways.to.is_none())
    }

    /// Warnings about the step just left, then about this one.
    fn notices(&self, side: Side, parsed: &Parsed, step: &Step, l: &Locale) -> Vec<Notice> {
        let own = labelled(self.form, &parsed.warnings.of_step(step), l);
        let here = |message: &Message| Notice { href: format!("#{}", message.anchor), text: message.text.clone() };
        let left = self.draft.zip(self.before(&parsed.answers)).map(|(draft, step)| {
            let messages = labelled(self.form, &parsed.warnings.of_step(step), l);
            messages
                .iter()
                .map(|message| Notice::of(self.form, &side.draft(&draft.id, ""), message, false))
                .collect::<Vec<_>>()
        });
        left.into_iter().flatten().chain(own.iter().map(here)).collect()
    }

    /// Published records like this one, right after the step that asks for the title.
    async fn alike(&self, app: &App, parsed: &Parsed, l: &Locale) -> Result<Option<Alike>, WebError> {
        let asks = |step: &&Step| {
            self.form.similar().is_some_and(|(title, _)| step.fields.iter().any(|field| field.id == *title))
        };
        let Some(draft) = self.draft.filter(|_| self.before(&parsed.answers).as_ref().is_some_and(asks)) else {
            return Ok(None);
        };
        let itself = draft.corrects.map(|(id, _)| id);
        Ok(similar::published(app, self.form, &parsed.answers, l, itself).await?)
    }

    /// Whether something given before fits the questions of this step, none of which is answered yet.
    async fn earlier(&self, app: &App, req: &HttpRequest) -> Result<bool, WebError> {
        let (Some(draft), Some(step)) = (self.draft, self.form.steps().get(self.at)) else { return Ok(false) };
        let offered = earlier::offered(app, req, draft, step).await?;
        Ok(!offered.is_empty() && offered.iter().all(|(name, _)| self.pairs.get(name).unwrap_or_default().is_empty()))
    }

    /// What stands above the form while changes are asked for.
    async fn asked(&self, app: &App, side: Side, points: Vec<PointView>) -> Result<Option<Asked>, WebError> {
        let message = self.message(app).await?;
        if message.is_none() && points.is_empty() {
            return Ok(None);
        }
        let all = self.draft.filter(|_| !points.is_empty()).map(|draft| side.draft(&draft.id, "/points"));
        let points = points.into_iter().filter(|point| point.field.is_none()).collect();
        Ok(Some(Asked { message, points, all }))
    }

    /// The message of the newest request for changes.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn message(&self, app: &App) -> Result<Option<String>, WebError> {
        let Some((id, _)) = self.draft.and_then(|draft| draft.corrects) else { return Ok(None) };
        Ok(app.db.read(move |conn| events::last_request(conn, id)).await?)
    }
}

/// "10:42", in UTC.
#[must_use]
pub fn clock(at: &DateTime<Utc>) -> String {
    at.format("%H:%M").to_string()
}

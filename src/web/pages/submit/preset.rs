//! What a link to a form brings along: the published record it is about, and what follows from that.

use url::form_urlencoded;

use crate::actions::project;
use crate::app::App;
use crate::domain::reference::Reference;
use crate::forms::answer::{Answer, Answers};
use crate::forms::condition::Condition;
use crate::forms::form::{Field, Form, FormId, Role};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::{Conn, StoreError, public};
use crate::web::respond::encode;

/// What a record has in common with what is written about it.
const SHARED: [Role; 2] = [Role::About, Role::Objectives];

/// Questions that name a published record, and the reference of it.
#[derive(Debug, Clone, Default)]
pub struct Preset(Vec<(String, String)>);

impl Preset {
    /// Reads a query string: `pledge=PLE-…` by the question's own name, or `about=PLE-…` for the question it fits.
    #[must_use]
    pub fn read(app: &App, form: &Form, query: &str) -> Self {
        let mut found: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Ok(reference) = Reference::read(&value) else { continue };
            let named = |field: &&Field| field.id.as_str() == name || name == "about";
            let field = form.fields().filter(named).find(|field| takes(app, field, &reference));
            let Some(field) = field else { continue };
            if !found.iter().any(|(known, _)| known == field.id.as_str()) {
                found.push((field.id.as_str().to_owned(), reference.as_str().to_owned()));
            }
        }
        Self(found)
    }

    /// The questions and their references, to be handed on in a form.
    #[must_use]
    pub fn named(&self) -> &[(String, String)] {
        &self.0
    }

    /// As a query string, to be handed on; empty where there is nothing.
    #[must_use]
    pub fn query(&self) -> String {
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// The answers it gives.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn pairs(self, app: &App, form: &Form) -> Result<Pairs, StoreError> {
        if self.0.is_empty() {
            return Ok(Pairs::default());
        }
        let (handle, form) = (app.clone(), form.clone());
        app.db.read(move |conn| fill(&handle, conn, &form, &self.0)).await
    }
}

/// The form whose publications answer a question.
fn target(field: &Field) -> Option<&FormId> {
    if let FieldKind::Publication { form } = &field.kind { Some(form) } else { None }
}

fn takes(app: &App, field: &Field, reference: &Reference) -> bool {
    let form = target(field).and_then(|form| app.catalog.form(form, Language::En));
    form.is_some_and(|form| form.words().prefix == reference.prefix())
}

fn fill(app: &App, conn: &mut Conn, form: &Form, named: &[(String, String)]) -> Result<Pairs, StoreError> {
    let mut pairs = Pairs::default();
    for (name, reference) in named {
        let Some(field) = form.fields().find(|field| field.id.as_str() == name) else { continue };
        if let Some(Condition::Is(on, values)) = &field.show_if
            && pairs.get(on.as_str()).is_none()
        {
            // What the question hangs on, or it would not be asked.
            pairs.push(on.as_str(), values.first().map_or("", String::as_str));
        }
        pairs.push(name.as_str(), reference.as_str());
        let Some(of) = target(field) else { continue };
        let Some(item) = public::find(conn, of.as_str(), reference)? else { continue };
        let theirs = app.form_version(conn, &item.form_version, item.language)?;
        let answers = project::load(&theirs, &item.public_json)?;
        for role in SHARED {
            share(&mut pairs, form, (&theirs, &answers), role);
        }
    }
    Ok(pairs)
}

/// Takes over what the record answered in a role, as far as it fits and nothing stands there.
fn share(pairs: &mut Pairs, form: &Form, (theirs, answers): (&Form, &Answers), role: Role) {
    let own = form.role(role).and_then(|id| form.field(id));
    let their = theirs.role(role).and_then(|id| Some((theirs.field(id)?, answers.get(id)?)));
    let (Some(own), Some((field, answer))) = (own, their) else { return };
    if pairs.get(own.id.as_str()).is_some() {
        return;
    }
    match answer {
        Answer::Publication(named) if target(own) == target(field) => {
            pairs.push(own.id.as_str(), named.reference.as_str());
        }
        Answer::Choices(values) => {
            let fits = |value: &&String| own.kind.options().is_some_and(|options| options.find(value).is_some());
            for value in values.iter().filter(fits) {
                pairs.push(own.id.as_str(), value.as_str());
            }
        }
        Answer::Publication(_)
        | Answer::Text(_)
        | Answer::Number(_)
        | Answer::Money(_)
        | Answer::Date(_)
        | Answer::Month(_)
        | Answer::Meeting(_)
        | Answer::YesNo(_)
        | Answer::Choice(_)
        | Answer::Rows(_)
        | Answer::Files(_)
        | Answer::Consent => {}
    }
}

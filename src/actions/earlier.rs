//! What somebody gave with an earlier form, for the same questions of another one. Reads only.

use crate::app::App;
use crate::forms::form::{Form, Step};
use crate::forms::pairs::Pairs;
use crate::store::{Conn, StoreError, drafts, submissions};

/// Where it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// By its id.
    Draft(String),
    /// By its reference.
    Submission(String),
}

impl Source {
    /// What the key of the browser is made over. A submission's ends with its links.
    #[must_use]
    pub fn secret(&self, generation: i64) -> String {
        match self {
            Self::Draft(id) => format!("draft {id}"),
            Self::Submission(reference) => format!("submission {reference} {generation}"),
        }
    }
}

/// Answers given before to the questions of a step, for the holder of the key. The same question is one for the same
/// thing about the sender, as `autocomplete` says it.
///
/// # Errors
/// Where the database fails.
pub async fn answers(app: &App, source: Source, key: &str, step: &Step) -> Result<Pairs, StoreError> {
    let asks = step.fields.iter().any(|field| field.autocomplete.is_some());
    if !asks {
        return Ok(Pairs::default());
    }
    let (handle, key, step) = (app.clone(), key.to_owned(), step.clone());
    app.db
        .read(move |conn| {
            let given = match &source {
                Source::Draft(id) => of_draft(&handle, conn, &source, id, &key)?,
                Source::Submission(reference) => of_submission(&handle, conn, &source, reference, &key)?,
            };
            Ok(given.map(|(form, pairs)| matching(&form, &pairs, &step)).unwrap_or_default())
        })
        .await
}

type Given = Option<(std::sync::Arc<Form>, Pairs)>;

fn of_draft(app: &App, conn: &mut Conn, source: &Source, id: &str, key: &str) -> Result<Given, StoreError> {
    if !app.keys.recalls(&source.secret(0), key) {
        return Ok(None);
    }
    let draft = drafts::find(conn, id)?.filter(|draft| draft.expires_at > app.clock.now());
    Ok(draft.and_then(|draft| Some((app.catalog.form(&draft.form, draft.language)?.clone(), draft.pairs))))
}

fn of_submission(app: &App, conn: &mut Conn, source: &Source, of: &str, key: &str) -> Result<Given, StoreError> {
    let Some(submission) = submissions::find(conn, of)? else { return Ok(None) };
    if !app.keys.recalls(&source.secret(submission.link_generation), key) {
        return Ok(None);
    }
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
    let pairs = form.pairs(&answers);
    Ok(Some((form, pairs)))
}

fn matching(form: &Form, given: &Pairs, step: &Step) -> Pairs {
    let same = |token: &str| {
        let field = form.fields().find(|field| field.autocomplete.as_deref() == Some(token))?;
        given.get(field.id.as_str()).filter(|text| !text.trim().is_empty())
    };
    let found = step.fields.iter().filter_map(|field| Some((field.id.as_str(), same(field.autocomplete.as_deref()?)?)));
    found.collect()
}

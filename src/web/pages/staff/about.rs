//! Pages about one record besides the record's own: what stands on top of each, and how it is loaded.

use std::sync::Arc;

use actix_web::HttpRequest;

use super::record::read_reference;
use crate::app::App;
use crate::domain::projection::role_text;
use crate::forms::answer::Answers;
use crate::forms::form::{Form, Role};
use crate::locale::{Language, Locale};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, StoreError};
use crate::web::errors::WebError;
use crate::web::frame::language;

/// A record as it stands.
pub struct Subject {
    pub submission: Submission,
    pub form: Arc<Form>,
    pub answers: Answers,
}

/// What stands on top.
pub struct Head {
    pub noun: String,
    pub reference: String,
    pub title: String,
    pub lang: &'static str,
}

impl Subject {
    fn find(app: &App, conn: &mut Conn, reference: &str, language: Language) -> Result<Option<Self>, StoreError> {
        let Some(submission) = submissions::find(conn, reference)? else { return Ok(None) };
        let (form, answers) = app.answers(conn, submission.id, submission.head_revision, language)?;
        Ok(Some(Self { submission, form, answers }))
    }

    pub fn head(&self, l: &Locale) -> Head {
        let title = role_text(&self.form, &self.answers, Role::Title, l);
        let reference = self.submission.reference.clone();
        Head {
            noun: self.form.words().noun.clone(),
            title: if title.trim().is_empty() { reference.clone() } else { title },
            lang: self.submission.language.tag(),
            reference,
        }
    }
}

/// A record by its reference, with what else is read of it.
///
/// # Errors
/// Where there is none.
pub async fn load<T: Send + 'static>(
    app: &App,
    req: &HttpRequest,
    reference: &str,
    more: impl FnOnce(&App, &mut Conn, &Subject) -> Result<T, StoreError> + Send + 'static,
) -> Result<(Subject, T), WebError> {
    let (reference, handle, spoken) = (read_reference(reference)?, app.clone(), language(req));
    let found = app.db.read(move |conn| {
        let Some(subject) = Subject::find(&handle, conn, reference.as_str(), spoken)? else { return Ok(None) };
        let rest = more(&handle, conn, &subject)?;
        Ok(Some((subject, rest)))
    });
    found.await?.ok_or(WebError::NotFound)
}

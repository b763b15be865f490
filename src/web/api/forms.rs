//! `GET /api/v1/forms`: what can be submitted, said so that a program can ask it.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::fields::steps;
use crate::app::App;
use crate::forms::form::{Form, FormId, Lifecycle};
use crate::forms::kind::FieldKind;
use crate::locale::{Language, Locale};
use crate::store::{Conn, StoreError, public};
use crate::web::errors::WebError;
use crate::web::frame::language;
use crate::web::respond::State;

/// All forms the public can submit.
///
/// # Errors
/// Where the database fails.
pub async fn list(req: HttpRequest, app: State) -> Result<HttpResponse, WebError> {
    let spoken = language(&req);
    let forms: Vec<_> = app.catalog.all(spoken).filter(|form| is_open(form)).cloned().collect();
    let forms = describe(&app, forms, spoken).await?;
    Ok(super::open(&json!({ "forms": forms })))
}

/// One of them.
///
/// # Errors
/// Where there is no such form.
pub async fn show(req: HttpRequest, app: State, id: web::Path<String>) -> Result<HttpResponse, WebError> {
    let spoken = language(&req);
    let form = submittable(&app, &id, spoken)?;
    let shown = describe(&app, vec![form], spoken).await?.pop();
    Ok(super::open(&shown.ok_or(WebError::NotFound)?))
}

/// A form that the public can submit.
///
/// # Errors
/// Where there is none with this id.
pub fn submittable(app: &App, id: &str, language: Language) -> Result<Arc<Form>, WebError> {
    app.catalog.find(id, language).filter(|form| is_open(form)).cloned().ok_or(WebError::NotFound)
}

/// Whether a form is for everybody, not kept by staff alone.
pub fn is_open(form: &Form) -> bool {
    match form.lifecycle() {
        Lifecycle::Publication | Lifecycle::Request => true,
        Lifecycle::Record => false,
    }
}

async fn describe(app: &App, forms: Vec<Arc<Form>>, language: Language) -> Result<Vec<Value>, StoreError> {
    let handle = app.clone();
    app.db
        .read(move |conn| {
            let l = handle.locale(language);
            forms.iter().map(|form| Ok(definition(form, &l, &example(conn, form)?))).collect()
        })
        .await
}

fn definition(form: &Form, l: &Locale, example: &Value) -> Value {
    let words = form.words();
    json!({
        "id": form.id().as_str(),
        "title": words.title,
        "noun": words.noun,
        "lifecycle": lifecycle(form.lifecycle()),
        "collection": form.collection(),
        "language": l.language().code(),
        "steps": steps(form, l),
        "schema": form.json_schema(l),
        "example": example,
    })
}

fn lifecycle(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Publication => "publication",
        Lifecycle::Request => "request",
        Lifecycle::Record => "record",
    }
}

/// The least that is accepted, with a published record where one must be named, as long as there is one.
fn example(conn: &mut Conn, form: &Form) -> Result<Value, StoreError> {
    let mut example = form.example();
    for field in form.fields() {
        let (FieldKind::Publication { form: of }, Some(value)) = (&field.kind, example.get_mut(field.id.as_str()))
        else {
            continue;
        };
        if let Some(reference) = newest(conn, of)? {
            *value = Value::from(reference);
        }
    }
    Ok(example)
}

fn newest(conn: &mut Conn, form: &FormId) -> Result<Option<String>, StoreError> {
    Ok(public::lookup(conn, form.as_str(), "", 1)?.into_iter().next().map(|item| item.reference))
}

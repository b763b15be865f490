//! `GET /api/openapi.json`: the description of all this, made from the forms there are.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::forms::is_open;
use crate::app::App;
use crate::forms::export::Format;
use crate::forms::form::Form;
use crate::locale::Locale;
use crate::web::frame::language;
use crate::web::pages::public::facets::Words;
use crate::web::respond::State;

/// The document.
pub async fn document(req: HttpRequest, app: State) -> HttpResponse {
    super::open(&describe(&app, &app.locale(language(&req))))
}

fn describe(app: &App, l: &Locale) -> Value {
    let mut paths = Map::new();
    paths.insert(
        "/forms".to_owned(),
        json!({ "get": get("listForms", "Forms that can be submitted", &[], &schema("Forms")) }),
    );
    let forms: Vec<&str> =
        app.catalog.all(l.language()).filter(|form| is_open(form)).map(|form| form.id().as_str()).collect();
    let form = json!({ "name": "form", "in": "path", "required": true, "schema": { "enum": forms } });
    paths.insert("/forms/{form}".to_owned(), json!({ "get": get("showForm", "A form with its questions, schema and example", std::slice::from_ref(&form), &schema("Form")) }));
    paths.insert("/uploads".to_owned(), json!({ "post": upload() }));
    paths.insert("/forms/{form}/submissions".to_owned(), json!({ "post": submit(&form) }));
    for (form, collection) in app.catalog.all(l.language()).filter_map(|form| Some((form, form.collection()?))) {
        add_collection(&mut paths, &Words { app, form, l }, collection);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": l.t("api-title"), "version": "1", "description": l.t("api-description") },
        "servers": [{ "url": format!("{}/api/v1", app.base()) }],
        "paths": paths,
        "components": { "schemas": schemas() },
    })
}

fn add_collection(paths: &mut Map<String, Value>, words: &Words<'_>, collection: &str) {
    let (filters, plural) = (filters(words), &words.form.words().plural);
    let mut list = filters.clone();
    list.push(query(
        "page",
        "From 1; past the end the list is empty",
        &json!({ "type": "integer", "minimum": 1, "default": 1 }),
    ));
    list.push(query(
        "per_page",
        "Records on a page",
        &json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 20 }),
    ));
    let get = |id: &str, summary: &str, parameters: &[Value], content: &Value| json!({ "get": get(&format!("{id}:{collection}"), summary, parameters, content) });
    let reference = json!({
        "name": "reference", "in": "path", "required": true, "schema": { "type": "string" },
        "description": "As people see it; in any case and without dashes it leads on to its written form",
    });
    paths.insert(format!("/{collection}"), get("list", &format!("Published: {plural}"), &list, &schema("List")));
    paths.insert(
        format!("/{collection}/{{reference}}"),
        get("show", &words.form.words().noun, &[reference], &schema("Record")),
    );
    let records = json!({ "type": "array", "items": schema("Record") });
    let text = json!({ "type": "string" });
    for (format, schema) in [
        (Format::Json, &records),
        (Format::Jsonl, &text),
        (Format::Csv, &text),
        (Format::Xlsx, &json!({ "type": "string", "format": "binary" })),
    ] {
        let mut export = get(&format!("export-{}", format.as_str()), &format!("Open data: {plural}"), &filters, schema);
        let media_type = format.media_type().split(';').next().unwrap_or_default();
        if let Some(content) = export.pointer_mut("/get/responses/200/content") {
            *content = json!({ media_type: { "schema": schema } });
        }
        paths.insert(format!("/export/{collection}.{}", format.as_str()), export);
    }
}

/// What narrows and orders a list.
fn filters(words: &Words<'_>) -> Vec<Value> {
    let mut parameters = vec![
        query("q", "Words to search for", &json!({ "type": "string", "maxLength": 200 })),
        query(
            "sort",
            "Without it: the best match first, or the newest",
            &json!({ "enum": ["newest", "oldest", "title"] }),
        ),
    ];
    parameters
        .extend(words.form.facets().iter().map(|facet| facet_parameter(words.form, &facet.name, &words.name(facet))));
    parameters
}

/// Repeatable; a record passes with any of the values.
fn facet_parameter(form: &Form, name: &str, label: &str) -> Value {
    let field = form.fields().find(|field| field.facet.as_deref() == Some(name)).and_then(|field| field.kind.options());
    let values: Option<Vec<&str>> = field.map(|options| options.iter().map(|choice| choice.value.as_str()).collect());
    let items =
        values.map_or_else(|| json!({ "type": "string" }), |values| json!({ "type": "string", "examples": values }));
    let mut parameter = query(name, label, &json!({ "type": "array", "items": items }));
    if let Some(parameter) = parameter.as_object_mut() {
        parameter.insert("explode".to_owned(), json!(true));
    }
    parameter
}

fn query(name: &str, description: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn problem(description: &str) -> Value {
    json!({ "description": description, "content": { "application/problem+json": { "schema": schema("Problem") } } })
}

fn get(id: &str, summary: &str, parameters: &[Value], body: &Value) -> Value {
    let mut responses = Map::from_iter([("200".to_owned(), json!({ "description": "OK", "content": content(body) }))]);
    if parameters.iter().any(|parameter| parameter.get("in") == Some(&json!("path"))) {
        responses.insert("404".to_owned(), problem("There is none, or it is not published"));
    }
    json!({ "operationId": id, "summary": summary, "parameters": parameters, "responses": responses })
}

fn upload() -> Value {
    let file = json!({ "type": "object", "properties": { "file": { "type": "string", "contentMediaType": "application/octet-stream" } } });
    json!({
        "operationId": "upload",
        "summary": "A file, to be named once in the answers of a submission as {\"upload\": id}",
        "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": file } } },
        "responses": {
            "201": { "description": "Taken", "content": content(&schema("Upload")) },
            "400": problem("The body cannot be read"),
            "413": problem("The file has more than 10 MB"),
            "415": problem("Not multipart/form-data"),
            "422": problem("No file, several files, an empty file, or one of a type that is not taken"),
        },
    })
}

fn submit(form: &Value) -> Value {
    let key = json!({
        "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
        "description": "The same key with the same answers is answered the same and changes nothing",
    });
    let body = json!({
        "type": "object",
        "properties": {
            "answers": { "type": "object", "description": "As the form's schema says" },
            "locale": { "enum": ["en", "fr", "es", "ru", "ar", "zh"], "description": "The language it is written in and answered in" },
        },
        "required": ["answers"],
        "additionalProperties": false,
    });
    json!({
        "operationId": "submit",
        "summary": "Submits a form. The answer comes once it is durable",
        "parameters": [form, key],
        "requestBody": { "required": true, "content": content(&body) },
        "responses": {
            "201": { "description": "Submitted", "content": content(&schema("Receipt")) },
            "400": problem("The body is not JSON, or the key cannot be used"),
            "404": problem("There is no such form"),
            "413": problem("The body has more than 512 KiB"),
            "415": problem("Not application/json"),
            "422": problem("Some answers cannot be taken: see errors; or the key was used for other answers"),
        },
    })
}

/// An object whose keys are always there, but for the last ones.
fn object(always: &Value, sometimes: &Value) -> Value {
    let keys = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let required: Vec<String> = keys(always).into_iter().map(|(key, _)| key).collect();
    let properties: Map<String, Value> = keys(always).into_iter().chain(keys(sometimes)).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn whole(always: &Value) -> Value {
    object(always, &json!({}))
}

fn list_of(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn schemas() -> Value {
    let (text, number) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let (anything, uri) = (json!({ "type": "object" }), json!({ "type": "string", "format": "uri" }));
    let wrong = whole(&json!({ "field": text, "code": text, "message": text }));
    let problem = json!({ "type": text, "title": text, "status": number, "detail": text });
    json!({
        "Forms": whole(&json!({ "forms": list_of(&schema("Form")) })),
        "Form": whole(&json!({
            "id": text, "title": text, "noun": text, "lifecycle": { "enum": ["publication", "request"] },
            "collection": { "type": ["string", "null"] }, "language": text, "steps": list_of(&anything),
            "schema": { "type": "object", "description": "JSON Schema 2020-12 of the answers" },
            "example": { "type": "object", "description": "The least answers that are accepted" },
        })),
        "Upload": whole(&json!({ "upload": text })),
        "Receipt": whole(&json!({ "reference": text, "status": text, "status_url": uri })),
        "List": list(&text, &number),
        "Record": record(&text, &uri),
        "Problem": object(&problem, &json!({ "errors": list_of(&wrong) })),
    })
}

fn list(text: &Value, number: &Value) -> Value {
    let count = whole(&json!({ "value": text, "label": text, "count": number }));
    whole(&json!({
        "total": number, "page": number, "per_page": number, "items": list_of(&schema("Record")),
        "facets": {
            "type": "object", "additionalProperties": list_of(&count),
            "description": "Each count is the number of records after choosing it beside all the other filters",
        },
    }))
}

fn record(text: &Value, uri: &Value) -> Value {
    let instant = json!({ "type": "string", "format": "date-time" });
    let always = json!({
        "reference": text, "title": text, "organization": text, "language": text, "published": instant, "updated": instant,
        "url": uri, "facets": { "type": "object", "additionalProperties": list_of(text) }, "answers": { "type": "object" },
    });
    object(&always, &json!({ "reports": list_of(&schema("Record")) }))
}

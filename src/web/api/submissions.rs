//! `POST /api/v1/forms/{form}/submissions`: the same form, the same rules, from a program.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::web::{self, BytesMut};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;
use serde_json::{Map, Value, json};

use super::forms::submittable;
use super::problems::{ApiError, Wrong};
pub use super::uploads::upload;
use crate::actions::submit::{self, Order, Receipt, Refusal};
use crate::app::App;
use crate::domain::links::Purpose;
use crate::domain::reference::Reference;
use crate::forms::answer::Answers;
use crate::forms::form::{Form, FormId};
use crate::forms::parse::{Known, Wanted};
use crate::locale::{Language, Locale};
use crate::store::attachments::{self, Owner};
use crate::store::submissions::Channel;
use crate::store::{Conn, Stop, StoreError, public};
use crate::web::errors::WebError;
use crate::web::frame::language;
use crate::web::pages::window;
use crate::web::respond::{self, State};

/// Most bytes of a body.
const LARGEST: usize = 512 * 1024;

/// Most bytes that are still read, and dropped, of a body that is too large, so that its sender hears the answer.
const DRAINED: usize = 16 * LARGEST;

/// Most characters of a key.
const KEY: usize = 200;

/// Takes a submission.
///
/// # Errors
/// Where it is not taken.
pub async fn create(
    req: HttpRequest,
    app: State,
    form: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let spoken = language(&req);
    let form = submittable(&app, &form, spoken)?.id().clone();
    match take(&app, &req, &form, payload).await {
        Ok(receipt) => Ok(created(&app, &receipt)),
        Err((error, language)) => error.answer(&app.locale(language)),
    }
}

/// What a body holds.
struct Body {
    answers: Map<String, Value>,
    language: Language,
}

/// Errors come with the language they are told in: that of the submission, once it is known.
async fn take(
    app: &App,
    req: &HttpRequest,
    form: &FormId,
    payload: web::Payload,
) -> Result<Receipt, (ApiError, Language)> {
    let spoken = language(req);
    let told = |error: ApiError| (error, spoken);
    let key = key(req.headers()).map_err(told)?;
    let bytes = read(req.headers(), payload).await.map_err(told)?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|_| told(ApiError::NotJson))?;
    let body = body(value, spoken, &app.locale(spoken)).map_err(told)?;
    let language = body.language;
    hand_in(app, form, body, key).await.map_err(|error| (error, language))
}

/// The key of the request, if it has one.
fn key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().map_err(|_| ApiError::BadKey)?.trim();
    let fits = (1..=KEY).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(Some(text.to_owned())) } else { Err(ApiError::BadKey) }
}

async fn read(headers: &HeaderMap, mut payload: web::Payload) -> Result<BytesMut, ApiError> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let (media_type, rest) = kind.split_once(';').unwrap_or((&kind, ""));
    if media_type.trim() != "application/json" || (rest.contains("charset") && !rest.contains("utf-8")) {
        return Err(WebError::MediaType.into());
    }
    let (mut body, mut length) = (BytesMut::new(), 0usize);
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| WebError::Unreadable)?;
        length = length.saturating_add(chunk.len());
        if length > DRAINED {
            break;
        }
        if length <= LARGEST {
            body.extend_from_slice(&chunk);
        }
    }
    if length > LARGEST { Err(WebError::TooLarge.into()) } else { Ok(body) }
}

/// Reads `{"answers": {…}, "locale": "en"}` and nothing else.
fn body(value: Value, spoken: Language, l: &Locale) -> Result<Body, ApiError> {
    let wrong = |field: &str, code: &str| Wrong {
        field: field.chars().take(KEY).collect(),
        code: code.to_owned(),
        message: l.t(&format!("api-wrong-{code}")),
    };
    let Value::Object(mut object) = value else { return Err(ApiError::Wrong(vec![wrong("", "not-an-object")])) };
    let mut found = Vec::new();
    let language = match object.remove("locale") {
        None | Some(Value::Null) => Some(spoken),
        Some(locale) => locale.as_str().and_then(Language::read),
    };
    if language.is_none() {
        found.push(wrong("locale", "no-such-language"));
    }
    let answers = match object.remove("answers") {
        Some(Value::Object(answers)) => answers,
        _ => {
            found.push(wrong("answers", "no-answers"));
            Map::new()
        }
    };
    found.extend(object.keys().map(|key| wrong(key, "unknown-key")));
    match language.filter(|_| found.is_empty()) {
        Some(language) => Ok(Body { answers, language }),
        None => Err(ApiError::Wrong(found)),
    }
}

async fn hand_in(app: &App, id: &FormId, body: Body, key: Option<String>) -> Result<Receipt, ApiError> {
    let Body { answers, language } = body;
    let form = app.catalog.form(id, language).cloned().ok_or(WebError::NotFound)?;
    let digest = submit::digest(&form, answers.clone());
    if let Some(before) = before(app, key.clone(), digest.clone()).await? {
        return Ok(before);
    }
    let wanted = form.wanted_json(&answers);
    let known = match wanted.files.is_empty() && wanted.publications.is_empty() {
        true => Known::default(),
        false => app.db.read(move |conn| known(conn, &wanted)).await?,
    };
    let l = app.locale(language);
    let answers = parse(&form, &answers, &known, &l)?;
    let title = form.words().title.clone();
    let limited = app.config.suspects_robots();
    let order = Order { key, digest, limited, ..Order::new(form, answers, language, Channel::Api) };
    submit::submit(app, order).await.map_err(|stop| match stop {
        Stop::Refused(Refusal::Shut(shut)) => ApiError::Wrong(vec![Wrong {
            field: shut.about.as_ref().map(|named| named.field.clone()).unwrap_or_default(),
            code: "not-open".to_owned(),
            message: window::refusal(app, &l, &shut, &title),
        }]),
        stop @ (Stop::Refused(_) | Stop::Failed(_)) => refused(stop),
    })
}

/// What the same key made before.
async fn before(app: &App, key: Option<String>, digest: String) -> Result<Option<Receipt>, ApiError> {
    let Some(key) = key else { return Ok(None) };
    let found = app.db.read(move |conn| match submit::answered(conn, &key, &digest) {
        Ok(receipt) => Ok(Ok(receipt)),
        Err(Stop::Refused(refusal)) => Ok(Err(refusal)),
        Err(Stop::Failed(error)) => Err(error),
    });
    found.await.map_err(WebError::from)?.map_err(|refusal| refused(Stop::Refused(refusal)))
}

fn refused(stop: Stop<Refusal>) -> ApiError {
    match stop {
        Stop::Refused(Refusal::KeyTaken) => ApiError::KeyTaken,
        Stop::Refused(Refusal::DraftGone | Refusal::FileTaken | Refusal::FileInfected | Refusal::Shut(_)) => {
            WebError::Conflict.into()
        }
        Stop::Failed(error) => error.into(),
    }
}

fn parse(form: &Form, answers: &Map<String, Value>, known: &Known, l: &Locale) -> Result<Answers, ApiError> {
    let parsed = form.parse_json(answers, known, l);
    if parsed.errors.is_empty() {
        return Ok(parsed.answers);
    }
    let messages = form.messages(&parsed.errors, l).into_iter();
    Err(ApiError::Wrong(
        messages.map(|said| Wrong { field: said.name, code: said.code.to_owned(), message: said.text }).collect(),
    ))
}

/// Looks up what the answers name.
fn known(conn: &mut Conn, wanted: &Wanted) -> Result<Known, StoreError> {
    let files = attachments::usable(conn, &wanted.files, &Owner::Api)?;
    let infected = attachments::infected(conn, &wanted.files)?;
    let mut known = Known { files, infected, ..Known::default() };
    for (form, text) in &wanted.publications {
        let reference = Reference::read(text).map_or_else(|_| text.clone(), |read| read.as_str().to_owned());
        let found = public::refs(conn, form.as_str(), std::slice::from_ref(&reference))?.remove(&reference);
        known.publications.extend(found.map(|found| (text.clone(), found)));
    }
    Ok(known)
}

fn created(app: &App, receipt: &Receipt) -> HttpResponse {
    let key = app.keys.link(Purpose::Own, receipt.id, receipt.link_generation);
    let body = json!({
        "reference": receipt.reference,
        "status": receipt.state.as_str(),
        "status_url": format!("{}/submissions/{}?key={key}", app.base(), receipt.reference),
    });
    let mut response = super::json(StatusCode::CREATED, &body);
    respond::no_store(&mut response);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locales;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn read_body(value: Value) -> Result<Language, Vec<String>> {
        let l = Locales::load().unwrap().get(Language::En);
        match body(value, Language::Fr, &l) {
            Ok(body) => Ok(body.language),
            Err(ApiError::Wrong(wrong)) => {
                Err(wrong.into_iter().map(|wrong| format!("{}:{}", wrong.field, wrong.code)).collect())
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_body_holds_answers_and_a_language_and_nothing_else() {
        assert_eq!(read_body(json!({ "answers": {} })), Ok(Language::Fr));
        assert_eq!(read_body(json!({ "answers": {}, "locale": "ar" })), Ok(Language::Ar));
        assert_eq!(read_body(json!([])), Err(vec![":not-an-object".to_owned()]));
        let wrong = read_body(json!({ "answers": [], "locale": 7, "status": "approved" })).unwrap_err();
        assert_eq!(wrong, ["locale:no-such-language", "answers:no-answers", "status:unknown-key"]);
    }

    #[test]
    fn a_key_is_up_to_200_visible_characters() {
        let with = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static("idempotency-key"), HeaderValue::from_str(text).unwrap());
            key(&headers)
        };
        assert!(matches!(with("a-1/b"), Ok(Some(key)) if key == "a-1/b"));
        assert!(with("").is_err() && with("a b").is_err() && with(&"x".repeat(201)).is_err());
        assert!(matches!(key(&HeaderMap::new()), Ok(None)));
    }
}

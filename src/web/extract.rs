//! What a request carries, parsed at the edge: form bodies with their proof, fixed inputs that are always validated.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use futures_util::future::ready;
use futures_util::{Stream, StreamExt};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use validator::Validate;

use super::errors::{Typed, WebError};
use super::frame::{Desk, today};
use super::guard::Proof;
use super::network::Limits;
use crate::actions::attach::{self, Refusal};
use crate::app::App;
use crate::domain::links::{Keys, Purpose};
use crate::forms::answer::FileRef;
use crate::forms::pairs::Pairs;

/// Most bytes of a form without files, and most fields in one. More is read, up to [`SHOWN_BYTES`], to be shown again.
const FORM_BYTES: usize = 256 * 1024;
const SHOWN_BYTES: usize = 3 * FORM_BYTES;
const FORM_FIELDS: usize = 2000;

/// Most bytes of a body with files that are read. What is too large for a file is read and dropped, so that the other
/// answers of the page arrive.
const BODY_BYTES: u64 = 20 * attach::LARGEST;

/// Most files of one body.
const FILES: usize = 20;

/// Most parts of a multipart body.
const PARTS: usize = 2000;

/// A form body. Whoever takes it has the proof that it comes from our own page: without one it is refused, and the page
/// that says so shows what was typed.
#[derive(Debug, Default)]
pub struct Sent {
    pub pairs: Pairs,
    /// Files by field; an empty file input is none.
    pub files: Vec<Upload>,
    /// It held more files than are read: what stands here is its beginning.
    pub cut: bool,
}

/// One file that was sent.
#[derive(Debug)]
pub struct Upload {
    pub field: String,
    /// As the sender named it.
    pub name: String,
    pub outcome: Result<FileRef, Refusal>,
}

impl Sent {
    /// The first value of a field; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.pairs.get(name).unwrap_or_default()
    }

    /// The text of a body that will not be acted on, to be shown again; nothing where it cannot be read.
    pub async fn typed(req: &HttpRequest, payload: &mut Payload) -> Pairs {
        let kind = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Pairs::default();
        }
        let (body, whole) = read_body(payload).await.unwrap_or_default();
        typed_in(&body, whole)
    }

    /// Reads a body; files go to `draft`, if its secret came with the request. Where there is no draft, no file is taken.
    ///
    /// # Errors
    /// Where the body cannot be read, is too large, has no proof, or its network has sent too much.
    pub async fn read(
        app: &App,
        req: &HttpRequest,
        payload: &mut Payload,
        draft: Option<&Filing>,
    ) -> Result<Self, WebError> {
        let kind = req
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        let multipart = kind.starts_with("multipart/form-data");
        let large = if multipart { refuse_large(req, BODY_BYTES) } else { Ok(()) };
        let whole = large.is_ok();
        if draft.is_none() {
            large?;
        }
        let proof = req.extensions().get::<Proof>().copied().unwrap_or(Proof::Refused);
        let admitted = admitted(req);
        let sent = if multipart {
            // Without a proof no file is taken; the text is, to be shown again.
            let draft = draft.filter(|_| proof == Proof::Given && admitted);
            let body =
                bounded(web::Payload::from_request(req, payload).await.map_err(|_| WebError::Unreadable)?, BODY_BYTES);
            let mut sent = Self::default();
            let read = read_multipart(app, Multipart::new(req.headers(), body), draft, whole, &mut sent).await;
            Typed::note(req, &sent.pairs);
            read.map(|()| sent)?
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            if kind.contains("charset=") && !kind.contains("utf-8") {
                return Err(WebError::MediaType);
            }
            Self { pairs: read_form(req, payload).await?, ..Self::default() }
        } else if kind.is_empty() && read_body(payload).await?.0.is_empty() {
            Self::default()
        } else {
            return Err(WebError::MediaType);
        };
        if !proof.holds(app, req, sent.text("token")) {
            return Err(WebError::NoProof);
        }
        if sent.cut && draft.is_none() {
            return Err(WebError::TooLarge);
        }
        if admitted { Ok(sent) } else { Err(WebError::TooMany) }
    }
}

impl FromRequest for Sent {
    type Error = WebError;
    type Future = LocalBoxFuture<'static, Result<Self, WebError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let app = state(&req)?;
            Self::read(&app, &req, &mut payload, None).await
        })
    }
}

/// Whether the limit of the sender's network admits one more.
#[must_use]
pub fn admitted(req: &HttpRequest) -> bool {
    req.app_data::<web::Data<Limits>>().is_none_or(|limits| limits.admit(&limits.network(req)))
}

/// Whether the sender's network may ask once more for somebody's link.
#[must_use]
pub fn admitted_to_ask(req: &HttpRequest) -> bool {
    req.app_data::<web::Data<Limits>>().is_none_or(|limits| limits.admit_question(&limits.network(req)))
}

/// The application of a request.
///
/// # Errors
/// Where it was not registered, which is a fault of the program.
pub fn state(req: &HttpRequest) -> Result<web::Data<App>, WebError> {
    req.app_data::<web::Data<App>>().cloned().ok_or_else(|| WebError::Internal("no application".to_owned()))
}

impl Proof {
    /// Whether the request may change something: by its headers, or by the proof in its form.
    #[must_use]
    pub fn holds(self, app: &App, req: &HttpRequest, token: &str) -> bool {
        match self {
            Self::Given => true,
            Self::Refused => false,
            Self::Token => {
                let desk = req.extensions().get::<Desk>().map(|desk| desk.token.clone());
                app.keys.proves(today(app), desk.as_deref().unwrap_or_default(), token)
            }
        }
    }
}

/// A body that says it is too large is refused before it is read.
fn refuse_large(req: &HttpRequest, limit: u64) -> Result<(), WebError> {
    let declared = req.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > limit) { Err(WebError::TooLarge) } else { Ok(()) }
}

/// A urlencoded body. One that is too large is refused with what it says still there.
async fn read_form(req: &HttpRequest, payload: &mut Payload) -> Result<Pairs, WebError> {
    let (body, whole) = read_body(payload).await?;
    if !whole || body.len() > FORM_BYTES {
        Typed::note(req, &typed_in(&body, whole));
        return Err(WebError::TooLarge);
    }
    let pairs = decode(&body)?;
    Typed::note(req, &pairs);
    Ok(pairs)
}

/// A body up to [`SHOWN_BYTES`], and whether that is all of it.
async fn read_body(payload: &mut Payload) -> Result<(BytesMut, bool), WebError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        body.extend_from_slice(&chunk.map_err(|_| WebError::Unreadable)?);
        if body.len() > SHOWN_BYTES {
            return Ok((body, false));
        }
    }
    Ok((body, true))
}

/// What a body says, to be shown again; of one that was cut off, all but the field it was cut in.
fn typed_in(body: &[u8], whole: bool) -> Pairs {
    let end = if whole { body.len() } else { body.iter().rposition(|byte| *byte == b'&').unwrap_or(0) };
    body.get(..end).and_then(|body| decode(body).ok()).unwrap_or_default()
}

/// Decodes a urlencoded body, strictly: bad escapes and bytes that are not UTF-8 are refused, not replaced.
fn decode(body: &[u8]) -> Result<Pairs, WebError> {
    let text = std::str::from_utf8(body).map_err(|_| WebError::Unreadable)?;
    let mut pairs = Pairs::default();
    for (count, pair) in text.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        if count >= FORM_FIELDS {
            return Err(WebError::TooLarge);
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push(decode_part(name)?, decode_part(value)?);
    }
    Ok(pairs)
}

fn decode_part(part: &str) -> Result<String, WebError> {
    let spaced = part.replace('+', " ");
    let escapes_are_whole = spaced
        .split('%')
        .skip(1)
        .all(|rest| rest.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit())));
    if !escapes_are_whole {
        return Err(WebError::Unreadable);
    }
    percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| WebError::Unreadable)
}

/// The draft that files go to.
#[derive(Debug)]
pub struct Filing {
    pub draft: String,
    /// Its links are of this generation.
    pub generation: i64,
    /// The secret in the cookie, if there is one; else the form's own `draft_key` must open the draft.
    pub cookie: Option<String>,
}

impl Filing {
    fn opens(&self, keys: &Keys, sent: &Pairs) -> bool {
        let opens = |key: &str| keys.opens(Purpose::DraftEdit, self.draft.as_str(), self.generation, key);
        self.cookie.as_deref().into_iter().chain(sent.get("draft_key")).any(opens)
    }
}

/// A body, up to so many bytes.
pub fn bounded(payload: web::Payload, most: u64) -> impl Stream<Item = Result<Bytes, PayloadError>> + 'static {
    payload.scan(0u64, move |read, chunk| {
        let length = chunk.as_ref().map_or(0, Bytes::len);
        *read = read.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        ready(Some(if *read > most { Err(PayloadError::Overflow) } else { chunk }))
    })
}

/// Reads a body of several parts. `whole`: it is not said to be larger than is read; else its files are left aside, for
/// whatever stands before them to be saved.
async fn read_multipart(
    app: &App,
    mut body: Multipart,
    draft: Option<&Filing>,
    whole: bool,
    sent: &mut Sent,
) -> Result<(), WebError> {
    let (mut parts, mut bytes) = (0, 0);
    while let Some(field) = body.next().await {
        let field = match field {
            Ok(field) => field,
            Err(MultipartError::Payload(PayloadError::Overflow)) => {
                sent.cut = true;
                return Ok(());
            }
            Err(_) => return Err(WebError::Unreadable),
        };
        parts += 1;
        if parts > PARTS {
            return Err(WebError::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.content_disposition().and_then(|disposition| disposition.get_filename().map(str::to_owned));
        match file {
            Some(file) if file.is_empty() => drain(field).await?,
            Some(_) if !whole || sent.files.len() >= FILES => {
                sent.cut = true;
                return Ok(());
            }
            Some(file) => match draft.filter(|draft| draft.opens(&app.keys, &sent.pairs)) {
                Some(Filing { draft, .. }) => {
                    let outcome = attach::attach(app, Some(draft), &file, field).await;
                    sent.files.push(Upload { field: name, name: file, outcome });
                }
                None => drain(field).await?,
            },
            None => {
                let value = read_text(field, FORM_BYTES - bytes).await?;
                bytes += value.len();
                sent.pairs.push(name, value);
            }
        }
    }
    Ok(())
}

async fn drain(mut field: Field) -> Result<(), WebError> {
    while let Some(chunk) = field.next().await {
        chunk.map_err(|_| WebError::Unreadable)?;
    }
    Ok(())
}

async fn read_text(mut field: Field, limit: usize) -> Result<String, WebError> {
    let mut text = BytesMut::new();
    while let Some(chunk) = field.next().await {
        text.extend_from_slice(&chunk.map_err(|_| WebError::Unreadable)?);
        if text.len() > limit {
            return Err(WebError::TooLarge);
        }
    }
    String::from_utf8(text.to_vec()).map_err(|_| WebError::Unreadable)
}

/// A fixed input whose rules have been checked: no handler can forget to. `Err` holds what was wrong, by field.
#[derive(Debug)]
pub struct Valid<T> {
    pub input: T,
    pub checked: Result<(), validator::ValidationErrors>,
    /// As it was sent, to show again.
    pub sent: Pairs,
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Valid<T> {
    type Error = WebError;
    type Future = LocalBoxFuture<'static, Result<Self, WebError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = Sent::from_request(req, payload);
        Box::pin(async move {
            let sent = reading.await?.pairs;
            // Fixed inputs are flat and of text: the first value of each name counts.
            let mut map = serde_json::Map::new();
            for (name, value) in sent.iter() {
                map.entry(name.to_owned()).or_insert_with(|| value.to_owned().into());
            }
            let input: T = serde_json::from_value(map.into()).map_err(|_| WebError::Unreadable)?;
            let checked = input.validate();
            Ok(Self { input, checked, sent })
        })
    }
}

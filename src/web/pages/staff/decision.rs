//! A moderator's decision. What cannot be taken comes back with everything that was typed.

use actix_web::{HttpRequest, HttpResponse, web};

use super::options::{Attempt, Refused};
use super::points;
use super::queue::{asked, record_url};
use super::record::{self, Ask, read_reference, written};
use super::replies;
use crate::actions::decide::{self, Order, Refusal};
use crate::domain::submission::{Decision, DeclineReason};
use crate::domain::view::View;
use crate::store::{Stop, desk, submissions};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// POST `/staff/submissions/{reference}/decisions`
///
/// # Errors
/// Where there is no such record.
pub async fn decide(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let mut attempt = read(&sent);
    let version = sent.text("version").trim().parse::<i64>().ok();
    let view = sent.pairs.get("view").map(View::read);
    attempt.row = points::edit(&mut attempt.points, sent.text("do"));
    let inserted = replies::insert(&app, &sent, &mut attempt.message);
    if let (Some(version), true) = (version, inserted || attempt.row.is_some()) {
        attempt = Attempt { refused: Refused::Unfinished, seen: version, ..attempt };
        return again(&req, &app, &reference, (attempt, view)).await;
    }
    let (Some(decision), Some(version)) = (attempt.decision, version) else {
        return again(&req, &app, &reference, (attempt, view)).await;
    };
    let next = next(&req, &app, &reference, view.as_ref()).await?;
    attempt.seen = version;
    let Ok(asked) = points::read(&attempt.points) else {
        attempt.refused = Refused::Points;
        return again(&req, &app, &reference, (attempt, view)).await;
    };
    let order = Order {
        reference: reference.clone(),
        decision,
        message: attempt.message.clone(),
        reason: attempt.reason,
        duplicate_of: Some(attempt.original.clone()).filter(|text| !text.is_empty()).map(|text| written(&text)),
        points: asked,
        criteria: attempt.criteria.clone(),
        version,
        by: super::desk(&req)?.account.id,
    };
    match decide::decide(&app, order).await {
        Ok(_) => Ok(respond::see_other(&after(&reference, decision, view.as_ref(), next.as_deref()))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(refusal)) => {
            attempt.refused = refused(&refusal).ok_or(WebError::NotFound)?;
            again(&req, &app, &reference, (attempt, view)).await
        }
    }
}

/// What stands next to a record in the view it was opened from.
async fn next(
    req: &HttpRequest,
    app: &State,
    reference: &str,
    view: Option<&View>,
) -> Result<Option<String>, WebError> {
    let Some(view) = view else { return Ok(None) };
    let (wanted, of) = (asked(app, req, &view.query())?, reference.to_owned());
    let next = app.db.read(move |conn| {
        let Some(found) = submissions::find(conn, &of)? else { return Ok(None) };
        Ok(desk::neighbours(conn, &wanted, found.id)?.next)
    });
    Ok(next.await?)
}

/// Where one goes on after a decision: to the next record of the view, or to see what came of this one.
fn after(reference: &str, decision: Decision, view: Option<&View>, next: Option<&str>) -> String {
    let done = decision.as_str();
    match (view, next) {
        (Some(view), Some(next)) => format!("{}&done={done}&was={reference}", record_url(next, view)),
        (Some(view), None) => format!("{}&done={done}", record_url(reference, view)),
        (None, _) => format!("/staff/submissions/{reference}?done={done}"),
    }
}

/// The record's page with what was typed, and why it was not taken.
async fn again(
    req: &HttpRequest,
    app: &State,
    reference: &str,
    (attempt, view): (Attempt, Option<View>),
) -> Result<HttpResponse, WebError> {
    record::show(app, req, reference, Ask::refused(attempt, view)).await
}

/// What was sent. A line break counts as one character, whatever the browser makes of it.
fn read(sent: &Sent) -> Attempt {
    Attempt {
        decision: Decision::read(sent.text("decision")),
        message: sent.text("message").replace("\r\n", "\n"),
        reason: if sent.text("plea").is_empty() {
            DeclineReason::read(sent.text("reason")).filter(|reason| reason.is_chosen())
        } else {
            Some(DeclineReason::PersonalPlea)
        },
        original: sent.text("original").trim().to_owned(),
        points: points::typed(sent),
        criteria: sent.pairs.all("criterion").into_iter().map(str::to_owned).collect(),
        row: None,
        seen: 0,
        refused: Refused::Unreadable,
    }
}

fn refused(refusal: &Refusal) -> Option<Refused> {
    match refusal {
        Refusal::NotFound => None,
        Refusal::Stale(_) => Some(Refused::Stale),
        Refusal::NotPossible(_) => Some(Refused::NotPossible),
        Refusal::FilesHeld => Some(Refused::FilesHeld),
        Refusal::AuthorityMissing => Some(Refused::AuthorityMissing),
        Refusal::MessageMissing => Some(Refused::MessageMissing),
        Refusal::MessageTooLong => Some(Refused::MessageTooLong),
        Refusal::ReasonMissing => Some(Refused::ReasonMissing),
        Refusal::PointsUnreadable => Some(Refused::Unreadable),
        Refusal::Duplicate(refusal) => Some(Refused::Original(*refusal)),
    }
}

//! Taking a decision back while its mails wait, or letting them go at once.

use actix_web::{HttpRequest, HttpResponse, web};

use super::flash::mailed;
use super::record::{self, Ask, Loaded, read_reference};
use super::words::{self, Names};
use crate::actions::undo::{self, Refusal, Undoable};
use crate::domain::submission::{Decision, DeclineReason};
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Locale};
use crate::store::Stop;
use crate::store::events::{Logged, Note};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// What can be taken back.
pub struct UndoBox {
    /// Of the record.
    pub reference: String,
    /// Of the decision.
    pub seq: i64,
    /// What was decided and when its mail leaves; none where the page says so above.
    pub text: Option<String>,
    /// Mails wait, so they can go now.
    pub waits: bool,
}

impl UndoBox {
    /// For the decision that was just taken, on this record or on the one before it; else for the newest on this one.
    pub(super) fn find(l: &Locale, loaded: &Loaded, said: bool) -> Option<Self> {
        let (of, undoable) = match loaded.before.as_ref().filter(|_| said) {
            Some(before) => (&before.submission, before.undo.as_ref()?),
            None => (&loaded.submission, loaded.undo.as_ref()?),
        };
        Some(Self::new(l, of.reference.clone(), undoable, (loaded.form.lifecycle(), &loaded.names), said))
    }

    fn new(
        l: &Locale,
        reference: String,
        undoable: &Undoable,
        (lifecycle, names): (Lifecycle, &Names),
        said: bool,
    ) -> Self {
        let who = names.of(undoable.by, l);
        let what = format!("staff-event-{}", undoable.decision.as_str());
        let what = words::say(l, &what, lifecycle, &[("who", Arg::from(&who))]);
        let mail = undoable.mails.first().map_or_else(|| l.t("staff-done-no-mail"), |mail| mailed(l, mail));
        Self {
            reference,
            seq: undoable.seq,
            text: (!said).then(|| format!("{what} {mail}")),
            waits: !undoable.mails.is_empty(),
        }
    }
}

/// A decision that was just taken back, so that its words can be used again.
#[derive(Debug, Clone)]
pub struct Undone {
    pub decision: Decision,
    pub reason: Option<DeclineReason>,
    pub message: String,
}

impl Undone {
    /// The one that the newest event takes back.
    pub(super) fn of(log: &[Logged], notes: &[Note]) -> Option<(i64, Self)> {
        let seq = log.last()?.event.undoes?;
        let event = &log.iter().find(|logged| logged.seq == seq)?.event;
        let message = notes.iter().find(|note| note.event_seq == seq).and_then(|note| note.body.clone());
        Some((seq, Self { decision: event.decision?, reason: event.reason, message: message.unwrap_or_default() }))
    }
}

fn read_seq(text: &str) -> Result<i64, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// POST `/staff/submissions/{reference}/decisions/{seq}/undo`
///
/// # Errors
/// Where there is no such record.
pub async fn undo(
    req: HttpRequest,
    app: State,
    path: web::Path<(String, String)>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let (reference, seq) = (read_reference(&path.0)?.to_string(), read_seq(&path.1)?);
    let by = super::desk(&req)?.account.id;
    match undo::undo(&app, &reference, seq, by).await {
        Ok(()) => Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted=undone"))),
        Err(Stop::Refused(Refusal::TooLate)) => record::show(&app, &req, &reference, Ask::too_late()).await,
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// POST `/staff/submissions/{reference}/decisions/{seq}/mails`: they wait no longer.
///
/// # Errors
/// Where there is no such decision.
pub async fn send_now(app: State, path: web::Path<(String, String)>, _proof: Sent) -> Result<HttpResponse, WebError> {
    let (reference, seq) = (read_reference(&path.0)?.to_string(), read_seq(&path.1)?);
    let sent = undo::send_now(&app, &reference, seq).await;
    let decision = sent.map_err(|stop| WebError::of(stop, |_| WebError::NotFound))?;
    let done = decision.map_or("", Decision::as_str);
    Ok(respond::see_other(&format!("/staff/submissions/{reference}?done={done}")))
}

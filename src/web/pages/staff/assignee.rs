//! Who looks after a record: shown, taken, given, given back.

use actix_web::{HttpRequest, HttpResponse, web};

use super::Choice;
use super::queue::{deciders, record_url};
use super::record::{Loaded, read_reference};
use crate::actions::assign::{self, Order, Refusal};
use crate::domain::account::AccountId;
use crate::domain::view::View;
use crate::forms::form::Lifecycle;
use crate::locale::Locale;
use crate::store::Stop;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// The word for nobody.
const NOBODY: &str = "none";

/// What the record's page says of it.
pub struct AssigneeBox {
    pub text: String,
    /// Who it is now, as the form sends it back.
    pub seen: String,
    /// The reader, if they can take it.
    pub take: Option<String>,
    /// Nobody and all who can decide; empty for those who may not give.
    pub choices: Vec<Choice>,
}

impl AssigneeBox {
    /// Nothing for what staff keep together.
    pub fn new(l: &Locale, loaded: &Loaded, reader: AccountId, may: bool) -> Option<Self> {
        if loaded.form.lifecycle() == Lifecycle::Record {
            return None;
        }
        let now = loaded.submission.assignee;
        let choice = |value: String, label: String, chosen| Choice { value, label, hint: None, chosen };
        let all = deciders(&loaded.accounts);
        let all = all.map(|one| choice(one.id.0.to_string(), one.name.clone(), now == Some(one.id)));
        let nobody = choice(NOBODY.to_owned(), l.t("staff-assignee-nobody"), now.is_none());
        Some(Self {
            text: match now {
                Some(id) if id == reader => l.t("staff-assigned-you"),
                Some(id) => l.a("staff-looked-after", "who", loaded.names.name(id, l)),
                None => l.t("staff-assigned-nobody"),
            },
            seen: text(now),
            take: (may && now != Some(reader)).then(|| reader.0.to_string()),
            choices: if may { std::iter::once(nobody).chain(all).collect() } else { Vec::new() },
        })
    }
}

fn text(assignee: Option<AccountId>) -> String {
    assignee.map_or_else(|| NOBODY.to_owned(), |AccountId(id)| id.to_string())
}

fn read(text: &str) -> Option<Option<AccountId>> {
    if text == NOBODY { Some(None) } else { text.parse().ok().map(|id| Some(AccountId(id))) }
}

/// POST `/staff/submissions/{reference}/assignee`
///
/// # Errors
/// Where there is no such record or nobody such.
pub async fn assign(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let (to, seen) = (read(sent.text("assignee")), read(sent.text("seen")));
    let (to, seen) = to.zip(seen).ok_or(WebError::Unreadable)?;
    let by = super::desk(&req)?.account.id;
    let order = Order { reference: reference.clone(), to, seen, by };
    let back = match sent.pairs.get("view") {
        Some(view) => record_url(&reference, &View::read(view)),
        None => format!("/staff/submissions/{reference}"),
    };
    match assign::assign(&app, order).await {
        Ok(()) => Ok(respond::see_other(&format!("{back}#assignee"))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(Refusal::Moved | Refusal::NotPossible)) => Err(WebError::Conflict),
        Err(Stop::Refused(Refusal::NobodySuch)) => Err(WebError::Unreadable),
    }
}

//! Whether answers may be sent now: by the form's own window, and by that of the record they are about.

use chrono::{DateTime, Utc};

use super::project;
use crate::app::Parts;
use crate::forms::answer::{Answer, Answers};
use crate::forms::form::{Form, Role};
use crate::forms::kind::FieldKind;
use crate::forms::window::{Gate, Window};
use crate::store::public::{self, Item};
use crate::store::{Conn, StoreError};

/// A window that is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shut {
    pub gate: Gate,
    pub window: Window,
    /// The record whose window it is. `None`: the form's own.
    pub about: Option<Named>,
}

/// A record as answers name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The question that names it.
    pub field: String,
    pub title: String,
}

/// The first window that keeps answers from being sent.
///
/// # Errors
/// Where the database fails.
pub fn shut(
    app: &Parts,
    conn: &mut Conn,
    form: &Form,
    answers: &Answers,
    now: DateTime<Utc>,
) -> Result<Option<Shut>, StoreError> {
    let own = form.window().map(|window| (*window, None));
    let of = about(app, conn, form, answers)?.map(|(window, named)| (window, Some(named)));
    let windows = own.into_iter().chain(of);
    let gated = windows.map(|(window, about)| Shut { gate: window.gate(now), window, about });
    Ok(gated.into_iter().find(|shut| shut.gate != Gate::Open))
}

/// The window of the record that answers are about, with the question and its title.
fn about(app: &Parts, conn: &mut Conn, form: &Form, answers: &Answers) -> Result<Option<(Window, Named)>, StoreError> {
    let field = form.role(Role::About).and_then(|id| form.field(id));
    let Some((field, Answer::Publication(named))) = field.and_then(|field| Some((field, answers.get(&field.id)?)))
    else {
        return Ok(None);
    };
    let FieldKind::Publication { form: target } = &field.kind else { return Ok(None) };
    let Some(item) = public::find(conn, target.as_str(), &named.reference)? else { return Ok(None) };
    let window = window_of(app, conn, &item)?;
    Ok(window.map(|window| (window, Named { field: field.id.as_str().to_owned(), title: item.title })))
}

/// When a published record can be answered; `None` where it says nothing of that.
///
/// # Errors
/// Where the database fails.
pub fn window_of(app: &Parts, conn: &mut Conn, item: &Item) -> Result<Option<Window>, StoreError> {
    let form = app.form_version(conn, &item.form_version, item.language)?;
    let answers = project::load(&form, &item.public_json)?;
    Ok(form.window_of(&answers))
}

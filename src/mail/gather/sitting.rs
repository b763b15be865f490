//! What the mails of a sitting tell: the link to it, or what arrived in it.

use super::of_no_submission;
use crate::app::Parts;
use crate::domain::projection::role_text;
use crate::forms::form::Role;
use crate::mail::context::{Arrived, Context};
use crate::mail::links::{Links, own_page};
use crate::mail::text::title;
use crate::store::outbox::Mail;
use crate::store::{Conn, StoreError, sittings, submissions};

/// Reads what a mail of a sitting tells of.
pub fn gather(app: &Parts, conn: &mut Conn, mail: &Mail, (id, since): (&str, i64)) -> Result<Context, StoreError> {
    let words = app.mail_locale(mail.language);
    let form = app.catalog.all(mail.language).find(|form| form.fields().any(|field| field.sitting));
    let form = form.ok_or_else(|| StoreError::Unreadable("no form has a table of records".to_owned()))?;
    let mut arrived = Vec::new();
    for report in sittings::reports(conn, id, since)? {
        let submission = submissions::get(conn, report)?;
        let (then, answers) = app.answers(conn, report, submission.head_revision, mail.language)?;
        arrived.push(Arrived {
            title: title(&role_text(&then, &answers, Role::Title, &words)),
            own: own_page(&app.base(), &submission.reference, submission.id, submission.link_generation),
            reference: submission.reference,
        });
    }
    let context = of_no_submission(app, mail, form, Links::of_a_sitting(&app.base(), id));
    Ok(Context { confirmed: true, arrived, ..context })
}

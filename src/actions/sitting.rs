//! All published records of one contact are reported on in one sitting: asked for by mail, sent in together.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::project;
use super::record::{self, Entry};
use super::submit::{self, Order, Prepared, Refusal};
use crate::app::{App, Parts};
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::{MailKind, Subject};
use crate::domain::submission::SubmissionId;
use crate::forms::answer::Answers;
use crate::forms::form::{FieldId, Form, Role};
use crate::locale::Language;
use crate::store::outbox::{self, NewMail};
use crate::store::public::{self, Item};
use crate::store::sittings::{self, Sitting};
use crate::store::submissions;
use crate::store::{Conn, Stop, StoreError, micros};

/// How long the mailed link opens the table.
pub const LIFE: Duration = Duration::days(7);

/// How long a sitting is remembered after that, so that its receipt can still be sent.
pub const KEPT: Duration = Duration::days(7);

/// Links for one address within a day.
const MOST: i64 = 3;

/// A form with which many records can be reported on at once, and the form of those records.
#[must_use]
pub fn forms(app: &Parts, collection: &str, language: Language) -> Option<(Arc<Form>, Arc<Form>)> {
    let on = app.catalog.all(language).find(|form| form.collection() == Some(collection))?;
    let reports = |form: &&Arc<Form>| {
        form.fields().any(|field| field.sitting) && form.about().is_some_and(|(_, id)| id == on.id())
    };
    Some((Arc::clone(app.catalog.all(language).find(reports)?), Arc::clone(on)))
}

/// Mails a link to an address, if it is the contact of something published. Whether it is cannot be told from outside: one
/// row is written either way.
///
/// # Errors
/// Where the database fails.
pub async fn ask(app: &App, on: &Form, address: &str, language: Language) -> Result<(), Stop<()>> {
    let now = app.clock.now();
    let (id, address) = (app.entropy.id(), address.trim().to_owned());
    let of = (on.id().as_str().to_owned(), on.role(Role::ContactEmail).map(FieldId::to_string).unwrap_or_default());
    app.db
        .write(move |conn| {
            let known = !sittings::published_of(conn, &of.0, &of.1, &address)?.is_empty()
                && sittings::count_since(conn, &address, now - Duration::days(1))? < MOST;
            let sitting =
                Sitting { id: id.clone(), address: known.then(|| address.clone()), language, expires_at: now + LIFE };
            sittings::insert(conn, &sitting, now)?;
            if known {
                outbox::add(conn, &mail(MailKind::Sitting, &sitting, &address, (micros(now), now)), now)?;
            }
            Ok(())
        })
        .await
}

fn mail(kind: MailKind, sitting: &Sitting, address: &str, (since, now): (i64, DateTime<Utc>)) -> NewMail {
    NewMail {
        kind,
        subject: Subject::Draft { id: sitting.id.clone(), since },
        account: None,
        address: address.to_owned(),
        name: String::new(),
        language: sitting.language,
        link_generation: 1,
        due_at: now,
    }
}

/// The sitting that a key opens, while it lasts; `None` for a wrong key as for no such sitting.
///
/// # Errors
/// Where the database fails.
pub async fn open(app: &App, id: &str, key: &str) -> Result<Option<(Sitting, String)>, StoreError> {
    if !app.keys.opens_sitting(id, key) {
        return Ok(None);
    }
    let (id, now) = (id.to_owned(), app.clock.now());
    let found = app.db.read(move |conn| sittings::find(conn, &id)).await?;
    let lasting = found.filter(|sitting| sitting.expires_at > now);
    Ok(lasting.and_then(|sitting| sitting.address.clone().map(|address| (sitting, address))))
}

/// A published record of the contact, with all answers and with what was last reported on it.
pub struct Due {
    pub item: Item,
    pub form: Arc<Form>,
    pub answers: Answers,
    pub last: Option<(Item, Arc<Form>, Answers)>,
}

/// Everything the contact can report on, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn due(
    app: &Parts,
    conn: &mut Conn,
    (reports, on): (&Form, &Form),
    address: &str,
    language: Language,
) -> Result<Vec<Due>, StoreError> {
    let part = on.role(Role::ContactEmail).map(FieldId::to_string).unwrap_or_default();
    let mut found = Vec::new();
    for id in sittings::published_of(conn, on.id().as_str(), &part, address)? {
        let submission = submissions::get(conn, id)?;
        let Some(item) = public::find(conn, on.id().as_str(), &submission.reference)? else { continue };
        let revision = submission.published_revision.unwrap_or(submission.head_revision);
        let (form, answers) = app.answers(conn, id, revision, language)?;
        let newest = public::pointing_to(conn, reports.id().as_str(), &item.reference)?.into_iter().next();
        let last = match newest {
            Some(report) => {
                let then = app.form_version(conn, &report.form_version, language)?;
                let said = project::load(&then, &report.public_json)?;
                Some((report, then, said))
            }
            None => None,
        };
        found.push(Due { item, form, answers, last });
    }
    Ok(found)
}

/// Sends all reports of a sitting: all of them or none. One mail lists them; the address is proven by the link. Gives the
/// instant they are found by.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn send(app: &App, (sitting, address): (Sitting, String), orders: Vec<Order>) -> Result<i64, Stop<Refusal>> {
    let now = app.clock.now();
    let prepared: Vec<Prepared> = orders.into_iter().map(|order| submit::prepare(app, keyed(order))).collect();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let before = prepared.iter().map(|made| submit::earlier(conn, made)).collect::<Result<Vec<_>, _>>()?;
        let fresh: Vec<&Prepared> =
            prepared.iter().zip(&before).filter(|(_, earlier)| earlier.is_none()).map(|(made, _)| made).collect();
        if let (true, Some(receipt)) = (fresh.is_empty(), before.into_iter().flatten().next()) {
            // The same page once more: a double click.
            return Ok(sittings::sent_at(conn, receipt.id)?.unwrap_or_default());
        }
        for made in &fresh {
            submit::may_be_taken(&app, conn, made)?;
        }
        for made in fresh {
            take(&app, conn, made, (&sitting.id, now))?;
        }
        outbox::add(conn, &mail(MailKind::SittingReceipt, &sitting, &address, (micros(now), now)), now)?;
        Ok(micros(now))
    })
    .await
}

/// A row that is sent again with other answers is another report.
fn keyed(order: Order) -> Order {
    let key = order.key.as_ref().map(|key| format!("{key}.{}", order.digest));
    Order { key, ..order }
}

fn take(app: &App, conn: &mut Conn, made: &Prepared, (sitting, now): (&str, DateTime<Utc>)) -> Result<(), StoreError> {
    let (mut submission, _) = submit::take(conn, made)?;
    submission.address_confirmed_at = Some(now);
    let entry = Entry::new(EventKind::AddressConfirmed, Author::Submitter);
    record::change(app, conn, &mut submission, &entry, now)?;
    sittings::add_report(conn, sitting, submission.id, now)
}

/// What was sent in a sitting at one time.
///
/// # Errors
/// Where the database fails.
pub fn sent(conn: &mut Conn, sitting: &str, at: i64) -> Result<Vec<submissions::Submission>, StoreError> {
    let ids: Vec<SubmissionId> = sittings::reports(conn, sitting, at)?;
    ids.into_iter().map(|id| submissions::get(conn, id)).collect()
}

//! What the mails of a subscription tell: what it is for, and what was published.

use super::of_no_submission;
use crate::app::Parts;
use crate::domain::interest::Interest;
use crate::domain::mail::MailKind;
use crate::domain::projection::role_text;
use crate::forms::form::Role;
use crate::mail::context::{Context, News};
use crate::mail::links::Links;
use crate::mail::text::{cut, one_line, title};
use crate::store::outbox::{self, Mail};
use crate::store::{Conn, StoreError, events, public, subscriptions};

/// The longest name of an organization or of countries.
const SHORT: usize = 120;

/// Reads what a mail of a subscription tells.
pub fn gather(app: &Parts, conn: &mut Conn, mail: &Mail, id: &str) -> Result<Context, StoreError> {
    let gone = |what: &str| StoreError::Unreadable(format!("{what} of the subscription {id} is there any more"));
    let words = app.mail_locale(mail.language);
    let theirs = if mail.kind == MailKind::News {
        subscriptions::of_address(conn, &mail.address)?
    } else {
        subscriptions::find(conn, id)?.into_iter().collect()
    };
    let interests: Vec<Interest> = theirs.iter().map(|one| Interest::parse(&app.catalog, &one.interest)).collect();
    let form = app.catalog.all(mail.language).find(|form| form.has_pages()).ok_or_else(|| gone("no form"))?;
    if interests.is_empty() {
        return Err(gone("nothing"));
    }
    let news = news(app, conn, mail)?;
    if mail.kind == MailKind::News && news.is_empty() {
        return Err(gone("nothing that was published"));
    }
    let why: Vec<String> = interests.iter().map(|interest| interest.words(&app.catalog, &words)).collect();
    let context = of_no_submission(app, mail, form, Links::of_subscription(&app.base(), id));
    Ok(Context { news, why: why.join("; "), ..context })
}

/// What was published and still is, grouped as the forms stand.
fn news(app: &Parts, conn: &mut Conn, mail: &Mail) -> Result<Vec<News>, StoreError> {
    let (words, mut news) = (app.mail_locale(mail.language), Vec::new());
    for seq in outbox::told_events(conn, mail.id)? {
        let submission = events::get(conn, seq)?.event.submission;
        let Some((item, _)) = public::get(conn, submission)? else { continue };
        let form = app.form_version(conn, &item.form_version, mail.language)?;
        let Some(collection) = form.collection() else { continue };
        let json = serde_json::from_str(&item.public_json).map_err(|e| StoreError::Unreadable(e.to_string()))?;
        let (answers, ..) = form.load_public(json).map_err(|e| StoreError::Unreadable(e.to_string()))?;
        let who = [item.organization.clone(), role_text(&form, &answers, Role::Country, &words)];
        let who: Vec<String> =
            who.iter().filter(|text| !text.is_empty()).map(|text| cut(&title(&one_line(text)), SHORT)).collect();
        news.push(News {
            form: words.own(&format!("form-{}.plural", form.id())).unwrap_or_else(|| form.words().plural.clone()),
            noun: words.own(&format!("form-{}", form.id())).unwrap_or_else(|| form.words().noun.clone()),
            title: title(&item.title),
            who: who.join(" · "),
            url: format!("{}/{collection}/{}", app.base(), item.reference),
        });
    }
    Ok(news)
}

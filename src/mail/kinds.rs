//! The kinds of mail, one pair of templates each: `templates/mail/<kind>/body.txt` and `body.html`.

use askama::Template;

use super::context::Context;
use super::render::Frozen;
use super::text::bare;
use crate::domain::mail::MailKind;
use crate::locale::Locale;
use crate::store::StoreError;

/// Renders a pair of templates; each sees the context as `c` and the words as `w`.
macro_rules! pair {
    ($context:expr, $text:tt, $html:tt) => {{
        #[derive(Template)]
        #[template(path = $text)]
        struct Text<'a> {
            c: &'a Context,
            w: &'a Locale,
        }
        #[derive(Template)]
        #[template(path = $html)]
        struct Html<'a> {
            c: &'a Context,
            w: &'a Locale,
        }
        let (c, w) = ($context, &$context.words);
        Ok((Text { c, w }.render()?, Html { c, w }.render()?))
    }};
}

fn bodies(c: &Context) -> askama::Result<(String, String)> {
    match c.kind {
        MailKind::Receipt => pair!(c, "mail/receipt/body.txt", "mail/receipt/body.html"),
        MailKind::Answers => pair!(c, "mail/answers/body.txt", "mail/answers/body.html"),
        MailKind::ChangesRequested => pair!(c, "mail/changes-requested/body.txt", "mail/changes-requested/body.html"),
        MailKind::Published => pair!(c, "mail/published/body.txt", "mail/published/body.html"),
        MailKind::Accepted => pair!(c, "mail/accepted/body.txt", "mail/accepted/body.html"),
        MailKind::Declined => pair!(c, "mail/declined/body.txt", "mail/declined/body.html"),
        MailKind::Signposts => pair!(c, "mail/signposts/body.txt", "mail/signposts/body.html"),
        MailKind::Scheduled => pair!(c, "mail/scheduled/body.txt", "mail/scheduled/body.html"),
        MailKind::Rescheduled => pair!(c, "mail/rescheduled/body.txt", "mail/rescheduled/body.html"),
        MailKind::Cancelled => pair!(c, "mail/cancelled/body.txt", "mail/cancelled/body.html"),
        MailKind::Closed => pair!(c, "mail/closed/body.txt", "mail/closed/body.html"),
        MailKind::Unpublished => pair!(c, "mail/unpublished/body.txt", "mail/unpublished/body.html"),
        MailKind::Note => pair!(c, "mail/note/body.txt", "mail/note/body.html"),
        MailKind::Edited => pair!(c, "mail/edited/body.txt", "mail/edited/body.html"),
        MailKind::Link => pair!(c, "mail/link/body.txt", "mail/link/body.html"),
        MailKind::AddressChange => pair!(c, "mail/address-change/body.txt", "mail/address-change/body.html"),
        MailKind::AlertNew => pair!(c, "mail/alert-new/body.txt", "mail/alert-new/body.html"),
        MailKind::AlertResubmitted => pair!(c, "mail/alert-resubmitted/body.txt", "mail/alert-resubmitted/body.html"),
        MailKind::AlertAssigned => pair!(c, "mail/alert-assigned/body.txt", "mail/alert-assigned/body.html"),
        MailKind::AlertNote => pair!(c, "mail/alert-note/body.txt", "mail/alert-note/body.html"),
        MailKind::Refiled => pair!(c, "mail/refiled/body.txt", "mail/refiled/body.html"),
        MailKind::AlertMention => pair!(c, "mail/alert-mention/body.txt", "mail/alert-mention/body.html"),
        MailKind::AlertBounced => pair!(c, "mail/alert-bounced/body.txt", "mail/alert-bounced/body.html"),
        MailKind::ReminderChanges => pair!(c, "mail/reminder-changes/body.txt", "mail/reminder-changes/body.html"),
        MailKind::ReminderReport => pair!(c, "mail/reminder-report/body.txt", "mail/reminder-report/body.html"),
        MailKind::ReminderUpdate => pair!(c, "mail/reminder-update/body.txt", "mail/reminder-update/body.html"),
        MailKind::PartyAsked => pair!(c, "mail/party-asked/body.txt", "mail/party-asked/body.html"),
        MailKind::Sitting => pair!(c, "mail/sitting/body.txt", "mail/sitting/body.html"),
        MailKind::SittingReceipt => pair!(c, "mail/sitting-receipt/body.txt", "mail/sitting-receipt/body.html"),
        MailKind::DraftLink => pair!(c, "mail/draft-link/body.txt", "mail/draft-link/body.html"),
        MailKind::DraftReminder => pair!(c, "mail/draft-reminder/body.txt", "mail/draft-reminder/body.html"),
        MailKind::SubscriptionAsked => {
            pair!(c, "mail/subscription-asked/body.txt", "mail/subscription-asked/body.html")
        }
        MailKind::Digest => pair!(c, "mail/digest/body.txt", "mail/digest/body.html"),
        MailKind::News => pair!(c, "mail/news/body.txt", "mail/news/body.html"),
    }
}

/// Subject, text and HTML of a mail, with marks where keys belong.
pub fn compose(c: &Context) -> Result<Frozen, StoreError> {
    let (text, html) = bodies(c).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let calendar = c.calendar.clone();
    let unsubscribe = Some(c.links.unsubscribe.clone()).filter(|link| !link.is_empty());
    // From right to left a title or a reference in Latin letters would run into its neighbours without its marks.
    let plain = |text: &str| if c.words.is_rtl() { text.to_owned() } else { bare(text) };
    Ok(Frozen { subject: plain(&c.subject()), text: plain(text.trim_end()) + "\n", html, unsubscribe, calendar })
}

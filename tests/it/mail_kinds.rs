//! Moderators read every kind of mail in every language before anybody gets it.

use inlet::domain::account::Role;
use inlet::domain::mail::MailKind;
use serde_json::json;

use crate::support::TestApp;

#[test]
fn every_kind_of_mail_is_shown_in_every_language() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.mails();
    let list = moderator.get("/staff/mail/kinds").is(200);
    let links = list.attributes("main td a", "href");
    assert_eq!(links.len(), MailKind::ALL.len() * app.app.locales.of_mails().len());
    for link in &links {
        let page = moderator.visit(link).is(200);
        let frame = page.attributes("iframe[sandbox]", "src").remove(0);
        let policy = page.header("content-security-policy").unwrap_or_default().to_owned();
        assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        let html = moderator.visit(&frame).is(200);
        assert!(
            html.header("content-security-policy")
                .is_some_and(|policy| policy.starts_with("sandbox; default-src 'none'"))
        );
        let arabic = link.ends_with("language=ar");
        assert_eq!(html.text().contains("dir=\"rtl\""), arabic, "{link}");
        assert!(!page.text().contains('\u{e000}') && !page.said().contains("mail-"), "{link}");
    }
    // Of the newest record, where there is one.
    let receipt = moderator.get("/staff/mail/kinds/receipt?language=ar").is(200);
    assert!(receipt.said().contains(&reference) && receipt.said().contains("Written of the newest record"));
    assert!(moderator.get("/staff/mail/kinds/closed").is(200).said().contains("this one is invented"));
    moderator.get("/staff/mail/kinds/nothing").is(404);
    app.staff(Role::Observer, "Olga").get("/staff/mail/kinds").is(403);
}

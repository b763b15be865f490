//! People are written to in their own language, whoever acted.

use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{self, fill, go_on, send, up_to};
use crate::support::mail::Mail;

/// Letters of Arabic in the fixed text, and none of the English.
#[track_caller]
fn is_arabic(mail: &Mail) {
    assert!(mail.html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{}", mail.html);
    for english in
        ["Hello", "Dear ", "Received", "Reference:", "What happens next", "Practice", "UTC", "November 2026,"]
    {
        assert!(!mail.all().contains(english), "{english}: {}", mail.all());
    }
    assert!(mail.text.contains("الرقم المرجعي:"), "{}", mail.text);
}

/// FRG-05: begun under `/ar/`, the form is read in English for want of its pages in Arabic; the mails are Arabic all the same.
#[test]
fn who_begins_in_arabic_is_written_to_in_arabic() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut amina = app.client();
    let first = amina.get("/ar/forms/practice/begin").is(200);
    assert_eq!(first.all("html[lang=en]").len(), 1);
    let check = fill(&mut amina, first, &answers::practice());
    send(&mut amina, &check);
    let mails = app.mails_to("amina@lakeview.example");
    let [receipt] = mails.as_slice() else { panic!("{mails:?}") };
    is_arabic(receipt);
    assert!(receipt.subject.starts_with("[\u{2068}ممارسة\u{2069}] \u{2068}تم الاستلام\u{2069}: "), "{}", receipt.subject);
    assert!(receipt.text.contains("6\u{2069} \u{2068}تشرين الثاني/نوفمبر"), "{}", receipt.text);
    assert!(receipt.text.contains("10\u{2069} أيام عمل"), "{}", receipt.text);
    let reference = reference_in(&receipt.subject);
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    let asked = &app.mails_to("amina@lakeview.example")[0];
    is_arabic(asked);
    assert!(asked.text.contains("Please name the partners."), "{}", asked.text);
    // Their own page is read in a language that pages speak, and says so.
    let own = amina.visit(&asked.own_link()).is(200);
    assert_eq!(own.all("html[lang=en][dir=ltr]").len(), 1);
}

fn reference_in(subject: &str) -> String {
    let last = subject.rsplit(" – ").next().unwrap_or_default();
    last.trim_matches(['\u{2068}', '\u{2069}']).to_owned()
}

#[test]
fn the_language_of_mails_is_chosen_where_the_address_is_asked_for() {
    let app = TestApp::start();
    let mut amina = app.client();
    let contact = up_to(&mut amina, "practice", "contact_email", &answers::practice());
    assert_eq!(contact.all("#mail_language option[selected]"), ["English"]);
    assert_eq!(contact.all("#mail_language option"), ["English", "العربية"]);
    let mut form = contact.form();
    form.answer(&answers::practice());
    let check = go_on(&mut amina, form.set("mail_language", "ar"));
    send(&mut amina, &check);
    is_arabic(&app.mails_to("amina@lakeview.example")[0]);
}

#[test]
fn staff_choose_the_language_of_their_mails() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let page = moderator.get("/staff/me").is(200);
    assert_eq!(page.all("#language option[selected]"), ["English"]);
    let mut form = page.form();
    let sent = moderator.submit(form.set("language", "ar"));
    assert!(moderator.follow(&sent).is(200).said().contains("Saved."));
    let refused = form.set("language", "fr").clone();
    moderator.submit(&refused).is(400);
    app.practice(&json!({}));
    let mails = app.mails_to("mona@unmigration.example");
    let [alert] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(alert.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert_eq!(alert.first_line(), "يحتاج إلى مشرف");
}

/// A language that mails are not written in yet: all of the mail is English, and says so.
#[test]
fn a_mail_is_never_half_in_one_language_and_half_in_another() {
    let app = TestApp::start();
    let sent = app.client().api(
        "POST",
        "/api/v1/forms/practice/submissions",
        Some(&json!({ "answers": answers::practice_json(), "locale": "fr" })),
    );
    sent.is(201);
    let mail = &app.mails_to("amina@lakeview.example")[0];
    assert!(mail.html.contains("<html lang=\"en\" dir=\"ltr\">") && mail.text.contains("Thank you."));
}

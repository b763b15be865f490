use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::DateTime;
use mailparse::{MailAddr, MailHeaderMap, ParsedMail};

use super::context::Context;
use super::gather::why;
use super::kinds::compose;
use super::links;
use super::render::Frozen;
use super::sample::sample;
use super::transport::{Letter, Transport};
use crate::config::Config;
use crate::domain::links::Keys;
use crate::domain::mail::{MailKind, Subject, ToldOf};
use crate::domain::submission::{DeclineReason, ReviewState, SubmissionId, Visibility};
use crate::forms::form::{FormId, Lifecycle};
use crate::locale::{Language, Locales};
use crate::store::accounts::Alert;
use crate::store::submissions::Submission;

pub(super) fn config() -> Config {
    Config::from_settings(&BTreeMap::new()).unwrap()
}

fn context(kind: MailKind) -> Context {
    context_in(Language::En, kind)
}

fn context_in(language: Language, kind: MailKind) -> Context {
    sample(kind, Locales::load().unwrap().get(language), config().service, "https://inlet.example")
}

fn submission() -> Submission {
    let at = DateTime::UNIX_EPOCH;
    Submission {
        id: SubmissionId(7),
        reference: "PRA-7K3M-9Q2X".to_owned(),
        form: FormId::new("practice"),
        state: ReviewState::Submitted,
        visibility: Visibility::None,
        head_revision: 1,
        published_revision: None,
        version: 1,
        link_generation: 1,
        address_confirmed_at: None,
        language: Language::En,
        mail_language: Language::En,
        created_at: at,
        state_since: at,
        assignee: None,
    }
}

/// The message as it would travel.
async fn eml(name: &str, content: Frozen) -> Vec<u8> {
    let letter = Letter {
        id: 1,
        message_id: "0123456789abcdef0123456789abcdef01234567".to_owned(),
        thread: "PRA-7K3M-9Q2X".to_owned(),
        address: "elodie@example.org".to_owned(),
        name: name.to_owned(),
        content,
    };
    let (transport, config) = (Transport::Memory(Arc::default()), config());
    transport.session(&config).send(&letter, DateTime::UNIX_EPOCH).await;
    let Transport::Memory(kept) = transport else { panic!("memory") };
    let eml = kept.lock().unwrap()[0].eml.clone();
    for line in eml.split(|byte| *byte == b'\n') {
        assert!(line.len() <= 998, "a line of {} octets", line.len());
    }
    eml
}

fn text_part(mail: &ParsedMail<'_>) -> String {
    mail.subparts[0].get_body().unwrap().replace("\r\n", "\n")
}

#[test]
fn every_kind_renders_with_all_its_words() {
    for &kind in MailKind::ALL {
        let frozen = compose(&context(kind)).unwrap();
        for part in [&frozen.subject, &frozen.text, &frozen.html] {
            assert!(!part.contains("mail-"), "{kind:?}: {part}");
        }
        assert!(
            !frozen.text.contains("\n\n\n") && !frozen.text.contains(['\u{2068}', '\u{2069}']),
            "{kind:?}: {:?}",
            frozen.text
        );
        let of_submission = kind.tells_of() == ToldOf::Submission;
        assert!(
            frozen.subject.starts_with("[Practice] ")
                || kind.tells_of() == ToldOf::Digest
                || kind == MailKind::SubscriptionAsked
        );
        assert!(frozen.subject.ends_with("– PRA-7K3M-9Q2X") == of_submission);
        assert!(frozen.html.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"));
        let bare = !of_submission || kind == MailKind::Signposts;
        assert!(frozen.html.contains("&#38; families") || kind.is_alert() || bare);
        assert!(!frozen.html.contains("<b>") && !frozen.html.contains("<line>"));
        assert!(!frozen.html.contains("<img") && !frozen.html.contains("style="));
    }
}

/// All kinds in a language, one below the other, their marks named.
fn texts_in(language: Language) -> String {
    let texts: Vec<String> = MailKind::ALL
        .iter()
        .map(|kind| compose(&context_in(language, *kind)).unwrap())
        .map(|frozen| format!("Subject: {}\n\n{}", frozen.subject, frozen.text))
        .collect();
    let texts = texts.join("\n\n=====\n\n");
    let marked = [
        ('\u{e000}', "(own)"),
        ('\u{e001}', "(address)"),
        ('\u{e002}', "(change)"),
        ('\u{e003}', "(draft)"),
        ('\u{e004}', "(party)"),
        ('\u{e005}', "(sitting)"),
        ('\u{e006}', "|"),
        ('\u{e007}', "(subscription)"),
        ('\u{e008}', "|"),
    ];
    marked.iter().fold(texts, |texts, (mark, name)| texts.replace(*mark, name))
}

#[test]
fn texts_of_all_kinds() {
    insta::assert_snapshot!(texts_in(Language::En));
}

#[test]
fn texts_of_all_kinds_in_arabic() {
    insta::assert_snapshot!(texts_in(Language::Ar));
}

#[test]
fn from_right_to_left_nothing_runs_into_its_neighbours() {
    for &kind in MailKind::ALL {
        let frozen = compose(&context_in(Language::Ar, kind)).unwrap();
        for part in [&frozen.subject, &frozen.text, &frozen.html] {
            assert!(!part.contains("mail-"), "{kind:?}: {part}");
            assert_eq!(part.matches('\u{2068}').count(), part.matches('\u{2069}').count(), "{kind:?}: {part}");
        }
        assert!(frozen.html.starts_with("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">"), "{kind:?}");
        let reference = frozen.subject.contains("PRA-7K3M-9Q2X");
        assert!(!reference || frozen.subject.ends_with("\u{2068}PRA-7K3M-9Q2X\u{2069}"), "{}", frozen.subject);
        assert!(!frozen.text.contains("\n\n\n"), "{kind:?}: {:?}", frozen.text);
    }
}

#[test]
fn html_of_a_receipt() {
    let frozen = compose(&context(MailKind::Receipt)).unwrap();
    insta::assert_snapshot!(frozen.html.replace('\u{e000}', "(own)").replace('\u{e001}', "(address)"));
}

#[test]
fn html_of_points_in_arabic() {
    let frozen = compose(&context_in(Language::Ar, MailKind::ChangesRequested)).unwrap();
    insta::assert_snapshot!(frozen.html.replace('\u{e000}', "(own)").replace('\u{e001}', "(address)"));
}

#[test]
fn a_receipt_says_nothing_of_the_sender_but_the_title() {
    let frozen = compose(&context(MailKind::Receipt)).unwrap();
    for free in ["Élodie", "Ministry", "partners", "First line"] {
        assert!(!frozen.text.contains(free) && !frozen.html.contains(free), "{free}");
    }
    let confirmed = compose(&Context { confirmed: true, ..context(MailKind::Receipt) }).unwrap();
    assert!(frozen.text.contains("/address?key=") && !confirmed.text.contains("/address?key="));
}

#[test]
fn a_mail_about_a_draft_says_nothing_that_was_typed() {
    for kind in [MailKind::DraftLink, MailKind::DraftReminder] {
        let frozen = compose(&context(kind)).unwrap();
        for typed in ["Élodie", "Ministry", "One-stop", "First line", "Kenya"] {
            assert!(!frozen.text.contains(typed) && !frozen.html.contains(typed) && !frozen.subject.contains(typed));
        }
        assert!(frozen.text.contains("5 January 2027") && frozen.html.contains("5 January 2027"));
        let keys = Keys::new([7; 32]);
        let subject = Subject::Draft { id: "hq4bcSy2".to_owned(), since: 1 };
        let key = keys.link(crate::domain::links::Purpose::DraftEdit, "hq4bcSy2", 1);
        let text = links::fill(&frozen.text, &keys, &subject, 1);
        assert!(text.contains(&format!("https://inlet.example/drafts/hq4bcSy2?key={key}\n")), "{text}");
    }
}

#[test]
fn an_alert_begins_with_what_it_asks_for() {
    for (decides, first) in [(true, "Needs a moderator"), (false, "For information")] {
        let mut context = Context { decides, ..context(MailKind::AlertNew) };
        context.service.demo = true;
        let text = compose(&context).unwrap().text;
        assert_eq!(text.lines().next(), Some(first));
        assert!(text.contains("Demonstration."));
        assert!(!text.contains("Élodie"));
    }
}

#[test]
fn a_refusal_is_called_by_what_was_asked_for() {
    let act = |lifecycle, correction| {
        let mut context = Context { correction, ..context(MailKind::Declined) };
        context.form.lifecycle = lifecycle;
        context.act()
    };
    assert_eq!(act(Lifecycle::Publication, false), "Not published");
    assert_eq!(act(Lifecycle::Request, false), "Cannot be supported at this time");
    assert_eq!(act(Lifecycle::Publication, true), "Correction not published");
    for &reason in DeclineReason::ALL {
        let context = Context { reason: Some(reason), ..context(MailKind::Declined) };
        assert!(context.because().is_none_or(|text| !text.contains("mail-")));
    }
}

#[test]
fn keys_are_filled_in_and_never_kept() {
    let (keys, submission) = (Keys::new([7; 32]), submission());
    let frozen = compose(&context(MailKind::ChangesRequested)).unwrap();
    let subject = Subject::Event { seq: 1, submission: submission.id, revision: 1 };
    let first = links::fill(&frozen.text, &keys, &subject, 1);
    let key = keys.link(crate::domain::links::Purpose::Own, submission.id, 1);
    assert!(first.contains(&format!("https://inlet.example/submissions/PRA-7K3M-9Q2X?key={key}\n")));
    assert!(!frozen.text.contains(&key) && !first.contains(['\u{e000}', '\u{e001}']));
    assert!(!links::fill(&frozen.text, &keys, &subject, 2).contains(&key));
}

#[test]
fn a_party_and_a_sitting_have_keys_of_their_own() {
    let keys = Keys::new([7; 32]);
    let fill = |kind, subject: &Subject| {
        let frozen = compose(&context(kind)).unwrap();
        links::fill_others(&frozen.text, &keys, subject, "office@reedham.example")
    };
    let event = Subject::Event { seq: 1, submission: SubmissionId(7), revision: 1 };
    let asked = fill(MailKind::PartyAsked, &event);
    assert!(asked.contains(&format!("key={}", keys.party(SubmissionId(7), "office@reedham.example"))));
    let sitting = Subject::Draft { id: "sitting-id".to_owned(), since: 1 };
    assert!(fill(MailKind::Sitting, &sitting).contains(&format!("key=sitting-id.{}", keys.sitting("sitting-id"))));
    let own = keys.link(crate::domain::links::Purpose::Own, SubmissionId(8), 1);
    assert!(fill(MailKind::SittingReceipt, &sitting).contains(&format!("/submissions/REP-7K3M-9Q2X?key={own}")));
}

#[test]
fn an_address_nobody_confirmed_gets_the_link_that_confirms_and_no_other() {
    for (confirmed, own) in [(false, false), (true, true)] {
        let frozen = compose(&Context { confirmed, ..context(MailKind::Receipt) }).unwrap();
        assert_eq!(frozen.text.contains('\u{e000}') && frozen.html.contains('\u{e000}'), own);
        assert_eq!(frozen.text.contains('\u{e001}') && frozen.html.contains('\u{e001}'), !confirmed);
    }
}

#[test]
fn an_alert_names_what_the_reader_follows() {
    let lists = crate::forms::lists::Lists::load().unwrap();
    let catalog = crate::forms::catalog::Catalog::load(&lists, None).unwrap();
    let form = catalog.find("practice", Language::En).unwrap();
    let words = Locales::load().unwrap().get(Language::En);
    let alert = |form: Option<&str>, region: Option<&str>| Alert {
        form: form.map(str::to_owned),
        region: region.map(str::to_owned),
    };
    let said = |alerts: &[Alert]| super::text::bare(&why(form, &["eca".to_owned()], alerts, &lists, &words));
    assert_eq!(
        said(&[
            alert(Some("pledge"), None),
            alert(Some("practice"), Some("escap")),
            alert(Some("practice"), Some("eca"))
        ]),
        "You get this because you follow Practices in Africa."
    );
    assert_eq!(said(&[alert(None, None)]), "You get this because you follow everything.");
    assert_eq!(said(&[]), "You get this because of what you follow.");
}

#[tokio::test]
async fn a_name_with_comma_accent_and_quotes_is_one_mailbox() {
    let name = "Şahin, Élodie \"Lili\"";
    let eml = eml(name, compose(&context(MailKind::Published)).unwrap()).await;
    assert!(eml.is_ascii());
    let mail = mailparse::parse_mail(&eml).unwrap();
    let to = mailparse::addrparse_header(mail.headers.get_first_header("To").unwrap()).unwrap();
    let [MailAddr::Single(one)] = to.as_slice() else { panic!("{to:?}") };
    assert_eq!((one.display_name.as_deref(), one.addr.as_str()), (Some(name), "elodie@example.org"));
}

#[tokio::test]
async fn headers_hold_what_threads_and_machines_need() {
    let content = Frozen {
        subject: "a\r\nBcc: v@example.net =?utf-8?b?QQ==?=".to_owned(),
        text: "t".to_owned(),
        html: "h".to_owned(),
        unsubscribe: Some("https://inlet.example/subscriptions/a/end?key=b".to_owned()),
        calendar: None,
    };
    let eml = eml("", content).await;
    let mail = mailparse::parse_mail(&eml).unwrap();
    let header = |name: &str| mail.headers.get_first_value(name);
    assert_eq!(header("Message-ID").as_deref(), Some("<0123456789abcdef0123456789abcdef01234567@localhost>"));
    assert_eq!(header("References").as_deref(), Some("<PRA-7K3M-9Q2X@localhost>"));
    assert_eq!(header("List-Unsubscribe").as_deref(), Some("<https://inlet.example/subscriptions/a/end?key=b>"));
    assert_eq!(header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert_eq!(header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(header("Date").as_deref(), Some("Thu, 01 Jan 1970 00:00:00 +0000"));
    assert_eq!(header("Bcc"), None);
    assert_eq!(header("Subject").unwrap().replace('\u{2060}', ""), "a; Bcc: v@example.net =?utf-8?b?QQ==?=");
}

#[tokio::test]
async fn long_lines_arrive_unchanged() {
    let url = format!("https://example.org/{}", "a".repeat(1480));
    for message in ["word ".repeat(242).trim_end(), &"ع".repeat(2000), &url, ".\nMAIL FROM:<x@evil.example>\n."] {
        let content = compose(&Context { message: message.to_owned(), ..context(MailKind::ChangesRequested) }).unwrap();
        let eml = eml("Élodie", content).await;
        assert!(!String::from_utf8(eml.clone()).unwrap().replace("\r\n", "").contains(['\r', '\n']));
        let mail = mailparse::parse_mail(&eml).unwrap();
        assert!(text_part(&mail).contains(&format!("\n{message}\n")));
    }
}

/// A strict reader finds one sender, one receiver, the same subject and the same two texts, in every language.
#[tokio::test]
async fn every_kind_in_every_language_arrives_as_it_was_written() {
    for language in Locales::load().unwrap().of_mails() {
        for &kind in MailKind::ALL {
            let content = compose(&context_in(language, kind)).unwrap();
            let eml = eml("\u{c9}lodie", content.clone()).await;
            assert!(eml.is_ascii(), "{kind:?}");
            let mail = mail_parser::MessageParser::default().parse(&eml).unwrap();
            assert_eq!(mail.subject(), Some(content.subject.as_str()), "{kind:?}");
            assert_eq!(mail.from().map(|from| from.clone().into_list().len()), Some(1));
            assert_eq!(mail.to().and_then(|to| to.first()).and_then(|to| to.address()), Some("elodie@example.org"));
            assert!(mail.date().is_some() && mail.message_id().is_some());
            assert_eq!(mail.header_raw("List-Unsubscribe").is_some(), kind.can_be_stopped(), "{kind:?}");
            assert_eq!((mail.text_body_count(), mail.html_body_count()), (1, 1), "{kind:?}");
            let lines = |text: std::borrow::Cow<'_, str>| text.replace("\r\n", "\n").trim_end().to_owned();
            assert_eq!(mail.body_text(0).map(lines).as_deref(), Some(content.text.trim_end()), "{kind:?}");
            assert_eq!(mail.body_html(0).map(lines).as_deref(), Some(content.html.trim_end()), "{kind:?}");
        }
    }
}

#[tokio::test]
async fn one_click_ends_what_somebody_follows() {
    let content = Frozen {
        subject: "s".to_owned(),
        text: "t".to_owned(),
        html: "h".to_owned(),
        unsubscribe: Some("https://inlet.example/unsubscribe/x".to_owned()),
        calendar: None,
    };
    let letter = Letter {
        id: 1,
        message_id: "0".repeat(40),
        thread: "PRA-7K3M-9Q2X".to_owned(),
        address: "elodie@example.org".to_owned(),
        name: String::new(),
        content,
    };
    let (transport, config) = (Transport::Memory(Arc::default()), config());
    transport.session(&config).send(&letter, DateTime::UNIX_EPOCH).await;
    let Transport::Memory(kept) = transport else { panic!("memory") };
    let eml = String::from_utf8(kept.lock().unwrap()[0].eml.clone()).unwrap();
    assert!(eml.contains("List-Unsubscribe: <https://inlet.example/unsubscribe/x>\r\n"), "{eml}");
    assert!(eml.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

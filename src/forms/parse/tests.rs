mod writing;

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

use super::text::{Lines, clean};
use crate::forms::testing::{any_pairs, form, known, locale, parse, parse_in, problems};
use crate::forms::{Answer, FieldId, Parsed};
use crate::locale::Language;

fn text(parsed: &Parsed, field: &str) -> String {
    parsed.answers.text(&FieldId::new(field)).unwrap_or_default().to_owned()
}

fn answer(parsed: &Parsed, field: &str) -> Option<Answer> {
    parsed.answers.get(&FieldId::new(field)).cloned()
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
        for lines in [Lines::One, Lines::Many] {
            if let Ok(once) = clean(&text, lines) {
                prop_assert_eq!(clean(&once, lines).unwrap(), once);
            }
        }
    }

    #[test]
    fn nothing_sent_makes_the_parser_fail(sent in prop::collection::vec(("[a-z_0-9-]{0,20}", any::<String>()), 0..9), lang in prop::sample::select(Language::ALL.to_vec())) {
        parse_in(lang, &sent.into_iter().collect());
    }

    #[test]
    fn errors_stand_in_the_order_of_the_questions_and_have_words(sent in any_pairs()) {
        let (form, locale) = (form(), locale(Language::En));
        let errors = parse_in(Language::En, &sent).errors;
        let order: Vec<_> = errors.iter().map(|error| form.fields().position(|field| field.id == error.path.field)).collect();
        prop_assert!(order.is_sorted());
        for message in form.messages(&errors, &locale) {
            prop_assert!(!message.text.starts_with("problem-") && !message.text.contains("{$"), "{}", message.text);
        }
    }
}

#[test]
fn lengths_count_characters_after_cleaning() {
    // FRG-07: a line break is one character, however it is sent; so is an emoji of one code point.
    let full = format!("{}\r\n{}", "a".repeat(149), "😀".repeat(150));
    assert_eq!(problems(&[("summary", &full)], "summary"), Vec::<&str>::new());
    assert_eq!(problems(&[("summary", &format!("{full}é"))], "summary"), ["too-long"]);
    assert_eq!(problems(&[("summary", " short\r\n ")], "summary"), ["too-short"]);
    assert_eq!(text(&parse(&[("summary", "one\r\ntwo\rthree\u{2028}four")]), "summary"), "one\ntwo\nthree\nfour");
}

#[test]
fn texts_are_cleaned() {
    let cases = [
        ("\u{feff}Title", "Title"),
        ("Report \u{202e}gpj.exe", "Report gpj.exe"),
        ("a\u{1}\u{7}\u{1b}[31mred\u{85}\u{9f}b", "a[31mredb"),
        ("Universite\u{301}", "Université"),
        ("a\u{2028}b\tc\r\nd", "a b c d"),
        ("\u{200f} x \u{200b}", "x"),
        ("\u{fdd0}\u{ffff}\u{e000}", "\u{e000}"),
        ("👨\u{200d}👩\u{200d}👧 🇺🇳", "👨\u{200d}👩\u{200d}👧 🇺🇳"),
        ("{{ 7*7 }} <b>", "{{ 7*7 }} <b>"),
    ];
    for (sent, kept) in cases {
        assert_eq!(text(&parse(&[("title", sent)]), "title"), kept, "{sent:?}");
    }
    let tower = format!("Z{}", "\u{351}".repeat(40));
    assert_eq!(text(&parse(&[("title", &tower)]), "title").chars().count(), 7);
    assert_eq!(problems(&[("title", "a\0b")], "title"), ["nul"]);
    assert_eq!(problems(&[("title", " \u{a0}\u{2003} \t \u{200b}")], "title"), ["missing"]);
}

#[test]
fn a_value_sent_twice_is_refused_where_it_differs() {
    assert_eq!(problems(&[("title", "one"), ("title", "two")], "title"), ["twice"]);
    assert_eq!(text(&parse(&[("title", "one"), ("title", " one ")]), "title"), "one");
}

#[test]
fn email_addresses() {
    let long_local = format!("{}@example.org", "a".repeat(65));
    let bad = [
        ("ann\u{200b}a@example.org", "hidden-character"),
        ("anna@xn--example-.org", "not-an-email"),
        ("root@[127.0.0.1]", "not-an-email"),
        ("root@127.0.0.1", "not-an-email"),
        ("root@localhost", "not-an-email"),
        ("a@example.org,b@example.org;c@example.org", "not-an-email"),
        ("Boss <boss@example.org>", "not-an-email"),
        ("anna@example.org\r\nBcc: victim@example.net", "not-an-email"),
        ("a..b@example.org", "not-an-email"),
        ("anna", "not-an-email"),
        (long_local.as_str(), "email-too-long"),
    ];
    for (sent, code) in bad {
        assert_eq!(problems(&[("contact_email", sent)], "contact_email"), [code], "{sent}");
    }
    let good = [
        ("anna+gcm@example.org", "anna+gcm@example.org"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@ex\u{430}mple.org", "anna@xn--exmple-4nf.org"),
        (" Anna@Example.ORG ", "Anna@example.org"),
    ];
    for (sent, kept) in good {
        assert_eq!(text(&parse(&[("contact_email", sent)]), "contact_email"), kept);
    }
}

#[test]
fn web_addresses() {
    let bad = [
        ("javascript:alert(document.cookie)", "not-a-url"),
        (" java\tscript:alert(1)", "not-a-url"),
        ("data:text/html,x", "not-a-url"),
        ("ftp://example.org/", "url-scheme"),
        ("https://migrationnetwork.un.org@evil.example/", "url-with-user"),
        ("https://localhost/", "not-a-url"),
        ("http://127.0.0.1/", "not-a-url"),
        ("two words.org", "not-a-url"),
    ];
    for (sent, code) in bad {
        assert_eq!(problems(&[("website", sent)], "website"), [code], "{sent}");
    }
    let good = [
        ("un.org/é", "https://un.org/%C3%A9"),
        ("HTTP://UN.org", "http://un.org/"),
        ("un.org:8080/a", "https://un.org:8080/a"),
    ];
    for (sent, kept) in good {
        assert_eq!(text(&parse(&[("website", sent)]), "website"), kept);
    }
}

#[test]
fn numbers_are_read_as_the_language_writes_them() {
    let read = |lang, sent: &str| match answer(&parse_in(lang, &[("share", sent)].into_iter().collect()), "share") {
        Some(Answer::Number(number)) => number.to_string(),
        _ => "refused".to_owned(),
    };
    let cases = [
        (Language::En, "1.5", "1.5"),
        (Language::En, "1,5", "refused"),
        (Language::Fr, "1,5", "1.5"),
        (Language::Fr, "1.5", "1.5"),
        (Language::Es, "-1,25", "-1.25"),
        (Language::Ru, "\u{2212}12,5", "-12.5"),
        (Language::Ar, "٧٫٥", "7.5"),
        (Language::Zh, "７．５", "7.5"),
        (Language::En, "-0", "0"),
        (Language::En, "0x10", "refused"),
        (Language::En, "1_0", "refused"),
        (Language::En, "1e1", "refused"),
        (Language::En, "NaN", "refused"),
        (Language::En, "1.2345", "refused"),
    ];
    for (lang, sent, kept) in cases {
        assert_eq!(read(lang, sent), kept, "{lang:?} {sent}");
    }
    let people = |lang, sent: &str| answer(&parse_in(lang, &[("people", sent)].into_iter().collect()), "people");
    let thousand = Some(Answer::Number(Decimal::from(1_234_567)));
    for (lang, sent) in [
        (Language::En, "1,234,567"),
        (Language::Fr, "1\u{202f}234 567"),
        (Language::Fr, "1 234 567"),
        (Language::Es, "1.234.567"),
    ] {
        let expected = if sent.contains('\u{202f}') { None } else { thousand.clone() };
        assert_eq!(people(lang, sent), expected, "{lang:?} {sent}");
    }
    assert_eq!(problems(&[("people", "12,34")], "people"), ["not-a-number"]);
    assert_eq!(problems(&[("people", "99999999999999999999999999")], "people"), ["too-many-digits"]);
    assert_eq!(problems(&[("people", &"9".repeat(400))], "people"), ["too-many-digits"]);
    assert_eq!(problems(&[("people", "-1")], "people"), ["too-small"]);
    assert_eq!(problems(&[("budget-amount", "5")], "budget-currency"), ["no-currency"]);
    assert_eq!(problems(&[("budget-amount", "5"), ("budget-currency", "XXX")], "budget-currency"), ["not-an-option"]);
    assert_eq!(answer(&parse(&[("budget-currency", "CHF")]), "budget"), None);
}

#[test]
fn dates_name_the_wrong_part() {
    let day = |day: &str, month: &str, year: &str, part: &str| {
        problems(&[("day-day", day), ("day-month", month), ("day-year", year)], &format!("day-{part}"))
    };
    assert_eq!(day("29", "2", "2023", "day"), ["not-a-date"]);
    assert_eq!(day("29", "2", "2024", "day"), Vec::<&str>::new());
    assert_eq!(day("", "2", "2024", "day"), ["date-incomplete"]);
    assert_eq!(day("1", "13", "2024", "month"), ["date-part"]);
    assert_eq!(day("1", "Novembre", "2024", "month"), ["date-part"]);
    assert_eq!(day("1", "1", "24", "year"), ["date-part"]);
    assert_eq!(day("31", "12", "9999", "year"), ["year-out-of-range"]);
    for (sent, code) in
        [("0000-00-00", "year-out-of-range"), ("2023-02-29", "not-a-date"), ("31/12/2024", "not-a-date")]
    {
        assert_eq!(problems(&[("day", sent)], "day"), [code]);
    }
    let november = answer(&parse(&[("day", "2026-11-06")]), "day");
    for month in ["11", "November", "nov", "NOV.", "١١"] {
        assert_eq!(
            answer(&parse(&[("day-day", "٦"), ("day-month", month), ("day-year", "２０２６")]), "day"),
            november,
            "{month}"
        );
    }
    assert_eq!(
        answer(&parse(&[("until", "2024-05")]), "until"),
        answer(&parse(&[("until-month", "may"), ("until-year", "2024")]), "until")
    );
}

#[test]
fn a_meeting_needs_a_time_that_exists() {
    let meeting = |date: &str, time: &str, zone: &str| {
        let parsed = parse(&[("meeting-date", date), ("meeting-time", time), ("meeting-zone", zone)]);
        let found = parsed
            .errors
            .iter()
            .find(|e| e.path.field.as_str() == "meeting")
            .map(|e| (e.path.name(), e.problem.code()));
        found.map_or_else(|| "fine".to_owned(), |(name, code)| format!("{name} {code}"))
    };
    assert_eq!(meeting("2024-03-31", "02:30", "Europe/Zurich"), "meeting-time no-such-time");
    assert_eq!(meeting("2024-10-27", "02:30", "Europe/Zurich"), "fine");
    assert_eq!(meeting("2024-10-27", "9.30", "Europe/Zurich"), "fine");
    assert_eq!(meeting("2024-10-27", "25:00", "Europe/Zurich"), "meeting-time not-a-time");
    assert_eq!(meeting("2024-10-27", "10:00", "Mars/Base"), "meeting-zone not-a-zone");
    assert_eq!(meeting("2024-10-27", "", "UTC"), "meeting-time date-incomplete");
    assert_eq!(meeting("", "", "UTC"), "fine");
}

#[test]
fn answers_to_questions_that_are_not_asked_are_dropped() {
    // FRG-08: the answer that hid them came later than they were typed.
    let hidden = parse(&[("ongoing", "yes"), ("ended_why", "Money")]);
    assert_eq!(answer(&hidden, "ended_why"), None);
    assert!(hidden.errors.iter().all(|error| error.path.field.as_str() != "ended_why"));
    assert_eq!(text(&parse(&[("ongoing", "no"), ("ended_why", "Money")]), "ended_why"), "Money");
    assert_eq!(problems(&[("ongoing", "no")], "ended_why"), ["missing"]);
    assert_eq!(problems(&[("scope", "global")], "countries"), Vec::<&str>::new());
    assert_eq!(problems(&[("scope", "country")], "countries"), ["missing"]);
}

#[test]
fn only_what_is_offered_can_be_chosen() {
    assert_eq!(problems(&[("scope", "__not_an_option__")], "scope"), ["not-an-option"]);
    assert_eq!(problems(&[("objectives", "1"), ("objectives", "99")], "objectives"), ["not-an-option"]);
    let many: Vec<_> = (1..=4).map(|n| ("objectives", n.to_string())).collect();
    let many: Vec<_> = many.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(problems(&many, "objectives"), ["too-many"]);
    assert_eq!(problems(&[("objectives", "1"), ("main_objective", "2")], "main_objective"), ["not-an-option"]);
    assert_eq!(text(&parse(&[("objectives", "GCM-01"), ("main_objective", "1")]), "main_objective"), "1");
    assert_eq!(answer(&parse(&[("objectives", "5"), ("main_objective", "5")]), "main_objective"), None);
    assert_eq!(problems(&[("files", "f1"), ("files", "f9")], "files"), ["unknown-file"]);
    assert_eq!(problems(&[("files", "f1"), ("files", "f2"), ("files", "f3")], "files"), ["too-many"]);
    assert_eq!(problems(&[("builds_on", "ALL-0000")], "builds_on"), ["unknown-publication"]);
    assert!(matches!(answer(&parse(&[("builds_on", " all-7k3f ")]), "builds_on"), Some(Answer::Publication(_))));
}

#[test]
fn rows_may_have_gaps_and_blanks() {
    let parsed = parse(&[
        ("partners-1-name", ""),
        ("partners-1-money-currency", "CHF"),
        ("partners-4-name", "IOM"),
        ("partners-4-kind", "state"),
        ("partners-4-which", "hidden"),
        ("partners-7-kind", "other"),
    ]);
    let messages = form().messages(&parsed.errors, &locale(Language::En));
    let found: Vec<_> =
        messages.iter().filter(|m| m.name.starts_with("partners")).map(|m| (m.name.as_str(), m.code)).collect();
    assert_eq!(found, [("partners-7-name", "missing")]);
    let rows = parse(&[
        ("partners-1-name", ""),
        ("partners-4-name", "IOM"),
        ("partners-4-kind", "state"),
        ("partners-4-which", "x"),
    ]);
    let rows = form().to_json(&rows.answers)["partners"].clone();
    assert_eq!(rows, json!([{ "name": "IOM", "kind": "state" }]));
    let five: Vec<_> = (0..5).map(|n| (format!("partners-{n}-name"), "IOM".to_owned())).collect();
    let errors = parse_in(Language::En, &five.into()).errors;
    let messages = form().messages(&errors, &locale(Language::En));
    assert!(messages.iter().any(|m| m.anchor == "partners" && m.code == "too-many"));
}

#[test]
fn anchors_lead_to_the_first_bad_control() {
    let messages = form().messages(&parse(&[("budget-amount", "x"), ("day-day", "1")]).errors, &locale(Language::En));
    let anchor = |name: &str| messages.iter().find(|m| m.name == name).map(|m| m.anchor.clone()).unwrap_or_default();
    assert_eq!(anchor("budget-amount"), "budget-amount");
    assert_eq!(anchor("day-month"), "day-month");
    assert_eq!(anchor("title"), "title");
    let ongoing = messages.iter().find(|m| m.name == "ongoing").unwrap();
    assert_eq!(ongoing.text, "Say whether it is going on.");
}

#[test]
fn checks_compare_answers() {
    let wrong = parse(&[("day", "2024-06-01"), ("until", "2024-05")]);
    assert!(wrong.errors.iter().any(|e| e.path.name() == "until" && e.problem.code() == "check"));
    let same_month = parse(&[("day", "2024-05-31"), ("until", "2024-05")]);
    assert!(same_month.errors.iter().all(|e| e.problem.code() != "check"));
    let early = parse(&[("day", "2018-12-09")]);
    assert!(early.errors.iter().all(|e| e.path.name() != "day"));
    assert_eq!(early.warnings.len(), 1);
}

#[test]
fn json_says_which_key_has_the_wrong_type() {
    let sent = json!({
        "title": 7, "people": "9", "budget": { "amount": 5, "currency": "CHF", "tip": 1 }, "ongoing": "yes", "countries": "CHE",
        "partners": [{ "name": "IOM", "age": 3 }, { "name": 5 }], "colour": "red", "day": "2026-11-06", "share": 1.234, "summary": null,
    });
    let parsed = form().parse_json(sent.as_object().unwrap(), &known(), &locale(Language::Es));
    let codes: Vec<_> = parsed.errors.iter().map(|e| format!("{} {}", e.path.name(), e.problem.code())).collect();
    let expected = [
        "title wrong-type",
        "people wrong-type",
        "budget wrong-type",
        "ongoing wrong-type",
        "scope missing",
        "countries wrong-type",
        "objectives missing",
        "partners-0-age unknown-field",
        "partners-1-name wrong-type",
        "contact_name missing",
        "contact_email missing",
        "consent missing",
        "colour unknown-field",
    ];
    assert_eq!(codes, expected);
    assert_eq!(answer(&parsed, "share"), Some(Answer::Number(Decimal::new(1234, 3))));
    let messages = form().messages(&parsed.errors, &locale(Language::En));
    assert!(messages.iter().all(|m| !m.text.starts_with("problem-")));
}

#[test]
fn what_must_be_looked_up_is_said_before() {
    let wanted =
        form().wanted_json(json!({ "files": [{ "upload": "f1" }], "builds_on": "all-7k3f" }).as_object().unwrap());
    assert_eq!(wanted.files, ["f1"]);
    assert_eq!(wanted.publications[0].1, "ALL-7K3F");
}

#[test]
fn ten_thousand_values_are_refused_quickly() {
    let sent = (0..10_000).map(|_| ("objectives", "1")).chain((0..10_000).map(|_| ("countries", "x"))).collect();
    let parsed = parse_in(Language::En, &sent);
    assert!(answer(&parsed, "objectives").is_some());
}

//! What people write of numbers, months and addresses is read as they mean it.

use super::{answer, text};
use crate::forms::Answer;
use crate::forms::testing::{form, locale, parse, parse_in, problems};
use crate::locale::Language;

/// The twelve months as people write them, and other writings with their month; 0 where there is none.
type Year = (Language, [&'static str; 12], &'static [(&'static str, u32)]);

const MONTHS: [Year; 6] = [
    (
        Language::En,
        ["January", "february", "MARCH", "Apr.", "May", "June", "jul", "August", "Sept", "October", "nov", "Dec."],
        &[("janvier", 0), ("ju", 0), ("13", 0), ("0", 0)],
    ),
    (
        Language::Fr,
        ["janvier", "fevrier", "MARS", "avr.", "mai", "juin", "juil.", "août", "sept.", "octobre", "nov", "décembre"],
        &[("jui", 0), ("November", 11), ("AOUT", 8), ("jan", 1)],
    ),
    (
        Language::Es,
        ["enero", "feb.", "marzo", "abril", "mayo", "junio", "julio", "ago", "setiembre", "octubre", "nov", "dic."],
        &[("septiembre", 9), ("December", 12), ("ma", 0)],
    ),
    (
        Language::Ru,
        ["январь", "февраля", "марта", "апр.", "мая", "июня", "июль", "авг", "сентября", "октябрь", "НОЯБРЯ", "дек"],
        &[("май", 5), ("July", 7), ("ию", 0)],
    ),
    (
        Language::Ar,
        [
            "يناير",
            "شباط",
            "مارس",
            "أبريل",
            "أيار",
            "يونيو",
            "تموز",
            "أغسطس",
            "أيلول",
            "أكتوبر",
            "تشرين الثاني",
            "ديسمبر",
        ],
        &[("كانون الثاني", 1), ("كانون الأول", 12), ("كانون", 0), ("ابريل", 4), ("نونبر", 11), ("١١", 11)],
    ),
    (
        Language::Zh,
        ["一月", "2月", "三月", "４月", "五月", "六", "7月", "八月", "九月", "十月", "十一月", "12月"],
        &[("十二月", 12), ("March", 3), ("十三月", 0)],
    ),
];

#[test]
fn months_are_read_by_their_names_in_six_languages() {
    for (lang, in_order, others) in MONTHS {
        let month = |text: &str| {
            let sent = [("day-day", "6"), ("day-month", text), ("day-year", "2026")].into_iter().collect();
            match answer(&parse_in(lang, &sent), "day") {
                Some(Answer::Date(day)) => chrono::Datelike::month(&day),
                _ => 0,
            }
        };
        for (number, text) in (1..).zip(in_order) {
            assert_eq!(month(text), number, "{lang:?} {text}");
        }
        for (text, number) in others {
            assert_eq!(month(text), *number, "{lang:?} {text}");
        }
        for number in 1..=12 {
            for name in locale(lang).month_spellings(number) {
                assert_eq!(month(&name), number, "{lang:?} {name}");
                assert_eq!(month(&name.to_uppercase()), number, "{lang:?} {name}");
            }
        }
    }
}

#[test]
fn people_write_phone_numbers_and_addresses_as_they_like() {
    for (sent, kept) in [
        (" +41 22 717 91 11 ", "+41 22 717 91 11"),
        ("+41\u{a0}22\u{202f}717\u{2009}91\u{3000}11", "+41 22 717 91 11"),
        ("\u{202d}+41 22 717 91 11\u{202c}", "+41 22 717 91 11"),
        ("٠٢٢ ٧١٧ ٩١ ١١", "022 717 91 11"),
        ("۰۲۲۷۱۷۹۱۱۱", "0227179111"),
        ("＋４１（０）２２－７１７", "+41(0)22-717"),
        ("022‑717‑91‑11", "022-717-91-11"),
        ("tel:+41227179111", "+41227179111"),
    ] {
        assert_eq!(text(&parse(&[("phone", sent)]), "phone"), kept, "{sent}");
    }
    for sent in ["call me", "12345", "+41 22 x 717 91 11", "+123456789012345678901"] {
        assert_eq!(problems(&[("phone", sent)], "phone"), ["not-a-phone"], "{sent}");
    }
    for (sent, kept) in [
        ("ａｍｉｎａ＠ｌａｋｅｖｉｅｗ．ｅｘａｍｐｌｅ", "amina@lakeview.example"),
        ("mailto:amina@lakeview.example", "amina@lakeview.example"),
        ("\u{a0}amina@lakeview.example\u{200e}", "amina@lakeview.example"),
    ] {
        assert_eq!(text(&parse(&[("contact_email", sent)]), "contact_email"), kept, "{sent}");
    }
    for (sent, kept) in [
        ("www.lakeview.example", "https://www.lakeview.example/"),
        (" lakeview.example/a ", "https://lakeview.example/a"),
        ("ｗｗｗ．ｌａｋｅｖｉｅｗ．ｅｘａｍｐｌｅ", "https://www.lakeview.example/"),
        ("https://lakeview.example/（a）", "https://lakeview.example/%EF%BC%88a%EF%BC%89"),
    ] {
        assert_eq!(text(&parse(&[("website", sent)]), "website"), kept, "{sent}");
    }
}

#[test]
fn a_number_that_could_be_two_is_said_with_both_writings() {
    for (lang, sent, whole, decimal) in [
        (Language::En, "1.234", "1,234", "1.2340"),
        (Language::Es, "1,234", "1.234", "1,2340"),
        (Language::Fr, "1,234", "1\u{202f}234", "1,2340"),
        (Language::Ru, "1,234", "1\u{a0}234", "1,2340"),
        (Language::Zh, "1.234", "1,234", "1.2340"),
        (Language::Ar, "1.234", "1,234", "1.2340"),
    ] {
        let errors = parse_in(lang, &[("people", sent)].into_iter().collect()).errors;
        let messages = form().messages(&errors, &locale(lang));
        let said = messages.iter().find(|message| message.name == "people").expect("it is refused");
        assert_eq!(said.code, "number-two-ways");
        assert!(said.text.contains(whole) && said.text.contains(decimal), "{lang:?}: {}", said.text);
    }
}

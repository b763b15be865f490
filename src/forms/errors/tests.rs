use rust_decimal::Decimal;

use super::{Face, Part, Problem};
use crate::forms::testing::{form, locale};
use crate::locale::Language;

/// One of each, limits in the singular and the plural.
fn all() -> Vec<Problem> {
    let mut all = vec![
        Problem::Missing,
        Problem::Twice,
        Problem::Nul,
        Problem::Hidden('\u{200b}'),
        Problem::NotEmail,
        Problem::EmailTooLong,
        Problem::NotUrl,
        Problem::UrlScheme,
        Problem::UrlWithUser,
        Problem::NotPhone,
        Problem::NotNumber,
        Problem::TooManyDigits,
        Problem::TooSmall { min: Decimal::ONE },
        Problem::TooLarge { max: Decimal::ONE },
        Problem::NoCurrency,
        Problem::NotADate,
        Problem::NotAMonth,
        Problem::YearOutOfRange,
        Problem::NotATime,
        Problem::NoZone,
        Problem::NotAZone,
        Problem::NoSuchTime,
        Problem::NotAnOption,
        Problem::UnknownFile,
        Problem::UnknownPublication,
        Problem::UnknownField,
    ];
    for n in [1, 2] {
        all.extend([Problem::TooShort { min: n, length: 0 }, Problem::TooLong { max: 9, over: n }]);
        all.extend([Problem::TooFew { min: n }, Problem::TooMany { max: n }]);
    }
    all.extend([0, 1, 2].map(|max| Problem::TooManyDecimals { max }));
    all.extend([Part::Day, Part::Month, Part::Year, Part::Date, Part::Time].map(Problem::NoPart));
    all.extend([Part::Day, Part::Month, Part::Year].map(Problem::NotPart));
    all.extend([Face::Text, Face::Number, Face::Money, Face::Rows, Face::Files, Face::Consent].map(Problem::WrongType));
    all
}

#[test]
fn every_problem_of_every_kind_says_what_to_do_and_where() {
    let (form, locale) = (form(), locale(Language::En));
    for field in form.fields() {
        for problem in all() {
            let own = problem == Problem::Missing && field.missing.is_some();
            let text = problem.message(field, &locale);
            assert!(own || text.contains(&field.label), "{problem:?}: {text}");
            assert!(text.ends_with('.') || text.ends_with('”'), "{text}");
            assert!(!text.contains('{') && !text.contains('!'), "{text}");
            let lower = text.to_lowercase();
            for blame in ["invalid", "error", "wrong", "must", "failed", "you "] {
                assert!(!lower.contains(blame), "{text}");
            }
        }
    }
}

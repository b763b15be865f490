//! Numbers: as the reader's language writes them, or plainly as computers do. What could be read two ways is refused.

use rust_decimal::Decimal;

use super::{Read, Sent};
use crate::forms::answer::{Answer, Money};
use crate::forms::errors::{Part, Problem};
use crate::forms::kind::Options;

/// A JSON number keeps as many digits on every machine.
const DIGITS_MAX: usize = 15;
const MONEY_DECIMALS: u32 = 2;

impl Sent<'_> {
    pub(super) fn number(&self, min: Option<Decimal>, max: Option<Decimal>, decimals: u32) -> Read {
        let Some(text) = self.line(None)? else { return Ok(None) };
        let number = read(&text, self.reader.locale.marks(), decimals)?;
        if let Some(min) = min.filter(|min| number < *min) {
            return Err(Problem::TooSmall { min }.into());
        }
        if let Some(max) = max.filter(|max| number > *max) {
            return Err(Problem::TooLarge { max }.into());
        }
        Ok(Some(Answer::Number(number)))
    }

    /// A currency alone is no answer: it may be what the page had chosen before.
    pub(super) fn money(&self, currencies: &Options) -> Read {
        let Some(text) = self.line(Part::Amount)? else { return Ok(None) };
        let amount =
            read(&text, self.reader.locale.marks(), MONEY_DECIMALS).map_err(|problem| problem.at(Part::Amount))?;
        if amount.is_sign_negative() {
            return Err(Problem::TooSmall { min: Decimal::ZERO }.at(Part::Amount));
        }
        let currency = match (self.line(Part::Currency)?, currencies.all.as_slice()) {
            (Some(code), _) => currencies.read(&code).ok_or_else(|| Problem::NotAnOption.at(Part::Currency))?,
            (None, [only]) => only,
            (None, _) => return Err(Problem::NoCurrency.at(Part::Currency)),
        };
        Ok(Some(Answer::Money(Money { amount, currency: currency.value.clone() })))
    }
}

fn read(text: &str, marks: (char, char), decimals: u32) -> Result<Decimal, Problem> {
    let number = decimal(text, marks)?;
    if number.scale() > decimals {
        return Err(Problem::TooManyDecimals { max: decimals });
    }
    if number.mantissa().unsigned_abs().to_string().len() > DIGITS_MAX {
        return Err(Problem::TooManyDigits);
    }
    Ok(number)
}

/// The number a text stands for, with these marks between thousands and before decimals.
fn decimal(text: &str, marks: (char, char)) -> Result<Decimal, Problem> {
    // The Arabic mark before decimals is no other's mark between thousands.
    let arabic = text.contains('\u{66b}');
    let (group, point) = if arabic { (' ', '.') } else { marks };
    let text = fold(text);
    if let Some(whole) = two_ways(&text, group).filter(|_| !arabic) {
        return Err(Problem::TwoWays { whole });
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let plain = ungrouped(digits, group, point).or_else(|| is_plain(digits).then(|| digits.to_owned()));
    let plain = plain.ok_or(Problem::NotNumber)?;
    let number: Decimal = format!("{sign}{plain}").parse().map_err(|_| Problem::TooManyDigits)?;
    Ok(number.normalize())
}

/// `1,234`, where the comma is not what this language groups with: a thousand for some readers, one and a bit for others.
/// Gives the thousand.
fn two_ways(text: &str, group: char) -> Option<Decimal> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text).trim_start();
    let (whole, rest) = digits.split_once([',', '.'])?;
    let mark = digits.chars().find(|c| matches!(c, ',' | '.'))?;
    let open = mark != group && all_digits(whole) && whole.len() <= 3 && !whole.starts_with('0');
    if open && rest.len() == 3 && all_digits(rest) { format!("{whole}{rest}").parse().ok() } else { None }
}

/// Digits with a point, without groups, from a text in a language's own writing.
fn ungrouped(text: &str, group: char, point: char) -> Option<String> {
    let (whole, fraction) = match text.split_once(point) {
        Some((whole, fraction)) if all_digits(fraction) => (whole, Some(fraction)),
        Some(_) => return None,
        None => (text, None),
    };
    // Where a comma begins decimals, points can only part thousands.
    let is_mark = |c: char| {
        c == group
            || (c == '.' && point == ',')
            || matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
    };
    let mark = whole.chars().find(|c| is_mark(*c));
    let groups: Vec<_> = mark.map_or_else(|| vec![whole], |mark| whole.split(mark).collect());
    let (first, rest) = groups.split_first()?;
    let thousands = rest.is_empty()
        || (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.iter().all(|three| three.len() == 3);
    if !thousands || !groups.iter().all(|digits| all_digits(digits)) {
        return None;
    }
    let whole = groups.concat();
    Some(fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

fn is_plain(text: &str) -> bool {
    text.split_once('.').map_or_else(|| all_digits(text), |(whole, fraction)| all_digits(whole) && all_digits(fraction))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A number as every language reads it back. With three decimals it could be thousands: a zero more, and it cannot.
pub(in crate::forms) fn plain_number(number: &Decimal) -> String {
    let number = number.normalize();
    if number.scale() == 3 { format!("{number}0") } else { number.to_string() }
}

/// Full-width forms, Arabic-Indic and Persian digits and their marks as ASCII.
pub(in crate::forms) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    let (first, zero) = match c {
        // The full-width forms lie in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => ('\u{ff01}', '!'),
        '\u{660}'..='\u{669}' => ('\u{660}', '0'),
        '\u{6f0}'..='\u{6f9}' => ('\u{6f0}', '0'),
        '\u{66b}' => return '.',
        '\u{66c}' | '\u{3000}' => return ' ',
        '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => return '-',
        other => return other,
    };
    char::from_u32(u32::from(c) - u32::from(first) + u32::from(zero)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::forms::testing::{any_language, locale};
    use crate::locale::Language;

    /// What is read in a language: the number, or that it could be two, or that it is none.
    fn said(lang: Language, text: &str) -> String {
        match decimal(text, locale(lang).marks()) {
            Ok(number) => number.to_string(),
            Err(Problem::TwoWays { .. }) => "two ways".to_owned(),
            Err(_) => "none".to_owned(),
        }
    }

    /// One line a writing; a column a language: en fr es ru ar zh.
    const TABLE: [(&str, [&str; 6]); 24] = [
        ("1234.5", ["1234.5"; 6]),
        ("1,234.5", ["1234.5", "none", "none", "none", "1234.5", "1234.5"]),
        ("1.234,5", ["none", "1234.5", "1234.5", "1234.5", "none", "none"]),
        ("1 234,5", ["none", "1234.5", "1234.5", "1234.5", "none", "none"]),
        ("1\u{202f}234,5", ["none", "1234.5", "1234.5", "1234.5", "none", "none"]),
        ("1\u{a0}234,5", ["none", "1234.5", "1234.5", "1234.5", "none", "none"]),
        ("1 234.5", ["1234.5", "none", "none", "none", "1234.5", "1234.5"]),
        ("1234,5", ["none", "1234.5", "1234.5", "1234.5", "none", "none"]),
        ("1.5", ["1.5"; 6]),
        ("1,5", ["none", "1.5", "1.5", "1.5", "none", "none"]),
        ("1,234", ["1234", "two ways", "two ways", "two ways", "1234", "1234"]),
        ("1.234", ["two ways", "two ways", "1234", "two ways", "two ways", "two ways"]),
        ("-1.234", ["two ways", "two ways", "-1234", "two ways", "two ways", "two ways"]),
        ("0.125", ["0.125"; 6]),
        ("0,125", ["none", "0.125", "0.125", "0.125", "none", "none"]),
        ("1,234,567", ["1234567", "none", "none", "none", "1234567", "1234567"]),
        ("1.234.567", ["none", "1234567", "1234567", "1234567", "none", "none"]),
        ("1 234 567", ["1234567"; 6]),
        ("12,34", ["none", "12.34", "12.34", "12.34", "none", "none"]),
        ("١٬٢٣٤٫٥", ["1234.5"; 6]),
        ("١٢٣٤", ["1234"; 6]),
        ("١٫٢٣٤", ["1.234"; 6]),
        ("１，２３４．５", ["1234.5", "none", "none", "none", "1234.5", "1234.5"]),
        ("١،٥", ["none"; 6]),
    ];

    #[test]
    fn a_number_is_read_as_the_language_writes_it_or_refused() {
        for (text, expected) in TABLE {
            let found = Language::ALL.map(|lang| said(lang, text));
            assert_eq!(found, expected.map(str::to_owned), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_a_language_prints_it_reads(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..=6, lang in any_language()) {
            let (number, locale) = (Decimal::new(mantissa, scale), locale(lang));
            prop_assert_eq!(decimal(&locale.number(&number), locale.marks()).ok(), Some(number.normalize()));
        }

        #[test]
        fn what_is_read_is_never_a_thousand_times_more_or_less(thousands in 1_i64..=999, rest in 0_i64..=999, lang in any_language()) {
            // However somebody means it, it is read as one of both only where this language writes it so.
            for mark in [',', '.'] {
                let read = decimal(&format!("{thousands}{mark}{rest:03}"), locale(lang).marks());
                let groups = locale(lang).marks().0 == mark;
                prop_assert_eq!(read.is_ok(), groups, "{}{}{:03}", thousands, mark, rest);
            }
        }
    }
}

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
fn decimal(text: &str, (group, point): (char, char)) -> Result<Decimal, Problem> {
    let text = fold(text);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let plain = ungrouped(digits, group, point).or_else(|| is_plain(digits).then(|| digits.to_owned()));
    let plain = plain.ok_or(Problem::NotNumber)?;
    let number: Decimal = format!("{sign}{plain}").parse().map_err(|_| Problem::TooManyDigits)?;
    Ok(number.normalize())
}

/// Digits with a point, without groups, from a text in a language's own writing.
fn ungrouped(text: &str, group: char, point: char) -> Option<String> {
    let (whole, fraction) = match text.split_once(point) {
        Some((whole, fraction)) if all_digits(fraction) => (whole, Some(fraction)),
        Some(_) => return None,
        None => (text, None),
    };
    let is_mark = |c: char| c == group || matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}');
    let mark = whole.chars().find(|c| is_mark(*c));
    let groups: Vec<_> = mark.map_or_else(|| vec![whole], |mark| whole.split(mark).collect());
    let (first, rest) = groups.split_first()?;
    let thousands = rest.is_empty() || first.len() <= 3 && rest.iter().all(|three| three.len() == 3);
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

/// Full-width, Arabic-Indic and Persian digits and their marks as ASCII.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    let zero = match c {
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff0e}' | '\u{66b}' => return '.',
        '\u{ff0c}' => return ',',
        '\u{66c}' | '\u{3000}' => return ' ',
        '\u{2212}' | '\u{ff0d}' | '\u{2010}' | '\u{2011}' => return '-',
        '\u{ff0b}' => return '+',
        '\u{ff0f}' => return '/',
        '\u{ff1a}' => return ':',
        other => return other,
    };
    u32::from(c).checked_sub(u32::from(zero)).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

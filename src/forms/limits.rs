//! The limits of a question in words, for hints and for the printable list of questions.

use rust_decimal::Decimal;

use super::form::Field;
use super::kind::FieldKind;
use crate::locale::{Arg, Locale};

impl Field {
    /// What an answer has to keep to; nothing where there is nothing to say.
    #[must_use]
    pub fn limits(&self, locale: &Locale) -> Vec<String> {
        match &self.kind {
            FieldKind::Text { min, max } => vec![characters(*min, *max, locale)],
            FieldKind::LongText { min, max } => {
                vec![format!("{} {}", characters(*min, *max, locale), locale.t("limit-line-break"))]
            }
            FieldKind::Number { min, max, decimals } => numbers(*min, *max, *decimals, locale),
            FieldKind::Choices { min, max, .. } => amounts("choices", *min, *max, locale),
            FieldKind::Rows { min, max, .. } => amounts("rows", *min, Some(*max), locale),
            FieldKind::File { max } => vec![counted("limit-files", *max, locale)],
            FieldKind::Email
            | FieldKind::Url
            | FieldKind::Phone
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Meeting
            | FieldKind::YesNo
            | FieldKind::Choice { .. }
            | FieldKind::Publication { .. }
            | FieldKind::Consent
            | FieldKind::Generated { .. } => Vec::new(),
        }
    }
}

fn characters(min: usize, max: usize, locale: &Locale) -> String {
    if min == 0 {
        return counted("limit-characters", max, locale);
    }
    let (min, limit) = (locale.count(&min), locale.count(&max));
    locale.with("limit-characters-between", &[("min", Arg::Text(&min)), ("max", Arg::Text(&limit))])
}

fn numbers(min: Option<Decimal>, max: Option<Decimal>, decimals: u32, locale: &Locale) -> Vec<String> {
    let (least, most) = (min.map(|min| locale.number(&min)), max.map(|max| locale.number(&max)));
    let range = match (&least, &most) {
        (Some(min), Some(max)) => {
            Some(locale.with("limit-number-between", &[("min", Arg::Text(min)), ("max", Arg::Text(max))]))
        }
        (Some(min), None) => Some(locale.a("limit-number-least", "min", min)),
        (None, Some(max)) => Some(locale.a("limit-number-most", "max", max)),
        (None, None) => None,
    };
    let decimals = match usize::try_from(decimals).unwrap_or_default() {
        0 => locale.t("limit-whole"),
        some => counted("limit-decimals", some, locale),
    };
    range.into_iter().chain([decimals]).collect()
}

/// `limit-choices-least`, `limit-choices-most` and the same of rows.
fn amounts(things: &str, min: usize, max: Option<usize>, locale: &Locale) -> Vec<String> {
    let least = (min > 1).then(|| counted(&format!("limit-{things}-least"), min, locale));
    let most = max.map(|max| counted(&format!("limit-{things}-most"), max, locale));
    least.into_iter().chain(most).collect()
}

fn counted(key: &str, count: usize, locale: &Locale) -> String {
    let text = locale.count(&count);
    locale.with(key, &[("n", Arg::Count(count)), ("max", Arg::Text(&text))])
}

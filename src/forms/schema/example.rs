//! The least answers a form accepts, made from nothing but the form.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::forms::answer::{Answer, Answers, Meeting, Money, Month, PublicationRef};
use crate::forms::form::{Field, Form, Rule};
use crate::forms::kind::{Choice, FieldKind, Options};

/// The reference where a publication must be chosen: the caller puts a real one in its place.
pub const EXAMPLE_REFERENCE: &str = "REFERENCE";

impl Form {
    /// An object that [`parse_json`](Self::parse_json) accepts, with what must be answered and nothing else. A publication
    /// in it has the reference [`EXAMPLE_REFERENCE`].
    #[must_use]
    pub fn example(&self) -> Value {
        let fields: Vec<_> = self.fields().collect();
        let answers = least(&fields, self.example_day());
        let mut json = self.to_json(&answers);
        for field in fields.iter().filter(|field| matches!(field.kind, FieldKind::Publication { .. })) {
            if let Some(value) = json.get_mut(field.id.as_str()) {
                *value = Value::from(EXAMPLE_REFERENCE);
            }
        }
        Value::Object(json)
    }

    /// One day for all dates breaks no order, and none is before what a check demands.
    fn example_day(&self) -> NaiveDate {
        let demanded = self.checks().iter().filter_map(|check| match &check.rule {
            Rule::NotBefore { day, .. } => Some(*day),
            Rule::Order { .. }
            | Rule::Mentions { .. }
            | Rule::Acronyms { .. }
            | Rule::Addresses { .. }
            | Rule::Persons { .. }
            | Rule::Similar { .. } => None,
        });
        demanded.chain(NaiveDate::from_ymd_opt(2026, 1, 15)).max().unwrap_or_default()
    }
}

fn least(fields: &[&Field], day: NaiveDate) -> Answers {
    let mut answers = Answers::default();
    for field in fields {
        let needed = field.is_asked(&answers) && field.is_required(&answers);
        if let Some(answer) = needed.then(|| sample(field, day, &answers)).flatten() {
            answers.push(field.id.clone(), answer);
        }
    }
    answers
}

fn sample(field: &Field, day: NaiveDate, earlier: &Answers) -> Option<Answer> {
    Some(match &field.kind {
        FieldKind::Text { min, max } | FieldKind::LongText { min, max } => {
            Answer::Text(words(&field.label, *min, *max))
        }
        FieldKind::Email => Answer::Text("focal.point@example.org".to_owned()),
        FieldKind::Url => Answer::Text("https://example.org/".to_owned()),
        FieldKind::Phone => Answer::Text("+41 22 000 00 00".to_owned()),
        FieldKind::Number { min, max, .. } => {
            Answer::Number(min.or_else(|| max.map(|max| max.min(Decimal::ONE))).unwrap_or(Decimal::ONE))
        }
        FieldKind::Money { currencies } => {
            Answer::Money(Money { amount: Decimal::from(1000), currency: first(currencies, earlier)?.value.clone() })
        }
        FieldKind::Date => Answer::Date(day),
        FieldKind::Month => Answer::Month(Month { first: chrono::Datelike::with_day(&day, 1)? }),
        FieldKind::Meeting => Answer::Meeting(Meeting {
            local: day.and_time(NaiveTime::from_hms_opt(10, 30, 0)?),
            zone: Tz::Europe__Zurich,
        }),
        FieldKind::YesNo => Answer::YesNo(true),
        FieldKind::Choice { options, .. } => Answer::Choice(first(options, earlier)?.value.clone()),
        FieldKind::Choices { options, min, .. } => {
            let some = options.available(earlier).into_iter().take((*min).max(1));
            Answer::Choices(some.map(|choice| choice.value.clone()).collect())
        }
        FieldKind::Rows { fields, min, .. } => Answer::Rows(vec![row(fields, day); (*min).max(1)]),
        FieldKind::Publication { .. } => {
            Answer::Publication(PublicationRef { reference: EXAMPLE_REFERENCE.to_owned(), title: String::new() })
        }
        FieldKind::Consent => Answer::Consent,
        // A file has to be sent before it can be named; a generated text is made when the rest is read.
        FieldKind::File { .. } | FieldKind::Generated { .. } => return None,
    })
}

/// A row with what must be in it, or with its first question where nothing must.
fn row(fields: &[Field], day: NaiveDate) -> Answers {
    let needed = least(&fields.iter().collect::<Vec<_>>(), day);
    if !needed.is_empty() {
        return needed;
    }
    let mut row = Answers::default();
    let first = fields.first().and_then(|field| Some((field.id.clone(), sample(field, day, &row)?)));
    if let Some((id, answer)) = first {
        row.push(id, answer);
    }
    row
}

fn first<'a>(options: &'a Options, earlier: &Answers) -> Option<&'a Choice> {
    options.available(earlier).into_iter().next()
}

/// The label, as often as it takes to be long enough.
fn words(label: &str, min: usize, max: usize) -> String {
    let sentence = format!("{label} ");
    let long = sentence.chars().cycle().take(min.max(label.chars().count()).min(max));
    let text: String = long.collect();
    // A space at the end would be cut off and make it too short.
    let short = text.chars().count() - text.trim_end().chars().count();
    format!("{}{}", text.trim_end(), ".".repeat(short))
}

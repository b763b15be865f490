//! Answers as the pairs that would give them, to edit them again.

use chrono::Datelike;

use crate::forms::answer::{Answer, Answers};
use crate::forms::errors::{FieldPath, Part};
use crate::forms::form::{FieldId, Form};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::forms::parse::plain_number;

impl Form {
    /// What a browser would have sent. Parsing it gives the same answers, in every language.
    #[must_use]
    pub fn pairs(&self, answers: &Answers) -> Pairs {
        let asked = self.fields().filter(|field| !matches!(field.kind, FieldKind::Generated { .. }));
        let mut pairs = Pairs::default();
        for field in asked {
            match answers.get(&field.id) {
                Some(Answer::Rows(rows)) => {
                    rows.iter().enumerate().for_each(|(n, row)| put_row(&field.id, n, row, &mut pairs));
                }
                Some(answer) => put(&FieldPath::field(&field.id), answer, &mut pairs),
                None => {}
            }
        }
        pairs
    }
}

fn put_row(rows: &FieldId, number: usize, row: &Answers, pairs: &mut Pairs) {
    for (id, answer) in row.iter() {
        put(&FieldPath { field: rows.clone(), row: Some((number, id.clone())), part: None }, answer, pairs);
    }
}

fn put(path: &FieldPath, answer: &Answer, pairs: &mut Pairs) {
    for (part, value) in controls(answer) {
        pairs.push(FieldPath { part, ..path.clone() }.name(), value);
    }
}

fn controls(answer: &Answer) -> Vec<(Option<Part>, String)> {
    let plain = |text: &str| vec![(None, text.to_owned())];
    match answer {
        Answer::Text(text) | Answer::Choice(text) => plain(text),
        Answer::Number(number) => plain(&plain_number(number)),
        Answer::Money(money) => {
            vec![(Some(Part::Amount), plain_number(&money.amount)), (Some(Part::Currency), money.currency.clone())]
        }
        Answer::Date(day) => vec![
            (Some(Part::Day), day.day().to_string()),
            (Some(Part::Month), day.month().to_string()),
            (Some(Part::Year), day.year().to_string()),
        ],
        Answer::Month(month) => vec![
            (Some(Part::Month), month.first_day().month().to_string()),
            (Some(Part::Year), month.first_day().year().to_string()),
        ],
        Answer::Meeting(meeting) => vec![
            (Some(Part::Date), meeting.local.date().to_string()),
            (Some(Part::Time), meeting.local.format("%H:%M").to_string()),
            (Some(Part::Zone), meeting.zone.name().to_owned()),
        ],
        Answer::YesNo(false) => plain("no"),
        Answer::YesNo(true) | Answer::Consent => plain("yes"),
        Answer::Choices(values) => values.iter().map(|value| (None, value.clone())).collect(),
        Answer::Files(files) => files.iter().map(|file| (None, file.id.clone())).collect(),
        Answer::Publication(publication) => plain(&publication.reference),
        // Rows hold no rows; their own are put one by one.
        Answer::Rows(_) => Vec::new(),
    }
}

//! An answer as people see it, before it is known whether on a page, in a mail or in a comparison.

use super::answer::{Answer, Answers, FileRef, Money, PublicationRef};
use super::form::{Field, Form, Step};
use super::kind::{FieldKind, Options};
use crate::locale::Locale;

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Nothing,
    Text(String),
    /// Text with line breaks of its own.
    Prose(String),
    List(Vec<String>),
    Link {
        href: String,
        text: String,
    },
    Email(String),
    Files(Vec<FileRef>),
    /// Each row with the labels of what was answered in it.
    Rows(Vec<Vec<(String, Shown)>>),
    Publication(PublicationRef),
}

/// A question with its answer, if there is one.
pub type Answered<'a> = (&'a Field, Option<&'a Answer>);

impl Form {
    /// The questions that were asked, step by step, with their answers.
    #[must_use]
    pub fn answered<'a>(&'a self, answers: &'a Answers) -> Vec<(&'a Step, Vec<Answered<'a>>)> {
        let asked = |step: &'a Step| step.fields.iter().filter(|field| field.is_asked(answers));
        self.steps()
            .iter()
            .map(|step| (step, asked(step).map(|field| (field, answers.get(&field.id))).collect()))
            .collect()
    }
}

impl Field {
    /// The answer in the reader's language.
    #[must_use]
    pub fn show(&self, answer: Option<&Answer>, locale: &Locale) -> Shown {
        answer.map_or(Shown::Nothing, |answer| self.show_answer(answer, locale))
    }

    fn show_answer(&self, answer: &Answer, locale: &Locale) -> Shown {
        match answer {
            Answer::Text(text) => show_text(&self.kind, text),
            Answer::Number(number) => Shown::Text(locale.number(number)),
            Answer::Money(money) => Shown::Text(show_money(money, locale)),
            Answer::Date(day) => Shown::Text(locale.date(day)),
            Answer::Month(month) => Shown::Text(locale.month(&month.first_day())),
            Answer::Meeting(meeting) => Shown::Text(meeting.text(locale)),
            Answer::YesNo(true) => Shown::Text(locale.t("answer-yes")),
            Answer::YesNo(false) => Shown::Text(locale.t("answer-no")),
            Answer::Choice(value) => Shown::Text(self.kind.label(value)),
            Answer::Choices(values) => Shown::List(values.iter().map(|value| self.kind.label(value)).collect()),
            Answer::Rows(rows) => Shown::Rows(rows.iter().map(|row| self.show_row(row, locale)).collect()),
            Answer::Files(files) => Shown::Files(files.clone()),
            Answer::Publication(publication) => Shown::Publication(publication.clone()),
            Answer::Consent => Shown::Text(locale.t("answer-agreed")),
        }
    }

    fn show_row(&self, row: &Answers, locale: &Locale) -> Vec<(String, Shown)> {
        let FieldKind::Rows { fields, .. } = &self.kind else { return Vec::new() };
        let shown =
            |field: &Field| row.get(&field.id).map(|answer| (field.label.clone(), field.show_answer(answer, locale)));
        fields.iter().filter_map(shown).collect()
    }
}

fn show_text(kind: &FieldKind, text: &str) -> Shown {
    let text = text.to_owned();
    match kind {
        FieldKind::LongText { .. } => Shown::Prose(text),
        FieldKind::Email => Shown::Email(text),
        FieldKind::Url => Shown::Link { href: text.clone(), text },
        FieldKind::Text { .. }
        | FieldKind::Phone
        | FieldKind::Number { .. }
        | FieldKind::Money { .. }
        | FieldKind::Date
        | FieldKind::Month
        | FieldKind::Meeting
        | FieldKind::YesNo
        | FieldKind::Choice { .. }
        | FieldKind::Choices { .. }
        | FieldKind::Rows { .. }
        | FieldKind::File { .. }
        | FieldKind::Publication { .. }
        | FieldKind::Consent
        | FieldKind::Generated { .. } => Shown::Text(text),
    }
}

fn show_money(money: &Money, locale: &Locale) -> String {
    let mut amount = money.amount;
    if amount.scale() > 0 {
        amount.rescale(2);
    }
    format!("{}\u{a0}{}", locale.number(&amount), money.currency)
}

impl FieldKind {
    /// What an option is called; its value where the option is gone.
    fn label(&self, value: &str) -> String {
        self.options().and_then(|options| options.find(value)).map_or(value, |choice| &choice.numbered).to_owned()
    }
}

impl Options {
    /// The short wording of an option; its value where the option is gone.
    #[must_use]
    pub fn short<'a>(&'a self, value: &'a str) -> &'a str {
        self.find(value).map_or(value, |choice| &choice.short)
    }
}

impl Shown {
    /// The same as plain text: one entry, file or row a line.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) | Self::Prose(text) | Self::Email(text) => text.clone(),
            Self::List(entries) => entries.join("\n"),
            Self::Link { href, .. } => href.clone(),
            Self::Files(files) => files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("\n"),
            Self::Rows(rows) => rows.iter().map(|row| plain_row(row)).collect::<Vec<_>>().join("\n"),
            Self::Publication(publication) => format!("{} ({})", publication.title, publication.reference),
        }
    }

    /// As one line: several entries with commas between them.
    #[must_use]
    pub fn line(&self) -> String {
        self.plain().replace('\n', ", ")
    }
}

fn plain_row(row: &[(String, Shown)]) -> String {
    row.iter().map(|(label, shown)| format!("{label}: {}", shown.plain())).collect::<Vec<_>>().join("; ")
}

//! From what was sent to answers, or to everything that is wrong with it, in the order of the questions.
//!
//! A question that is not asked is not read: what somebody typed before they changed an earlier answer is dropped here.
//! A question for one value that is sent twice takes the value if both are the same, and is refused otherwise.

mod choice;
mod date;
mod json;
mod number;
mod text;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::answer::{Answer, Answers, FileRef, PublicationRef};
use super::errors::{FieldError, FieldPath, FormErrors, Message, Part, Problem};
use super::form::{Field, FieldId, Form, FormId, Level};
use super::kind::FieldKind;
use super::pairs::Pairs;
use crate::locale::Locale;

pub use date::read_meeting;
pub(super) use number::{fold, plain_number};
use text::{Lines, clean};
pub(super) use text::{email, phone};

/// An e-mail address as a form's own question would read it, if it is one.
#[must_use]
pub fn email_address(typed: &str) -> Option<String> {
    text::email(&clean(typed, Lines::One).ok()?).ok()
}

/// What the caller found of [`Wanted`]: published submissions by reference, this draft's files by id.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub publications: HashMap<String, PublicationRef>,
    pub files: HashMap<String, FileRef>,
    /// Those of the files in which a virus was found, by id.
    pub infected: HashSet<String>,
}

/// What has to be looked up before parsing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The form whose publication it must be, and its reference.
    pub publications: Vec<(FormId, String)>,
    /// Ids of attachments.
    pub files: Vec<String>,
}

/// The answers that could be read, what is wrong with the others, and what is only worth a word.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    pub answers: Answers,
    pub errors: FormErrors,
    pub warnings: FormErrors,
}

impl Form {
    /// What [`parse`](Self::parse) must be told about these pairs.
    #[must_use]
    pub fn wanted(&self, pairs: &Pairs) -> Wanted {
        let mut wanted = Wanted::default();
        for field in self.fields() {
            let values =
                pairs.all(field.id.as_str()).into_iter().map(choice::reference).filter(|value| !value.is_empty());
            if let FieldKind::Publication { form } = &field.kind {
                wanted.publications.extend(values.map(|reference| (form.clone(), reference)));
            } else if let FieldKind::File { .. } = &field.kind {
                let ids = pairs.all(field.id.as_str()).into_iter().map(str::trim);
                wanted.files.extend(ids.filter(|id| !id.is_empty()).map(str::to_owned));
            }
        }
        wanted
    }

    /// Reads all answers. Names the form does not know are not looked at.
    #[must_use]
    pub fn parse(&self, pairs: &Pairs, known: &Known, locale: &Locale) -> Parsed {
        let reader = Reader::new(pairs, known, locale);
        let (mut answers, mut errors) = reader.fields(self.fields(), None);
        self.generate(&mut answers, locale);
        errors.extend(self.breaches(&answers, Level::Error));
        self.sort(&mut errors);
        let warnings = self.warnings(&answers);
        Parsed { answers, errors, warnings }
    }

    /// Reads the answer to one question of a text by itself, or says what is wrong with it.
    ///
    /// # Errors
    /// The words for what is wrong.
    pub fn read_text(&self, field: &FieldId, typed: &str, locale: &Locale) -> Result<String, Vec<Message>> {
        let mut pairs = Pairs::default();
        pairs.push(field.as_str(), typed);
        let parsed = self.parse(&pairs, &Known::default(), locale);
        match parsed.answers.text(field) {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.messages(&parsed.errors.of(field).cloned().collect(), locale)),
        }
    }

    /// Puts together the texts nobody is asked for.
    fn generate(&self, answers: &mut Answers, locale: &Locale) {
        for field in self.fields().filter(|field| field.is_asked(answers)).collect::<Vec<_>>() {
            let FieldKind::Generated { from } = &field.kind else { continue };
            let shown = |id: &FieldId| Some(self.field(id)?.show(Some(answers.get(id)?), locale).line());
            let parts: Vec<_> = from.iter().filter_map(shown).collect();
            let text = clean(&parts.join(" – "), Lines::One).unwrap_or_default();
            if !text.is_empty() {
                answers.push(field.id.clone(), Answer::Text(text));
            }
        }
        answers.entries.sort_by_key(|(id, _)| self.position(id));
    }

    /// The place of a field among all; what is no field comes last.
    fn position(&self, id: &FieldId) -> usize {
        self.fields().position(|field| field.id == *id).unwrap_or(usize::MAX)
    }

    pub(super) fn sort(&self, errors: &mut FormErrors) {
        let mut sorted: Vec<FieldError> = std::mem::take(errors).into_iter().collect();
        sorted.sort_by_key(|error| self.position(&error.path.field));
        errors.extend(sorted);
    }
}

/// What is wrong with one question, and with which part of it.
struct Trouble {
    part: Option<Part>,
    problem: Problem,
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self { part: None, problem }
    }
}

impl Problem {
    fn at(self, part: Part) -> Trouble {
        Trouble { part: Some(part), problem: self }
    }
}

/// A question without an answer is `None`: whether it had to have one is decided by the caller.
type Read<T = Answer> = Result<Option<T>, Trouble>;

/// What was sent, found by name.
struct Reader<'a> {
    pairs: &'a Pairs,
    by_name: HashMap<&'a str, Vec<&'a str>>,
    known: &'a Known,
    locale: &'a Locale,
}

/// The row a question stands in.
type Row<'a> = Option<(&'a FieldId, usize)>;

impl<'a> Reader<'a> {
    fn new(pairs: &'a Pairs, known: &'a Known, locale: &'a Locale) -> Self {
        let mut by_name: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, value) in pairs.iter() {
            by_name.entry(name).or_default().push(value);
        }
        Self { pairs, by_name, known, locale }
    }

    /// The questions of a form or of one row.
    fn fields<'f>(&self, fields: impl Iterator<Item = &'f Field>, row: Row<'_>) -> (Answers, FormErrors) {
        let (mut answers, mut errors) = (Answers::default(), FormErrors::default());
        for field in fields {
            if !field.is_asked(&answers) || matches!(field.kind, FieldKind::Generated { .. }) {
                continue;
            }
            match self.field(field, row, &answers) {
                Ok(Some(answer)) => answers.push(field.id.clone(), answer),
                Ok(None) if field.is_required(&answers) => errors.push(path(field, row), Problem::Missing),
                Ok(None) => {}
                Err(found) => errors.extend(found),
            }
        }
        (answers, errors)
    }

    fn field(&self, field: &Field, row: Row<'_>, earlier: &Answers) -> Result<Option<Answer>, FormErrors> {
        if let FieldKind::Rows { fields, min, max, .. } = &field.kind {
            return self.rows(field, fields, *min, *max);
        }
        let path = path(field, row);
        let sent = Sent { reader: self, name: path.name() };
        sent.read(&field.kind, earlier).map_err(|Trouble { part, problem }| {
            let path = FieldPath { part, ..path };
            FormErrors::from_iter([FieldError { path, problem }])
        })
    }

    /// Rows in which nothing was filled in are no rows.
    fn rows(&self, field: &Field, fields: &[Field], min: usize, max: usize) -> Result<Option<Answer>, FormErrors> {
        let (mut rows, mut errors) = (Vec::new(), FormErrors::default());
        for number in self.pairs.rows(field) {
            let (answers, found) = self.fields(fields.iter(), Some((&field.id, number)));
            if !answers.is_empty() || found.iter().any(|error| error.problem != Problem::Missing) {
                rows.push(answers);
                errors.extend(found);
            }
        }
        if rows.len() > max {
            errors.push(FieldPath::field(&field.id), Problem::TooMany { max });
        } else if !rows.is_empty() && rows.len() < min {
            errors.push(FieldPath::field(&field.id), Problem::TooFew { min });
        }
        match (errors.is_empty(), rows.is_empty()) {
            (false, _) => Err(errors),
            (true, true) => Ok(None),
            (true, false) => Ok(Some(Answer::Rows(rows))),
        }
    }
}

fn path(field: &Field, row: Row<'_>) -> FieldPath {
    match row {
        Some((rows, number)) => FieldPath { field: rows.clone(), row: Some((number, field.id.clone())), part: None },
        None => FieldPath::field(&field.id),
    }
}

/// What was sent for one question.
struct Sent<'a> {
    reader: &'a Reader<'a>,
    name: String,
}

impl Sent<'_> {
    fn read(&self, kind: &FieldKind, earlier: &Answers) -> Read {
        match kind {
            FieldKind::Text { min, max } => self.text(Lines::One, *min, *max),
            FieldKind::LongText { min, max } => self.text(Lines::Many, *min, *max),
            FieldKind::Email => self.email(),
            FieldKind::Url => self.url(),
            FieldKind::Phone => self.phone(),
            FieldKind::Number { min, max, decimals } => self.number(*min, *max, *decimals),
            FieldKind::Money { currencies } => self.money(currencies),
            FieldKind::Date => self.date(),
            FieldKind::Month => self.month(),
            FieldKind::Meeting => self.meeting(),
            FieldKind::YesNo => self.yes_no(),
            FieldKind::Choice { options, .. } => self.choice(options, earlier),
            FieldKind::Choices { options, min, max } => self.choices(options, *min, *max, earlier),
            FieldKind::File { max } => self.files(*max),
            FieldKind::Publication { .. } => self.publication(),
            FieldKind::Consent => self.consent(),
            // Rows are read by the reader, generated texts by the form.
            FieldKind::Rows { .. } | FieldKind::Generated { .. } => Ok(None),
        }
    }

    /// Every value as it came.
    fn values(&self, part: Option<Part>) -> &[&str] {
        let name = match part {
            Some(part) => format!("{}-{}", self.name, part.suffix()),
            None => self.name.clone(),
        };
        self.reader.by_name.get(name.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The one value, cleaned; `None` where it is blank.
    fn one(&self, part: Option<Part>, lines: Lines) -> Read<String> {
        let trouble = |problem| Trouble { part, problem };
        let mut found = None;
        for value in self.values(part) {
            let value = clean(value, lines).map_err(trouble)?;
            if found.as_ref().is_some_and(|first| *first != value) {
                return Err(trouble(Problem::Twice));
            }
            found = Some(value);
        }
        Ok(found.filter(|value| !value.is_empty()))
    }

    /// One line of it.
    fn line(&self, part: impl Into<Option<Part>>) -> Read<String> {
        self.one(part.into(), Lines::One)
    }
}

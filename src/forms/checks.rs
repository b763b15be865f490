//! Rules over several answers and over what stands in texts, looked at when a form is parsed and again for whoever
//! reviews it. An error blocks; a warning is said.

mod acronyms;
mod persons;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::answer::{Answer, Answers};
use super::errors::{FieldError, FieldPath, FormErrors, Problem};
use super::form::{Check, Field, FieldId, Form, Level, Rule, Texts};
use super::kind::FieldKind;
use super::parse;

/// A text that somebody wrote, and where.
struct Text<'a> {
    field: &'a FieldId,
    text: &'a str,
}

/// Where a rule is broken, and by which words.
struct Breach<'a> {
    field: &'a FieldId,
    words: Vec<&'a str>,
}

impl Form {
    /// What is worth a second look in these answers, in the order of the questions.
    #[must_use]
    pub fn warnings(&self, answers: &Answers) -> FormErrors {
        let mut warnings = self.breaches(answers, Level::Warning);
        self.sort(&mut warnings);
        warnings
    }

    /// What breaks the rules of a level.
    pub(super) fn breaches(&self, answers: &Answers, level: Level) -> FormErrors {
        let checks = self.checks().iter().filter(|check| check.level == level);
        checks.flat_map(|check| self.broken(check, answers)).collect()
    }

    fn broken(&self, check: &Check, answers: &Answers) -> Vec<FieldError> {
        let error = |breach: Breach<'_>| FieldError {
            path: FieldPath::field(breach.field),
            problem: Problem::Check(check.message.replace("{words}", &quoted(&breach.words))),
        };
        self.breaches_of(&check.rule, answers).into_iter().map(error).collect()
    }

    /// The fields to look at again. Without answers there is nothing to break.
    fn breaches_of<'a>(&'a self, rule: &'a Rule, answers: &'a Answers) -> Vec<Breach<'a>> {
        let broken = |field| Breach { field, words: Vec::new() };
        match rule {
            Rule::Order { first, second } => {
                is_after(answers, first, second).map(|()| broken(second)).into_iter().collect()
            }
            Rule::NotBefore { field, day } => {
                let (Some((_, to)), day) = (span(answers, field), *day) else { return Vec::new() };
                (to < day).then(|| broken(field)).into_iter().collect()
            }
            Rule::Mentions { texts, words, unless } => {
                if self.all_texts(answers).iter().any(|text| unless.find(text.text).is_some()) {
                    return Vec::new();
                }
                self.each(texts, answers, |text| words.find(text).into_iter().collect())
            }
            Rule::Acronyms { texts, known } => {
                let all = self.all_texts(answers);
                let mut seen = Vec::new();
                self.each(texts, answers, |text| acronyms::unexplained(text, known, &all, &mut seen))
            }
            Rule::Addresses { texts } => self.each(texts, answers, addresses),
            Rule::Persons { texts, signs } => self.each(texts, answers, |text| persons::recognized(text, signs)),
            Rule::Similar { .. } => Vec::new(),
        }
    }

    /// What is found in the texts a rule reads.
    fn each<'a>(
        &'a self,
        texts: &Texts,
        answers: &'a Answers,
        mut find: impl FnMut(&'a str) -> Vec<&'a str>,
    ) -> Vec<Breach<'a>> {
        let wanted = |field: &Field| match texts {
            Texts::Public => field.public,
            Texts::These(fields) => fields.contains(&field.id),
        };
        let mut breaches: Vec<Breach<'a>> = Vec::new();
        for text in self.texts(answers, wanted) {
            let words = find(text.text);
            match breaches.last_mut().filter(|last| last.field == text.field) {
                Some(last) => last.words.extend(words),
                None if words.is_empty() => {}
                None => breaches.push(Breach { field: text.field, words }),
            }
        }
        breaches
    }

    /// All texts but those about a person.
    fn all_texts<'a>(&'a self, answers: &'a Answers) -> Vec<Text<'a>> {
        self.texts(answers, |field| !field.personal)
    }

    /// The texts in some fields; those of rows at the field that holds the rows.
    fn texts<'a>(&'a self, answers: &'a Answers, wanted: impl Fn(&Field) -> bool) -> Vec<Text<'a>> {
        let mut texts = Vec::new();
        for field in self.fields().filter(|field| wanted(field)) {
            match (&field.kind, answers.get(&field.id)) {
                (FieldKind::Rows { fields, .. }, Some(Answer::Rows(rows))) => {
                    let written = |sub: &&Field| is_written(&sub.kind) && wanted(sub);
                    let of_row = |row: &'a Answers| {
                        fields.iter().filter(written).filter_map(|sub| row.text(&sub.id)).collect::<Vec<_>>()
                    };
                    texts.extend(rows.iter().flat_map(of_row).map(|text| Text { field: &field.id, text }));
                }
                (kind, Some(Answer::Text(text))) if is_written(kind) => texts.push(Text { field: &field.id, text }),
                _ => {}
            }
        }
        texts
    }
}

/// Whether somebody writes in it as they like.
fn is_written(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Text { .. } | FieldKind::LongText { .. })
}

/// “ABC”, “DEF”
fn quoted(words: &[&str]) -> String {
    let mut said: Vec<String> = Vec::new();
    for word in words.iter().map(|word| format!("“{word}”")) {
        if !said.contains(&word) {
            said.push(word);
        }
    }
    said.join(", ")
}

fn is_after(answers: &Answers, first: &FieldId, second: &FieldId) -> Option<()> {
    let ((from, _), (_, to)) = (span(answers, first)?, span(answers, second)?);
    (from > to).then_some(())
}

/// A month is compared generously: by its first day as a beginning, by its last as an end.
fn span(answers: &Answers, field: &FieldId) -> Option<(NaiveDate, NaiveDate)> {
    answers.get(field)?.days()
}

/// Phone numbers and e-mail addresses, by the checks that questions for them use.
fn addresses(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| c.is_whitespace() || ",;:!?()<>[]{}\"“”«»、，；：（）。".contains(c));
    let trimmed = parts.map(|part| part.trim_matches(['.', '\'', '’']));
    let mails = trimmed.filter(|part| part.contains(['@', '＠']) && parse::email(part).is_ok());
    mails.chain(phones(text)).collect()
}

/// Runs of digits and their marks that can only be phone numbers: begun with + or 0, of eight digits or more.
fn phones(text: &str) -> Vec<&str> {
    let dials = |c: char| {
        parse::fold(c.encode_utf8(&mut [0; 4])).chars().all(|c| c.is_ascii_digit() || "+ ()-./\u{a0}".contains(c))
    };
    text.split(|c: char| !dials(c))
        .map(|run| run.trim_matches([' ', '.', '-', '/', '\u{a0}', ')']))
        .filter(|run| is_phone(run))
        .collect()
}

fn is_phone(run: &str) -> bool {
    let folded = parse::fold(run);
    let begun = folded.trim_start_matches('(');
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let groups: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let year = |group: &&str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let dated = groups.iter().any(year) && groups.iter().all(|group| year(group) || group.len() <= 2);
    (begun.starts_with('+') || begun.starts_with('0'))
        && (8..=15).contains(&digits)
        && !dated
        && parse::phone(run).is_ok()
}

//! From a field and what was typed to the view that is drawn. One field model for label, hint, error and control, so that
//! the rules for pages hold by construction.

use std::borrow::Cow;
use std::collections::HashMap;

use super::controls::{Control, FieldView, KeptFile, OptionView, PartView, Reveal, RowView, zones};
use crate::domain::attachment::Hold;
use crate::forms::answer::{Answers, FileRef};
use crate::forms::condition::Condition;
use crate::forms::errors::{Message, Part};
use crate::forms::form::{Field, Required, Step};
use crate::forms::kind::{Choice, FieldKind, Options, Style};
use crate::forms::pairs::Pairs;
use crate::locale::Locale;
use crate::store::public::Item;

/// What views are made from.
pub struct Typed<'a> {
    pub pairs: &'a Pairs,
    /// What could be read of the pairs, for conditions.
    pub answers: &'a Answers,
    pub errors: &'a [Message],
    pub warnings: &'a [Message],
    pub files: &'a HashMap<String, (FileRef, Option<Hold>)>,
    /// Found publications by field: what was searched for, and what was found.
    pub found: &'a HashMap<String, (String, Vec<Item>)>,
    /// Where the draft's files are.
    pub files_url: &'a str,
    pub l: &'a Locale,
}

/// The questions of a step that are asked after what was answered in earlier steps. One that depends on a question of the
/// same step is drawn too: the script shows and hides it, and without script a hidden answer is dropped when it is read.
#[must_use]
pub fn views<'a>(step: &'a Step, typed: &Typed<'_>) -> Vec<FieldView<'a>> {
    step.fields.iter().filter(|field| is_drawn(field, step, typed)).map(|field| view(field, step, typed)).collect()
}

/// Whether a step has anything to ask.
#[must_use]
pub fn has_questions(step: &Step, answers: &Answers) -> bool {
    step.fields.iter().any(|field| !matches!(field.kind, FieldKind::Generated { .. }) && field.is_asked(answers))
}

fn is_drawn(field: &Field, step: &Step, typed: &Typed<'_>) -> bool {
    if matches!(field.kind, FieldKind::Generated { .. }) {
        return false;
    }
    let depends_here = field.show_if.as_ref().is_some_and(|when| when.fields().iter().any(|id| step.owns(id.as_str())));
    depends_here || field.is_asked(typed.answers)
}

fn view<'a>(field: &'a Field, step: &Step, typed: &Typed<'_>) -> FieldView<'a> {
    let mut view = plain_view(field, field.id.as_str(), typed);
    view.heading.clone_from(&field.heading);
    view.reveal = field.show_if.as_ref().and_then(|when| reveal(when, step));
    if let FieldKind::Rows { fields, item, max, .. } = &field.kind {
        view.control = rows(field, fields, (item, *max), typed);
    }
    view
}

/// One question under another name than its own, as in rows or in a table of records.
#[must_use]
pub fn plain_view<'a>(field: &'a Field, name: &str, typed: &Typed<'_>) -> FieldView<'a> {
    let error = message(typed.errors, name);
    let warning = message(typed.warnings, name).map(|found| found.text.clone());
    let limits = if wants_limits(&field.kind) { field.limits(typed.l) } else { Vec::new() };
    let hint = field.hint.clone().or_else(|| own_hint(&field.kind).map(|key| typed.l.t(key)));
    let mut described = Vec::new();
    if hint.is_some() {
        described.push(format!("{name}-hint"));
    }
    if !limits.is_empty() {
        described.push(format!("{name}-limits"));
    }
    if error.is_some() {
        described.push(format!("{name}-error"));
    }
    FieldView {
        label: field.label.clone(),
        hint,
        limits,
        optional: matches!(field.required, Required::Never),
        described_by: described.join(" "),
        autocomplete: field.autocomplete.clone(),
        control: control(field, name, typed),
        name: name.to_owned(),
        wrong: error.map(|found| found.anchor.clone()),
        error: error.map(|found| found.text.clone()),
        warning,
        ..FieldView::default()
    }
}

/// An example for kinds that need one, where the form gives none.
fn own_hint(kind: &FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Date => Some("date-hint"),
        FieldKind::Month => Some("month-hint"),
        FieldKind::Meeting => Some("meeting-hint"),
        FieldKind::Text { .. }
        | FieldKind::LongText { .. }
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Number { .. }
        | FieldKind::Money { .. }
        | FieldKind::YesNo
        | FieldKind::Choice { .. }
        | FieldKind::Choices { .. }
        | FieldKind::Rows { .. }
        | FieldKind::File { .. }
        | FieldKind::Publication { .. }
        | FieldKind::Consent
        | FieldKind::Generated { .. } => None,
    }
}

/// Limits are said where somebody can run into them unawares; a short line shows its own.
fn wants_limits(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::LongText { .. } | FieldKind::Choices { .. } | FieldKind::File { .. } | FieldKind::Number { .. } => {
            true
        }
        FieldKind::Text { min, max } => *min > 0 || *max < 200,
        FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Money { .. }
        | FieldKind::Date
        | FieldKind::Month
        | FieldKind::Meeting
        | FieldKind::YesNo
        | FieldKind::Choice { .. }
        | FieldKind::Rows { .. }
        | FieldKind::Publication { .. }
        | FieldKind::Consent
        | FieldKind::Generated { .. } => false,
    }
}

/// The message about a control: about the question itself, or one of its parts.
fn message<'m>(messages: &'m [Message], name: &str) -> Option<&'m Message> {
    let parts = ["day", "month", "year", "amount", "currency", "date", "time", "zone"];
    let about = |m: &&Message| m.name == name || parts.iter().any(|part| m.name == format!("{name}-{part}"));
    messages.iter().find(about)
}

fn reveal(when: &Condition, step: &Step) -> Option<Reveal> {
    let (field, operator, values) = match when {
        Condition::Is(field, values) => (field, "is", values.as_slice()),
        Condition::Has(field, values) => (field, "has", values.as_slice()),
        Condition::Answered(field) => (field, "answered", &[][..]),
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => return None,
    };
    let here = step.fields.iter().any(|f| f.id == *field);
    here.then(|| Reveal { field: field.as_str().to_owned(), operator, values: serde_json::json!(values).to_string() })
}

fn control<'a>(field: &'a Field, name: &str, typed: &Typed<'_>) -> Control<'a> {
    let value = || typed.pairs.get(name).unwrap_or_default().to_owned();
    match &field.kind {
        FieldKind::Text { max, .. } => line("text", "", if *max <= 40 { "w-16" } else { "w-full" }, value()),
        FieldKind::LongText { max, .. } => Control::LongText { value: value(), max: *max },
        FieldKind::Email => line("email", "", "w-full", value()),
        FieldKind::Url => line("url", "", "w-full", value()),
        FieldKind::Phone => line("tel", "", "w-16", value()),
        FieldKind::Number { decimals, .. } => {
            line("text", if *decimals == 0 { "numeric" } else { "decimal" }, "w-8", value())
        }
        FieldKind::Money { currencies } => money(name, currencies, typed),
        FieldKind::Date => Control::Parts(date_parts(name, &[Part::Day, Part::Month, Part::Year], typed)),
        FieldKind::Month => Control::Parts(date_parts(name, &[Part::Month, Part::Year], typed)),
        FieldKind::Meeting => meeting(name, typed),
        FieldKind::YesNo => Control::Radios { options: yes_no(name, typed), inline: true },
        FieldKind::Choice { options, style } => {
            let options = choose(name, options, typed);
            match style {
                Style::Radios => Control::Radios { options, inline: false },
                Style::Select => Control::Select(options),
            }
        }
        FieldKind::Choices { options, .. } => {
            let options = choose(name, options, typed);
            Control::Checks { columns: options.len() > 10, filter: options.len() > 30, options }
        }
        FieldKind::Consent => {
            Control::Consent { checked: typed.pairs.get(name).is_some_and(|value| !value.is_empty()) }
        }
        FieldKind::File { max } => file(name, *max, typed),
        FieldKind::Publication { .. } => lookup(name, typed),
        FieldKind::Rows { .. } | FieldKind::Generated { .. } => Control::default(),
    }
}

fn line(kind: &'static str, mode: &'static str, width: &'static str, value: String) -> Control<'static> {
    Control::Line { kind, mode, width, value }
}

fn money<'a>(name: &str, currencies: &'a Options, typed: &Typed<'_>) -> Control<'a> {
    let (amount, currency) = (format!("{name}-amount"), format!("{name}-currency"));
    Control::Money {
        amount: typed.pairs.get(&amount).unwrap_or_default().to_owned(),
        currencies: options(currencies.iter(), &typed.pairs.all(&currency)),
    }
}

fn date_parts(name: &str, parts: &[Part], typed: &Typed<'_>) -> Vec<PartView> {
    let whole: Vec<&str> = typed.pairs.get(name).unwrap_or_default().split('-').collect();
    let wrong_whole = typed.errors.iter().any(|m| m.name == name);
    parts
        .iter()
        .map(|part| {
            let id = format!("{name}-{}", part.suffix());
            let iso = match part {
                Part::Year => whole.first(),
                Part::Month => whole.get(1),
                Part::Day => whole.get(2),
                Part::Amount | Part::Currency | Part::Date | Part::Time | Part::Zone => None,
            };
            PartView {
                value: typed.pairs.get(&id).or(iso.copied()).unwrap_or_default().to_owned(),
                label: typed.l.t(&format!("part-{}", part.suffix())),
                width: match part {
                    Part::Year => "w-4",
                    Part::Month => "w-8",
                    Part::Day | Part::Amount | Part::Currency | Part::Date | Part::Time | Part::Zone => "w-2",
                },
                wrong: wrong_whole || typed.errors.iter().any(|m| m.name == id),
                id,
            }
        })
        .collect()
}

fn meeting(name: &str, typed: &Typed<'_>) -> Control<'static> {
    let part = |part: &str| typed.pairs.get(&format!("{name}-{part}")).unwrap_or_default().to_owned();
    Control::Meeting { date: part("date"), time: part("time"), zone: part("zone"), zones: zones().collect() }
}

fn yes_no(name: &str, typed: &Typed<'_>) -> Vec<OptionView<'static>> {
    let chosen = typed.pairs.get(name);
    [("yes", "answer-yes"), ("no", "answer-no")]
        .into_iter()
        .map(|(value, key)| OptionView {
            value: value.into(),
            label: typed.l.t(key).into(),
            hint: None,
            chosen: chosen == Some(value),
            also: "",
            lang: None,
        })
        .collect()
}

fn choose<'a>(name: &str, of: &'a Options, typed: &Typed<'_>) -> Vec<OptionView<'a>> {
    options(of.available(typed.answers), &typed.pairs.all(name))
}

fn options<'a>(choices: impl IntoIterator<Item = &'a Choice>, chosen: &[&str]) -> Vec<OptionView<'a>> {
    choices
        .into_iter()
        .map(|choice| OptionView {
            value: choice.value.as_str().into(),
            label: choice.numbered.as_str().into(),
            hint: choice.hint.as_deref().map(Cow::from),
            chosen: chosen.contains(&choice.value.as_str()),
            also: &choice.also,
            lang: choice.lang.as_deref(),
        })
        .collect()
}

fn file(name: &str, max: usize, typed: &Typed<'_>) -> Control<'static> {
    let kept: Vec<KeptFile> = typed
        .pairs
        .all(name)
        .into_iter()
        .filter_map(|id| typed.files.get(id))
        .map(|(file, hold)| KeptFile {
            url: format!("{}/{}", typed.files_url, file.id),
            file: file.clone(),
            hold: *hold,
        })
        .collect();
    Control::File { room: max.saturating_sub(kept.len()), kept }
}

fn lookup(name: &str, typed: &Typed<'_>) -> Control<'static> {
    let chosen = typed.pairs.get(name).unwrap_or_default();
    let (query, items) = typed.found.get(name).map(|(q, items)| (q.clone(), items.as_slice())).unwrap_or_default();
    let results = items
        .iter()
        .map(|item| OptionView {
            value: item.reference.clone().into(),
            label: item.title.clone().into(),
            hint: Some(format!("{} – {}", item.organization, item.reference).into()),
            chosen: item.reference == chosen,
            also: "",
            lang: Some(item.language.tag()),
        })
        .collect();
    Control::Lookup { searched: typed.found.contains_key(name), query, results }
}

/// The rows that were typed, and an empty one where there is none.
fn rows<'a>(field: &Field, fields: &'a [Field], (item, max): (&str, usize), typed: &Typed<'_>) -> Control<'a> {
    let mut indexes = typed.pairs.rows(field);
    if indexes.is_empty() {
        indexes.push(0);
    }
    let views = indexes
        .iter()
        .enumerate()
        .map(|(at, index)| RowView {
            number: at + 1,
            index: *index,
            fields: fields
                .iter()
                .map(|sub| plain_view(sub, &format!("{}-{index}-{}", field.id, sub.id), typed))
                .collect(),
        })
        .collect();
    Control::Rows { more: indexes.len() < max, rows: views, item: item.to_owned() }
}

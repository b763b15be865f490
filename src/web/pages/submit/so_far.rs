//! What a draft says so far, right or only half right.

use std::collections::HashMap;

use crate::forms::answer::Answers;
use crate::forms::form::{Field, Form, Step};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::forms::show::Shown;
use crate::locale::Locale;
use crate::web::pages::answers::{Row, Section};

/// All questions that are asked, with what stands there; those without an answer too.
#[must_use]
pub fn sections(form: &Form, pairs: &Pairs, answers: &Answers, l: &Locale) -> Vec<Section> {
    let section = |step: &Step| Section {
        step: step.id.clone(),
        title: step.title.clone(),
        rows: step.fields.iter().filter(|field| is_shown(field, answers)).map(|f| row(f, pairs, answers, l)).collect(),
    };
    form.steps().iter().map(section).filter(|section| !section.rows.is_empty()).collect()
}

fn is_shown(field: &Field, answers: &Answers) -> bool {
    !matches!(field.kind, FieldKind::Generated { .. }) && field.is_asked(answers)
}

fn row(field: &Field, pairs: &Pairs, answers: &Answers, l: &Locale) -> Row {
    Row {
        field: field.id.as_str().to_owned(),
        label: field.label.clone(),
        shown: shown(field, pairs, answers, l),
        private: !field.public,
        holds: HashMap::new(),
        warnings: Vec::new(),
    }
}

/// What stands in a question: its answer, or as it was typed where that is none yet.
#[must_use]
pub fn shown(field: &Field, pairs: &Pairs, answers: &Answers, l: &Locale) -> Shown {
    if let Some(answer) = answers.get(&field.id) {
        return field.show(Some(answer), l);
    }
    let typed: Vec<&str> = pairs.iter().filter(|(name, _)| field.owns(name)).map(|(_, value)| value.trim()).collect();
    let typed = typed.into_iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join("\n");
    // The id of a file that cannot be used any more says nothing to anybody.
    if typed.is_empty() || matches!(field.kind, FieldKind::File { .. }) { Shown::Nothing } else { Shown::Prose(typed) }
}

/// A question that two people answered otherwise at the same time.
#[derive(Debug, Clone)]
pub struct Differing {
    pub label: String,
    pub anchor: String,
    pub theirs: Shown,
    pub mine: Shown,
}

/// The questions of a step that two texts of it answer otherwise.
#[must_use]
pub fn differing(step: &Step, theirs: (&Pairs, &Answers), mine: (&Pairs, &Answers), l: &Locale) -> Vec<Differing> {
    let differs = |field: &&Field| theirs.0.said(|name| field.owns(name)) != mine.0.said(|name| field.owns(name));
    let both = |field: &Field| Differing {
        label: field.label.clone(),
        anchor: field.id.as_str().to_owned(),
        theirs: shown(field, theirs.0, theirs.1, l),
        mine: shown(field, mine.0, mine.1, l),
    };
    step.fields.iter().filter(differs).map(both).collect()
}

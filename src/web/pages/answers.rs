//! Answers as a page shows them, the same on the check page, the submitter's, the staff's and the public's.

use std::collections::HashMap;

use crate::domain::attachment::Hold;
use crate::forms::answer::{Answers, FileRef};
use crate::forms::errors::Message;
use crate::forms::form::{Field, Form};
use crate::forms::show::Shown;
use crate::locale::Locale;

/// One step's answers.
#[derive(Debug, Clone)]
pub struct Section {
    pub step: String,
    pub title: String,
    pub rows: Vec<Row>,
}

/// One question and its answer.
#[derive(Debug, Clone)]
pub struct Row {
    pub field: String,
    pub label: String,
    pub shown: Shown,
    /// Not shown to the public.
    pub private: bool,
    /// Its files that nobody can open.
    pub holds: HashMap<String, Hold>,
    /// Worth a second look.
    pub warnings: Vec<String>,
}

impl Row {
    /// Why nobody can open one of its files, if nobody can.
    #[must_use]
    pub fn hold(&self, file: &FileRef) -> Option<Hold> {
        self.holds.get(&file.id).copied()
    }

    /// The address of one of its files, under a page's own path for files.
    #[must_use]
    pub fn file_url(&self, base: &str, file: &FileRef) -> String {
        format!("{base}/{}", file.id)
    }
}

/// All visible questions with their answers, by step; those that `keep` leaves out are not shown.
#[must_use]
pub fn sections(form: &Form, answers: &Answers, l: &Locale, keep: impl Fn(&Field) -> bool) -> Vec<Section> {
    form.answered(answers)
        .into_iter()
        .map(|(step, fields)| Section {
            step: step.id.clone(),
            title: step.title.clone(),
            rows: fields
                .into_iter()
                .filter(|(field, _)| keep(field))
                .map(|(field, answer)| Row {
                    field: field.id.as_str().to_owned(),
                    label: field.label.clone(),
                    shown: field.show(answer, l),
                    private: !field.public,
                    holds: HashMap::new(),
                    warnings: Vec::new(),
                })
                .collect(),
        })
        .filter(|section| !section.rows.is_empty())
        .collect()
}

/// The same with its files marked that nobody can open.
#[must_use]
pub fn held(mut sections: Vec<Section>, holds: &HashMap<String, Hold>) -> Vec<Section> {
    for row in sections.iter_mut().flat_map(|section| &mut section.rows) {
        if let Shown::Files(files) = &row.shown {
            row.holds = files.iter().filter_map(|file| Some((file.id.clone(), *holds.get(&file.id)?))).collect();
        }
    }
    sections
}

/// Puts warnings beside the answers they are about.
pub fn warn(sections: &mut [Section], warnings: &[Message]) {
    for row in sections.iter_mut().flat_map(|section| &mut section.rows) {
        let about = warnings.iter().filter(|warning| warning.name == row.field);
        row.warnings = about.map(|warning| warning.text.clone()).collect();
    }
}

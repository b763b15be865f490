//! Answers as a page shows them, the same on the check page, the submitter's, the staff's and the public's.

use crate::forms::answer::{Answers, FileRef};
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
    /// What there is to say besides the answer.
    pub note: Option<String>,
}

impl Row {
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
                    note: None,
                })
                .collect(),
        })
        .filter(|section| !section.rows.is_empty())
        .collect()
}

//! Submissions as a file, written while it is fetched: a few records are read at a time, each as it stands at that moment.

use std::collections::BTreeSet;
use std::vec::IntoIter;

use chrono::SecondsFormat;
use serde_json::Value;

use super::App;
use crate::domain::submission::SubmissionId;
use crate::forms::answer::Answers;
use crate::forms::export::{Entry, Format, Row, Table, answer_key};
use crate::forms::form::{Form, FormId};
use crate::locale::Language;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, StoreError, form_versions};

/// Records that are read at once.
const CHUNK: usize = 50;

/// What stands before the answers.
const HEADS: [&str; 6] = ["reference", "form", "status", "publication", "language", "received"];

/// A file that is being written.
pub struct Export {
    app: App,
    ids: IntoIter<SubmissionId>,
    /// None once its last piece was given.
    table: Option<Table>,
}

impl Export {
    /// Begins a file of these submissions, which are given to these forms.
    ///
    /// # Errors
    /// Where the forms' versions cannot be read.
    pub fn begin(
        app: &App,
        conn: &mut Conn,
        format: Format,
        forms: &[FormId],
        ids: Vec<SubmissionId>,
    ) -> Result<Self, StoreError> {
        let table = Table::begin(format, &HEADS, fields(app, conn, forms)?)?;
        Ok(Self { app: app.clone(), ids: ids.into_iter(), table: Some(table) })
    }

    /// The next piece; none after the last.
    ///
    /// # Errors
    /// Where a record cannot be read.
    pub fn next(&mut self, conn: &mut Conn) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(mut table) = self.table.take() else { return Ok(None) };
        for id in self.ids.by_ref().take(CHUNK) {
            table.put(&Record::read(&self.app, conn, id)?)?;
        }
        if self.ids.len() == 0 {
            return Ok(Some(table.end()?));
        }
        let piece = table.piece()?;
        self.table = Some(table);
        Ok(Some(piece))
    }
}

/// Today's fields of each form in their order, then those that only answered versions before asked.
fn fields(app: &App, conn: &mut Conn, forms: &[FormId]) -> Result<Vec<String>, StoreError> {
    let (mut fields, mut seen) = (Vec::new(), BTreeSet::new());
    let mut add = |of: &Form| fields.extend(of.columns().into_iter().filter(|field| seen.insert(field.clone())));
    for id in forms {
        if let Some(form) = app.catalog.form(id, Language::En) {
            add(form);
        }
        for version in form_versions::answered(conn, id)? {
            add(&*app.form_version(conn, &version, Language::En)?);
        }
    }
    Ok(fields)
}

/// One submission with its newest answers.
struct Record {
    submission: Submission,
    form: std::sync::Arc<Form>,
    answers: Answers,
}

impl Record {
    fn read(app: &App, conn: &mut Conn, id: SubmissionId) -> Result<Self, StoreError> {
        let submission = submissions::get(conn, id)?;
        let (form, answers) = app.answers(conn, id, submission.head_revision, Language::En)?;
        Ok(Self { submission, form, answers })
    }

    /// What is known besides the answers, in the order of [`HEADS`].
    fn head(&self) -> Vec<String> {
        let of = &self.submission;
        vec![
            of.reference.clone(),
            of.form.as_str().to_owned(),
            of.state.as_str().to_owned(),
            of.visibility.as_str().to_owned(),
            of.language.code().to_owned(),
            of.created_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        ]
    }
}

impl Entry for Record {
    type Error = StoreError;

    fn row(&self) -> Result<Row, StoreError> {
        Ok(Row { head: self.head(), cells: self.form.cells(&self.answers) })
    }

    fn object(&self) -> Result<Value, StoreError> {
        let head = HEADS.iter().map(|&head| head.to_owned()).zip(self.head().into_iter().map(Value::String));
        let answers = self.form.to_json(&self.answers);
        let answers = answers.into_iter().map(|(field, value)| (answer_key(&HEADS, &field), value));
        Ok(Value::Object(head.chain(answers).collect()))
    }
}

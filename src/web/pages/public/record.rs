//! A published record, read: its answers with the form they were given to. Shared by pages and API.

use std::collections::HashMap;
use std::sync::Arc;

use super::facets::reporting;
use crate::actions::project;
use crate::app::App;
use crate::domain::attachment::Hold;
use crate::domain::facets::Values;
use crate::domain::projection::files;
use crate::domain::reference::{NotAReference, Reference};
use crate::forms::answer::{Answer, Answers};
use crate::forms::export::Marks;
use crate::forms::form::{Field, FieldId, Form, Role};
use crate::forms::kind::FieldKind;
use crate::locale::Language;
use crate::store::public::{self, Item};
use crate::store::{Conn, StoreError, attachments};
use crate::web::errors::WebError;

/// A published record.
pub struct Record {
    pub item: Item,
    /// The form as it was when this was answered, in the reader's language.
    pub form: Arc<Form>,
    pub answers: Answers,
    /// How many take part that have not confirmed, and are not named.
    pub unnamed: usize,
    /// What the publication says besides.
    pub marks: Marks,
    /// What it is found by.
    pub values: Values,
    /// Files that nobody can open.
    pub holds: HashMap<String, Hold>,
}

impl Record {
    /// Reads an item.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn load(
        app: &App,
        conn: &mut Conn,
        item: Item,
        values: Values,
        language: Language,
    ) -> Result<Self, StoreError> {
        let form = app.form_version(conn, &item.form_version, language)?;
        let (answers, unnamed, marks) = project::load_all(&form, &item.public_json)?;
        let holds = attachments::holds(conn, &files(&answers))?;
        Ok(Self { item, form, answers, unnamed, marks, values, holds })
    }

    /// The answer in a role, with its question.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<(&Field, &Answer)> {
        let field = self.form.field(self.form.role(role)?)?;
        Some((field, self.answers.get(&field.id)?))
    }

    /// The values that were chosen in a role.
    #[must_use]
    pub fn chosen(&self, role: Role) -> &[String] {
        match self.role(role) {
            Some((_, Answer::Choices(values))) => values,
            Some((_, Answer::Choice(value))) => std::slice::from_ref(value),
            _ => &[],
        }
    }

    /// The record of the same form that this one answers.
    #[must_use]
    pub fn answered(&self) -> Option<&str> {
        self.form.fields().find_map(|field| match (&field.kind, self.answers.get(&field.id)) {
            (FieldKind::Publication { form }, Some(Answer::Publication(of))) if form == self.form.id() => {
                Some(of.reference.as_str())
            }
            _ => None,
        })
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> String {
        path(&self.form, &self.item.reference)
    }
}

/// Where a record of a form is shown.
#[must_use]
pub fn path(form: &Form, reference: &str) -> String {
    format!("/{}/{reference}", form.collection().unwrap_or_default())
}

/// One record with what belongs to it.
pub struct Whole {
    pub record: Record,
    /// What was reported on it, newest first.
    pub reports: Vec<Record>,
    pub related: Vec<Related>,
}

/// Another record that this one names, or that names this one.
pub struct Related {
    pub item: Item,
    /// The form it was given to, today.
    pub form: Arc<Form>,
    pub relation: Relation,
}

/// How two records belong together, seen from the one whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// This one supports the other.
    Matches,
    MatchedBy,
    /// This one names the other.
    Names,
    NamedBy,
}

impl Whole {
    /// A record by its reference; `None` where it is not published.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn find(
        app: &App,
        conn: &mut Conn,
        form: &Form,
        reference: &str,
        language: Language,
    ) -> Result<Option<Self>, StoreError> {
        let collection = app.collection(conn, form.id().as_str())?;
        let found = collection.items.iter().zip(&collection.values).find(|(item, _)| item.reference == reference);
        let Some((item, values)) = found else { return Ok(None) };
        let record = Record::load(app, conn, item.clone(), values.clone(), language)?;
        let reports = reports(app, conn, form, reference, language)?;
        let mut related = named(app, conn, &record, language)?;
        related.extend(naming(app, conn, form, reference, language)?);
        Ok(Some(Self { record, reports, related }))
    }
}

/// The published reports on a record, newest first; what is a conversation, in the order it was held.
fn reports(
    app: &App,
    conn: &mut Conn,
    on: &Form,
    reference: &str,
    language: Language,
) -> Result<Vec<Record>, StoreError> {
    let Some(form) = reporting(app, on, language) else { return Ok(Vec::new()) };
    let mut reports = Vec::new();
    for item in public::pointing_to(conn, form.id().as_str(), reference)? {
        let report = Record::load(app, conn, item, Values::new(), language)?;
        if report.form.about().is_some_and(|(field, _)| names(&report.answers, field, reference)) {
            reports.push(report);
        }
    }
    Ok(if form.role(Role::Progress).is_some() { reports } else { threaded(reports) })
}

/// Oldest first, each answer after what it answers.
fn threaded(newest_first: Vec<Record>) -> Vec<Record> {
    let mut threaded: Vec<Record> = Vec::with_capacity(newest_first.len());
    for post in newest_first.into_iter().rev() {
        let thread = |other: &Record| other.item.reference == post.answered().unwrap_or_default();
        let parent = threaded.iter().position(thread);
        // After the last of those that follow what it answers.
        let place = parent.map(|at| {
            let replies = threaded.iter().skip(at + 1).take_while(|other| other.answered().is_some()).count();
            at + 1 + replies
        });
        threaded.insert(place.unwrap_or(threaded.len()), post);
    }
    threaded
}

fn names(answers: &Answers, field: &FieldId, reference: &str) -> bool {
    matches!(answers.get(field), Some(Answer::Publication(target)) if target.reference == reference)
}

/// What a record names, as far as it is still published.
fn named(app: &App, conn: &mut Conn, record: &Record, language: Language) -> Result<Vec<Related>, StoreError> {
    let mut found = Vec::new();
    for field in record.form.fields() {
        let (FieldKind::Publication { form }, Some(Answer::Publication(target))) =
            (&field.kind, record.answers.get(&field.id))
        else {
            continue;
        };
        let Some(form) = app.catalog.form(form, language).filter(|form| form.has_pages()) else { continue };
        if let Some(item) = public::find(conn, form.id().as_str(), &target.reference)? {
            let matches = field.role == Some(Role::Matched);
            let relation = if matches { Relation::Matches } else { Relation::Names };
            found.push(Related { item, form: Arc::clone(form), relation });
        }
    }
    Ok(found)
}

/// What names a record and has a page of its own.
fn naming(
    app: &App,
    conn: &mut Conn,
    on: &Form,
    reference: &str,
    language: Language,
) -> Result<Vec<Related>, StoreError> {
    let mut found = Vec::new();
    for form in app.catalog.all(language).filter(|form| form.has_pages() && points_to(form, on)) {
        let items = public::pointing_to(conn, form.id().as_str(), reference)?;
        let relation = if matching(form, on) { Relation::MatchedBy } else { Relation::NamedBy };
        found.extend(items.into_iter().map(|item| Related { item, form: Arc::clone(form), relation }));
    }
    Ok(found)
}

/// Whether records of a form can support those of another.
#[must_use]
pub fn matching(form: &Form, on: &Form) -> bool {
    let field = form.role(Role::Matched).and_then(|id| form.field(id));
    field.is_some_and(|field| matches!(&field.kind, FieldKind::Publication { form } if form == on.id()))
}

fn points_to(form: &Form, on: &Form) -> bool {
    form.fields().any(|field| matches!(&field.kind, FieldKind::Publication { form } if form == on.id()))
}

/// A reference as somebody typed it, in its one written form.
///
/// # Errors
/// A kind answer where it is mistyped; "not found" where it is none, or one of another form.
pub fn typed(form: &Form, text: &str) -> Result<Reference, WebError> {
    let prefix = form.words().prefix.as_str();
    match Reference::read(text) {
        Ok(reference) if reference.prefix() == prefix => Ok(reference),
        Ok(_) => Err(WebError::NotFound),
        Err(NotAReference::Check) => Err(WebError::Mistyped),
        Err(NotAReference::Shape) => {
            let begins = text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
            Err(if begins { WebError::Mistyped } else { WebError::NotFound })
        }
    }
}

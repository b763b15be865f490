//! From what an author wrote to a form that is known to be whole, or to every fault of it.
//!
//! One pass in the order of the file: a field sees only the fields before it, which is also the rule for conditions.
//! Rules over the whole form (roles, facets) follow in `across`, rules over several answers in `check`.

mod across;
mod check;
mod condition;
mod field;
mod kind;
mod options;
mod parties;
mod review;
#[cfg(test)]
mod tests;
mod window;

use std::sync::Arc;

use super::catalog::version;
use super::faults::{Fault, FaultKind, Place};
use super::form::{FieldId, Form, FormId, Lifecycle, Step};
use super::kind::FieldKind;
use super::lists::Lists;
use super::source::{RawField, RawForm, RawLifecycle, RawScope};
use crate::locale::Language;

/// More pages than this nobody finishes in one sitting.
const MOST_STEPS: usize = 6;

/// Makes the form, with the labels of its lists in `lang`.
///
/// # Errors
/// Every fault of it, in the order of the file as far as faults have one.
pub fn compile(raw: &RawForm, lists: &Lists, lang: Language) -> Result<Form, Vec<Fault>> {
    let mut compiler = Compiler { raw, lists, lang, faults: Vec::new() };
    compiler.head();
    let steps = compiler.steps();
    let (roles, facets, checks) = (compiler.roles(), compiler.facets(), compiler.checks());
    let parties = compiler.parties();
    compiler.sitting();
    compiler.generated();
    compiler.zones(&steps);
    let authority = compiler.review(&steps);
    let window = compiler.window();
    if !compiler.faults.is_empty() {
        return Err(compiler.faults);
    }
    Ok(Form {
        id: FormId::new(&raw.id),
        version: version(raw),
        lifecycle: lifecycle(raw.lifecycle),
        raw: Arc::new(raw.clone()),
        steps,
        checks,
        facets,
        roles,
        parties,
        window,
        authority,
    })
}

struct Compiler<'a> {
    raw: &'a RawForm,
    lists: &'a Lists,
    lang: Language,
    faults: Vec<Fault>,
}

/// The fields a field can see: those of the form, or of its row.
struct Scope<'a> {
    all: Vec<&'a str>,
    /// `None` for a field with faults, about which enough is said.
    earlier: Vec<(&'a str, Option<FieldKind>)>,
    in_row: bool,
}

/// What a name means from where it is used.
enum Seen<'s> {
    Earlier(Option<&'s FieldKind>),
    Later,
    Nowhere,
}

impl<'a> Scope<'a> {
    fn new(fields: impl Iterator<Item = &'a RawField>, in_row: bool) -> Self {
        Self { all: fields.map(|field| field.id.as_str()).collect(), earlier: Vec::new(), in_row }
    }

    fn see(&self, name: &str) -> Seen<'_> {
        match self.earlier.iter().find(|(id, _)| *id == name) {
            Some((_, kind)) => Seen::Earlier(kind.as_ref()),
            None if self.all.contains(&name) => Seen::Later,
            None => Seen::Nowhere,
        }
    }
}

impl<'a> Compiler<'a> {
    fn fault(&mut self, path: Place, problem: FaultKind) {
        self.faults.push(Fault { path, problem });
    }

    /// What stands before the first step.
    fn head(&mut self) {
        let (raw, top) = (self.raw, Place::default());
        self.id(&raw.id, '-', top.key("id"));
        if raw.prefix.len() != 3 || !raw.prefix.bytes().all(|b| b.is_ascii_uppercase()) {
            self.fault(top.key("prefix"), FaultKind::BadPrefix(raw.prefix.clone()));
        }
        let texts = [("title", &raw.title), ("noun", &raw.noun), ("plural", &raw.plural), ("act", &raw.act)];
        for (key, text) in
            texts.into_iter().chain(self.is_asked_outside().then_some(("answer_within", &raw.answer_within)))
        {
            self.text(text, top.key(key));
        }
        self.collection();
        self.start();
    }

    fn collection(&mut self) {
        let (raw, at) = (self.raw, Place::default().key("collection"));
        match (&raw.collection, raw.lifecycle) {
            (Some(path), RawLifecycle::Publication | RawLifecycle::Record) => self.id(path, '-', at),
            (None, RawLifecycle::Publication) => self.fault(Place::default().key("lifecycle"), FaultKind::NoCollection),
            (Some(_), RawLifecycle::Request) => self.fault(at, FaultKind::StrayCollection),
            (None, RawLifecycle::Request | RawLifecycle::Record) => {}
        }
    }

    fn start(&mut self) {
        let (start, at) = (&self.raw.start, Place::default().key("start"));
        self.text(&start.purpose, at.key("purpose"));
        if self.is_asked_outside() {
            self.text(&start.who, at.key("who"));
            self.text(&start.privacy, at.key("privacy"));
        }
        if let Some(scope) = &start.scope {
            self.way_in(scope, &at.key("scope"));
        }
    }

    /// Whether people outside meet the form, so that its start page must say all.
    fn is_asked_outside(&self) -> bool {
        self.raw.lifecycle != RawLifecycle::Record
    }

    fn way_in(&mut self, scope: &RawScope, at: &Place) {
        self.text(&scope.question, at.key("question"));
        for (index, answer) in scope.answers.iter().enumerate() {
            self.text(&answer.label, at.key("answers").at(index).key("label"));
        }
        if !scope.answers.iter().any(|answer| answer.signpost.is_none() && answer.href.is_none()) {
            self.fault(at.clone(), FaultKind::NoWayIn);
        }
    }

    fn steps(&mut self) -> Vec<Step> {
        let (raw, at) = (self.raw, Place::default().key("step"));
        match raw.steps.len() {
            0 => self.fault(at.clone(), FaultKind::NoStep),
            n if n > MOST_STEPS => self.fault(at.at(MOST_STEPS), FaultKind::TooManySteps(n)),
            _ => {}
        }
        let mut scope = Scope::new(raw.steps.iter().flat_map(|step| &step.fields), false);
        let mut steps = Vec::new();
        for (index, step) in raw.steps.iter().enumerate() {
            let at = at.at(index);
            self.id(&step.id, '-', at.key("id"));
            if raw.steps.iter().take(index).any(|earlier| earlier.id == step.id) {
                self.fault(at.key("id"), FaultKind::StepTwice(step.id.clone()));
            }
            self.text(&step.title, at.key("title"));
            if step.fields.is_empty() {
                self.fault(at.clone(), FaultKind::EmptyStep);
            }
            let fields = self.fields(&step.fields, &at, &mut scope);
            steps.push(Step { id: step.id.clone(), title: step.title.clone(), intro: step.intro.clone(), fields });
        }
        steps
    }

    /// A text people will read.
    fn text(&mut self, text: &str, at: Place) {
        if text.trim().is_empty() {
            self.fault(at, FaultKind::EmptyText);
        }
    }

    /// A name for machines: small ASCII letters and digits, joined by one mark.
    fn id(&mut self, id: &str, mark: char, at: Place) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == mark;
        if !id.starts_with(|c: char| c.is_ascii_lowercase()) || !id.chars().all(fits) || id.ends_with(mark) {
            self.fault(at, FaultKind::BadId(id.to_owned()));
        }
    }

    /// A field outside rows.
    fn top_field(&self, id: &str) -> Option<&'a RawField> {
        self.raw.steps.iter().flat_map(|step| &step.fields).find(|field| field.id == id)
    }

    /// All fields outside rows with their places.
    fn top_fields(&self) -> impl Iterator<Item = (Place, &'a RawField)> + use<'a> {
        self.raw.steps.iter().enumerate().flat_map(|(s, step)| {
            let at = Place::default().key("step").at(s).key("field");
            step.fields.iter().enumerate().map(move |(f, field)| (at.at(f), field))
        })
    }
}

fn lifecycle(raw: RawLifecycle) -> Lifecycle {
    match raw {
        RawLifecycle::Publication => Lifecycle::Publication,
        RawLifecycle::Request => Lifecycle::Request,
        RawLifecycle::Record => Lifecycle::Record,
    }
}

/// The fields with their ids, where no scope is at hand.
fn ids(names: &[String]) -> Vec<FieldId> {
    names.iter().map(|name| FieldId::new(name)).collect()
}

//! What was reported on a published record, as it stands on the record's page.

use super::facets::{Badge, choice, stage_class};
use super::record::Record;
use crate::forms::form::{Field, Role};
use crate::locale::{Arg, Locale};
use crate::web::pages::answers::{Row, Section};

/// One report.
pub struct ReportShown {
    /// Also the anchor it is linked by.
    pub reference: String,
    /// It answers another one.
    pub reply: bool,
    pub lang: &'static str,
    pub organization: String,
    pub published: String,
    pub day: String,
    /// "Report on 1 January 2026 to 31 December 2026".
    pub heading: String,
    pub badge: Option<Badge>,
    pub rows: Vec<Row>,
}

/// What a report's head says already.
const IN_HEAD: [Role; 6] = [Role::Title, Role::About, Role::Progress, Role::Starts, Role::Ends, Role::Organization];

impl ReportShown {
    /// Makes it ready for the page.
    #[must_use]
    pub fn new(l: &Locale, report: &Record) -> Self {
        let item = &report.item;
        let day = item.first_published_at.date_naive();
        let in_head = |field: &Field| field.role.is_some_and(|role| IN_HEAD.contains(&role));
        let rows = sections(report, l, |field| !in_head(field)).into_iter().flat_map(|section| section.rows);
        Self {
            reference: item.reference.clone(),
            reply: report.answered().is_some(),
            lang: item.language.tag(),
            organization: item.organization.clone(),
            published: l.date(&day),
            day: day.to_string(),
            heading: heading(report, l),
            badge: stage(report, l),
            rows: rows.collect(),
        }
    }
}

fn stage(report: &Record, l: &Locale) -> Option<Badge> {
    let (field, _) = report.role(Role::Progress)?;
    let value = report.chosen(Role::Progress).first()?;
    Some(Badge { class: stage_class(value), text: choice(field, value, l) })
}

fn heading(report: &Record, l: &Locale) -> String {
    let said = |role| report.role(role).map(|(field, answer)| field.show(Some(answer), l).plain());
    match (said(Role::Starts), said(Role::Ends)) {
        (Some(from), Some(to)) => l.with("item-report-period", &[("from", Arg::from(&from)), ("to", Arg::from(&to))]),
        (Some(day), None) | (None, Some(day)) => l.a("item-report-day", "day", day),
        (None, None) => report.item.title.clone(),
    }
}

/// The public answers by step, unanswered questions left out. What decides whether a question is asked may itself not be
/// public, so only the answer counts here.
#[must_use]
pub fn sections(record: &Record, l: &Locale, keep: impl Fn(&Field) -> bool) -> Vec<Section> {
    let steps = record.form.steps().iter().map(|step| {
        let public = step.fields.iter().filter(|field| field.public && !field.personal && keep(field));
        let said = public.map(|field| (field, record.answers.get(&field.id), unnamed(record, field, l)));
        let rows =
            said.filter(|(_, answer, note)| answer.is_some() || note.is_some()).map(|(field, answer, note)| Row {
                holds: record.holds.clone(),
                field: field.id.as_str().to_owned(),
                label: field.label.clone(),
                shown: field.show(answer, l),
                private: false,
                note,
                warnings: Vec::new(),
            });
        Section { step: step.id.clone(), title: step.title.clone(), rows: rows.collect() }
    });
    steps.filter(|section| !section.rows.is_empty()).collect()
}

/// What is said of those who take part and have not confirmed.
fn unnamed(record: &Record, field: &Field, l: &Locale) -> Option<String> {
    let here = field.role == Some(Role::Parties) && record.unnamed > 0;
    let key = if record.answers.get(&field.id).is_some() { "item-parties-also" } else { "item-parties-none" };
    let count = l.count(&record.unnamed);
    here.then(|| l.with(key, &[("n", Arg::Count(record.unnamed)), ("count", Arg::Text(&count))]))
}

/// The address at which a record is reported on.
#[must_use]
pub fn begin(reporting: &crate::forms::form::Form, reference: &str) -> Option<String> {
    reporting.about()?;
    Some(format!("/forms/{}?about={reference}", reporting.id()))
}

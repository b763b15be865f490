//! The table of a sitting: what was last reported beside what is asked now, and what was typed read back as reports.
//!
//! A control's name is the record's reference before the question's own name; what is asked once for all has its own name.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::actions::sitting::Due;
use crate::actions::submit::Order;
use crate::app::App;
use crate::forms::answer::Answers;
use crate::forms::errors::{FieldError, Message, Problem};
use crate::forms::form::{Field, Form, Required, Role};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::forms::parse::Parsed;
use crate::locale::{Arg, Locale};
use crate::store::attachments::Owner;
use crate::store::sittings::Sitting;
use crate::store::submissions::Channel;
use crate::web::errors::WebError;
use crate::web::frame::Frame;
use crate::web::pages::submit::controls::{Control, FieldView};
use crate::web::pages::submit::fields::{Typed, plain_view};
use crate::web::pages::submit::parse;

/// Longest key of a page that is taken.
const LONGEST_KEY: usize = 64;

/// The table, ready to be drawn.
pub struct Table<'a> {
    /// Asked once for all reports: before the table, and after it.
    pub before: Vec<FieldView<'a>>,
    pub after: Vec<FieldView<'a>>,
    pub records: Vec<RecordRows<'a>>,
}

/// One record with a row for each question.
pub struct RecordRows<'a> {
    pub reference: String,
    pub url: String,
    pub title: String,
    pub lang: &'static str,
    pub organization: String,
    /// When something was last reported on it.
    pub last: Option<String>,
    pub rows: Vec<TableRow<'a>>,
}

/// One question.
pub struct TableRow<'a> {
    pub label: String,
    /// What was answered last.
    pub last: String,
    pub field: FieldView<'a>,
}

impl<'a> Table<'a> {
    /// Makes it from what is due and what was typed.
    pub fn new(f: &Frame, form: &'a Form, due: &[Due], sent: &Pairs, errors: &[Message]) -> Self {
        let nothing = (HashMap::new(), HashMap::new(), Answers::default());
        let typed = Typed {
            pairs: sent,
            answers: &nothing.2,
            errors,
            warnings: &[],
            files: &nothing.0,
            found: &nothing.1,
            files_url: "",
            l: &f.l,
        };
        let once = |is_consent: bool| {
            let asked = once(form, due).into_iter().filter(move |field| is_for_consent(field) == is_consent);
            asked.map(|field| plain_view(field, field.id.as_str(), &typed)).collect()
        };
        let records = due.iter().map(|due| record(f, form, due, &typed)).collect();
        Self { before: once(false), after: once(true), records }
    }
}

fn record<'a>(f: &Frame, form: &'a Form, due: &Due, typed: &Typed<'_>) -> RecordRows<'a> {
    let item = &due.item;
    let row = |field: &'a Field| TableRow {
        label: field.label.clone(),
        last: last(due, field, &f.l),
        field: compact(plain_view(field, &format!("{}-{}", item.reference, field.id), typed)),
    };
    RecordRows {
        url: f.url(format!("/{}/{}", due.form.collection().unwrap_or_default(), item.reference)),
        reference: item.reference.clone(),
        title: item.title.clone(),
        lang: item.language.tag(),
        organization: item.organization.clone(),
        last: due.last.as_ref().map(|(report, ..)| f.l.date(&report.first_published_at.date_naive())),
        rows: asked(form).map(row).collect(),
    }
}

/// Without hints, for the head of the table says what it is about; one of several as a list, so that it can be left open.
fn compact(mut view: FieldView<'_>) -> FieldView<'_> {
    view.hint = None;
    view.limits.clear();
    view.optional = false;
    view.described_by = view.error.as_ref().map(|_| format!("{}-error", view.name)).unwrap_or_default();
    if let Control::Radios { options, .. } = view.control {
        view.control = Control::Select(options);
    }
    view
}

fn last(due: &Due, field: &Field, l: &Locale) -> String {
    let said = due.last.as_ref().and_then(|(_, form, answers)| Some((form.field(&field.id)?, answers.get(&field.id))));
    said.map(|(then, answer)| then.show(answer, l).plain()).unwrap_or_default()
}

/// The questions that are asked for each record.
fn asked(form: &Form) -> impl Iterator<Item = &Field> {
    form.fields().filter(|field| field.sitting)
}

fn is_for_consent(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Consent)
}

/// The question of the record that answers one of a report: of the same role, or, about the contact, of the same name.
fn known<'a>(field: &Field, on: &'a Form) -> Option<&'a Field> {
    let same_role = field.role.filter(|role| speaks_of_the_sender(*role)).and_then(|role| on.field(on.role(role)?));
    same_role.or_else(|| on.field(&field.id).filter(|known| field.personal && known.personal))
}

fn speaks_of_the_sender(role: Role) -> bool {
    match role {
        Role::Organization | Role::ContactName | Role::ContactEmail | Role::ContactOrganization | Role::Country => true,
        Role::Title
        | Role::Summary
        | Role::Objectives
        | Role::Starts
        | Role::Ends
        | Role::About
        | Role::Progress
        | Role::Matched
        | Role::Parties
        | Role::PartyName
        | Role::PartyType
        | Role::PartyCountry
        | Role::PartyEmail
        | Role::Opens
        | Role::Closes
        | Role::Zone
        | Role::Meeting
        | Role::Length
        | Role::Place
        | Role::Request => false,
    }
}

/// What must be answered and is the same for all reports.
fn once<'a>(form: &'a Form, due: &[Due]) -> Vec<&'a Field> {
    let answered = |field: &Field| due.first().is_some_and(|due| known(field, &due.form).is_some());
    form.fields()
        .filter(|field| matches!(field.required, Required::Always) && !field.sitting && field.role != Some(Role::About))
        .filter(|field| !matches!(field.kind, FieldKind::Generated { .. }) && !answered(field))
        .collect()
}

/// What came of reading the table.
pub enum Read {
    Orders(Vec<Order>),
    Wrong(Vec<Message>),
}

/// Reads every row in which something is new. Nothing is kept if anything is wrong.
///
/// # Errors
/// Where the database fails.
pub async fn read(
    app: &App,
    (sitting, key): (&Sitting, &str),
    form: &Arc<Form>,
    due: &[Due],
    sent: &Pairs,
) -> Result<Read, WebError> {
    let (l, mut orders, mut wrong) = (app.locale(sitting.language), Vec::new(), Vec::new());
    let key: String = key.chars().take(LONGEST_KEY).collect();
    for due in due {
        let own = row_pairs(form, due, sent);
        if own.iter().all(|(_, value)| value.trim().is_empty()) {
            continue;
        }
        let pairs = whole(form, due, own, sent);
        let parsed = parse(app, form, &pairs, Owner::Api, sitting.language).await?;
        if !is_new(form, due, &parsed) {
            continue;
        }
        wrong.extend(messages(form, due, &parsed, &l));
        let key = Some(format!("{}.{key}.{}", sitting.id, due.item.reference));
        orders.push(Order { key, ..Order::new(Arc::clone(form), parsed.answers, sitting.language, Channel::Web) });
    }
    let mut seen = BTreeSet::new();
    wrong.retain(|message: &Message| seen.insert(message.name.clone()));
    if orders.is_empty() {
        wrong.push(nothing_new(form, due, &l));
    }
    Ok(if wrong.is_empty() { Read::Orders(orders) } else { Read::Wrong(in_order(form, wrong)) })
}

/// As they stand on the page: what is asked once before the table, then the rows, then the agreement.
fn in_order(form: &Form, mut wrong: Vec<Message>) -> Vec<Message> {
    wrong.sort_by_key(|message| {
        let once = form.fields().find(|field| field.owns(&message.name));
        once.map_or(1, |field| if is_for_consent(field) { 2 } else { 0 })
    });
    wrong
}

fn row_pairs(form: &Form, due: &Due, sent: &Pairs) -> Pairs {
    let prefix = format!("{}-", due.item.reference);
    let own = sent.iter().filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value)));
    own.filter(|(name, _)| asked(form).any(|field| field.owns(name))).collect()
}

/// A row as a whole report: with what is asked once, and with what the record says already.
fn whole(form: &Form, due: &Due, own: Pairs, sent: &Pairs) -> Pairs {
    let mut pairs = own;
    if let Some(about) = form.role(Role::About) {
        pairs.push(about.as_str(), due.item.reference.as_str());
    }
    for field in once(form, std::slice::from_ref(due)) {
        let said = sent.iter().filter(|(name, _)| field.owns(name));
        said.for_each(|(name, value)| pairs.push(name, value));
    }
    let before = due.form.pairs(&due.answers);
    for field in form.fields() {
        let Some(known) = known(field, &due.form) else { continue };
        for (name, value) in before.iter().filter(|(name, _)| known.owns(name)) {
            pairs.push(name.replacen(known.id.as_str(), field.id.as_str(), 1), value);
        }
    }
    pairs
}

/// Whether a row says anything that the last report did not, or says it wrongly.
fn is_new(form: &Form, due: &Due, parsed: &Parsed) -> bool {
    asked(form).any(|field| {
        let before = due.last.as_ref().and_then(|(.., answers)| answers.get(&field.id));
        let now = parsed.answers.get(&field.id);
        let mistyped = parsed.errors.of(&field.id).any(|error| error.problem != Problem::Missing);
        mistyped || (now.is_some() && now != before)
    })
}

/// What is wrong with a row, at its own controls.
fn messages(form: &Form, due: &Due, parsed: &Parsed, l: &Locale) -> Vec<Message> {
    let words = |error: &FieldError| form.messages(&std::iter::once(error.clone()).collect(), l);
    let all = parsed.errors.iter().flat_map(|error| words(error).into_iter().map(move |message| (error, message)));
    all.map(|(error, message)| {
        let field = form.field(&error.path.field);
        if field.is_some_and(|field| once(form, std::slice::from_ref(due)).iter().any(|once| once.id == field.id)) {
            return message;
        }
        let at_row = field.is_some_and(|field| field.sitting);
        let first = asked(form).next().map(|field| field.id.to_string()).unwrap_or_default();
        let (name, anchor) = if at_row { (message.name, message.anchor) } else { (first.clone(), first) };
        let said = [("title", Arg::from(&due.item.title)), ("text", Arg::from(&message.text))];
        Message {
            name: format!("{}-{name}", due.item.reference),
            anchor: format!("{}-{anchor}", due.item.reference),
            text: l.with("sitting-wrong", &said),
            code: message.code,
        }
    })
    .collect()
}

fn nothing_new(form: &Form, due: &[Due], l: &Locale) -> Message {
    let first = due.first().zip(asked(form).next()).map(|(due, field)| format!("{}-{}", due.item.reference, field.id));
    let name = first.unwrap_or_default();
    Message { anchor: name.clone(), name, code: "missing", text: l.t("sitting-nothing") }
}

//! Answers of invented people, as a browser sends them and as a program does.

use serde_json::{Value, json};

use super::Client;
use super::page::{Form, Page};

pub type Answers = Vec<(String, String)>;

fn pairs(list: &[(&str, &str)]) -> Answers {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Answers with others in the place of those of the same name.
pub fn but(mut answers: Answers, others: &[(&str, &str)]) -> Answers {
    answers.retain(|(name, _)| !others.iter().any(|(other, _)| name == other));
    answers.extend(pairs(others));
    answers
}

/// A text of so many characters.
pub fn long(start: &str, length: usize) -> String {
    let words = " The office counts what it does and says so every month.";
    let mut text = start.to_owned();
    while text.chars().count() < length {
        text.push_str(words);
    }
    text.chars().take(length).collect()
}

fn contact() -> Answers {
    pairs(&[
        ("contact_name", "Amina Okello"),
        ("contact_organization", "City of Lakeview"),
        ("contact_role", "Programme officer"),
        ("contact_email", "amina@lakeview.example"),
        ("contact_phone", "+41 22 000 00 00"),
        ("consent_data", "yes"),
    ])
}

/// A city tells of its help desk.
pub fn practice() -> Answers {
    let summary = long("A help desk at the town hall explains permits and schools.", 400);
    let mut answers = pairs(&[
        ("title", "A help desk for newcomers"),
        ("implementer", "City of Lakeview"),
        ("implementer_type", "local-regional-government"),
        ("scope", "local"),
        ("scope", "national"),
        ("countries", "CHE"),
        ("countries", "FRA"),
        ("place", "Lakeview"),
        ("practice_type", "service"),
        ("start_month-month", "3"),
        ("start_month-year", "2021"),
        ("ongoing", "yes"),
        ("partners-0-name", "Harbour Association"),
        ("partners-0-type", "civil-society"),
        ("donors-0-name", "Lakeview Fund"),
        ("summary", &summary),
        ("impact", "In 2025 the desk answered 12,000 questions in nine languages."),
        ("lessons", "Interpreters must be there each day, not each week."),
        ("replication", "A room, two people, and a list of who knows what."),
        ("innovation", "Newcomers of the year before work at the desk."),
        ("objectives", "3"),
        ("objectives", "15"),
        ("principles", "people-centred"),
        ("sdgs", "10"),
        ("resources-0-title", "Yearly report"),
        ("resources-0-link", "https://lakeview.example/report"),
        ("submitted_for_other", "no"),
        ("consent_publication", "yes"),
        ("consent_editing", "yes"),
    ]);
    answers.extend(contact());
    answers
}

/// A ministry promises permits.
pub fn pledge() -> Answers {
    let description = long("The ministry opens a path to permits for seasonal workers.", 350);
    let mut answers = pairs(&[
        ("title", "Permits for seasonal workers"),
        ("entity_name", "Ministry of Labour of Examplia"),
        ("entity_type", "member-state"),
        ("entity_country", "CHE"),
        ("coverage", "countries"),
        ("countries", "CHE"),
        ("kind", "individual"),
        ("description", &description),
        ("measure", "500 permits a year."),
        ("start_date-day", "1"),
        ("start_date-month", "3"),
        ("start_date-year", "2027"),
        ("end_date-day", "31"),
        ("end_date-month", "12"),
        ("end_date-year", "2029"),
        ("nature", "policy"),
        ("objectives", "5"),
        ("mirror", "no"),
        ("consent_authority", "yes"),
        ("consent_publication", "yes"),
    ]);
    answers.extend(contact());
    answers
}

/// The ministry reports; the pledge is looked up while filling in.
pub fn report() -> Answers {
    let mut answers = pairs(&[
        ("entity_name", "Ministry of Labour of Examplia"),
        ("period_start-day", "1"),
        ("period_start-month", "1"),
        ("period_start-year", "2026"),
        ("period_end-day", "31"),
        ("period_end-month", "10"),
        ("period_end-year", "2026"),
        ("stage", "in-progress"),
        ("progress", "The decree is signed; 120 permits were issued."),
        ("persons_reached", "120"),
        ("evidence_links-0-title", "The decree"),
        ("evidence_links-0-link", "https://labour.example/decree"),
        ("consent_authority", "yes"),
        ("consent_publication", "yes"),
    ]);
    answers.extend(contact());
    answers
}

/// A country team asks for a workshop.
pub fn request() -> Answers {
    let mut answers = pairs(&[
        ("country", "KEN"),
        ("requesting_body", "rc-office"),
        ("body_name", "Resident Coordinator’s Office in Kenya"),
        ("has_network", "yes"),
        ("process", "cca"),
        ("process_stage", "drafting"),
        ("support", "workshop"),
        ("support", "advice"),
        ("objectives", "7"),
        ("modality", "hybrid"),
        ("preferred_start-date", "2027-02-01"),
        ("preferred_start-time", "09:30"),
        ("preferred_start-zone", "Africa/Nairobi"),
        ("latest_date-day", "30"),
        ("latest_date-month", "6"),
        ("latest_date-year", "2027"),
        ("languages", "en"),
        ("interpretation", "no"),
        ("participants", "35"),
        ("participant_groups", "un-staff"),
        ("context", "The analysis is being written and says little of migration."),
        ("rc_endorsed", "no"),
    ]);
    answers.extend(contact());
    answers
}

/// What the API says is the least for a practice, in better words.
pub fn practice_json() -> Value {
    json!({
        "title": "A help desk for newcomers", "implementer": "City of Lakeview",
        "implementer_type": "local-regional-government", "scope": ["local"], "countries": ["CHE"],
        "practice_type": ["service"], "start_month": "2021-03", "ongoing": true,
        "summary": long("A help desk at the town hall explains permits and schools.", 320),
        "impact": "12,000 questions answered.", "lessons": "Interpreters each day.", "replication": "A room and two people.",
        "innovation": "Newcomers help newcomers.", "objectives": ["3"], "principles": ["people-centred"],
        "contact_name": "Amina Okello", "contact_organization": "City of Lakeview", "contact_role": "Programme officer",
        "contact_email": "amina@lakeview.example", "submitted_for_other": false,
        "consent_publication": true, "consent_editing": true, "consent_data": true,
    })
}

pub fn pledge_json() -> Value {
    json!({
        "title": "Permits for seasonal workers", "entity_name": "Ministry of Labour of Examplia",
        "entity_type": "member-state", "entity_country": "CHE", "coverage": "worldwide", "kind": "individual",
        "description": long("The ministry opens a path to permits for seasonal workers.", 320),
        "measure": "500 permits a year.", "start_date": "2027-03-01", "end_date": "2029-12-31", "nature": ["policy"],
        "objectives": ["5"], "contact_name": "Bela Kaur", "contact_organization": "Ministry of Labour",
        "contact_role": "Head of unit", "contact_email": "bela@labour.example",
        "consent_authority": true, "consent_publication": true, "consent_data": true,
    })
}

pub fn report_json(pledge: &str) -> Value {
    json!({
        "pledge": pledge, "entity_name": "Ministry of Labour of Examplia", "period_start": "2026-01-01",
        "period_end": "2026-10-31", "stage": "in-progress", "progress": "120 permits were issued.",
        "contact_name": "Bela Kaur", "contact_organization": "Ministry of Labour", "contact_role": "Head of unit",
        "contact_email": "bela@labour.example",
        "consent_authority": true, "consent_publication": true, "consent_data": true,
    })
}

pub fn request_json() -> Value {
    json!({
        "country": "KEN", "requesting_body": "rc-office", "body_name": "Resident Coordinator’s Office in Kenya",
        "has_network": true, "process": ["cca"], "process_stage": "drafting", "support": ["workshop"],
        "modality": "online", "preferred_start": { "local": "2027-02-01T09:30", "zone": "Africa/Nairobi" },
        "latest_date": "2027-06-30", "languages": ["en"], "interpretation": false, "participants": 35,
        "participant_groups": ["un-staff"], "context": "The analysis says little of migration.", "rc_endorsed": false,
        "contact_name": "Chidi Achieng", "contact_organization": "RCO Kenya", "contact_role": "Coordination officer",
        "contact_email": "chidi@rco.example", "consent_data": true,
    })
}

/// A call for practices, open in November 2026 in Geneva.
pub fn call_json() -> Value {
    json!({
        "title": "Practices on fair recruitment", "summary": "Practices that make recruitment fair and ethical.",
        "objectives": ["6", "22"], "opens": "2026-11-02", "closes": "2026-11-30", "zone": "Europe/Zurich",
    })
}

/// A discussion, open in November 2026 in Geneva.
pub fn discussion_space_json() -> Value {
    json!({
        "title": "What makes guidance useful", "summary": "What should guidance on the Compact say?",
        "audience": "Everyone", "questions": [{ "text": "What do you miss?" }, { "text": "What helped you?" }],
        "opens": "2026-11-02", "closes": "2026-11-30", "zone": "Europe/Zurich",
    })
}

pub fn post_json(space: &str) -> Value {
    json!({
        "space": space, "question": "question-1", "posting_as": "organization", "shown_as": "Harbour Association",
        "text": "Guidance helps when it comes with an example.", "post_language": "en",
        "contact_name": "Amina Okello", "contact_organization": "Harbour Association",
        "contact_role": "Programme officer", "contact_email": "amina@lakeview.example",
        "consent_publication": true, "consent_data": true,
    })
}

/// An object with the members of another over its own.
pub fn merged(base: &Value, more: &Value) -> Value {
    let mut object = base.as_object().cloned().unwrap_or_default();
    for (key, value) in more.as_object().into_iter().flatten() {
        object.insert(key.clone(), value.clone());
    }
    object.retain(|_, value| !value.is_null());
    Value::Object(object)
}

/// Goes from a form's start page to its first question.
#[track_caller]
pub fn begin(client: &mut Client, form: &str) -> Page {
    let start = client.get(&format!("/forms/{form}")).is(200);
    let page = client.visit(&start.primary_link()).is(200);
    if !page.path.contains("/scope") {
        return page;
    }
    let mut scope = page.form_at("main form");
    // The first answer is always the one that leads on.
    let answer = page.attributes("input[type=radio][name=answer]", "value").remove(0);
    scope.set("answer", &answer);
    let answered = client.submit(&scope);
    client.follow(&answered).is(200)
}

/// Fills in page after page like a person, up to the page on which everything is checked.
#[track_caller]
pub fn fill(client: &mut Client, first: Page, answers: &Answers) -> Page {
    let mut page = first;
    for _ in 0..10 {
        let mut form = page.form();
        form.answer(answers);
        page = go_on(client, &form);
        if page.path.ends_with("/check") {
            return page;
        }
    }
    panic!("the form has no end: {page:?}");
}

/// Continue, to the next page.
#[track_caller]
pub fn go_on(client: &mut Client, form: &Form) -> Page {
    let sent = client.press(form, ("do", "continue"));
    assert_eq!(sent.status, 303, "{sent:?}");
    client.follow(&sent).is(200)
}

/// From the start page to the confirmation.
#[track_caller]
pub fn hand_in(client: &mut Client, form: &str, answers: &Answers) -> Page {
    let first = begin(client, form);
    let check = fill(client, first, answers);
    send(client, &check)
}

/// Presses the button of the check page.
#[track_caller]
pub fn send(client: &mut Client, check: &Page) -> Page {
    let sent = client.submit(&check.form());
    client.follow(&sent).is(200)
}

/// Fills in up to the step that asks for a field.
#[track_caller]
pub fn up_to(client: &mut Client, form: &str, field: &str, answers: &Answers) -> Page {
    let mut page = begin(client, form);
    while !page.form().offers(field) {
        let mut form = page.form();
        form.answer(answers);
        page = go_on(client, &form);
    }
    page
}

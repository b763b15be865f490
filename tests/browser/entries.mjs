// What stakeholders send to a server, by the JSON interface: the least answers, and others over them.
import assert from "node:assert/strict";

const long = (start) => `${start} ${"Neighbours, schools and employers take part from the first day. ".repeat(8)}`.slice(0, 420).trim();

const contact = (name, organization, email) => ({
  contact_name: name,
  contact_organization: organization,
  contact_role: "Programme officer",
  contact_email: email,
});

const least = {
  practice: {
    title: "A help desk for newcomers",
    implementer: "City of Lakeview",
    implementer_type: "local-regional-government",
    scope: ["local"],
    countries: ["CHE"],
    practice_type: ["service"],
    start_month: "2021-03",
    ongoing: true,
    summary: long("A help desk at the town hall explains permits and schools."),
    impact: "12,000 questions answered.",
    lessons: "Interpreters each day.",
    replication: "A room and two people.",
    innovation: "Newcomers help newcomers.",
    objectives: ["3"],
    principles: ["people-centred"],
    ...contact("Amina Okello", "City of Lakeview", "amina@example.org"),
    submitted_for_other: false,
    consent_publication: true,
    consent_editing: true,
    consent_data: true,
  },
  pledge: {
    title: "Permits for seasonal workers",
    entity_name: "Ministry of Labour of Examplia",
    entity_type: "member-state",
    entity_country: "CHE",
    coverage: "worldwide",
    kind: "individual",
    description: long("The ministry opens a path to permits for seasonal workers."),
    measure: "500 permits a year.",
    start_date: "2027-03-01",
    end_date: "2029-12-31",
    nature: ["policy"],
    objectives: ["5"],
    ...contact("Bela Kaur", "Ministry of Labour", "bela@example.org"),
    consent_authority: true,
    consent_publication: true,
    consent_data: true,
  },
  "pledge-report": {
    entity_name: "Ministry of Labour of Examplia",
    period_start: "2026-01-01",
    period_end: "2026-10-31",
    stage: "in-progress",
    progress: "120 permits were issued.",
    ...contact("Bela Kaur", "Ministry of Labour", "bela@example.org"),
    consent_authority: true,
    consent_publication: true,
    consent_data: true,
  },
  "unct-support": {
    country: "KEN",
    requesting_body: "rc-office",
    body_name: "Resident Coordinator’s Office in Kenya",
    has_network: true,
    process: ["cca"],
    process_stage: "drafting",
    support: ["workshop"],
    modality: "online",
    preferred_start: { local: "2027-02-01T09:30", zone: "Africa/Nairobi" },
    latest_date: "2027-06-30",
    languages: ["en"],
    interpretation: false,
    participants: 35,
    participant_groups: ["un-staff"],
    context: "The analysis says little of migration.",
    rc_endorsed: false,
    ...contact("Chidi Achieng", "RCO Kenya", "chidi@example.org"),
    consent_data: true,
  },
  "discussion-post": {
    question: "question-1",
    posting_as: "organization",
    shown_as: "Harbour Association",
    text: "Guidance helps when it comes with an example.",
    post_language: "en",
    ...contact("Amina Okello", "Harbour Association", "amina@example.org"),
    consent_publication: true,
    consent_data: true,
  },
};

// Sends one entry; gives its reference.
export async function submit(base, form, answers = {}) {
  const response = await fetch(`${base}/api/v1/forms/${form}/submissions`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({ locale: "en", answers: { ...least[form], ...answers } }),
  });
  const told = await response.json();
  assert.equal(response.status, 201, JSON.stringify(told));
  return told.reference;
}

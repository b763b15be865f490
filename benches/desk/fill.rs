//! Fills the database fast: some submissions come in through the front door, the others are copies of them with other
//! words, days, status and people.

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use inlet::domain::account::Role;
use inlet::store::db::connect;
use serde_json::json;

use crate::support::TestApp;

/// Makes about so many submissions.
pub fn fill(app: &TestApp, records: i64) {
    for (country, objective) in [("KEN", "7"), ("PER", "2"), ("FRA", "16"), ("PHL", "6"), ("EGY", "23"), ("NPL", "1")] {
        app.practice(&json!({ "title": format!("A help desk for newcomers, {country}"), "countries": [country], "objectives": [objective] }));
        app.pledge(&json!({}));
    }
    app.request(&json!({}));
    app.account(Role::Moderator, "Jonas", "jonas@unmigration.example");
    let mut conn = connect(&app.database().display().to_string()).unwrap();
    conn.batch_execute(&format!("BEGIN; {} COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);", copies(records)))
        .unwrap();
}

/// Statements that copy what is there in turns: `copy` says which submission is which one's copy.
fn copies(records: i64) -> String {
    let day = 86_400_000_000_i64;
    format!(
        "CREATE TEMP TABLE copy AS
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {records})
         SELECT n, s.id AS old, 100000 + n AS id,
             CASE n % 20 WHEN 0 THEN 'held' WHEN 1 THEN 'submitted' WHEN 2 THEN 'in_review' WHEN 3 THEN 'changes_requested'
                 WHEN 4 THEN 'withdrawn' WHEN 5 THEN 'declined' WHEN 6 THEN 'declined' ELSE 'approved' END AS state,
             CASE n % 7 WHEN 0 THEN 'fr' WHEN 1 THEN 'es' ELSE 'en' END AS language,
             CASE n % 5 WHEN 0 THEN 1 WHEN 1 THEN 2 END AS assignee,
             (n * 37 % 400) * {day} AS ago
         FROM numbers JOIN submissions s ON s.id = 1 + n % (SELECT count(*) FROM submissions);
         CREATE INDEX temp.copy_of ON copy (old);
         INSERT INTO submissions (id, reference, form, state, head_revision, version, language, channel, created_at, state_since, assignee)
         SELECT c.id, substr(reference, 1, 4) || printf('%04d-%04d', n / 10000, n % 10000), form, c.state, head_revision, version, c.language,
             channel, created_at - ago, state_since - ago, c.assignee FROM copy c JOIN submissions s ON s.id = old;
         INSERT INTO revisions SELECT c.id, number, form_version, recorded_at - ago FROM copy c JOIN revisions ON submission_id = old;
         INSERT INTO revision_parts SELECT c.id, number, part, value, salt, commitment FROM copy c JOIN revision_parts ON submission_id = old;
         INSERT INTO events (submission_id, kind, author, account_id, decision, reason, state, revision, at, commitments, digest)
         SELECT c.id, kind, author, account_id, decision, reason, state, revision, at - ago, commitments, lower(hex(randomblob(32)))
         FROM (SELECT id, old, ago FROM copy) c JOIN events ON submission_id = old;
         INSERT INTO outbox (kind, occasion, event_seq, submission_id, revision, account_id, address, name, language, link_generation,
             status, attempts, due_at, message_id, created_at, done_at)
         SELECT o.kind, 'copy ' || e.seq || o.id, e.seq, e.submission_id, e.revision, o.account_id, o.address, o.name, o.language, 1,
             CASE WHEN e.seq % 50 = 0 THEN 'refused' ELSE 'accepted' END, 1, e.at, 'copy-' || e.seq || '-' || o.id, e.at, e.at
         FROM events e JOIN copy c ON c.id = e.submission_id JOIN outbox o ON o.submission_id = c.old;
         INSERT INTO desk_records
             (submission_id, reference, form, title, organization, country, language, state, visibility, waits_for, resubmitted,
              address_confirmed, waiting_since, created_at, assignee, due_at)
         SELECT c.id, s.reference, r.form, title || ' ' || n, organization, country, c.language, c.state, 'none',
             CASE WHEN c.state IN ('held', 'submitted', 'in_review') THEN 'network' WHEN c.state = 'changes_requested' THEN 'submitter' ELSE 'nobody' END,
             n % 11 = 0, n % 3 > 0, s.state_since, s.created_at, c.assignee,
             CASE WHEN c.state IN ('submitted', 'in_review') THEN s.state_since + 14 * {day} END
         FROM copy c JOIN desk_records r ON r.submission_id = old JOIN submissions s ON s.id = c.id;
         INSERT INTO desk_facets SELECT c.id, facet, value FROM copy c JOIN desk_facets ON submission_id = old;
         INSERT INTO desk_answers SELECT id, 1, 'review', (n * 13 % 40) * {day} / 2, 1793955600000000 - ago, 1 + n % 2 FROM copy WHERE state IN ('approved', 'declined');
         INSERT INTO desk_search (rowid, title, body)
         SELECT c.id, title || ' ' || n, body || ' rare' || (n % 3000) FROM copy c JOIN desk_search ON desk_search.rowid = old;
         INSERT INTO desk_search (desk_search) VALUES ('optimize');"
    )
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    reference: String,
}

/// The references of all submissions.
pub fn references(app: &TestApp) -> Vec<String> {
    let lines: Vec<Line> =
        app.read(|conn| Ok(sql_query("SELECT reference FROM desk_records ORDER BY submission_id").load(conn)?));
    lines.into_iter().map(|line| line.reference).collect()
}

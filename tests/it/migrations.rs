//! Up, down, up; and the tables as Rust knows them are the tables there are.

use std::collections::BTreeMap;

use diesel::{RunQueryDsl, sql_query};
use diesel_migrations::MigrationHarness;
use inlet::store::Conn;
use inlet::store::db::{MIGRATIONS, connect};

use crate::support::app::Line;

fn schema(conn: &mut Conn) -> Vec<String> {
    let query = "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS line FROM sqlite_schema WHERE name NOT LIKE '%diesel%' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let lines: Vec<Line> = sql_query(query).load(conn).unwrap();
    // A table that was renamed stands in quotes.
    lines.into_iter().map(|line| line.line.replace('"', "")).collect()
}

#[test]
fn up_down_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = connect(&folder.path().join("inlet.db").to_string_lossy()).unwrap();
    let applied = conn.run_pending_migrations(MIGRATIONS).unwrap().len();
    let first = schema(&mut conn);
    assert!(applied >= 10 && first.len() > 20);
    conn.revert_all_migrations(MIGRATIONS).unwrap();
    assert_eq!(schema(&mut conn), Vec::<String>::new(), "nothing is left behind");
    assert_eq!(conn.run_pending_migrations(MIGRATIONS).unwrap().len(), applied);
    assert_eq!(schema(&mut conn), first);
    assert!(conn.run_pending_migrations(MIGRATIONS).unwrap().is_empty());
}

#[test]
fn each_step_goes_back_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = connect(&folder.path().join("inlet.db").to_string_lossy()).unwrap();
    let mut states = vec![schema(&mut conn)];
    while conn.has_pending_migration(MIGRATIONS).unwrap() {
        conn.run_next_migration(MIGRATIONS).unwrap();
        states.push(schema(&mut conn));
    }
    states.pop();
    for before in states.into_iter().rev() {
        conn.revert_last_migration(MIGRATIONS).unwrap();
        assert_eq!(schema(&mut conn), before);
    }
}

/// `name -> Type` of each `diesel::table!` in `src/store/schema.rs`, as SQLite calls them.
fn written() -> BTreeMap<String, Vec<(String, String)>> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/schema.rs")).unwrap();
    let tables = text.split("table! {").skip(1).map(|rest| {
        let (head, body) = rest.split_once('{').unwrap();
        let name = head.split('(').next().unwrap().trim().to_owned();
        let columns = body.split('}').next().unwrap();
        let columns = columns.split(',').filter_map(|column| column.split_once("->"));
        (name, columns.map(|(name, kind)| (name.trim().to_owned(), sqlite(kind.trim()))).collect())
    });
    tables.collect()
}

fn sqlite(kind: &str) -> String {
    match kind {
        "BigInt" | "Integer" | "Bool" => "INTEGER NOT NULL".to_owned(),
        "Text" => "TEXT NOT NULL".to_owned(),
        "Binary" => "BLOB NOT NULL".to_owned(),
        other => {
            let inner = other.strip_prefix("Nullable<").and_then(|rest| rest.strip_suffix('>'));
            sqlite(inner.unwrap_or_else(|| panic!("{other}?"))).replace(" NOT NULL", "")
        }
    }
}

#[test]
fn the_tables_in_rust_are_the_tables_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = connect(&folder.path().join("inlet.db").to_string_lossy()).unwrap();
    conn.run_pending_migrations(MIGRATIONS).unwrap();
    let written = written();
    assert!(written.len() > 15, "{:?}", written.keys());
    for (table, columns) in written {
        let query = format!(
            "SELECT name || ' ' || type || CASE WHEN \"notnull\" THEN ' NOT NULL' ELSE '' END AS line FROM pragma_table_info('{table}')"
        );
        let found: Vec<Line> = sql_query(query).load(&mut conn).unwrap();
        let found: Vec<String> = found.into_iter().map(|line| line.line).collect();
        let expected: Vec<String> = columns.into_iter().map(|(name, kind)| format!("{name} {kind}")).collect();
        assert_eq!(found, expected, "{table}");
    }
}

#[test]
fn every_table_is_strict_and_lets_nothing_point_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = connect(&folder.path().join("inlet.db").to_string_lossy()).unwrap();
    conn.run_pending_migrations(MIGRATIONS).unwrap();
    let loose: Vec<Line> = sql_query("SELECT name AS line FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%diesel%'").load(&mut conn).unwrap();
    let loose: Vec<String> = loose.into_iter().map(|line| line.line).collect();
    assert_eq!(loose, Vec::<String>::new());
    let on: Line =
        sql_query("SELECT foreign_keys || '' AS line FROM pragma_foreign_keys").get_result(&mut conn).unwrap();
    assert_eq!(on.line, "1");
}

#[test]
fn a_database_in_use_keeps_all_it_holds_when_a_table_is_made_anew() {
    use diesel::connection::SimpleConnection;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inlet.db");
    let mut conn = connect(&path.to_string_lossy()).unwrap();
    for _ in 0..11 {
        conn.run_next_migration(MIGRATIONS).unwrap();
    }
    let digest = "0".repeat(64);
    conn.batch_execute(&format!(
        "INSERT INTO submissions (id, reference, form, state, head_revision, version, language, channel, created_at, state_since)
             VALUES (1, 'PRA-1', 'practice', 'submitted', 1, 1, 'en', 'web', 1, 1);
         INSERT INTO events (seq, submission_id, kind, author, state, revision, at, commitments, digest)
             VALUES (7, 1, 'submitted', 'submitter', 'submitted', 1, 1, '', '{digest}');
         INSERT INTO notes (event_seq, submission_id, commitment) VALUES (7, 1, '{digest}');
         INSERT INTO outbox (kind, event_seq, submission_id, revision, address, name, language, link_generation, status, due_at, message_id, created_at)
             VALUES ('receipt', 7, 1, 1, 'ada@example.org', 'Ada', 'en', 1, 'queued', 1, 'm', 1);"
    ))
    .unwrap();
    inlet::store::db::migrate(&path).unwrap();
    let mut conn = connect(&path.to_string_lossy()).unwrap();
    let kept: Line = sql_query(
        "SELECT e.seq || e.kind || n.id || o.occasion || o.address AS line FROM events e JOIN notes n ON n.event_seq = e.seq JOIN outbox o ON o.event_seq = e.seq",
    )
    .get_result(&mut conn)
    .unwrap();
    assert_eq!(kept.line, "7submitted1event 7ada@example.org");
    let refused = conn.batch_execute("DELETE FROM events");
    assert!(refused.unwrap_err().to_string().contains("append-only"));
}

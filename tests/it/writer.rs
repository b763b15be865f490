//! The writer of DESIGN 10: durable before acknowledged, and only the job at fault pays.

use std::convert::Infallible;
use std::time::Duration;

use diesel::{RunQueryDsl, sql_query};
use inlet::domain::account::Role;
use inlet::locale::Language;
use inlet::store::accounts::{self, NewAccount};
use inlet::store::db::{Db, connect};
use inlet::store::{Conn, Stop, StoreError};

use crate::support::TestApp;
use crate::support::app::Number;

fn open() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("inlet.db")).unwrap();
    (folder, db)
}

fn add(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    let new = NewAccount {
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        role: Role::Observer,
        language: Language::En,
        password_hash: None,
    };
    accounts::insert(conn, &new, chrono::DateTime::UNIX_EPOCH).map(drop)
}

async fn names(db: &Db) -> Vec<String> {
    db.read(accounts::all).await.unwrap().into_iter().map(|account| account.name).collect()
}

/// Holds the writer busy while others queue up behind it.
fn pause(db: &Db) -> impl Future<Output = Result<(), Stop<Infallible>>> + use<'_> {
    db.write(|_| {
        std::thread::sleep(Duration::from_millis(150));
        Ok(())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn many_jobs_share_a_commit() {
    let (_folder, db) = open();
    let jobs = (0..200).map(|n| {
        let db = db.clone();
        tokio::spawn(async move { db.write(move |conn| Ok::<_, Stop<Infallible>>(add(conn, &n.to_string())?)).await })
    });
    let jobs: Vec<_> = jobs.collect();
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    let batches = db.batches();
    assert_eq!(batches.jobs, 200);
    assert!(batches.commits < 100, "{batches:?}");
    assert_eq!(names(&db).await.len(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_harms_nobody_else_of_its_batch() {
    let (_folder, db) = open();
    let good = |name: &'static str| db.write(move |conn| Ok::<_, Stop<Infallible>>(add(conn, name)?));
    let bad = db.write(|conn| -> Result<(), Stop<Infallible>> {
        add(conn, "half")?;
        panic!("a job at fault");
    });
    let (paused, before, failed, after) = tokio::join!(pause(&db), good("before"), bad, good("after"));
    paused.unwrap();
    before.unwrap();
    after.unwrap();
    assert!(matches!(failed, Err(Stop::Failed(_))), "{failed:?}");
    assert_eq!(names(&db).await, ["after", "before"]);
    good("later").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_rule_of_the_database_harms_nobody_else_of_its_batch() {
    let (_folder, db) = open();
    let good = |name: &'static str| db.write(move |conn| Ok::<_, Stop<Infallible>>(add(conn, name)?));
    good("taken").await.unwrap();
    let bad = db.write(|conn| -> Result<(), Stop<Infallible>> {
        add(conn, "half")?;
        sql_query(
            "INSERT INTO accounts (email, name, role, created_at) VALUES ('TAKEN@example.org', 'x', 'observer', 0)",
        )
        .execute(conn)?;
        Ok(())
    });
    let (paused, before, failed, after) = tokio::join!(pause(&db), good("before"), bad, good("after"));
    paused.unwrap();
    before.unwrap();
    after.unwrap();
    assert!(failed.is_err());
    assert_eq!(names(&db).await, ["after", "before", "taken"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_an_answer_and_costs_no_batch() {
    let (_folder, db) = open();
    let good = |name: &'static str| db.write(move |conn| Ok::<_, Stop<Infallible>>(add(conn, name)?));
    let refused = db.write(|_| Err::<(), _>(Stop::Refused("no")));
    let before_commits = db.batches().commits;
    let (paused, before, said, after) = tokio::join!(pause(&db), good("before"), refused, good("after"));
    paused.unwrap();
    before.unwrap();
    after.unwrap();
    assert!(matches!(said, Err(Stop::Refused("no"))));
    assert!(db.batches().commits <= before_commits + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_after_a_write_leaves_nothing_of_it() {
    let (_folder, db) = open();
    let good = |name: &'static str| db.write(move |conn| Ok::<_, Stop<Infallible>>(add(conn, name)?));
    let wrong = db.write(|conn| {
        add(conn, "half").map_err(Stop::Failed)?;
        Err::<(), _>(Stop::Refused("too late"))
    });
    let (paused, before, said, after) = tokio::join!(pause(&db), good("before"), wrong, good("after"));
    paused.unwrap();
    before.unwrap();
    after.unwrap();
    assert!(said.is_err());
    assert_eq!(names(&db).await, ["after", "before"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_what_does_not_fit_and_keeps_the_rest() {
    let (folder, db) = open();
    let good = |name: &'static str| db.write(move |conn| Ok::<_, Stop<Infallible>>(add(conn, name)?));
    good("acknowledged").await.unwrap();
    // The limit is the writer's connection's own, so the filling happens in the same job and again alone.
    let fill = || {
        db.write(|conn| -> Result<(), Stop<Infallible>> {
            let pages: i64 = sql_query("SELECT page_count AS n FROM pragma_page_count()").get_result::<Number>(conn)?.n;
            sql_query(format!("PRAGMA max_page_count = {}", pages + 20)).execute(conn)?;
            sql_query(
                "INSERT INTO accounts (email, name, role, created_at) \
                 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) \
                 SELECT i || '@fill.example', hex(randomblob(2000)), 'observer', 0 FROM n",
            )
            .execute(conn)?;
            Ok(())
        })
    };
    let (paused, before, full, after) = tokio::join!(pause(&db), good("before"), fill(), good("after"));
    paused.unwrap();
    before.unwrap();
    after.unwrap();
    let Err(Stop::Failed(error)) = full else { panic!("it does not fit: {full:?}") };
    assert!(error.to_string().contains("full"), "{error}");
    assert_eq!(names(&db).await, ["acknowledged", "after", "before"]);
    good("later").await.unwrap();
    drop(db);
    let again = Db::open(&folder.path().join("inlet.db")).unwrap();
    assert_eq!(names(&again).await, ["acknowledged", "after", "before", "later"]);
    let fault = again.read(inlet::store::verify::integrity).await.unwrap();
    assert_eq!(fault, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_after_opening_again() {
    let (folder, db) = open();
    for n in 0..20 {
        db.write(move |conn| Ok::<_, Stop<Infallible>>(add(conn, &format!("{n:02}"))?)).await.unwrap();
    }
    drop(db);
    let again = Db::open(&folder.path().join("inlet.db")).unwrap();
    assert_eq!(names(&again).await.len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_only_what_is_committed_and_change_nothing() {
    let (_folder, db) = open();
    let refused = db.read(|conn| add(conn, "sneaky")).await;
    assert!(refused.is_err(), "a reader is query-only");
    assert!(names(&db).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_ask_whether_the_disk_takes_writes_cost_one_write() {
    let (_folder, db) = open();
    let asked: Vec<_> = (0..50)
        .map(|_| {
            tokio::spawn({
                let db = db.clone();
                async move { db.is_writable().await }
            })
        })
        .collect();
    for asked in asked {
        assert!(asked.await.unwrap());
    }
    assert_eq!(db.batches().jobs, 1);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert!(db.is_writable().await);
    assert_eq!(db.batches().jobs, 2, "after a second it is asked anew");
}

#[test]
fn a_service_that_cannot_write_says_that_it_is_not_ready() {
    let app = TestApp::start();
    let mut conn = connect(&app.database().display().to_string()).unwrap();
    sql_query("CREATE TRIGGER broken BEFORE UPDATE ON generation BEGIN SELECT RAISE(ABORT, 'no'); END")
        .execute(&mut conn)
        .unwrap();
    assert_eq!(app.client().raw("GET", "/readyz", &[], None).status, 503);
    sql_query("DROP TRIGGER broken").execute(&mut conn).unwrap();
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(app.client().raw("GET", "/readyz", &[], None).status, 200);
}

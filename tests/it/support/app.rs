//! Inlet itself: the same service as in `serve`, on a free port, with a folder, a clock and a chance of its own.

use std::collections::{BTreeMap, HashMap};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use chrono::{DateTime, Duration, Utc};
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use inlet::actions::accounts::{self, Order};
use inlet::actions::{attach, keep_record, submit, tell, verify};
use inlet::app::{App, Surroundings};
use inlet::config::Config;
use inlet::domain::account::{AccountId, Role};
use inlet::domain::mail::MailStatus;
use inlet::entropy::{Clock, Entropy};
use inlet::locale::Language;
use inlet::mail::{Transport, worker};
use inlet::store::outbox::{self, Listing};
use inlet::store::submissions::{self, Submission};
use inlet::store::{Conn, StoreError, events};
use inlet::web::network::Limits;
use inlet::web::server;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::mail::Mail;
use super::{Client, Page, answers};

pub const PASSWORD: &str = "meadow3-copper58-kettle1";

/// A running service. It stops when it is dropped.
pub struct TestApp {
    pub app: App,
    pub address: SocketAddr,
    pub clock: TestClock,
    pub folder: TempDir,
    pub transport: Transport,
    pub runtime: Runtime,
    server: ServerHandle,
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    fn new() -> Self {
        let start = DateTime::parse_from_rfc3339("2026-11-06T09:00:00Z").unwrap();
        Self(Arc::new(Mutex::new(start.to_utc())))
    }

    fn clock(&self) -> Clock {
        let at = Arc::clone(&self.0);
        Clock::new(move || *at.lock().unwrap())
    }

    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl TestApp {
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// Starts with some settings besides.
    pub fn with(more: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::in_folder(folder, more)
    }

    /// Starts where another service was: its folder is kept.
    pub fn in_folder(folder: TempDir, more: &[(&str, &str)]) -> Self {
        let clock = TestClock::new();
        let around = Surroundings { clock: clock.clock(), entropy: Entropy::seeded(7), password_cost: (64, 1) };
        let app = App::open(config(folder.path(), more), around).unwrap_or_else(|error| panic!("{error}"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        app.set_base(&format!("http://{address}"));
        let server = serve(app.clone(), listener);
        let transport = Transport::Memory(Arc::default());
        Self { app, address, clock, folder, transport, runtime: Runtime::new().unwrap(), server }
    }

    /// Stops and gives the folder back.
    pub fn stop(mut self) -> TempDir {
        self.runtime.block_on(self.server.stop(true));
        std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap())
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Adds an account and signs in.
    pub fn staff(&self, role: Role, name: &str) -> Client {
        self.account(role, name, &format!("{}@unmigration.example", name.to_lowercase()));
        self.sign_in(&format!("{}@unmigration.example", name.to_lowercase()))
    }

    pub fn moderator(&self) -> Client {
        self.staff(Role::Moderator, "Mona")
    }

    pub fn account(&self, role: Role, name: &str, email: &str) -> AccountId {
        let order = Order {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            language: Language::En,
            password: Some(PASSWORD.to_owned()),
        };
        self.runtime.block_on(accounts::add(&self.app, order)).expect("a new account").0
    }

    pub fn sign_in(&self, email: &str) -> Client {
        let mut client = self.client();
        let mut form = client.get("/staff/login").is(200).form();
        let sent = client.submit(form.set("email", email).set("password", PASSWORD));
        client.follow(&sent).is(200);
        client
    }

    /// Hands a submission in as a program; gives its reference.
    #[track_caller]
    pub fn submit(&self, form: &str, answers: &Value) -> String {
        let body = json!({ "answers": answers, "locale": "en" });
        let created =
            self.client().api("POST", &format!("/api/v1/forms/{form}/submissions"), Some(&body)).is(201).json();
        created["reference"].as_str().expect("a reference").to_owned()
    }

    /// A practice with the least answers and these.
    #[track_caller]
    pub fn practice(&self, more: &Value) -> String {
        self.submit("practice", &answers::merged(&answers::practice_json(), more))
    }

    /// The same, whatever comes of it.
    pub fn try_practice(&self, more: &Value) -> Page {
        let body = json!({ "answers": answers::merged(&answers::practice_json(), more), "locale": "en" });
        self.client().api("POST", "/api/v1/forms/practice/submissions", Some(&body))
    }

    #[track_caller]
    pub fn pledge(&self, more: &Value) -> String {
        self.submit("pledge", &answers::merged(&answers::pledge_json(), more))
    }

    #[track_caller]
    pub fn request(&self, more: &Value) -> String {
        self.submit("unct-support", &answers::merged(&answers::request_json(), more))
    }

    /// A moderator decides, over HTTP, and it is taken.
    #[track_caller]
    pub fn decide(&self, moderator: &mut Client, reference: &str, decision: &str, message: &str) {
        if decision == "publish" {
            confirm_authority(moderator, reference);
        }
        let form = decision_form(moderator, reference, decision);
        let mut form = form.unwrap_or_else(|| panic!("{reference} offers no {decision}"));
        if form.offers("message") {
            form.set("message", message);
        }
        let done = moderator.submit(&form);
        moderator.follow(&done).is(200);
    }

    /// Hands in and publishes; gives the reference.
    #[track_caller]
    pub fn published_practice(&self, moderator: &mut Client, more: &Value) -> String {
        let reference = self.practice(more);
        self.decide(moderator, &reference, "publish", "");
        reference
    }

    #[track_caller]
    pub fn published_pledge(&self, moderator: &mut Client, more: &Value) -> String {
        let reference = self.pledge(more);
        self.decide(moderator, &reference, "publish", "");
        reference
    }

    /// What staff keep, saved and published; gives its reference. Somebody must have an account.
    #[track_caller]
    pub fn record(&self, form: &str, answers: &Value) -> String {
        let form = self.app.catalog.find(form, Language::En).expect("such a form").clone();
        let locale = self.app.locale(Language::En);
        let parsed = form.parse_json(answers.as_object().unwrap(), &inlet::forms::Known::default(), &locale);
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
        let by = self.read(inlet::store::accounts::all).first().expect("an account").id;
        let order = keep_record::Order {
            form,
            answers: parsed.answers,
            language: Language::En,
            by,
            corrects: None,
            draft: None,
        };
        self.runtime.block_on(keep_record::keep(&self.app, order)).unwrap().reference
    }

    /// Something that looks like spam, as the hidden field marks it.
    pub fn held_practice(&self) -> String {
        let form = self.app.catalog.find("practice", Language::En).unwrap().clone();
        let answers = answers::practice_json();
        let parsed = form.parse_json(
            answers.as_object().unwrap(),
            &inlet::forms::Known::default(),
            &self.app.locale(Language::En),
        );
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
        let held = submit::Order::new(form, parsed.answers, Language::En, submissions::Channel::Web);
        let order = submit::Order { suspected: true, ..held };
        self.runtime.block_on(submit::submit(&self.app, order)).unwrap().reference
    }

    /// Keeps a file as the API does; gives its id.
    pub fn attach(&self, name: &str, content: &'static [u8]) -> String {
        let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(content))]);
        self.runtime.block_on(attach::attach(&self.app, None, name, pieces)).expect("a file").id
    }

    /// Sends what is due; gives what was sent now.
    pub fn mails(&self) -> Vec<Mail> {
        let Transport::Memory(kept) = &self.transport else { panic!("mails are kept in memory") };
        let before = kept.lock().unwrap().len();
        self.runtime.block_on(tell::tell(&self.app)).unwrap();
        self.runtime.block_on(worker::send_due(&self.app, &self.transport)).unwrap();
        let mails = kept.lock().unwrap();
        mails[before..].iter().map(|kept| Mail::read(&kept.eml, &kept.letter.address)).collect()
    }

    /// Sends what is due; gives what went to an address.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        self.mails().into_iter().filter(|mail| mail.envelope == address).collect()
    }

    /// Every mail in the outbox: kind, address, status.
    pub fn outbox(&self) -> Vec<(String, String, MailStatus)> {
        let mut mails = self.read(|conn| outbox::list(conn, &Listing { limit: 1000, ..Listing::default() }));
        mails.sort_by_key(|mail| mail.id);
        mails.into_iter().map(|mail| (mail.kind.as_str().to_owned(), mail.address, mail.status)).collect()
    }

    pub fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.runtime.block_on(self.app.db.read(query)).expect("the query")
    }

    pub fn submission(&self, reference: &str) -> Submission {
        let reference = reference.to_owned();
        self.read(move |conn| submissions::find(conn, &reference)).expect("a submission")
    }

    /// What happened to a submission: "submitted", "decided publish", …
    pub fn events(&self, reference: &str) -> Vec<String> {
        let id = self.submission(reference).id;
        let logged = self.read(move |conn| events::of(conn, id));
        let word = |logged: events::Logged| match logged.event.decision {
            Some(decision) => decision.as_str().to_owned(),
            None => logged.event.kind.as_str().to_owned(),
        };
        logged.into_iter().map(word).collect()
    }

    pub fn count(&self, table: &str) -> i64 {
        count(&self.app, &self.runtime, &format!("SELECT count(*) AS n FROM {table}"))
    }

    /// Everything that is stored and matters, by table: equal before and after means that nothing changed.
    pub fn stored(&self) -> BTreeMap<String, String> {
        self.read(|conn| {
            let tables: Vec<Line> = sql_query(
                "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                 AND name NOT LIKE '%search%' AND name NOT IN ('sessions', 'sign_in_failures', '__diesel_schema_migrations')",
            )
            .load(conn)?;
            tables.into_iter().map(|table| Ok((table.line.clone(), dump(conn, &table.line)?))).collect()
        })
    }

    /// Asserts that everything stored is whole.
    #[track_caller]
    pub fn is_whole(&self) {
        assert_eq!(self.fault(None), None);
    }

    pub fn fault(&self, head: Option<(i64, String)>) -> Option<String> {
        self.runtime.block_on(verify::verify(&self.app, head)).unwrap()
    }

    pub fn database(&self) -> PathBuf {
        self.app.config.database.clone()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.runtime.block_on(self.server.stop(false));
    }
}

fn config(folder: &Path, more: &[(&str, &str)]) -> Config {
    let mut settings: BTreeMap<String, String> = [
        ("INLET_BIND", "127.0.0.1:0"),
        ("INLET_TWO_FACTOR", "optional"),
        ("INLET_HOLD", "0s"),
        ("INLET_RATE_LIMIT", "off"),
        ("INLET_CONTACT_EMAIL", "help@unmigration.example"),
    ]
    .into_iter()
    .chain(more.iter().copied())
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect();
    settings.insert("INLET_DATA_DIR".to_owned(), folder.display().to_string());
    Config::from_settings(&settings).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Serves on a thread of its own.
fn serve(app: App, listener: TcpListener) -> ServerHandle {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let limits = actix_web::web::Data::new(Limits::new(&app.config.web));
            let server = actix_web::HttpServer::new(move || server::service(app.clone(), limits.clone()))
                .workers(2)
                .disable_signals()
                .shutdown_timeout(1)
                .listen(listener)
                .expect("the listener")
                .run();
            tell.send(server.handle()).unwrap();
            server.await.expect("the server");
        });
    });
    told.recv().expect("a running server")
}

/// Records that a note verbale confirmed the authority behind a record, where that stands between it and the public.
#[track_caller]
pub fn confirm_authority(moderator: &mut Client, reference: &str) {
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    if page.has("#authority.warning") {
        let mut form = moderator.get(&format!("/staff/submissions/{reference}/authority")).is(200).form();
        let done = moderator.submit(form.set("means", "note-verbale"));
        moderator.follow(&done).is(200);
    }
}

/// The form of a decision on a record's page, if it is offered.
pub fn decision_form(moderator: &mut Client, reference: &str, decision: &str) -> Option<super::Form> {
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let selector = format!("form:has(input[name=decision][value={decision}])");
    page.has(&selector).then(|| page.form_at(&selector))
}

#[derive(QueryableByName)]
pub struct Number {
    #[diesel(sql_type = BigInt)]
    pub n: i64,
}

#[derive(QueryableByName)]
pub struct Line {
    #[diesel(sql_type = Text)]
    pub line: String,
}

fn count(app: &App, runtime: &Runtime, query: &str) -> i64 {
    let query = query.to_owned();
    let work = app.db.read(move |conn| Ok(sql_query(query).get_result::<Number>(conn)?.n));
    runtime.block_on(work).unwrap()
}

fn dump(conn: &mut Conn, table: &str) -> Result<String, StoreError> {
    let columns: Vec<Line> = sql_query(format!("SELECT name AS line FROM pragma_table_info('{table}')")).load(conn)?;
    let row: Vec<String> = columns.into_iter().map(|column| format!("quote(\"{}\")", column.line)).collect();
    let query =
        format!("SELECT coalesce(group_concat({}, char(10)), '') AS line FROM \"{table}\"", row.join(" || ' ' || "));
    Ok(sql_query(query).get_result::<Line>(conn)?.line)
}

/// The tables in which two states differ.
pub fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let after: HashMap<&String, &String> = after.iter().collect();
    before.iter().filter(|(table, rows)| after.get(table) != Some(rows)).map(|(table, _)| table.clone()).collect()
}

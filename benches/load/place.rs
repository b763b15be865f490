//! Where a measurement happens: a fresh copy of one prepared data folder each time, on the disk of the project.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use inlet::store::db::connect;
use serde_json::{Map, Value};
use tempfile::TempDir;

use crate::Fallible;
use crate::client::{Client, Request};
use crate::document::{self, Document, VARIANTS};
use crate::errand::{Errand, Work};
use crate::limit::{self, Sample};
use crate::server::{Server, inlet};

/// A data folder; it goes away with this.
pub struct Place(TempDir);

/// The prepared folder with what it was filled from.
pub struct Prepared {
    place: Place,
    pub documents: Vec<Document>,
    pub samples: Vec<Sample>,
    /// Bytes of the first page of the form.
    pub page: usize,
}

impl Place {
    fn new() -> Fallible<Self> {
        Ok(Self(tempfile::Builder::new().prefix("load-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?))
    }

    pub fn data(&self) -> &Path {
        self.0.path()
    }

    pub fn database(&self) -> PathBuf {
        self.data().join("inlet.db")
    }

    /// Runs `inlet` here and takes nothing but success.
    pub fn run(&self, arguments: &[&str]) -> Fallible<()> {
        let done = inlet(self.data(), arguments).output()?;
        let said = || String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() { Ok(()) } else { Err(format!("inlet {arguments:?}: {}", said()).into()) }
    }

    /// How many submissions are stored.
    pub fn submissions(&self) -> Fallible<usize> {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let mut conn = connect(&self.database().to_string_lossy())?;
        let count: Count = sql_query("SELECT count(*) AS n FROM submissions").get_result(&mut conn)?;
        Ok(usize::try_from(count.n)?)
    }
}

impl Prepared {
    /// A folder with one moderator who follows everything and with each document handed in once, its mails done.
    pub fn new() -> Fallible<Self> {
        let place = Place::new()?;
        place.run(&[
            "staff",
            "add",
            "--email",
            "moderator@example.org",
            "--name",
            "A moderator",
            "--role",
            "moderator",
        ])?;
        let mut conn = connect(&place.database().to_string_lossy())?;
        sql_query("INSERT INTO alerts (account_id) SELECT id FROM accounts").execute(&mut conn)?;
        drop(conn);
        let server = Server::inlet(place.data())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (documents, page) = runtime.block_on(fill(&server))?;
        server.stop()?;
        place.run(&["mail", "send-due"])?;
        let samples = limit::samples(&place.database())?;
        if samples.len() != VARIANTS {
            return Err(format!("{} submissions prepared instead of {VARIANTS}", samples.len()).into());
        }
        Ok(Self { place, documents, samples, page })
    }

    /// A copy to measure in.
    pub fn copy(&self) -> Fallible<Place> {
        let place = Place::new()?;
        for entry in fs::read_dir(self.place.data())? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), place.data().join(entry.file_name()))?;
            }
        }
        Ok(place)
    }
}

async fn fill(server: &Server) -> Fallible<(Vec<Document>, usize)> {
    let mut client = Client::connect(server.address).await?;
    client.send(&Request::get("/api/v1/forms/practice")).await?;
    let form: Value = serde_json::from_slice(client.body())?;
    let example: &Map<String, Value> =
        form.get("example").and_then(Value::as_object).ok_or("the form has no example")?;
    let documents = document::make(example)?;
    let work = Work::new(&documents);
    for _ in 0..VARIANTS {
        work.run(Errand::Submit, &mut client).await?;
    }
    work.run(Errand::Page, &mut client).await?;
    let page = client.body().len();
    Ok((documents, page))
}

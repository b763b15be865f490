//! What a client does, over and over.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Fallible;
use crate::client::{Answer, Client, Request};
use crate::document::Document;

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Hands a practice in over the API.
    Submit,
    /// Hands a practice in over the pages: each step is opened and sent, then the check page, then the confirmation.
    Walk,
    /// Opens the first page of the form.
    Page,
    /// Opens the page of the bare server.
    Bare,
}

/// What one run of an errand made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Made {
    pub requests: usize,
    /// Submissions that were acknowledged.
    pub submissions: usize,
}

/// What the clients hand in; each takes the next.
pub struct Work<'a> {
    documents: &'a [Document],
    next: AtomicUsize,
}

const FIRST_PAGE: &str = "/forms/practice/begin";

impl<'a> Work<'a> {
    pub fn new(documents: &'a [Document]) -> Self {
        Self { documents, next: AtomicUsize::new(0) }
    }

    fn take(&self) -> Fallible<&'a Document> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let documents = self.documents;
        Ok(documents.get(number % documents.len().max(1)).ok_or("nothing to hand in")?)
    }

    /// Does one errand.
    pub async fn run(&self, errand: Errand, client: &mut Client) -> Fallible<Made> {
        match errand {
            Errand::Submit => self.submit(client).await,
            Errand::Walk => self.walk(client).await,
            Errand::Page => open(client, FIRST_PAGE).await,
            Errand::Bare => open(client, "/").await,
        }
    }

    async fn submit(&self, client: &mut Client) -> Fallible<Made> {
        let document = self.take()?;
        let key = format!("load-{:032x}", rand::random::<u128>());
        let headers = [("content-type", "application/json"), ("idempotency-key", key.as_str())];
        let path = "/api/v1/forms/practice/submissions";
        let answer = client.send(&Request { method: "POST", path, headers: &headers, body: &document.json }).await?;
        expect(client, &answer, 201, path)?;
        Ok(Made { requests: 1, submissions: 1 })
    }

    async fn walk(&self, client: &mut Client) -> Fallible<Made> {
        let document = self.take()?;
        let (mut path, mut cookie, mut requests) = (FIRST_PAGE.to_owned(), String::new(), 0);
        for body in &document.steps {
            (path, cookie) = visit(client, &path, &path, body, cookie).await?;
            requests += 2;
        }
        let submission = path.replace("/check", "/submission");
        (path, cookie) = visit(client, &path, &submission, "", cookie).await?;
        let page = client.send(&Request { headers: &[("cookie", &cookie)], ..Request::get(&path) }).await?;
        expect(client, &page, 200, &path)?;
        Ok(Made { requests: requests + 3, submissions: 1 })
    }
}

async fn open(client: &mut Client, path: &str) -> Fallible<Made> {
    let answer = client.send(&Request::get(path)).await?;
    expect(client, &answer, 200, path)?;
    Ok(Made { requests: 1, submissions: 0 })
}

/// Opens a page and sends its form; gives where that leads and the cookie to go there with.
async fn visit(
    client: &mut Client,
    path: &str,
    action: &str,
    body: &str,
    cookie: String,
) -> Fallible<(String, String)> {
    let page = client.send(&Request { headers: &[("cookie", &cookie)], ..Request::get(path) }).await?;
    expect(client, &page, 200, path)?;
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie.as_str()),
    ];
    let sent = client.send(&Request { method: "POST", path: action, headers: &headers, body }).await?;
    expect(client, &sent, 303, action)?;
    let next = sent.location.ok_or("a redirect to nowhere")?;
    Ok((next, sent.cookie.unwrap_or(cookie)))
}

fn expect(client: &Client, answer: &Answer, status: u16, path: &str) -> Fallible<()> {
    if answer.status == status {
        return Ok(());
    }
    Err(format!("{path}: {} instead of {status}\n{}", answer.status, String::from_utf8_lossy(client.body())).into())
}

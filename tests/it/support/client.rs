//! Somebody with a browser: keeps cookies by path, follows nothing by itself, says where its requests come from.

use std::net::SocketAddr;

use serde_json::Value;

use super::http::{self, Raw};
use super::page::{Form, Page};

#[derive(Debug, Clone)]
struct Cookie {
    name: String,
    value: String,
    path: String,
}

/// Where a browser says its requests come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    OwnPage,
    OtherSite,
    /// An old browser: says nothing.
    Silent,
}

#[derive(Debug, Clone)]
pub struct Client {
    address: SocketAddr,
    cookies: Vec<Cookie>,
    pub from: From,
    /// Sent with every request besides.
    pub headers: Vec<(String, String)>,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookies: Vec::new(), from: From::OwnPage, headers: Vec::new() }
    }

    /// The same browser, saying something else of where it comes from.
    pub fn coming_from(&self, from: From) -> Self {
        Self { from, ..self.clone() }
    }

    /// The same browser with one more header.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The same browser, after the service moved.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    pub fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    pub fn get(&mut self, link: &str) -> Page {
        self.send("GET", link, &[], None)
    }

    /// Follows redirects, as a person sees it.
    pub fn visit(&mut self, link: &str) -> Page {
        let mut page = self.get(link);
        for _ in 0..5 {
            let Some(next) = page.location() else { break };
            page = self.get(&next);
        }
        page
    }

    /// Where a POST led to.
    pub fn follow(&mut self, page: &Page) -> Page {
        assert_eq!(page.status, 303, "{page:?}");
        self.visit(&page.location().expect("a redirect says where to"))
    }

    pub fn post_form<N: AsRef<str>, V: AsRef<str>>(&mut self, link: &str, pairs: &[(N, V)]) -> Page {
        self.post(link, "application/x-www-form-urlencoded", encode_pairs(pairs).as_bytes())
    }

    pub fn post(&mut self, link: &str, content_type: &str, body: &[u8]) -> Page {
        self.send("POST", link, &[("Content-Type", content_type)], Some(body))
    }

    /// Presses a button of a form: `("do", "continue")`.
    pub fn press(&mut self, form: &Form, button: (&str, &str)) -> Page {
        let mut form = form.clone();
        form.push(button.0, button.1);
        self.submit(&form)
    }

    /// Sends a form as it stands, by its main button.
    pub fn submit(&mut self, form: &Form) -> Page {
        let mut form = form.clone();
        if let Some((name, value)) = form.button.take().filter(|(name, _)| form.value(name).is_empty()) {
            form.push(&name, &value);
        }
        if form.method == "get" {
            return self.get(&format!("{}?{}", form.action, encode_pairs(&form.pairs)));
        }
        if !form.multipart {
            return self.post_form(&form.action, &form.pairs);
        }
        let (content_type, body) = multipart(&form.pairs, &form.files);
        self.post(&form.action, &content_type, &body)
    }

    /// A request of a program: JSON, no cookies.
    pub fn api(&self, method: &str, link: &str, body: Option<&Value>) -> Page {
        self.api_keyed(method, link, body, None)
    }

    pub fn api_keyed(&self, method: &str, link: &str, body: Option<&Value>, key: Option<&str>) -> Page {
        let mut program = Self { cookies: Vec::new(), from: From::Silent, ..self.clone() };
        let text = body.map(Value::to_string);
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend(key.map(|key| ("Idempotency-Key", key)));
        program.send(method, link, &headers, text.as_deref().map(str::as_bytes))
    }

    /// Uploads a file as a program; gives what it may be named by.
    pub fn upload(&self, name: &str, content: &[u8]) -> Page {
        let mut program = Self { cookies: Vec::new(), from: From::Silent, ..self.clone() };
        let (content_type, body) = multipart(&[], &[("file".to_owned(), name.to_owned(), content.to_vec())]);
        program.post("/api/v1/uploads", &content_type, &body)
    }

    pub fn send(&mut self, method: &str, link: &str, more: &[(&str, &str)], body: Option<&[u8]>) -> Page {
        let path = self.path_of(link);
        let raw = self.raw(method, &path, more, body);
        self.keep_cookies(&raw, &path);
        let page = Page::new(method, &path, raw);
        page.is_decent();
        page
    }

    /// Without keeping cookies and without looking at the answer.
    pub fn raw(&self, method: &str, path: &str, more: &[(&str, &str)], body: Option<&[u8]>) -> Raw {
        let mut headers = vec![("Host".to_owned(), self.address.to_string())];
        match self.from {
            From::OwnPage => headers.push(("Sec-Fetch-Site".to_owned(), "same-origin".to_owned())),
            From::OtherSite => headers.push(("Sec-Fetch-Site".to_owned(), "cross-site".to_owned())),
            From::Silent => {}
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|cookie| cookie.is_for(path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        if !cookies.is_empty() {
            headers.push(("Cookie".to_owned(), cookies.join("; ")));
        }
        headers.extend(self.headers.iter().cloned());
        headers.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        http::exchange(self.address, &http::request(method, path, &headers, body))
    }

    /// The path of a link as it stands on a page or in a mail, without its fragment.
    fn path_of(&self, link: &str) -> String {
        let base = format!("http://{}", self.address);
        let path = link.strip_prefix(&base).unwrap_or(link);
        assert!(path.starts_with('/'), "{link} leads away");
        path.split('#').next().unwrap_or_default().to_owned()
    }

    fn keep_cookies(&mut self, raw: &Raw, asked: &str) {
        for (_, line) in raw.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let mut parts = line.split("; ");
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a cookie has a name");
            let attributes: Vec<&str> = parts.collect();
            assert!(attributes.contains(&"HttpOnly") && attributes.contains(&"SameSite=Lax"), "{line}");
            let path = attributes.iter().find_map(|part| part.strip_prefix("Path=")).unwrap_or(asked).to_owned();
            self.cookies.retain(|cookie| cookie.name != name || cookie.path != path);
            if !attributes.contains(&"Max-Age=0") {
                self.cookies.push(Cookie { name: name.to_owned(), value: value.to_owned(), path });
            }
        }
    }
}

impl Cookie {
    fn is_for(&self, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        self.path == "/" || path == self.path || path.strip_prefix(&self.path).is_some_and(|rest| rest.starts_with('/'))
    }
}

pub fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

pub fn encode_pairs<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encode(name.as_ref()), encode(value.as_ref()))).collect();
    pairs.join("&")
}

const BOUNDARY: &str = "----inlet-test-7f3a";

/// A multipart body: texts, then files as (field, name, content).
pub fn multipart(pairs: &[(String, String)], files: &[(String, String, Vec<u8>)]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in pairs {
        body.extend_from_slice(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    for (field, name, content) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

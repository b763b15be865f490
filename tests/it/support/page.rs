//! A page as a person reads it: its words, its errors, its one way on, its form.

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::http::Raw;

#[derive(Clone)]
pub struct Page {
    pub method: String,
    pub path: String,
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = if self.is_html() { format!("{:?} {}", self.errors(), self.said()) } else { self.text() };
        let shown: String = shown.chars().take(1500).collect();
        write!(f, "{} {} gave {} to {:?}: {shown}", self.method, self.path, self.status, self.location())
    }
}

/// The way on from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Primary {
    Link(String),
    Button,
}

impl Page {
    pub fn new(method: &str, path: &str, raw: Raw) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            status: raw.status,
            headers: raw.headers,
            body: raw.body,
        }
    }

    /// Whatever was sent: no fault of ours, and an error is a page or a problem document of ours.
    #[track_caller]
    pub fn is_decent(&self) {
        assert!((200..500).contains(&self.status), "{self:?}");
        assert!(self.header("x-content-type-options") == Some("nosniff"), "{self:?}");
        if self.status < 400 || self.method == "HEAD" {
            return;
        }
        if self.path.starts_with("/api/") {
            assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
            let problem = self.json();
            assert_eq!(problem["status"], self.status, "{problem}");
            assert!(
                ["type", "title", "detail"]
                    .iter()
                    .all(|key| problem[key].as_str().is_some_and(|text| !text.is_empty())),
                "{problem}"
            );
        } else {
            let html = self.html();
            assert!(
                ["header.top", "main#main h1", "footer.bottom"]
                    .iter()
                    .all(|part| html.select(&css(part)).next().is_some()),
                "{self:?}"
            );
        }
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn location(&self) -> Option<String> {
        self.header("location").map(str::to_owned)
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    /// The source.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// The words of the main part, spaces made one.
    pub fn said(&self) -> String {
        self.all("main").join(" ")
    }

    pub fn title(&self) -> String {
        self.one("title")
    }

    /// The words of every element that fits.
    pub fn all(&self, selector: &str) -> Vec<String> {
        self.html().select(&css(selector)).map(|element| words(&element)).collect()
    }

    /// The words of the one element that fits.
    #[track_caller]
    pub fn one(&self, selector: &str) -> String {
        let all = self.all(selector);
        assert_eq!(all.len(), 1, "{selector}: {all:?} on {self:?}");
        all.into_iter().next().unwrap_or_default()
    }

    pub fn has(&self, selector: &str) -> bool {
        self.html().select(&css(selector)).next().is_some()
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.html().select(&css(selector)).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    /// The errors at the top: where each leads, and what it says.
    pub fn errors(&self) -> Vec<(String, String)> {
        let html = self.html();
        let link = |link: ElementRef<'_>| (link.attr("href").unwrap_or_default().to_owned(), words(&link));
        html.select(&css(".error-summary a")).map(link).collect()
    }

    /// Every page of the way has exactly one element that leads on.
    #[track_caller]
    pub fn primary(&self) -> Primary {
        let html = self.html();
        let found: Vec<ElementRef<'_>> = html.select(&css("main .primary")).collect();
        assert_eq!(found.len(), 1, "one way on, not {} on {self:?}", found.len());
        match found[0].attr("href") {
            Some(link) => Primary::Link(link.to_owned()),
            None => Primary::Button,
        }
    }

    #[track_caller]
    pub fn primary_link(&self) -> String {
        match self.primary() {
            Primary::Link(link) => link,
            Primary::Button => panic!("a button leads on from {self:?}"),
        }
    }

    /// The reference on a confirmation page.
    #[track_caller]
    pub fn reference(&self) -> String {
        self.one("#reference")
    }

    /// The form that leads on.
    #[track_caller]
    pub fn form(&self) -> Form {
        self.form_at("main form[method=post]:has(.primary)")
    }

    #[track_caller]
    pub fn form_at(&self, selector: &str) -> Form {
        let html = self.html();
        let found = html.select(&css(selector)).next();
        Form::read(&found.unwrap_or_else(|| panic!("no {selector} on {self:?}")), &self.path)
    }
}

pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn words(element: &ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A form with what stands in it now.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub multipart: bool,
    pub pairs: Vec<(String, String)>,
    /// Field, name, content.
    pub files: Vec<(String, String, Vec<u8>)>,
    /// Names of all controls, filled or not.
    pub names: Vec<String>,
    /// What its main button says of itself.
    pub button: Option<(String, String)>,
}

impl Form {
    fn read(form: &ElementRef<'_>, page: &str) -> Self {
        let mut read = Self {
            action: form.attr("action").unwrap_or(page).to_owned(),
            method: form.attr("method").unwrap_or("get").to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            ..Self::default()
        };
        let button = form.select(&css("button.primary[name]")).next();
        read.button = button.map(|button| {
            let said = |name| button.attr(name).unwrap_or_default().to_owned();
            (said("name"), said("value"))
        });
        for control in form.select(&css("input[name], textarea[name], select[name]")) {
            let name = control.attr("name").unwrap_or_default().to_owned();
            read.names.push(name.clone());
            read.pairs.extend(value(&control).map(|value| (name, value)));
        }
        read
    }

    pub fn offers(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn values(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.clear(name);
        self.push(name, value);
        self
    }

    pub fn clear(&mut self, name: &str) {
        self.pairs.retain(|(known, _)| known != name);
    }

    pub fn push(&mut self, name: &str, value: &str) {
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    pub fn attach(&mut self, field: &str, name: &str, content: &[u8]) -> &mut Self {
        assert!(self.multipart, "this form takes no files");
        self.files.push((field.to_owned(), name.to_owned(), content.to_vec()));
        self
    }

    /// Puts in the answers to the questions that are asked here.
    pub fn answer(&mut self, answers: &[(String, String)]) -> &mut Self {
        let here: Vec<&(String, String)> = answers.iter().filter(|(name, _)| self.offers(name)).collect();
        for (name, _) in &here {
            self.clear(name);
        }
        for (name, value) in here {
            self.push(name, value);
        }
        self
    }
}

/// What a browser would send of a control.
fn value(control: &ElementRef<'_>) -> Option<String> {
    let text = || control.text().collect::<String>();
    match (control.value().name(), control.attr("type").unwrap_or("text")) {
        // HTML drops one line break right after the tag.
        ("textarea", _) => Some(text()),
        ("select", _) => {
            let options: Vec<ElementRef<'_>> = control.select(&css("option")).collect();
            let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
            chosen.map(|option| option.attr("value").unwrap_or_default().to_owned())
        }
        (_, "checkbox" | "radio") => control.attr("checked").map(|_| control.attr("value").unwrap_or("on").to_owned()),
        (_, "file" | "submit") => None,
        _ => Some(control.attr("value").unwrap_or_default().to_owned()),
    }
}

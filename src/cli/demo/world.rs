//! The invented world as it is written in `content/demo/`.

use rust_embed::RustEmbed;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Failure;

#[derive(RustEmbed)]
#[folder = "content/demo"]
struct Files;

/// Everything there is.
#[derive(Debug, Default)]
pub struct World {
    pub accounts: Vec<Account>,
    pub submissions: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    #[serde(default)]
    account: Vec<Account>,
    #[serde(default)]
    submission: Vec<Entry>,
}

/// One account; its password is public.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    pub name: String,
    pub email: String,
    pub role: String,
    pub language: String,
    pub password: String,
    #[serde(default)]
    pub alerts: Vec<Follows>,
}

/// What an account follows; empty means everything.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    pub form: Option<String>,
    pub region: Option<String>,
}

/// One submission and what happens to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// For other entries to point to: `pledge = "@key"`.
    pub key: String,
    pub form: String,
    pub language: String,
    /// Days before the start of the demonstration.
    pub submitted: i64,
    #[serde(default = "yes")]
    pub confirmed: bool,
    #[serde(default)]
    pub held: bool,
    pub answers: Map<String, Value>,
    #[serde(default)]
    pub then: Vec<Act>,
}

fn yes() -> bool {
    true
}

/// Something that happens later.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Days after the submission.
    pub after: i64,
    pub act: String,
    #[serde(default)]
    pub message: String,
    pub reason: Option<String>,
    /// What a request for changes asks point by point.
    #[serde(default)]
    pub points: Vec<Asked>,
    /// What a resubmission answers to points, by their place.
    #[serde(default)]
    pub replies: Vec<Replied>,
    /// Changed answers of a resubmission.
    #[serde(default)]
    pub answers: Map<String, Value>,
}

/// One change that is asked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// A question's id; none for the whole.
    pub field: Option<String>,
    pub text: String,
    #[serde(default = "yes")]
    pub required: bool,
}

/// An answer to a point, by its place from 1.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replied {
    pub point: usize,
    pub text: String,
}

/// Reads all pages.
pub fn load() -> Result<World, Failure> {
    let mut world = World::default();
    for name in Files::iter().filter(|name| name.ends_with(".toml")) {
        let Some(file) = Files::get(&name) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let page: Page = toml::from_str(&text).map_err(|e| Failure::said(format!("content/demo/{name}: {e}")))?;
        world.accounts.extend(page.account);
        world.submissions.extend(page.submission);
    }
    Ok(world)
}

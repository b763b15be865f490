//! What is often written to submitters, by language. A moderator puts one into the box and changes it before it goes out.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rust_embed::RustEmbed;
use serde::Deserialize;

use super::faults::{FaultKind, Place, SourceFault};
use super::form::FormId;
use crate::locale::Language;

#[derive(RustEmbed)]
#[folder = "content/replies"]
struct Files;

/// Longest text of a reply, in characters: it fits into each box it is put into.
const LONGEST: usize = 2000;

/// What a reply is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WrittenWith {
    RequestChanges,
    Approve,
    Publish,
    Decline,
    Close,
    Unpublish,
    Note,
}

/// A text to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    pub id: String,
    #[serde(rename = "for")]
    with: WrittenWith,
    /// The forms it fits; none: all.
    #[serde(default)]
    forms: Vec<String>,
    pub title: String,
    pub text: String,
}

impl Reply {
    fn fits(&self, form: &FormId, with: WrittenWith) -> bool {
        self.with == with && (self.forms.is_empty() || self.forms.iter().any(|id| id == form.as_str()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReplies {
    #[serde(default)]
    reply: Vec<Reply>,
}

/// All replies of an installation.
#[derive(Debug, Clone, Default)]
pub struct Replies(HashMap<Language, Vec<Reply>>);

impl Replies {
    /// The built-in ones; a file `replies/<language>.toml` in the folder stands in the place of a whole language.
    ///
    /// # Errors
    /// Every fault of every file; `knows` tells which forms there are.
    pub fn load(forms_dir: Option<&Path>, knows: impl Fn(&str) -> bool) -> Result<Self, Vec<SourceFault>> {
        let mut files = built_in();
        if let Some(dir) = forms_dir.map(|dir| dir.join("replies")).filter(|dir| dir.is_dir()) {
            files.extend(super::catalog::read_dir(&dir)?);
        }
        Self::read(&files, knows)
    }

    /// Replies from file names and texts.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn read(files: &BTreeMap<String, String>, knows: impl Fn(&str) -> bool) -> Result<Self, Vec<SourceFault>> {
        let (mut all, mut faults) = (HashMap::new(), Vec::new());
        for (name, text) in files {
            let Some(language) = name.strip_suffix(".toml").and_then(Language::read) else {
                let problem = FaultKind::LanguageUnknown(name.clone());
                faults.push(SourceFault::new(name, text, &Place::default(), problem));
                continue;
            };
            match toml::from_str::<RawReplies>(text) {
                Ok(raw) => {
                    let found = faults_of(&raw.reply, &knows);
                    faults.extend(found.into_iter().map(|(at, problem)| SourceFault::new(name, text, &at, problem)));
                    all.insert(language, raw.reply);
                }
                Err(error) => faults.push(SourceFault::from_toml(name, text, &error)),
            }
        }
        if faults.is_empty() { Ok(Self(all)) } else { Err(faults) }
    }

    /// Those in a language that fit.
    pub fn fitting(&self, language: Language, form: &FormId, with: WrittenWith) -> impl Iterator<Item = &Reply> {
        self.0.get(&language).into_iter().flatten().filter(move |reply| reply.fits(form, with))
    }

    /// One by language and id.
    #[must_use]
    pub fn find(&self, language: Language, id: &str) -> Option<&Reply> {
        self.0.get(&language)?.iter().find(|reply| reply.id == id)
    }
}

fn built_in() -> BTreeMap<String, String> {
    let names = Files::iter().filter_map(|name| Files::get(&name).map(|file| (name, file)));
    names.map(|(name, file)| (name.into_owned(), String::from_utf8_lossy(&file.data).into_owned())).collect()
}

/// What is wrong though it has the right shape.
fn faults_of(replies: &[Reply], knows: &impl Fn(&str) -> bool) -> Vec<(Place, FaultKind)> {
    let mut faults = Vec::new();
    for (index, reply) in replies.iter().enumerate() {
        let at = |key| Place::default().key("reply").at(index).key(key);
        if replies.iter().take(index).any(|earlier| earlier.id == reply.id) {
            faults.push((at("id"), FaultKind::ReplyTwice(reply.id.clone())));
        }
        if reply.title.trim().is_empty() {
            faults.push((at("title"), FaultKind::ReplyEmpty));
        }
        if reply.text.trim().is_empty() {
            faults.push((at("text"), FaultKind::ReplyEmpty));
        }
        if reply.text.chars().count() > LONGEST {
            faults.push((at("text"), FaultKind::ReplyTooLong(LONGEST)));
        }
        for unknown in reply.forms.iter().filter(|form| !knows(form)) {
            faults.push((at("forms"), FaultKind::ReplyForm(unknown.clone())));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        use miette::Diagnostic;
        let files = BTreeMap::from([("en.toml".to_owned(), text.to_owned())]);
        let faults = Replies::read(&files, |form| form == "practice").err().unwrap_or_default();
        faults.iter().filter_map(|fault| fault.code().map(|code| code.to_string())).collect()
    }

    #[test]
    fn each_language_has_the_same_replies() {
        let replies = Replies::read(&built_in(), |_| true).unwrap();
        let ids = |language: &Language| -> Vec<(String, WrittenWith, Vec<String>)> {
            let all = &replies.0[language];
            all.iter().map(|reply| (reply.id.clone(), reply.with, reply.forms.clone())).collect()
        };
        assert!(ids(&Language::En).len() > 5);
        for language in &Language::ALL {
            assert_eq!(ids(language), ids(&Language::En), "{language:?}");
        }
    }

    #[test]
    fn every_fault_is_told() {
        let reply = "[[reply]]\nid = \"a\"\nfor = \"note\"\ntitle = \"T\"\ntext = \"Words\"\n";
        assert!(codes(reply).is_empty());
        assert_eq!(codes(&format!("{reply}{reply}")), ["reply-twice"]);
        assert_eq!(codes(&reply.replace("Words", " ")), ["reply-empty"]);
        assert_eq!(codes(&reply.replace("Words", &"w".repeat(2001))), ["reply-too-long"]);
        assert_eq!(codes(&format!("{reply}forms = [\"pratice\"]\n")), ["reply-form"]);
        assert_eq!(codes(&reply.replace("note", "nothing")), ["shape"]);
        assert_eq!(codes("[[replies]]"), ["unknown-key"]);
    }
}

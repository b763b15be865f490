//! All forms of an installation, one [`Form`] a language.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::compile::compile;
use super::faults::{Fault, FaultKind, Place, SourceFault};
use super::form::{Form, FormId, Lifecycle};
use super::kind::FieldKind;
use super::lists::Lists;
use super::replies::Replies;
use super::source::RawForm;
use crate::locale::Language;

#[derive(RustEmbed)]
#[folder = "content/forms"]
struct Files;

/// All forms, whole and in every language.
#[derive(Debug, Clone)]
pub struct Catalog {
    lists: Lists,
    forms: HashMap<Language, Vec<Arc<Form>>>,
    replies: Replies,
}

/// Why a stored form version cannot be read any more.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    #[error("the stored form is not a form: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the stored form does not fit this version of Inlet: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults(Vec<Fault>),
}

impl Catalog {
    /// The built-in forms, with those of a folder in their place or beside them.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(lists: &Lists, forms_dir: Option<&Path>) -> Result<Self, Vec<SourceFault>> {
        let mut files = built_in();
        if let Some(dir) = forms_dir {
            files.extend(read_dir(dir)?);
        }
        let catalog = Self::read(lists, &files)?;
        let replies = Replies::load(forms_dir, |id| catalog.find(id, Language::En).is_some())?;
        Ok(Self { replies, ..catalog })
    }

    /// Forms from file names and texts.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn read(lists: &Lists, files: &BTreeMap<String, String>) -> Result<Self, Vec<SourceFault>> {
        let (mut forms, mut faults) = (Vec::new(), Vec::new());
        for (name, text) in files {
            match read_form(lists, name, text) {
                Ok(form) => forms.push((name, text, form)),
                Err(mut found) => faults.append(&mut found),
            }
        }
        faults.extend(faults_between(&forms, files));
        if !faults.is_empty() {
            return Err(faults);
        }
        forms.sort_by_key(|(_, _, form)| rank(form));
        let in_language = |lang| forms.iter().filter_map(|(_, _, form)| translated(form, lists, lang)).collect();
        Ok(Self {
            lists: lists.clone(),
            forms: Language::ALL.into_iter().map(|lang| (lang, in_language(lang))).collect(),
            replies: Replies::default(),
        })
    }

    /// A form by its id.
    #[must_use]
    pub fn form(&self, id: &FormId, lang: Language) -> Option<&Arc<Form>> {
        self.find(id.as_str(), lang)
    }

    /// A form by an id that somebody wrote.
    #[must_use]
    pub fn find(&self, id: &str, lang: Language) -> Option<&Arc<Form>> {
        self.all(lang).find(|form| form.id().as_str() == id)
    }

    /// All forms in their fixed order.
    pub fn all(&self, lang: Language) -> impl Iterator<Item = &Arc<Form>> {
        self.forms.get(&lang).into_iter().flatten()
    }

    /// The form that publishes under this path.
    #[must_use]
    pub fn by_collection(&self, collection: &str, lang: Language) -> Option<&Arc<Form>> {
        self.all(lang).find(|form| form.collection() == Some(collection))
    }

    /// The form whose references begin so.
    #[must_use]
    pub fn by_prefix(&self, prefix: &str, lang: Language) -> Option<&Arc<Form>> {
        self.all(lang).find(|form| form.words().prefix == prefix)
    }

    /// What is often written to submitters.
    #[must_use]
    pub fn replies(&self) -> &Replies {
        &self.replies
    }

    /// The lists the forms choose from.
    #[must_use]
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// A form as it was stored, perhaps long ago.
    ///
    /// # Errors
    /// Where this version of Inlet cannot read it any more.
    pub fn recompile(&self, json: &str, lang: Language) -> Result<Form, StoredError> {
        compile_stored(json, &self.lists, lang)
    }
}

impl Form {
    /// What `form_versions` stores: enough to compile the form again. Equal forms give equal text.
    #[must_use]
    pub fn source_json(&self) -> String {
        canonical(&self.raw)
    }
}

/// Compiles what [`Form::source_json`] gave.
///
/// # Errors
/// Where it is not a form, or not one this version of Inlet can read.
pub fn compile_stored(json: &str, lists: &Lists, lang: Language) -> Result<Form, StoredError> {
    let raw: RawForm = serde_json::from_str(json)?;
    compile(&raw, lists, lang).map_err(StoredError::Faults)
}

/// Every fault of the form files in a folder, read together with the built-in ones they do not replace.
#[must_use]
pub fn check_dir(dir: &Path, lists: &Lists) -> Vec<SourceFault> {
    Catalog::load(lists, Some(dir)).err().unwrap_or_default()
}

/// SHA-256 (hex) of a form's canonical JSON.
pub(super) fn version(raw: &RawForm) -> String {
    Sha256::digest(canonical(raw)).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keys in the fixed order of the structure; a `RawForm` holds nothing JSON has no words for.
fn canonical(raw: &RawForm) -> String {
    serde_json::to_string(raw).unwrap_or_default()
}

fn built_in() -> BTreeMap<String, String> {
    let names = Files::iter().filter(|name| name.ends_with(".toml"));
    let files = names.filter_map(|name| Files::get(&name).map(|file| (name, file)));
    files.map(|(name, file)| (name.into_owned(), String::from_utf8_lossy(&file.data).into_owned())).collect()
}

pub(super) fn read_dir(dir: &Path) -> Result<BTreeMap<String, String>, Vec<SourceFault>> {
    let unreadable = |path: &Path, error| vec![SourceFault::unreadable(&path.display().to_string(), &error)];
    let mut files = BTreeMap::new();
    for entry in dir.read_dir().map_err(|error| unreadable(dir, error))? {
        let path = entry.map_err(|error| unreadable(dir, error))?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.insert(name.into_owned(), text);
        }
    }
    Ok(files)
}

fn read_form(lists: &Lists, name: &str, text: &str) -> Result<Form, Vec<SourceFault>> {
    let raw: RawForm = toml::from_str(text).map_err(|error| vec![SourceFault::from_toml(name, text, &error)])?;
    let at = |fault: Fault| SourceFault::new(name, text, &fault.path, fault.problem);
    let form = compile(&raw, lists, Language::En);
    if name.strip_suffix(".toml") == Some(&raw.id) {
        return form.map_err(|faults| faults.into_iter().map(at).collect());
    }
    let mut faults = form.err().unwrap_or_default();
    faults.insert(0, Fault { path: Place::default().key("id"), problem: FaultKind::FileName(raw.id) });
    Err(faults.into_iter().map(at).collect())
}

/// The form with the labels of another language. What compiles in English compiles in all: only words differ.
fn translated(form: &Form, lists: &Lists, lang: Language) -> Option<Arc<Form>> {
    compile(form.words(), lists, lang).ok().map(Arc::new)
}

/// What people look for first; other forms follow by id.
fn rank(form: &Form) -> (u32, FormId) {
    (form.words().front.unwrap_or(u32::MAX), form.id().clone())
}

type Source<'a> = (&'a String, &'a String, Form);

/// What is wrong only because of another file.
fn faults_between(forms: &[Source<'_>], files: &BTreeMap<String, String>) -> Vec<SourceFault> {
    let mut faults = Vec::new();
    for (index, (name, text, form)) in forms.iter().enumerate() {
        let mut fault = |place: Place, problem| faults.push(SourceFault::new(name, text, &place, problem));
        let top = |key| Place::default().key(key);
        let words = form.words();
        for (_, _, earlier) in forms.iter().take(index) {
            if earlier.words().prefix == words.prefix {
                fault(top("prefix"), FaultKind::PrefixTwice(words.prefix.clone()));
            }
            if form.collection().is_some() && earlier.collection() == form.collection() {
                fault(top("collection"), FaultKind::CollectionTwice(words.collection.clone().unwrap_or_default()));
            }
        }
        if let Some(beside) = &words.beside {
            let known = forms.iter().any(|(_, _, other)| other.id() != form.id() && other.collection() == Some(beside));
            if !known {
                fault(top("beside"), FaultKind::BesideUnknown(beside.clone()));
            }
        }
        if let Some(becomes) = &words.becomes {
            let kept = |other: &Form| other.lifecycle() == Lifecycle::Record && other.id().as_str() == becomes;
            if !forms.iter().any(|(_, _, other)| kept(other)) && !files.contains_key(&format!("{becomes}.toml")) {
                fault(top("becomes"), FaultKind::BecomesUnknown(becomes.clone()));
            }
        }
        for (place, wanted) in publications(form) {
            let found = forms.iter().find(|(_, _, other)| other.id() == wanted);
            let fits = match found {
                Some((_, _, other)) => other.collection().is_some(),
                // A file with faults of its own has said enough.
                None => files.contains_key(&format!("{wanted}.toml")),
            };
            if !fits {
                fault(place, FaultKind::FormUnknown(wanted.to_string()));
            }
        }
    }
    faults
}

/// The forms whose publications can be chosen here.
fn publications(form: &Form) -> Vec<(Place, &FormId)> {
    let mut found = Vec::new();
    for (s, step) in form.steps().iter().enumerate() {
        for (f, field) in step.fields.iter().enumerate() {
            if let FieldKind::Publication { form } = &field.kind {
                found.push((Place::default().key("step").at(s).key("field").at(f).key("form"), form));
            }
        }
    }
    found
}

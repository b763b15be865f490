//! The map in `src/lib.rs`, held: what may import what, which library is known where, how long a file may be.

use std::path::{Path, PathBuf};

struct Source {
    /// Under `src/`.
    path: String,
    /// Without comments and without its tests.
    code: String,
    lines: usize,
    is_test: bool,
}

impl Source {
    /// The module at the top that a file belongs to.
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.extension().is_some_and(|extension| extension == end) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(root().join("src")).unwrap().display().to_string();
        let uncommented: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = uncommented.join("\n");
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        let is_test = path.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "testing.rs"));
        Source { lines: text.lines().count(), code, is_test, path }
    };
    files(&root().join("src"), "rs").into_iter().map(read).collect()
}

/// What each module may name of the others.
const MAY: [(&str, &[&str]); 12] = [
    ("locale", &[]),
    ("config", &[]),
    ("entropy", &[]),
    ("clamd", &["config"]),
    ("forms", &["locale"]),
    ("domain", &["locale", "forms"]),
    ("store", &["locale", "forms", "domain"]),
    ("app", &["locale", "config", "entropy", "forms", "domain", "store"]),
    ("mail", &["locale", "config", "entropy", "forms", "domain", "store", "app"]),
    ("actions", &["locale", "config", "entropy", "clamd", "forms", "domain", "store", "app"]),
    ("web", &["locale", "config", "entropy", "forms", "domain", "store", "app", "mail", "actions"]),
    ("cli", &["locale", "config", "entropy", "clamd", "forms", "domain", "store", "app", "mail", "actions", "web"]),
];

#[test]
fn arrows_go_one_way() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test) {
        let Some((_, may)) = MAY.iter().find(|(module, _)| *module == source.module()) else {
            assert!(matches!(source.path.as_str(), "lib.rs" | "main.rs"), "{} is not on the map", source.path);
            continue;
        };
        for named in source.code.split("crate::").skip(1) {
            let named: String = named.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if named != source.module() && !may.contains(&named.as_str()) {
                wrong.push(format!("{} names crate::{named}", source.path));
            }
        }
        assert!(
            !source.code.contains("use crate::{"),
            "{}: one line for each module, so that this test can read it",
            source.path
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_library_is_known_in_one_place() {
    let places: [(&str, &[&str]); 6] = [
        ("diesel", &["store/"]),
        ("diesel_migrations", &["store/"]),
        // `serve` starts the server.
        ("actix_web", &["web/", "cli/serve.rs"]),
        ("actix_multipart", &["web/"]),
        // Two more check an address, and do nothing else with it.
        ("lettre", &["mail/transport/", "mail/transport.rs", "config.rs", "cli/staff.rs"]),
        ("object_store", &["store/"]),
    ];
    for source in sources().iter().filter(|source| !source.is_test) {
        for (library, allowed) in places {
            let is_allowed = allowed.iter().any(|place| source.path.starts_with(place));
            // The file store's errors pass through `StoreError`.
            assert!(is_allowed || !source.code.contains(&format!("{library}::")), "{} uses {library}", source.path);
        }
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.lines > 400)
        .map(|source| format!("{}: {}", source.path, source.lines))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

/// Words that mean other things too: keys of our own documents, parameters, texts' variables.
const COMMON: [&str; 45] = [
    "end",
    "length",
    "title",
    "kind",
    "country",
    "countries",
    "objectives",
    "scope",
    "languages",
    "support",
    "pledge",
    "progress",
    "place",
    "partners",
    "parties",
    "amount",
    "measure",
    "principles",
    "summary",
    "stage",
    "process",
    "context",
    "description",
    "participants",
    "funds",
    "nature",
    "closes",
    "date",
    "earlier",
    "format",
    "level",
    "link",
    "name",
    "note",
    "opens",
    "organization",
    "purpose",
    "question",
    "region",
    "request",
    "review",
    "start",
    "status",
    "text",
    "zone",
];

/// DESIGN 2: Rust never writes a field's name.
#[test]
fn no_field_of_a_form_is_named_in_the_program() {
    let mut ids = Vec::new();
    for path in files(&root().join("content/forms"), "toml") {
        let form: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for step in form["step"].as_array().unwrap() {
            for field in step["field"].as_array().unwrap() {
                ids.push(field["id"].as_str().unwrap().to_owned());
            }
        }
    }
    let mut named = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test && !source.path.starts_with("cli/demo")) {
        for id in ids.iter().filter(|id| !COMMON.contains(&id.as_str())) {
            if source.code.contains(&format!("\"{id}\"")) {
                named.push(format!("{} names {id}", source.path));
            }
        }
    }
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn nothing_sleeps_or_asks_the_machine_what_time_it_is() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| !source.is_test && source.module() != "entropy" && source.module() != "cli")
        .filter(|source| {
            ["Utc::now(", "Local::now(", "SystemTime::now(", "thread::sleep("]
                .iter()
                .any(|call| source.code.contains(call))
        })
        .map(|source| source.path.clone())
        .collect();
    assert!(wrong.is_empty(), "the clock is passed in: {wrong:?}");
}

//! Each file of `tests/fixtures/broken` has one fault; its first line says which, and in which line.

use std::collections::BTreeMap;
use std::path::Path;

use miette::Diagnostic;

use crate::forms::{Catalog, Lists, SourceFault};
use crate::locale::Language;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)).unwrap()
}

fn broken() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/broken");
    let mut names: Vec<_> =
        dir.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The faults of a file that stands beside a whole one.
fn faults(lists: &Lists, text: &str) -> Vec<SourceFault> {
    let files = BTreeMap::from([
        ("all-kinds.toml".to_owned(), read("all_kinds.toml")),
        ("broken.toml".to_owned(), text.to_owned()),
    ]);
    Catalog::read(lists, &files).err().unwrap_or_default()
}

fn code(fault: &SourceFault) -> String {
    fault.code().map(|code| code.to_string()).unwrap_or_default()
}

#[test]
fn every_fault_is_said_alone_in_its_line_with_a_remedy() {
    let lists = Lists::load().unwrap();
    let mut wrong = String::new();
    for name in broken() {
        let text = read(&format!("broken/{name}"));
        let expected = text.lines().next().unwrap().trim_start_matches("# expect: ").to_owned();
        let faults = faults(&lists, &text);
        let found: Vec<_> = faults.iter().map(|fault| format!("{} line {}", code(fault), fault.line())).collect();
        if found != [expected.clone()] {
            wrong.push_str(&format!("{name}: expected {expected}, found {found:?} {faults:?}\n"));
        }
        assert!(faults.iter().all(|fault| fault.help().is_some()), "{name} without help");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_form_with_every_kind_is_whole() {
    let files = BTreeMap::from([("all-kinds.toml".to_owned(), read("all_kinds.toml"))]);
    let catalog = Catalog::read(&Lists::load().unwrap(), &files).unwrap();
    let form = catalog.by_prefix("ALL", Language::En).unwrap();
    assert_eq!(form.fields().count(), 24);
    assert_eq!(catalog.by_collection("everything", Language::Ar).unwrap().id(), form.id());
}

#[test]
fn all_faults_of_a_file_come_at_once() {
    let text = read("all_kinds.toml").replace("id = \"all-kinds\"", "id = \"broken\"").replace("\"ALL\"", "\"all\"");
    let text = text
        .replace("kind = \"consent\"", "kind = \"consent\"\nmax = 3")
        .replace("public = true\nsearch = \"A\"", "search = \"A\"");
    let found: Vec<_> = faults(&Lists::load().unwrap(), &text).iter().map(code).collect();
    assert_eq!(found, ["bad-prefix", "search-hidden", "stray-key", "from-hidden"]);
}

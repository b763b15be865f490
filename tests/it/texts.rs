//! Every fixed text is behind the translation layer, and the pages keep to their rules.

use std::path::PathBuf;

use inlet::locale::{Language, Locales};

use crate::architecture::files;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn texts(folder: &str, ends: &[&str]) -> Vec<(String, String)> {
    let found = ends.iter().flat_map(|end| files(&root().join(folder), end));
    found.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect()
}

/// The keys that a source names outright.
fn keys(text: &str) -> Vec<String> {
    let calls = [".t(\"", ".n(\"", ".a(\"", ".with(\"", ".knows(\""];
    let found = calls.iter().flat_map(|call| text.split(call).skip(1)).filter_map(|rest| rest.split('"').next());
    found.map(str::to_owned).collect()
}

#[test]
fn every_key_that_is_named_has_its_words() {
    let l = Locales::load().unwrap().get(Language::En);
    let mut missing = Vec::new();
    let mut named = 0;
    for (path, text) in texts("templates", &["html", "txt"]).into_iter().chain(texts("src", &["rs"])) {
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        for key in keys(&text) {
            named += 1;
            if !l.knows(&key) {
                missing.push(format!("{key} in {path}"));
            }
        }
    }
    assert!(named > 300, "{named}");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Whatever is written in a template is markup, a key or punctuation; words are in `content/locales`.
#[test]
fn templates_hold_no_words_of_their_own() {
    let mut found = Vec::new();
    for (path, text) in texts("templates", &["html"]) {
        let (before, rest) = text.split_once("<style>").unwrap_or((&text, ""));
        let text = format!("{before}{}", rest.split_once("</style>").map_or(rest, |(_, after)| after));
        let mut bare = String::new();
        let mut depth = 0;
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let tag = rest.starts_with("{{") || rest.starts_with("{%") || rest.starts_with("{#");
            if tag {
                let end = match &rest[..2] {
                    "{{" => "}}",
                    "{%" => "%}",
                    _ => "#}",
                };
                rest = rest.split_once(end).map_or("", |(_, after)| after);
                continue;
            }
            match c {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ if depth == 0 => bare.push(c),
                _ => {}
            }
            rest = &rest[c.len_utf8()..];
        }
        let words: Vec<&str> = bare.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).collect();
        if !words.is_empty() {
            found.push(format!("{path}: {words:?}"));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn templates_keep_to_the_rules_of_pages() {
    for (path, text) in texts("templates", &["html"]) {
        for wrong in ["placeholder=", "onclick", "onload", "onsubmit", "|safe", "| safe", "javascript:"] {
            assert!(!text.contains(wrong), "{path} has {wrong}");
        }
        // A mail client knows no style sheet; a page has one.
        if !path.contains("/mail/") {
            assert!(!text.contains("style=") && !text.contains("<style"), "{path} has a style of its own");
        }
        // JavaScript is a module with an address.
        assert!(!text.contains("<script>"), "{path}");
    }
}

/// One sheet for both directions: only logical properties.
#[test]
fn the_style_sheet_knows_no_left_and_no_right() {
    let css = std::fs::read_to_string(root().join("static/inlet.css")).unwrap();
    let mut wrong = Vec::new();
    for (number, line) in css.lines().enumerate() {
        let compact = line.replace(' ', "");
        let physical = [
            "margin-left",
            "margin-right",
            "padding-left",
            "padding-right",
            "border-left",
            "border-right",
            "text-align:left",
            "text-align:right",
            "float:left",
            "float:right",
            "top-left-radius",
            "top-right-radius",
            "bottom-left-radius",
            "bottom-right-radius",
        ];
        let offsets = ["{left:", "{right:", ";left:", ";right:"];
        if physical.iter().chain(&offsets).any(|word| compact.contains(word))
            || compact.starts_with("left:")
            || compact.starts_with("right:")
        {
            wrong.push(format!("line {}: {}", number + 1, line.trim()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Words of the UN's own spelling.
#[test]
fn texts_are_spelt_as_the_united_nations_spell() {
    let wrong = ["organisation", " program ", "center ", "labor ", "percent ", "behavior", "favorite", "color "];
    let mut found = Vec::new();
    let pages = texts("content/locales/en", &["ftl"]).into_iter().chain(texts("content/forms", &["toml"]));
    for (path, text) in pages {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#')) {
            let lower = line.to_lowercase();
            found.extend(
                wrong.iter().filter(|word| lower.contains(**word)).map(|word| format!("{path}:{}: {word}", number + 1)),
            );
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

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

/// A message of a file: its key, its words on one line, and the comment that stands right above.
type Message = (String, String, Option<String>);

fn messages(language: Language, file: &str) -> Vec<Message> {
    let path = root().join(format!("content/locales/{}/{file}", language.code()));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let (mut found, mut comment) = (Vec::<Message>::new(), None);
    for line in text.lines() {
        let key = line.split_once(" =").filter(|(key, _)| !key.is_empty() && !key.contains([' ', '#']));
        if let Some((key, words)) = key {
            found.push((key.to_owned(), words.trim().to_owned(), comment.take()));
        } else if line.starts_with('#') {
            comment = Some(line.to_owned());
        } else if let Some((_, words, _)) = found.last_mut().filter(|_| line.starts_with(' ')) {
            *words = format!("{words} {}", line.trim()).trim().to_owned();
        }
    }
    found
}

/// The keys outside of `mail.ftl` that mails can hold.
fn is_of_mails(file: &str, key: &str) -> bool {
    match file {
        "mail.ftl" => true,
        "dates.ftl" => key != "language-ready",
        "months.ftl" => key.starts_with("month-") && !key.starts_with("month-read-"),
        "points.ftl" => ["point-whole", "point-gone", "point-required", "point-advisory"].contains(&key),
        "site.ftl" => inlet::domain::mail::SIGNPOSTS.contains(&key),
        "engine.ftl" => key.starts_with("answer-"),
        _ => false,
    }
}

/// A language that mails are written in has all their words, each with the English it was made from.
#[test]
fn mails_have_all_their_words_in_each_of_their_languages() {
    let others = Locales::load().unwrap().of_mails();
    assert!(others.contains(&Language::Ar), "{others:?}");
    for language in others.into_iter().filter(|language| *language != Language::En) {
        for file in ["mail.ftl", "dates.ftl", "months.ftl", "points.ftl", "site.ftl", "engine.ftl"] {
            let theirs = messages(language, file);
            for (key, english, _) in messages(Language::En, file) {
                if !is_of_mails(file, &key) || key == "mail-ready" {
                    continue;
                }
                let found = theirs.iter().find(|(known, ..)| *known == key);
                let (_, words, made_from) = found.unwrap_or_else(|| panic!("{language:?}: {key} is missing in {file}"));
                let english = english.split(" .").next().unwrap_or_default();
                assert_eq!(made_from.as_deref(), Some(format!("# en: {english}").as_str()), "{language:?}: {key}");
                assert_eq!(variables(words), variables(english), "{language:?}: {key}");
            }
            let unknown = theirs.iter().find(|(key, ..)| !key.starts_with("month-read") && !known(file, key));
            assert!(unknown.is_none(), "{language:?}: {unknown:?} in {file} is said nowhere");
        }
    }
}

fn known(file: &str, key: &str) -> bool {
    messages(Language::En, file).iter().any(|(english, ..)| english == key)
}

fn variables(words: &str) -> std::collections::BTreeSet<&str> {
    words.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next()).collect()
}

/// What forms are called in mails of another language stands beside what they are called themselves.
#[test]
fn names_of_forms_in_other_languages_follow_the_form_files() {
    let lists = inlet::forms::lists::Lists::load().unwrap();
    let catalog = inlet::forms::catalog::Catalog::load(&lists, None).unwrap();
    for form in catalog.all(Language::En) {
        let (key, said) = (format!("form-{}", form.id()), form.words());
        let named = messages(Language::Ar, "forms.ftl").into_iter().find(|(known, ..)| *known == key);
        let (_, words, made_from) = named.unwrap_or_else(|| panic!("{key} is missing"));
        assert_eq!(made_from, Some(format!("# en: {}; {}", said.noun, said.plural)));
        assert!(words.contains(".plural = "), "{key}: {words}");
    }
}

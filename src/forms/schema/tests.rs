use crate::forms::answer::PublicationRef;
use crate::forms::schema::EXAMPLE_REFERENCE;
use crate::forms::{Catalog, Known, Lists, Shown, testing};
use crate::locale::{Language, Locales};

/// Reads all faults of the files that are built in as a person would see them.
fn catalog() -> Catalog {
    let faults =
        |faults: Vec<crate::forms::SourceFault>| faults.into_iter().map(|f| format!("{f}\n")).collect::<String>();
    let lists = Lists::load().map_err(faults).unwrap();
    Catalog::load(&lists, None).map_err(faults).unwrap_or_else(|faults| panic!("{faults}"))
}

fn known() -> Known {
    let publication = PublicationRef { reference: EXAMPLE_REFERENCE.to_owned(), title: "A pledge".to_owned() };
    Known { publications: [(EXAMPLE_REFERENCE.to_owned(), publication)].into(), ..Known::default() }
}

#[test]
fn every_form_accepts_its_own_example() {
    let locales = Locales::load().unwrap();
    let catalog = catalog();
    for lang in Language::ALL {
        let locale = locales.get(lang);
        for form in catalog.all(lang) {
            let parsed = form.parse_json(form.example().as_object().unwrap(), &known(), &locale);
            assert!(parsed.errors.is_empty(), "{}: {:#?}", form.id(), form.messages(&parsed.errors, &locale));
        }
    }
}

#[test]
fn a_stored_form_compiles_to_the_same_version() {
    let catalog = catalog();
    for form in catalog.all(Language::En) {
        let again = catalog.recompile(&form.source_json(), Language::Fr).unwrap();
        assert_eq!(again.version(), form.version());
        assert_eq!(form.version().len(), 64);
    }
}

#[test]
fn the_schema_names_every_question() {
    let locales = Locales::load().unwrap();
    for form in catalog().all(Language::En) {
        let schema = form.json_schema(&locales.get(Language::En));
        for key in form.example().as_object().unwrap().keys() {
            assert!(schema["properties"].get(key).is_some(), "{key}");
        }
    }
}

#[test]
fn limits_are_said_in_words() {
    let (form, locale) = (testing::form(), testing::locale(Language::En));
    // Fluent marks where a value was put in; a reader does not see the marks.
    let seen = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
    let limits = |id: &str| form.fields().find(|f| f.id.as_str() == id).unwrap().limits(&locale).join(" ");
    assert_eq!(seen(&limits("title")), "Up to 150 characters.");
    assert_eq!(seen(&limits("summary")), "Between 10 and 300 characters. A line break counts as one.");
    assert_eq!(seen(&limits("objectives")), "Choose at most 3.");
    assert_eq!(seen(&limits("people")), "Between 0 and 1,000,000,000. A whole number.");
    assert!(seen(&limits("files")).starts_with("Up to 2 files, 10 MB each: PDF,"));
    assert_eq!(limits("contact_email"), "");
}

#[test]
fn an_answer_is_shown_in_words() {
    let (form, locale) = (testing::form(), testing::locale(Language::En));
    let answers = testing::parse(&[
        ("objectives", "7"),
        ("budget-amount", "1234.5"),
        ("budget-currency", "CHF"),
        ("ongoing", "yes"),
    ])
    .answers;
    let shown = |id: &str| {
        let field = form.fields().find(|f| f.id.as_str() == id).unwrap();
        field.show(answers.get(&field.id), &locale)
    };
    assert_eq!(shown("objectives").plain(), "7. Address and reduce vulnerabilities in migration");
    assert_eq!(shown("budget"), Shown::Text("1,234.50\u{a0}CHF".to_owned()));
    assert_eq!(shown("ongoing"), Shown::Text("Yes".to_owned()));
    assert_eq!(shown("title"), Shown::Nothing);
    let asked: Vec<_> = form
        .answered(&answers)
        .into_iter()
        .flat_map(|(_, fields)| fields)
        .map(|(field, _)| field.id.as_str())
        .collect();
    assert!(asked.contains(&"title") && !asked.contains(&"ended_why"));
}

use crate::forms::testing::{form, pairs};

#[test]
fn a_name_belongs_to_its_control_and_nothing_else() {
    let form = form();
    for name in
        ["title", "day-year", "day", "budget-amount", "meeting-zone", "partners-0-name", "partners-17-money-currency"]
    {
        assert!(form.belongs(name), "{name}");
    }
    let strange = [
        "titles",
        "title-day",
        "budget",
        "day-hour",
        "partners",
        "partners-add",
        "partners-0",
        "partners-x-name",
        "partners-0-age",
        "partners-00000-name",
        "headline",
        "status",
        "",
    ];
    for name in strange {
        assert!(!form.belongs(name), "{name}");
    }
}

#[test]
fn a_step_replaces_its_own_pairs_only() {
    let form = form();
    let mut kept = pairs(&[("title", "Old"), ("summary", "Old"), ("people", "7"), ("partners-0-name", "IOM")]);
    kept.replace_step(&form.steps()[0], &pairs(&[("title", "New"), ("people", "9"), ("status", "published")]));
    assert_eq!(kept, pairs(&[("people", "7"), ("partners-0-name", "IOM"), ("title", "New")]));
}

#[test]
fn rows_are_numbered_as_they_were_sent() {
    let form = form();
    let partners = form.fields().find(|field| field.id.as_str() == "partners").unwrap();
    let sent =
        pairs(&[("partners-5-name", "B"), ("partners-2-name", "A"), ("partners-add", "1"), ("partners-5-kind", "")]);
    assert_eq!(sent.rows(partners), [2, 5]);
}

#[test]
fn pairs_are_an_array_of_pairs_in_json() {
    let sent = pairs(&[("a", "1"), ("a", "2")]);
    assert_eq!(serde_json::to_string(&sent).unwrap(), r#"[["a","1"],["a","2"]]"#);
    assert_eq!(sent.all("a"), ["1", "2"]);
}

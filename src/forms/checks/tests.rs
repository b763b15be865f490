use crate::forms::answer::Answers;
use crate::forms::testing::{form, locale, parse_in};
use crate::forms::{Catalog, Form, Lists};
use crate::locale::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The form with every kind and these checks besides.
fn with(checks: &str) -> Arc<Form> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/all_kinds.toml");
    let text = format!("{}\n{checks}", std::fs::read_to_string(path).unwrap());
    let catalog = Catalog::read(&Lists::load().unwrap(), &BTreeMap::from([("all-kinds.toml".to_owned(), text)]));
    Arc::clone(catalog.unwrap().find("all-kinds", Language::En).unwrap())
}

/// A check that says the words it found.
fn check(rest: &str) -> Arc<Form> {
    with(&format!("[[check]]\nlevel = \"warning\"\nmessage = \"{{words}}\"\n{rest}"))
}

fn answers(sent: &[(&str, &str)]) -> Answers {
    parse_in(Language::En, &sent.iter().copied().collect()).answers
}

/// What is said of a summary.
#[track_caller]
fn said(form: &Form, summary: &str) -> String {
    let answers = answers(&[("summary", summary)]);
    assert!(!answers.is_empty(), "the summary is an answer: {summary}");
    let messages = form.messages(&form.warnings(&answers), &locale(Language::En));
    messages.into_iter().map(|message| message.text).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_short_form_is_written_out_once() {
    let form = check("kind = \"acronyms\"\nwords = \"acronyms\"");
    for (summary, expected) in [
        ("The desk works with BRIM and the MHO.", "“BRIM”, “MHO”"),
        ("The desk works with several NGOs, IOM, the UN and the EU on SDG 10 and the GCM.", ""),
        ("The Bureau for Rights in Migration (BRIM) helps. BRIM is here.", ""),
        ("BRIM (Bureau for Rights in Migration) helps.", ""),
        ("BRIM (Bern) helps all who come.", "“BRIM”"),
        ("BRIMs help all who come.", "“BRIM”"),
        ("HELP FOR ALL NEWCOMERS IN LAKEVIEW", ""),
        ("In phase II of the programme, 2G to H1N1.", ""),
        ("该项目由GIZ支持，为新移民提供服务。", "“GIZ”"),
        ("德国国际合作机构（GIZ）支持该项目，为新移民提供服务。", ""),
        ("يدعم المشروع GIZ في المدينة", "“GIZ”"),
        ("Проект поддерживает GIZ в городе", "“GIZ”"),
    ] {
        assert_eq!(said(&form, summary), expected, "{summary}");
    }
}

#[test]
fn what_is_explained_in_another_answer_is_explained() {
    let form = check("kind = \"acronyms\"\nwords = \"acronyms\"");
    let found = |title| form.warnings(&answers(&[("title", title), ("summary", "All that BRIM does.")])).len();
    assert_eq!(found("The Bureau for Rights in Migration (BRIM)"), 0);
    assert_eq!(found("The bureau and BRIM"), 1, "said once, at the first answer");
}

#[test]
fn matters_of_the_other_compact_are_found_in_six_languages() {
    let form = check("kind = \"mentions\"\nfields = [\"summary\"]\nwords = \"refugees\"");
    for (summary, expected) in [
        ("Camps for Refugees only.", "“Refugees”"),
        ("Help for asylum-seekers at the border.", "“asylum-seekers”"),
        ("Un camp pour les réfugiées.", "“réfugiées”"),
        ("Aide aux demandeurs d’asile.", "“demandeurs d’asile”"),
        ("Ayuda para personas refugiadas.", "“refugiadas”"),
        ("Помощь беженцам в городе.", "“беженцам”"),
        ("دعم اللاجئين في المدينة", "“اللاجئين”"),
        ("支持难民融入当地社会的项目", "“难民”"),
        ("Work permits for migrants.", ""),
        ("为移民工人提供许可的项目计划", ""),
    ] {
        assert_eq!(said(&form, summary), expected, "{summary}");
    }
}

#[test]
fn kosovo_stands_with_its_note() {
    let form = with(
        "[[check]]\nkind = \"mentions\"\nwords = \"kosovo\"\nunless = \"kosovo-note\"\nnote = \"kosovo\"\nlevel = \"warning\"\nmessage = \"{words}: {note}\"",
    );
    for summary in ["Work in Kosovo.", "Работа в Косово сегодня", "العمل في كوسوفو اليوم", "在科索沃为移民开展的工作"]
    {
        let text = said(&form, summary);
        assert!(text.contains("Security Council resolution 1244 (1999)"), "{summary}: {text}");
    }
    assert_eq!(said(&form, "Work in Kosovo (Security Council resolution 1244 (1999))."), "");
    assert_eq!(said(&form, "Work in Kenya."), "");
}

#[test]
fn phone_numbers_and_addresses_are_seen_in_public_texts() {
    let form = check("kind = \"addresses\"");
    for (summary, expected) in [
        ("Call +41 22 717 91 11 or write.", "“+41 22 717 91 11”"),
        ("Call 022 717 91 11 now.", "“022 717 91 11”"),
        ("Call 0041 22 717 91 11.", "“0041 22 717 91 11”"),
        ("اتصل ٠٢٢ ٧١٧ ٩١ ١١ الآن", "“٠٢٢ ٧١٧ ٩١ ١١”"),
        ("Write to desk@lakeview.example, or come.", "“desk@lakeview.example”"),
        ("(desk@lakeview.example)", "“desk@lakeview.example”"),
        ("From 01/02/2021 to 03.04.2022, 1 200 000 people.", ""),
        ("In 2018-2022 it cost 12,000,000.00.", ""),
        ("Resolution A/RES/73/195 @ noon.", ""),
    ] {
        assert_eq!(said(&form, summary), expected, "{summary}");
    }
    let phone = answers(&[("phone", "+41 22 717 91 11")]);
    assert!(form.warnings(&phone).is_empty(), "a question for it may hold it");
}

#[test]
fn one_person_who_can_be_recognized_is_seen() {
    let form = check("kind = \"persons\"");
    for (summary, expected) in [
        ("Amina, 23 years old, came by boat.", "“Amina”"),
        ("Amina is 23 years old and works.", "“23”"),
        ("Marie, 34 ans, est venue seule.", "“Marie”"),
        ("María (34 años) llegó sola.", "“María”"),
        ("Амина, 23 года, приехала одна.", "“Амина”"),
        ("فتاة اسمها ليلى عمرها 23 عاما", "“23”"),
        ("一名女孩名叫小丽，今年23岁，来自外地。", "“23”"),
        ("Her passport AB1234567 was kept.", "“AB1234567”"),
        ("Case number 20231188 is open.", "“20231188”"),
        ("Numéro de dossier : 4471882 en cours.", "“4471882”"),
        ("Migrants under 18 years old came.", ""),
        ("Depuis 10 ans, la ville aide.", ""),
        ("In 2025 the desk answered 120000 questions.", ""),
        ("По программе за 10 лет помогли многим.", ""),
        ("Resolution A/RES/73/195 says so.", ""),
    ] {
        assert_eq!(said(&form, summary), expected, "{summary}");
    }
}

#[test]
fn texts_in_rows_are_read_and_private_ones_are_not() {
    let form = check("kind = \"acronyms\"\nwords = \"acronyms\"");
    let rows = answers(&[
        ("partners-0-name", "BRIM"),
        ("partners-1-name", "MHO Lakeview"),
        ("partners-1-kind", "other"),
        ("partners-1-which", "XYZQ"),
        ("ongoing", "no"),
        ("ended_why", "KLMN"),
    ]);
    let warnings = form.warnings(&rows);
    let messages = form.messages(&warnings, &locale(Language::En));
    assert_eq!(messages.iter().map(|m| m.anchor.as_str()).collect::<Vec<_>>(), ["partners"]);
    assert!(messages[0].text.contains("BRIM") && messages[0].text.contains("MHO"), "{messages:?}");
    assert!(!messages[0].text.contains("XYZQ"), "{messages:?}");
}

#[test]
fn a_form_without_such_checks_says_nothing() {
    let answers = answers(&[("summary", "BRIM helps refugees in Kosovo, call +41 22 717 91 11.")]);
    assert!(form().warnings(&answers).is_empty());
}

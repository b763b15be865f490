//! Files: what they are is told from what is in them, what is refused leaves nothing behind (reliability.md, P rows).

use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{self, go_on, up_to};
use crate::support::client::{encode, multipart};

/// P01 to P09.
#[test]
fn a_file_is_what_it_says_and_the_other_answers_stay() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let big = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 10 * 1024 * 1024]].concat();
    let cases: [(&str, &[u8], &str); 6] = [
        ("photo.png", b"<html><script>alert(1)</script></html>", "must be a PDF"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "must be a PDF"),
        ("program.exe", b"MZ\x90\x00", "must be a PDF"),
        ("report.pdf", b"", "is empty"),
        ("report.pdf", &big, "is larger than 10"),
        ("report", b"%PDF-1.4\n", "must be a PDF"),
    ];
    for (name, content, said) in cases {
        let mut form = page.form();
        form.set("public_contact_email", "desk@lakeview.example").set("resources-0-title", "Yearly report");
        form.set("resources-0-link", "https://lakeview.example/report").attach("documents", name, content);
        let refused = city.press(&form, ("do", "continue")).is(422);
        let errors = refused.errors();
        assert!(errors.len() == 1 && errors[0].1.contains(said) && errors[0].1.contains(name), "{name}: {errors:?}");
        assert_eq!(refused.form().value("public_contact_email"), "desk@lakeview.example");
        assert_eq!(refused.form().value("resources-0-title"), "Yearly report");
    }
    assert_eq!(app.count("attachments"), 0);
    let left = std::fs::read_dir(app.folder.path().join("attachments")).unwrap().count();
    assert_eq!(left, 0, "no file is left of what was refused");
    // No file at all is no fault.
    let mut form = page.form();
    form.attach("documents", "", b"");
    go_on(&mut city, &form);
}

#[test]
fn the_names_of_files_carry_nothing_but_a_name() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for (name, shown) in [
        ("../../etc/cron.d/x.pdf", "x.pdf"),
        ("C:\\temp\\plan.pdf", "plan.pdf"),
        ("a\u{202e}fdp.exe.pdf", "afdp.exe.pdf"),
        (&format!("{}.pdf", "n".repeat(5000)), "n.pdf"),
    ] {
        let uploaded = app.client().upload(name, b"%PDF-1.4\n");
        if uploaded.status == 400 {
            continue;
        }
        let id = uploaded.is(201).json()["upload"].as_str().unwrap().to_owned();
        let reference =
            app.published_practice(&mut moderator, &json!({ "documents": [{ "upload": id }], "consent_images": true }));
        let item = app.client().get(&format!("/practices/{reference}")).is(200);
        let link = item.attributes("ul.files a", "href").remove(0);
        let file = app.client().get(&link).is(200);
        let disposition = file.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment; filename*=UTF-8''"), "{disposition}");
        assert!(
            disposition.ends_with(&encode(shown).replace("%2E", ".")) || shown == "n.pdf" && disposition.len() < 250,
            "{disposition}"
        );
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
        assert_eq!(
            std::fs::read_dir(app.folder.path())
                .unwrap()
                .filter(|entry| entry.as_ref().unwrap().file_name() == "x.pdf")
                .count(),
            0
        );
    }
}

#[test]
fn uploads_of_programs_are_limited_too() {
    let app = TestApp::start();
    let client = app.client();
    client.upload("page.png", b"<html></html>").is(422);
    client.upload("empty.pdf", b"").is(422);
    client.upload("big.pdf", &[b"%PDF-1.4\n".as_slice(), &vec![b'x'; 10 * 1024 * 1024]].concat()).is(413);
    let (kind, body) = multipart(
        &[],
        &[("file".into(), "a.pdf".into(), b"%PDF-1.4".to_vec()), ("file".into(), "b.pdf".into(), b"%PDF-1.4".to_vec())],
    );
    client.clone().post("/api/v1/uploads", &kind, &body).is(422);
    let (kind, body) = multipart(&[("a".into(), "b".into())], &[]);
    client.clone().post("/api/v1/uploads", &kind, &body).is(422);
    client.clone().post("/api/v1/uploads", "application/json", b"{}").is(415);
    let many: Vec<(String, String, Vec<u8>)> =
        (0..200).map(|_| ("documents".into(), "a.pdf".into(), b"%PDF-1.4".to_vec())).collect();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    form.files = many;
    let refused = city.press(&form, ("do", "continue"));
    assert!(matches!(refused.status, 413 | 422), "{refused:?}");
    assert!(app.count("attachments") <= 30);
    let used = app.attach("a.pdf", b"%PDF-1.4\n");
    app.practice(&json!({ "documents": [{ "upload": used }], "consent_images": true }));
    app.try_practice(&json!({ "documents": [{ "upload": used }], "consent_images": true })).is(422);
}

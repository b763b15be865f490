//! Files: what they are is told from what is in them, what is refused leaves nothing behind (reliability.md, P rows).

use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{self, fill, go_on, send, up_to};
use crate::support::client::{encode, multipart};
use crate::support::{Client, Form, http};

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

fn big() -> Vec<u8> {
    [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 10 * 1024 * 1024]].concat()
}

/// FRG-09, for several files at once: those that fit are kept, whatever is wrong with the others.
#[test]
fn one_file_that_is_too_big_does_not_cost_the_others() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    assert!(page.said().contains("Up to 5 files, 10 MB each"), "the limits are said beforehand");
    let mut form = page.form();
    form.attach("documents", "a.pdf", b"%PDF-1.4\na")
        .attach("documents", "film.pdf", &big())
        .attach("documents", "c.pdf", b"%PDF-1.4\nc")
        .set("public_contact_email", "desk@lakeview.example")
        .set("consent_images", "yes");
    let refused = city.press(&form, ("do", "continue")).is(422);
    let errors = refused.errors();
    assert!(errors.len() == 1 && errors[0].1.contains("film.pdf") && errors[0].1.contains("10"), "{errors:?}");
    let labels = refused.all("button[value^='drop:documents:']");
    assert_eq!(labels, ["Remove a.pdf", "Remove c.pdf"]);
    assert_eq!(refused.form().value("public_contact_email"), "desk@lakeview.example");
    let next = go_on(&mut city, &refused.form());
    let check = fill(&mut city, next, &answers::practice());
    assert!(check.said().contains("a.pdf 1 kB") && check.said().contains("c.pdf"), "{}", check.said());
    let reference = send(&mut city, &check).reference();
    let id = app.submission(&reference).id;
    assert_eq!(app.count(&format!("submission_attachments WHERE submission_id = {}", id.0)), 2);
    app.is_whole();
}

#[test]
fn more_files_than_a_question_takes_are_kept_until_some_are_removed() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    form.set("consent_images", "yes");
    for at in 0..6 {
        form.attach("documents", &format!("page {at}.pdf"), format!("%PDF-1.4\n{at}").as_bytes());
    }
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert!(refused.errors()[0].1.contains("at most 5 files"), "{:?}", refused.errors());
    assert!(!refused.has("input[type=file]"), "no more are asked for");
    let drop = refused.attributes("button[value^='drop:documents:']", "value").remove(5);
    let dropped = city.press(&refused.form(), ("do", &drop));
    let page = city.follow(&dropped).is(200);
    assert_eq!(page.all("ul.files li").len(), 5);
    go_on(&mut city, &page.form());
}

/// A request that says it is larger than it is: only what comes before the first file is looked at.
fn send_announced(client: &Client, form: &Form, length: u64) -> http::Raw {
    let mut pairs = form.pairs.clone();
    pairs.push(("do".to_owned(), "continue".to_owned()));
    let (kind, body) = multipart(&pairs, &form.files);
    let length = length.to_string();
    client.raw("POST", &form.action, &[("Content-Type", &kind), ("Content-Length", &length)], Some(&body))
}

#[test]
fn what_was_typed_before_files_that_are_far_too_much_is_saved() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let next = go_on(&mut city, page.form().set("consent_images", "yes").attach("documents", "a.pdf", b"%PDF-1.4\na"));
    let back = city.press(&next.form(), ("do", "back"));
    let page = city.follow(&back).is(200);
    let mut form = page.form();
    // What stands after the files on the page does not arrive.
    form.clear("consent_images");
    form.set("resources-0-title", "Yearly report").set("public_contact_email", "desk@lakeview.example");
    form.attach("documents", "film.pdf", b"%PDF-1.4\n");
    let refused = send_announced(&city, &form, 300 * 1024 * 1024);
    assert_eq!(refused.status, 413);
    let text = String::from_utf8(refused.body).unwrap();
    assert!(text.contains("are saved") && text.contains(&format!("href=\"{}\"", page.path)), "{text}");
    let again = city.get(&page.path).is(200);
    assert_eq!(again.form().value("resources-0-title"), "Yearly report");
    assert_eq!(again.form().value("public_contact_email"), "desk@lakeview.example");
    assert_eq!(again.form().value("consent_images"), "yes", "and stays as it was");
    assert_eq!(again.all("ul.files bdi"), ["a.pdf"]);
    assert_eq!(app.count("attachments"), 1);
}

/// P18: a photograph of a telephone, with the place where it was taken.
fn photograph() -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        [&[0xFF, marker], u16::try_from(content.len() + 2).unwrap().to_be_bytes().as_slice(), content].concat()
    };
    let exif = [
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".as_slice(),
        b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0",
        b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0",
        b"GPS 46.2267 N 6.1408 E, Telephone X, serial 4711",
    ];
    [
        b"\xFF\xD8".to_vec(),
        segment(0xE0, b"JFIF\0\x01\x02\0\0\x48\0\x48\0\0"),
        segment(0xE1, &exif.concat()),
        segment(0xDB, b"tables"),
        segment(0xDA, b"scan"),
        b"the pixels\xFF\xD9".to_vec(),
    ]
    .concat()
}

#[test]
fn the_public_gets_a_picture_without_its_place_and_staff_get_the_original() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let photograph = photograph();
    let id = app.client().upload("welcome.jpg", &photograph).is(201).json()["upload"].as_str().unwrap().to_owned();
    let reference =
        app.published_practice(&mut moderator, &json!({ "documents": [{ "upload": id }], "consent_images": true }));
    let item = app.client().get(&format!("/practices/{reference}")).is(200);
    let link = item.attributes("ul.files a", "href").remove(0);
    let public = app.client().get(&link).is(200).body;
    let has = |part: &[u8]| public.windows(part.len()).any(|window| window == part);
    assert!(!has(b"GPS") && !has(b"Telephone") && !has(b"4711"), "{public:?}");
    assert!(has(b"the pixels\xFF\xD9") && has(b"\x01\x12\0\x03\0\0\0\x01\0\x06"), "which way is up stays");
    assert_eq!(moderator.get(&format!("/staff/attachments/{id}")).is(200).body, photograph);
    app.is_whole();
    // What the public gets is verified like the original.
    let copy = app.folder.path().join("attachments").join(format!("{id}.public"));
    std::fs::write(&copy, &photograph).unwrap();
    assert!(app.fault(None).unwrap().contains(&format!("{id}.public")));
}

#[test]
fn a_damaged_picture_is_refused_while_another_can_be_chosen() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    form.attach("documents", "welcome.jpg", &photograph()[..60]).set("consent_images", "yes");
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert!(refused.errors().iter().any(|(_, text)| text.contains("welcome.jpg") && text.contains("damaged")));
    assert_eq!(std::fs::read_dir(app.folder.path().join("attachments")).unwrap().count(), 0);
}

#[test]
fn what_a_crash_left_in_the_folder_goes_after_a_day_and_nothing_else() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let id = app.client().upload("welcome.jpg", &photograph()).is(201).json()["upload"].as_str().unwrap().to_owned();
    app.published_practice(&mut moderator, &json!({ "documents": [{ "upload": id }], "consent_images": true }));
    let folder = app.folder.path().join("attachments");
    for stray in ["lost", "lost.public", "half#1"] {
        std::fs::write(folder.join(stray), b"left behind").unwrap();
    }
    let files = || std::fs::read_dir(&folder).unwrap().count();
    let sweep = || app.runtime.block_on(inlet::actions::sweep::sweep(&app.app)).unwrap();
    // The files are as old as today; the clock of the test is moved to where that is not a day, and then is.
    let ahead = chrono::Utc::now() - app.app.clock.now();
    app.clock.advance(ahead + chrono::Duration::hours(23));
    sweep();
    assert_eq!(files(), 5);
    app.clock.advance(chrono::Duration::hours(2));
    sweep();
    assert_eq!(files(), 2, "the picture and its copy stay");
    app.is_whole();
}

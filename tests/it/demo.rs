//! `inlet serve --demo`: the invented world, as a newcomer meets it.

use std::collections::BTreeSet;

use crate::support::answers::{hand_in, practice};
use crate::support::program::{self, Serving};

#[test]
fn the_invented_world_is_full_marked_and_alive() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(program::command(folder.path(), &["serve", "--demo"]));
    for said in ["demonstration", "the queue", "example.org", "moderator"] {
        assert!(serving.greeting.contains(said), "{said}: {}", serving.greeting);
    }
    let mut anybody = serving.client();
    for collection in ["practices", "pledges"] {
        let list = anybody.api("GET", &format!("/api/v1/{collection}"), None).is(200).json();
        assert!(list["total"].as_u64().unwrap() >= 60, "{collection}: {}", list["total"]);
        let page = anybody.get(&format!("/{collection}")).is(200);
        assert!(page.one(".banner.demo").contains("Invented data"));
        assert!(page.has("meta[name=robots][content*=noindex]"));
        assert!(page.header("x-robots-tag").unwrap().contains("noindex"));
        let last = page.attributes("nav.pager li:last-child a", "href").remove(0);
        assert!(anybody.get(&last).is(200).has("ol.cards > li"));
        for link in page.attributes("ol.cards h2 a", "href").iter().take(5) {
            let item = anybody.get(link).is(200);
            assert!(item.said().contains("does not imply endorsement"));
        }
    }
    assert!(anybody.get("/robots.txt").is(200).text().contains("Disallow: /\n"));

    // Each account that was printed signs in.
    let accounts: Vec<(String, String)> = serving
        .greeting
        .lines()
        .filter_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [_, email, password] if email.contains('@') => Some(((*email).to_owned(), (*password).to_owned())),
                _ => None,
            }
        })
        .collect();
    assert_eq!(accounts.len(), 3, "{}", serving.greeting);
    for (email, password) in &accounts {
        let mut staff = serving.client();
        let mut form = staff.get("/staff/login").is(200).form();
        let signed = staff.submit(form.set("email", email).set("password", password));
        let queue = staff.follow(&signed).is(200);
        assert!(queue.has("table.queue"), "there is work to do: {queue:?}");
        let records: BTreeSet<String> = queue.attributes("table.queue a", "href").into_iter().collect();
        for link in records.iter().take(5) {
            staff.get(link).is(200);
        }
        for page in ["/staff?tab=submitter", "/staff?tab=held", "/staff?tab=done", "/staff/mail", "/staff/audit", "/staff/alerts"] {
            staff.get(page).is(200);
        }
    }

    // Its mails can be read, and their links work.
    let mails = anybody.get("/demo/mail").is(200);
    let links = mails.attributes("ol.mails a", "href");
    assert!(links.len() > 20, "{}", links.len());
    for link in links.iter().take(8) {
        let mail = anybody.get(link).is(200);
        for target in mail.attributes(".mail-text a", "href").iter().filter(|href| href.starts_with("http://127.0.0.1")) {
            let mut reader = serving.client();
            let page = reader.visit(target);
            assert!(page.status == 200, "{target}: {page:?}");
        }
    }

    // A newcomer's own submission gets its mail within moments.
    let reference = hand_in(&mut anybody, "practice", &practice()).reference();
    let mut arrived = false;
    for _ in 0..100 {
        arrived = anybody.get("/demo/mail").is(200).text().contains(&reference);
        if arrived {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(arrived, "the receipt of {reference}");

    // A second one leaves the first alone.
    let second = program::run(folder.path(), &["serve", "--demo"]);
    assert_eq!(second.status.code(), Some(1), "{}", program::said(&second));
    assert_eq!(serving.terminate().code(), Some(0));
    let whole = program::run(folder.path(), &["verify"]);
    assert_eq!(whole.status.code(), Some(0), "{}", program::said(&whole));
}

#[test]
fn a_folder_with_real_data_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert!(program::run(folder.path(), &["migrate"]).status.success());
    let output = program::run(folder.path(), &["serve", "--demo"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(program::said(&output).contains("real data"), "{}", program::said(&output));
}

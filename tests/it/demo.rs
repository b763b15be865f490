//! `inlet serve --demo`: the invented world, as a newcomer meets it.

use std::collections::BTreeSet;

use crate::support::Client;
use crate::support::answers::{hand_in, practice};
use crate::support::program::{self, Serving};

#[test]
fn the_invented_world_is_full_marked_and_alive() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(program::command(folder.path(), &["serve", "--demo"]));
    for said in ["demonstration", "the queue", "example.org", "moderator"] {
        assert!(serving.greeting.contains(said), "{said}: {}", serving.greeting);
    }
    for collection in ["practices", "pledges"] {
        browse(&mut serving.client(), collection);
    }
    look_around(&mut serving.client());
    assert!(serving.client().get("/robots.txt").is(200).text().contains("Disallow: /\n"));
    let accounts = accounts(&serving.greeting);
    assert_eq!(accounts.len(), 3, "{}", serving.greeting);
    for (email, password) in accounts {
        work(&mut serving.client(), &email, &password);
    }
    read_mails(&serving);
    let reference = hand_in(&mut serving.client(), "practice", &practice()).reference();
    assert!(arrives(&mut serving.client(), &reference), "the receipt of {reference}");

    let second = program::run(folder.path(), &["serve", "--demo"]);
    assert_eq!(second.status.code(), Some(1), "a second one leaves the first alone: {}", program::said(&second));
    assert_eq!(serving.terminate().code(), Some(0));
    let whole = program::run(folder.path(), &["verify"]);
    assert_eq!(whole.status.code(), Some(0), "{}", program::said(&whole));
}

fn browse(anybody: &mut Client, collection: &str) {
    let list = anybody.api("GET", &format!("/api/v1/{collection}"), None).is(200).json();
    assert!(list["total"].as_u64().unwrap() >= 60, "{collection}: {}", list["total"]);
    let page = anybody.get(&format!("/{collection}")).is(200);
    assert!(page.one(".banner.demo").contains("Invented data"));
    assert!(page.has("meta[name=robots][content*=noindex]"));
    assert!(page.header("x-robots-tag").unwrap().contains("noindex"));
    let last = page.attributes("nav.pager li:last-child a", "href").remove(0);
    assert!(anybody.get(&last).is(200).has("ol.cards > li"));
    for link in page.attributes("ol.cards h2 a", "href").iter().take(5) {
        assert!(anybody.get(link).is(200).said().contains("does not imply endorsement"));
    }
}

/// Every other collection has something in it, and what belongs together is shown together.
fn look_around(anybody: &mut Client) {
    let others = [
        ("networks", 8),
        ("champion-countries", 5),
        ("workshops", 4),
        ("fund", 6),
        ("fund-contributions", 6),
        ("fund-committee", 4),
        ("reviews", 2),
        ("consultations", 2),
        ("calls", 2),
        ("discussions", 1),
        ("talks", 1),
        ("voluntary-reports", 3),
    ];
    for (collection, least) in others {
        let list = anybody.api("GET", &format!("/api/v1/{collection}"), None).is(200).json();
        assert!(list["total"].as_u64().unwrap() >= least, "{collection}: {}", list["total"]);
        let page = anybody.get(&format!("/{collection}")).is(200);
        let first = page.attributes("ol.cards h2 a", "href").remove(0);
        anybody.get(&first).is(200);
    }
    assert!(anybody.get("/networks").is(200).said().contains("resolution 1244"));
    let areas = anybody.api("GET", "/api/v1/fund", None).is(200).json()["facets"]["area"].clone();
    assert_eq!(areas.as_array().unwrap().len(), 5, "a programme in each thematic area: {areas}");
    let space = anybody.get("/discussions").is(200).attributes("ol.cards h2 a", "href").remove(0);
    let space = anybody.get(&space).is(200);
    assert!(space.attributes("section.answers[id^=DIS-]", "id").len() >= 5 && space.has(".reply"), "{space:?}");
    assert!(anybody.get("/forms/practice").is(200).has(".calls a"), "one call is open");
}

/// Address and password of each account that was printed.
fn accounts(greeting: &str) -> Vec<(String, String)> {
    let lines = greeting.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let accounts = lines.filter_map(|words| match words.as_slice() {
        [_, email, password] if email.contains('@') => Some(((*email).to_owned(), (*password).to_owned())),
        _ => None,
    });
    accounts.collect()
}

fn work(staff: &mut Client, email: &str, password: &str) {
    let mut form = staff.get("/staff/login").is(200).form();
    let signed = staff.submit(form.set("email", email).set("password", password));
    let queue = staff.follow(&signed).is(200);
    assert!(queue.has("table.queue"), "there is work to do: {queue:?}");
    let records: BTreeSet<String> = queue.attributes("table.queue a", "href").into_iter().collect();
    for link in records.iter().take(5) {
        staff.get(link).is(200);
    }
    for page in ["?tab=submitter", "?tab=held", "?tab=done", "/mail", "/audit", "/alerts"] {
        staff.get(&format!("/staff{page}")).is(200);
    }
}

/// Mails can be read in the browser, and their links work.
fn read_mails(serving: &Serving) {
    let mut anybody = serving.client();
    let links = anybody.get("/demo/mail").is(200).attributes("ol.mails a", "href");
    assert!(links.len() > 20, "{}", links.len());
    for link in links.iter().take(8) {
        let targets = anybody.get(link).is(200).attributes(".mail-text a", "href");
        for target in targets.iter().filter(|href| href.starts_with("http://127.0.0.1")) {
            let page = serving.client().visit(target);
            assert!(page.status == 200, "{target}: {page:?}");
        }
    }
}

/// The mail about a newcomer's own submission comes within moments.
fn arrives(anybody: &mut Client, reference: &str) -> bool {
    for _ in 0..100 {
        if anybody.get("/demo/mail").is(200).text().contains(reference) {
            return true;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    false
}

#[test]
fn a_folder_with_real_data_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert!(program::run(folder.path(), &["migrate"]).status.success());
    let output = program::run(folder.path(), &["serve", "--demo"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(program::said(&output).contains("other data"), "{}", program::said(&output));
}

//! The power fails twenty times under load: what was acknowledged is there, whole.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::program::{self, Serving};
use crate::support::{answers, http};

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let acknowledged: Mutex<BTreeSet<String>> = Mutex::default();
    for round in 0..20u64 {
        let mut serving = Serving::start(server(folder.path()));
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for worker in 0..3 {
                let (stop, acknowledged, address) = (&stop, &acknowledged, serving.address);
                scope.spawn(move || {
                    let mut n = 0;
                    while !stop.load(Ordering::Relaxed) {
                        n += 1;
                        if let Some(reference) = submit(address, &format!("{round}-{worker}-{n}")) {
                            acknowledged.lock().unwrap().insert(reference);
                        }
                    }
                });
            }
            // Under load, however slow the machine, and not always at the same point.
            let before = acknowledged.lock().unwrap().len();
            while acknowledged.lock().unwrap().len() < before + 3 {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(round * 7 % 50));
            serving.kill();
            stop.store(true, Ordering::Relaxed);
        });
        if round % 5 == 4 {
            is_whole(folder.path());
        }
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() >= 60, "three in each round: {}", acknowledged.len());
    let output = program::run(folder.path(), &["export", "practice", "--format", "jsonl"]);
    assert!(output.status.success(), "{}", program::said(&output));
    let kept: BTreeSet<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            assert!(
                record["title"].as_str().unwrap().starts_with("Under load ")
                    && record["contact_email"] == "amina@lakeview.example"
            );
            record["reference"].as_str().unwrap().to_owned()
        })
        .collect();
    let lost: Vec<&String> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(kept.len() - acknowledged.len() <= 60, "at most what was in flight came besides");
}

fn server(data: &std::path::Path) -> std::process::Command {
    let mut command = program::command(data, &["serve"]);
    command.env("INLET_RATE_LIMIT", "off");
    command
}

/// One submission; its reference once the server said that it is durable.
fn submit(address: std::net::SocketAddr, name: &str) -> Option<String> {
    let answers = answers::merged(&answers::practice_json(), &json!({ "title": format!("Under load {name}") }));
    let body = json!({ "answers": answers, "locale": "en" }).to_string();
    let headers =
        [("Host".to_owned(), address.to_string()), ("Content-Type".to_owned(), "application/json".to_owned())];
    let request = http::request("POST", "/api/v1/forms/practice/submissions", &headers, Some(body.as_bytes()));
    let answer = http::exchange(address, &request);
    let json: Value = serde_json::from_slice(&answer.body).ok().filter(|_| answer.status == 201)?;
    json["reference"].as_str().map(str::to_owned)
}

fn is_whole(data: &std::path::Path) {
    let output = program::run(data, &["verify"]);
    assert_eq!(output.status.code(), Some(0), "{}", program::said(&output));
}

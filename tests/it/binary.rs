//! The commands an operator types.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::support::program::{self, Serving};

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

#[test]
fn every_broken_form_file_is_told_with_file_and_line() {
    let mut told = 0;
    for entry in std::fs::read_dir(fixtures().join("broken")).unwrap() {
        let path = entry.unwrap().path();
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(fixtures().join("all_kinds.toml"), folder.path().join("all-kinds.toml")).unwrap();
        std::fs::copy(&path, folder.path().join("broken.toml")).unwrap();
        let expected = std::fs::read_to_string(&path).unwrap().lines().next().unwrap().to_owned();
        let line = expected.rsplit(' ').next().unwrap().to_owned();
        let output = program::run(folder.path(), &["forms", "check", &folder.path().display().to_string()]);
        let said = program::said(&output);
        assert_eq!(output.status.code(), Some(1), "{}: {said}", path.display());
        assert!(said.contains(&format!("broken.toml:{line}")), "{}: {line} in {said}", path.display());
        assert!(said.contains("help"), "{}: {said}", path.display());
        told += 1;
    }
    assert!(told > 60, "{told}");
}

#[test]
fn whole_form_files_are_told_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(fixtures().join("all_kinds.toml"), folder.path().join("all-kinds.toml")).unwrap();
    for arguments in [vec!["forms", "check"], vec!["forms", "check", folder.path().to_str().unwrap()]] {
        let output = program::run(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", program::said(&output));
    }
    let list = program::said(&program::run(folder.path(), &["forms", "list"]));
    assert!(["practice", "pledge", "pledge-report", "unct-support"].iter().all(|id| list.contains(id)), "{list}");
}

#[test]
fn a_wrong_word_is_told_as_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in
        [vec!["explode"], vec!["staff", "add", "--email", "x"], vec!["export", "practice", "--format", "exe"], vec![]]
    {
        assert_eq!(program::run(folder.path(), &wrong).status.code(), Some(2), "{wrong:?}");
    }
    for wrong in [
        vec!["export", "nothing", "--format", "csv"],
        vec!["verify", "--head", "soon"],
        vec!["mail", "retry", "7"],
        vec!["staff", "disable", "nobody@example.org"],
    ] {
        let output = program::run(folder.path(), &wrong);
        assert_eq!(output.status.code(), Some(1), "{wrong:?}: {}", program::said(&output));
    }
    let mut command = program::command(folder.path(), &["serve"]);
    let output = command.env("INLET_HOLD", "soon").env("INLET_SMTP_URL", "mail.example.org").output().unwrap();
    let said = program::said(&output);
    assert!(
        output.status.code() == Some(1) && said.contains("INLET_HOLD") && said.contains("INLET_SMTP_URL"),
        "{said}"
    );
}

#[test]
fn accounts_are_added_from_the_command_line_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program::command(folder.path(), &["serve"]);
    command.env("INLET_TWO_FACTOR", "optional");
    let serving = Serving::start(command);
    for warned in ["no mail server", "no administrator", "base URL"] {
        assert!(serving.greeting.contains(warned), "{warned}: {}", serving.greeting);
    }
    let mut add = program::command(
        folder.path(),
        &["staff", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin", "--password-file", "-"],
    );
    let mut child = add.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"harbour5-lantern8-willow\n").unwrap();
    assert!(child.wait().unwrap().success());
    let mut ada = serving.client();
    let mut form = ada.get("/staff/login").is(200).form();
    let signed = ada.submit(form.set("email", "ada@example.org").set("password", "harbour5-lantern8-willow"));
    ada.follow(&signed).is(200);
    let base = format!("http://{}", serving.address);
    let mut invite = program::command(
        folder.path(),
        &["staff", "add", "--email", "nia@example.org", "--name", "Nia", "--role", "observer"],
    );
    let said = program::said(&invite.env("INLET_BASE_URL", &base).output().unwrap());
    let link = said.split_whitespace().find(|word| word.starts_with(&base)).unwrap_or_else(|| panic!("{said}"));
    serving.client().visit(link).is(200);
    let twice = program::run(
        folder.path(),
        &["staff", "add", "--email", "NIA@example.org", "--name", "Nia", "--role", "observer"],
    );
    assert!(twice.status.code() == Some(1) && program::said(&twice).contains("already"));
    let list = program::said(&program::run(folder.path(), &["staff", "list"]));
    assert!(list.contains("ada@example.org") && list.contains("nia@example.org"));
    assert!(program::run(folder.path(), &["staff", "disable", "ada@example.org"]).status.success());
    ada.get("/staff").is(303);
    let second = program::run(folder.path(), &["serve"]);
    assert!(
        second.status.code() == Some(1) && program::said(&second).contains("another server"),
        "{}",
        program::said(&second)
    );
    assert_eq!(serving.terminate().code(), Some(0));
}

#[test]
fn the_secret_key_is_its_owners_alone_and_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    assert!(program::run(folder.path(), &["staff", "list"]).status.success());
    let path = folder.path().join("secret.key");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let key = std::fs::read(&path).unwrap();
    assert!(program::run(folder.path(), &["staff", "list"]).status.success());
    assert_eq!(std::fs::read(&path).unwrap(), key);
    std::fs::write(&path, "short").unwrap();
    let output = program::run(folder.path(), &["staff", "list"]);
    assert!(output.status.code() == Some(1) && program::said(&output).contains("secret key file"));
}

#[test]
fn a_head_that_was_written_down_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(program::command(folder.path(), &["serve"]));
    let body = serde_json::json!({ "answers": crate::support::answers::practice_json() });
    serving.client().api("POST", "/api/v1/forms/practice/submissions", Some(&body)).is(201);
    let database = folder.path().join("inlet.db").display().to_string();
    let mut conn = inlet::store::db::connect(&database).unwrap();
    let head = inlet::store::events::after(&mut conn, 0, 9).unwrap().remove(0);
    let whole = program::run(folder.path(), &["verify", "--head", &format!("1:{}", head.digest)]);
    assert_eq!(whole.status.code(), Some(0), "beside a running server too: {}", program::said(&whole));
    let cut = program::run(folder.path(), &["verify", "--head", &format!("2:{}", head.digest)]);
    assert!(cut.status.code() == Some(1) && program::said(&cut).contains("head"), "{}", program::said(&cut));
}

/// W10: what was in hand when the server was asked to stop is answered in full, or not taken.
#[test]
fn stopping_under_load_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(program::command(folder.path(), &["serve"]));
    let address = serving.address;
    let stop = std::sync::atomic::AtomicBool::new(false);
    let (references, status) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut taken = Vec::new();
                    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                        let body =
                            serde_json::json!({ "answers": crate::support::answers::practice_json() }).to_string();
                        let headers = [
                            ("Host".to_owned(), address.to_string()),
                            ("Content-Type".to_owned(), "application/json".to_owned()),
                        ];
                        let bytes = crate::support::http::request(
                            "POST",
                            "/api/v1/forms/practice/submissions",
                            &headers,
                            Some(body.as_bytes()),
                        );
                        let answer = crate::support::http::exchange(address, &bytes);
                        assert!(matches!(answer.status, 0 | 201 | 503), "{answer:?}");
                        if answer.status == 201 {
                            let json: serde_json::Value = serde_json::from_slice(&answer.body).expect("a whole answer");
                            taken.push(json["reference"].as_str().unwrap().to_owned());
                        }
                    }
                    taken
                })
            })
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(150));
        let status = serving.terminate();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        (workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<String>>(), status)
    });
    assert_eq!(status.code(), Some(0));
    let kept = program::said(&program::run(folder.path(), &["export", "practice", "--format", "jsonl"]));
    assert!(!references.is_empty() && references.iter().all(|reference| kept.contains(reference)));
}

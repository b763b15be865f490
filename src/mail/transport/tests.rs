use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use chrono::DateTime;

use super::*;

/// A mail server that answers each command by its first word; gives back what it heard, over all connections.
fn server(connections: usize, answer: fn(&str) -> &'static str) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let heard = std::thread::spawn(move || {
        let mut heard = Vec::new();
        for _ in 0..connections {
            let (mut socket, _) = listener.accept().unwrap();
            socket.write_all(b"220 hello\r\n").unwrap();
            let (mut in_data, lines) = (false, BufReader::new(socket.try_clone().unwrap()).lines());
            for line in lines.map_while(Result::ok) {
                in_data = (in_data || line == "DATA") && line != ".";
                let said = if in_data && line != "DATA" { "" } else { answer(&line) };
                heard.push(line);
                if said == "cut" {
                    break;
                }
                socket.write_all(said.as_bytes()).unwrap();
            }
        }
        heard
    });
    (url, heard)
}

fn polite(line: &str) -> &'static str {
    match line.split([' ', ':']).next() {
        Some("DATA") => "354 go on\r\n",
        Some(".") => "250 queued as 1\r\n",
        Some("RCPT") if line.contains("nobody@") => "550 no such user\r\n",
        Some("RCPT") if line.contains("later@") => "451 come back\r\n",
        Some("RCPT") if line.contains("poison@") => "cut",
        Some("MAIL") if line.contains("banned") => "550 not from you\r\n",
        _ => "250 ok\r\n",
    }
}

fn letter(address: &str) -> Letter {
    Letter {
        id: 3,
        message_id: "abc".to_owned(),
        thread: "PRA-7K3M-9Q2X".to_owned(),
        address: address.to_owned(),
        name: String::new(),
        content: Frozen {
            subject: "s".to_owned(),
            text: "one\n.\ntwo".to_owned(),
            html: "<p>".to_owned(),
            unsubscribe: None,
            calendar: None,
        },
    }
}

async fn send_all(transport: &Transport, addresses: &[&str]) -> Vec<Outcome> {
    let config = crate::mail::tests::config();
    let mut session = transport.session(&config);
    let mut outcomes = Vec::new();
    for address in addresses {
        outcomes.push(session.send(&letter(address), DateTime::UNIX_EPOCH).await);
    }
    session.close().await;
    outcomes
}

#[tokio::test]
async fn one_connection_carries_a_batch_past_refusals() {
    let (url, heard) = server(1, polite);
    let transport = Transport::Smtp(Server::read(&url).unwrap());
    let outcomes =
        send_all(&transport, &["a@example.org", "nobody@example.org", "later@example.org", "b@example.org"]).await;
    assert!(matches!(&outcomes[0], Outcome::Accepted(reply) if reply.contains("queued as 1")), "{outcomes:?}");
    assert!(matches!(&outcomes[1], Outcome::Refused(reply) if reply.contains("no such user")), "{outcomes:?}");
    assert!(matches!(&outcomes[2], Outcome::Deferred(reply) if reply.contains("come back")), "{outcomes:?}");
    assert!(matches!(&outcomes[3], Outcome::Accepted(_)), "{outcomes:?}");
    let heard = heard.join().unwrap();
    assert_eq!(heard.iter().filter(|line| *line == "RSET").count(), 2);
    assert_eq!(heard.iter().filter(|line| *line == "..").count(), 2, "dots are doubled");
}

#[tokio::test]
async fn a_dropped_connection_costs_one_mail_an_attempt() {
    let (url, heard) = server(2, polite);
    let transport = Transport::Smtp(Server::read(&url).unwrap());
    let outcomes = send_all(&transport, &["poison@example.org", "b@example.org"]).await;
    assert!(matches!(outcomes.as_slice(), [Outcome::Deferred(_), Outcome::Accepted(_)]), "{outcomes:?}");
    heard.join().unwrap();
}

#[tokio::test]
async fn a_refusal_of_the_sender_is_not_the_mails_fault() {
    let (url, heard) = server(1, |line| if line.starts_with("MAIL") { "550 not from you\r\n" } else { polite(line) });
    let transport = Transport::Smtp(Server::read(&url).unwrap());
    assert!(matches!(send_all(&transport, &["a@example.org"]).await.as_slice(), [Outcome::Paused(_)]));
    heard.join().unwrap();
}

#[tokio::test]
async fn a_relay_that_does_not_relay_for_us_is_not_the_mails_fault() {
    for refusal in ["550 5.7.1 <a@example.org>: Relay access denied\r\n", "530 5.7.0 Authentication required\r\n"] {
        let answer: fn(&str) -> &'static str = match refusal {
            text if text.starts_with("530") => |line| {
                if line.starts_with("RCPT") { "530 5.7.0 Authentication required\r\n" } else { polite(line) }
            },
            _ => |line| {
                if line.starts_with("RCPT") {
                    "550 5.7.1 <a@example.org>: Relay access denied\r\n"
                } else {
                    polite(line)
                }
            },
        };
        let (url, heard) = server(1, answer);
        let transport = Transport::Smtp(Server::read(&url).unwrap());
        let outcomes = send_all(&transport, &["a@example.org"]).await;
        assert!(matches!(outcomes.as_slice(), [Outcome::Paused(_)]), "{refusal}: {outcomes:?}");
        heard.join().unwrap();
    }
}

#[tokio::test]
async fn required_encryption_that_is_not_offered_sends_nothing() {
    let (url, heard) = server(1, polite);
    let transport = Transport::Smtp(Server::read(&format!("{url}?tls=required")).unwrap());
    assert!(matches!(send_all(&transport, &["a@example.org"]).await.as_slice(), [Outcome::Paused(_)]));
    assert!(!heard.join().unwrap().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn a_server_that_is_away_is_not_the_mails_fault() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let transport = Transport::Smtp(Server::read(&format!("smtp://127.0.0.1:{port}")).unwrap());
    let outcomes = send_all(&transport, &["a@example.org", "b@example.org"]).await;
    assert!(matches!(outcomes.as_slice(), [Outcome::Paused(_), Outcome::Paused(_)]), "{outcomes:?}");
}

#[tokio::test]
async fn an_address_is_one_receiver_or_none() {
    let memory = Transport::Memory(std::sync::Arc::default());
    for wrong in ["a@example.org\r\nBcc: v@example.net", "a@example.org,b@example.org", "root@[127.0.0.1]", ""] {
        let outcomes = send_all(&memory, &[wrong]).await;
        assert!(matches!(outcomes.as_slice(), [Outcome::Refused(_)]), "{wrong}: {outcomes:?}");
    }
    send_all(&memory, &["anna@bücher.example"]).await;
    let Transport::Memory(kept) = memory else { panic!("memory") };
    let eml = String::from_utf8(kept.lock().unwrap()[0].eml.clone()).unwrap();
    assert!(eml.contains("To: anna@xn--bcher-kva.example\r\n"), "{eml}");
}

#[tokio::test]
async fn a_folder_keeps_each_mail_as_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let transport = Transport::Folder(folder.path().join("mail"));
    let outcomes = send_all(&transport, &["a@example.org"]).await;
    assert!(matches!(outcomes.as_slice(), [Outcome::Saved(_)]), "{outcomes:?}");
    let files: Vec<String> = folder
        .path()
        .join("mail")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files, ["3-abc.eml"]);
}

#[test]
fn addresses_of_servers() {
    for (url, shown) in [
        ("smtp://127.0.0.1:2525", "127.0.0.1:2525 (Offered)"),
        ("smtp://mail.example.org?tls=required", "mail.example.org:587 (Required)"),
        ("smtps://anna%40b:p%2Fw@mail.example.org", "mail.example.org:465 (Always)"),
        ("smtp://[::1]:25", "::1:25 (Offered)"),
    ] {
        assert_eq!(format!("{:?}", Server::read(url).unwrap()), shown);
    }
    for wrong in ["smtp://", "smtp://host?tls=maybe", "http://host", "smtp"] {
        assert!(Server::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_wrong_server_is_a_problem_of_its_setting() {
    let settings = BTreeMap::from([("INLET_SMTP_URL".to_owned(), "smtp://host?tls=maybe".to_owned())]);
    let problem = transport_for(&Config::from_settings(&settings).unwrap()).unwrap_err();
    assert_eq!(problem.variable, "INLET_SMTP_URL");
}

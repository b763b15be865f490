//! One request on a connection of its own. The answer is counted, not kept.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::Fallible;

pub struct Answer {
    pub status: u16,
    /// `name=value` of the cookie that was set.
    pub cookie: Option<String>,
    pub first_byte: Duration,
    pub whole: Duration,
    pub bytes: usize,
    pub lines: usize,
}

pub fn get(address: SocketAddr, path: &str, cookie: &str) -> Fallible<Answer> {
    ask(address, &format!("GET {path} HTTP/1.0\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n"))
}

pub fn post(address: SocketAddr, path: &str, body: &str) -> Fallible<Answer> {
    let head = format!("POST {path} HTTP/1.0\r\nhost: {address}\r\nsec-fetch-site: same-origin\r\n");
    let kind = "content-type: application/x-www-form-urlencoded";
    ask(address, &format!("{head}{kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
}

fn ask(address: SocketAddr, request: &str) -> Fallible<Answer> {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request.as_bytes())?;
    let mut from = BufReader::new(stream);
    let mut head = String::new();
    while from.read_line(&mut head)? > 2 {}
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("no answer")?;
    let cookie = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .starts_with("set-cookie:")
            .then(|| line.split_once(':').map_or("", |(_, set)| set.trim()))
    });
    let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
    let (mut chunk, mut bytes, mut lines, mut first_byte) = (vec![0; 1 << 16], 0, 0, None);
    loop {
        let count = from.read(&mut chunk)?;
        if count == 0 {
            break;
        }
        first_byte.get_or_insert_with(|| begun.elapsed());
        bytes += count;
        lines += chunk.iter().take(count).filter(|byte| **byte == b'\n').count();
    }
    let whole = begun.elapsed();
    Ok(Answer { status, cookie, first_byte: first_byte.unwrap_or(whole), whole, bytes, lines })
}

//! One HTTP/1.1 client on one connection that is kept open. Small on purpose: it shares the processors with what it
//! measures, and drives Inlet and the bare server alike.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use tokio::net::TcpStream;

/// What came back; the body stays in the client until the next request.
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    /// `name=value` of the cookies that were set, as they are sent back.
    pub cookie: Option<String>,
}

pub struct Client {
    stream: TcpStream,
    chunk: Box<[u8]>,
    received: Vec<u8>,
    body_at: usize,
}

/// A request: method and path, headers, body.
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a str,
}

impl<'a> Request<'a> {
    pub fn get(path: &'a str) -> Self {
        Self { method: "GET", path, headers: &[], body: "" }
    }
}

impl Client {
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, chunk: vec![0; 64 * 1024].into(), received: Vec::new(), body_at: 0 })
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, request: &Request<'_>) -> io::Result<Answer> {
        let mut head = format!("{} {} HTTP/1.1\r\nhost: localhost\r\n", request.method, request.path);
        for (name, value) in request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !request.body.is_empty() || request.method == "POST" {
            head.push_str(&format!("content-length: {}\r\n", request.body.len()));
        }
        head.push_str("\r\n");
        head.push_str(request.body);
        self.write_all(head.as_bytes()).await?;
        self.read_answer().await
    }

    /// The last answer's body.
    pub fn body(&self) -> &[u8] {
        self.received.get(self.body_at..).unwrap_or_default()
    }

    async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.stream.try_write(bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.stream.writable().await?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn read_answer(&mut self) -> io::Result<Answer> {
        self.received.clear();
        let head_ends = loop {
            self.read_some().await?;
            if let Some(at) = self.received.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at;
            }
        };
        self.body_at = head_ends + 4;
        let head = String::from_utf8_lossy(self.received.get(..head_ends).unwrap_or_default()).into_owned();
        let (answer, length) = read_head(&head)?;
        while self.received.len() < self.body_at + length {
            self.read_some().await?;
        }
        Ok(answer)
    }

    async fn read_some(&mut self) -> io::Result<()> {
        loop {
            self.stream.readable().await?;
            match self.stream.try_read(&mut self.chunk) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => {
                    self.received.extend_from_slice(self.chunk.get(..count).unwrap_or_default());
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Status, headers of interest, and the length of the body.
fn read_head(head: &str) -> io::Result<(Answer, usize)> {
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("no status line"))?;
    let mut answer = Answer { status, location: None, cookie: None };
    let mut length = None;
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok(),
            "location" => answer.location = Some(value.to_owned()),
            "set-cookie" => {
                let pair = value.split(';').next().unwrap_or_default();
                answer.cookie =
                    Some(answer.cookie.map_or_else(|| pair.to_owned(), |before| format!("{before}; {pair}")));
            }
            _ => {}
        }
    }
    Ok((answer, length.ok_or_else(|| io::Error::other("an answer without a length"))?))
}

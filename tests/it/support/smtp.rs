//! A mail server in the test process: listens on a free port and says what it is told to say.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What it does with the mails of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Accept,
    /// Asks everybody to come back later.
    Greylist,
    Refuse,
    /// Hangs up in the middle of a mail.
    Drop,
}

/// One mail as it was taken.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub data: Vec<u8>,
}

#[derive(Clone)]
pub struct Sink {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Sink {
    pub fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink =
            Self { address: listener.local_addr().unwrap(), mood: Arc::new(Mutex::new(mood)), taken: Arc::default() };
        let own = sink.clone();
        std::thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let sink = own.clone();
                std::thread::spawn(move || drop(sink.talk(socket)));
            }
        });
        sink
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    fn talk(&self, socket: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(socket.try_clone()?);
        let mut say = socket;
        say.write_all(b"220 sink.example ready\r\n")?;
        let mut mail = Taken::default();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let verb = line.trim_end().to_ascii_uppercase();
            let mood = *self.mood.lock().unwrap();
            if verb.starts_with("EHLO") {
                say.write_all(b"250-sink.example\r\n250 8BITMIME\r\n")?;
            } else if verb.starts_with("MAIL") {
                mail = Taken { from: between(&line), ..Taken::default() };
                say.write_all(b"250 go on\r\n")?;
            } else if verb.starts_with("RCPT") {
                mail.to.push(between(&line));
                say.write_all(match mood {
                    Mood::Greylist => b"451 4.7.1 come back in five minutes\r\n".as_slice(),
                    Mood::Refuse => b"550 5.1.1 no such mailbox\r\n".as_slice(),
                    Mood::Accept | Mood::Drop => b"250 known\r\n".as_slice(),
                })?;
            } else if verb == "DATA" {
                if mood == Mood::Drop {
                    return Ok(());
                }
                say.write_all(b"354 go on\r\n")?;
                mail.data = read_data(&mut reader)?;
                self.taken.lock().unwrap().push(std::mem::take(&mut mail));
                say.write_all(b"250 2.0.0 queued as 4711\r\n")?;
            } else if verb == "QUIT" {
                say.write_all(b"221 bye\r\n")?;
                return Ok(());
            } else {
                say.write_all(b"250 fine\r\n")?;
            }
        }
    }
}

fn between(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

fn read_data(reader: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut data = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line)?;
        if line == b".\r\n" || line.is_empty() {
            return Ok(data);
        }
        data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

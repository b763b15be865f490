//! A mail server in the test process: listens on a free port and says what it is told to say.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A point of the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Banner,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    Dot,
}

/// What it does with the mails of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Accept,
    /// Asks everybody to come back later.
    Greylist,
    /// Asks so often for each address.
    GreylistTimes(u32),
    Refuse,
    /// Hangs up in the middle of a mail.
    Drop,
    /// Takes a mail and hangs up without saying so.
    DropAfterDot,
    /// Takes nothing from us.
    RefuseUs,
    /// Closed for the time being.
    Closed,
    /// Falls silent.
    Stall(Stage),
    /// Falls silent for one receiver alone.
    StallFor(&'static str),
    /// One of all that for each mail, by chance with this seed.
    Random(u64),
}

/// One mail as it was taken.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub data: Vec<u8>,
    /// It said so.
    pub acknowledged: bool,
}

impl Taken {
    pub fn message_id(&self) -> String {
        let text = String::from_utf8_lossy(&self.data);
        let line = text.lines().find_map(|line| line.strip_prefix("Message-ID: "));
        line.expect("a Message-ID").trim().to_owned()
    }
}

#[derive(Clone)]
pub struct Sink {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    named: Arc<Mutex<Vec<String>>>,
    heard: Arc<Mutex<Vec<String>>>,
    asked: Arc<Mutex<HashMap<String, u32>>>,
    chance: Arc<Mutex<u64>>,
    tls: Option<Arc<ServerConfig>>,
}

trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}
type Line = BufReader<Box<dyn Wire>>;

impl Sink {
    pub fn start(mood: Mood) -> Self {
        Self::listen(mood, None)
    }

    /// Speaks TLS from the first octet, with a certificate of `tests/fixtures/tls`.
    pub fn encrypted(certificate: &str) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tls");
        let chain = CertificateDer::pem_file_iter(format!("{folder}/{certificate}.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(format!("{folder}/server.key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain.map(Result::unwrap).collect(), key)
            .unwrap();
        Self::listen(Mood::Accept, Some(Arc::new(config)))
    }

    fn listen(mood: Mood, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink = Self {
            address: listener.local_addr().unwrap(),
            mood: Arc::new(Mutex::new(mood)),
            taken: Arc::default(),
            named: Arc::default(),
            heard: Arc::default(),
            asked: Arc::default(),
            chance: Arc::default(),
            tls,
        };
        let own = sink.clone();
        std::thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let sink = own.clone();
                std::thread::spawn(move || drop(sink.welcome(socket)));
            }
        });
        sink
    }

    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "smtps" } else { "smtp" };
        format!("{scheme}://{}", self.address)
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// How often each address was named as a receiver.
    pub fn named(&self, address: &str) -> usize {
        self.named.lock().unwrap().iter().filter(|named| *named == address).count()
    }

    /// Every line that is no mail.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// How many copies of each mail came, by Message-ID.
    pub fn copies(&self) -> HashMap<String, usize> {
        let mut copies = HashMap::new();
        for mail in self.taken() {
            *copies.entry(mail.message_id()).or_default() += 1;
        }
        copies
    }

    fn welcome(&self, socket: TcpStream) -> std::io::Result<()> {
        socket.set_nodelay(true)?;
        let wire: Box<dyn Wire> = match &self.tls {
            None => Box::new(socket),
            Some(config) => {
                let session = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
                Box::new(StreamOwned::new(session, socket))
            }
        };
        self.talk(BufReader::new(wire))
    }

    fn mood(&self) -> Mood {
        let mood = *self.mood.lock().unwrap();
        if let Mood::Random(seed) = mood { self.draw(seed) } else { mood }
    }

    /// The next of a row that looks like chance and is the same each time (`splitmix64`).
    fn draw(&self, seed: u64) -> Mood {
        let mut count = self.chance.lock().unwrap();
        *count += 1;
        let mut z = seed.wrapping_add(count.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        match (z ^ (z >> 31)) % 8 {
            0 => Mood::Greylist,
            1 => Mood::Drop,
            2 => Mood::DropAfterDot,
            3 => Mood::RefuseUs,
            _ => Mood::Accept,
        }
    }

    fn talk(&self, mut line: Line) -> std::io::Result<()> {
        if self.mood() == Mood::Closed {
            return say(&mut line, "421 4.3.2 closed for the time being");
        }
        self.reach(Stage::Banner)?;
        say(&mut line, "220 sink.example ready")?;
        let (mut mail, mut mood) = (Taken::default(), Mood::Accept);
        loop {
            let mut text = String::new();
            if line.read_line(&mut text)? == 0 {
                return Ok(());
            }
            self.heard.lock().unwrap().push(text.trim_end().to_owned());
            let verb = text.trim_end().to_ascii_uppercase();
            if verb.starts_with("EHLO") {
                self.reach(Stage::Ehlo)?;
                say(&mut line, "250-sink.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")?;
            } else if verb.starts_with("MAIL") {
                self.reach(Stage::Mail)?;
                mood = self.mood();
                mail = Taken { from: between(&text), ..Taken::default() };
                let refused = mood == Mood::RefuseUs;
                say(&mut line, if refused { "550 5.7.1 we take nothing from you" } else { "250 go on" })?;
            } else if verb.starts_with("RCPT") {
                self.reach(Stage::Rcpt)?;
                mail.to.push(between(&text));
                let answer = self.receiver(&between(&text), mood)?;
                say(&mut line, answer)?;
            } else if verb == "DATA" {
                self.reach(Stage::Data)?;
                if mood == Mood::Drop {
                    return Ok(());
                }
                say(&mut line, "354 go on")?;
                mail.data = read_data(&mut line)?;
                mail.acknowledged = mood != Mood::DropAfterDot;
                let acknowledged = mail.acknowledged;
                self.reach(Stage::Dot)?;
                self.taken.lock().unwrap().push(std::mem::take(&mut mail));
                if !acknowledged {
                    return Ok(());
                }
                say(&mut line, "250 2.0.0 queued as 4711")?;
            } else if verb == "QUIT" {
                return say(&mut line, "221 bye");
            } else if verb.starts_with("AUTH") {
                say(&mut line, "235 welcome")?;
            } else {
                say(&mut line, "250 fine")?;
            }
        }
    }

    fn receiver(&self, address: &str, mood: Mood) -> std::io::Result<&'static str> {
        self.named.lock().unwrap().push(address.to_owned());
        let later = "451 4.7.1 come back in five minutes";
        Ok(match mood {
            Mood::Greylist => later,
            Mood::Refuse => "550 5.1.1 no such mailbox",
            Mood::StallFor(poison) if poison == address => return stall(),
            Mood::GreylistTimes(times) => {
                let mut asked = self.asked.lock().unwrap();
                let asked = asked.entry(address.to_owned()).or_default();
                *asked += 1;
                if *asked <= times { later } else { "250 known" }
            }
            Mood::Accept
            | Mood::Drop
            | Mood::DropAfterDot
            | Mood::RefuseUs
            | Mood::Closed
            | Mood::Stall(_)
            | Mood::StallFor(_)
            | Mood::Random(_) => "250 known",
        })
    }

    fn reach(&self, stage: Stage) -> std::io::Result<()> {
        if *self.mood.lock().unwrap() == Mood::Stall(stage) { stall() } else { Ok(()) }
    }
}

/// Says nothing for longer than anybody waits, and hangs up.
fn stall<T>() -> std::io::Result<T> {
    std::thread::sleep(Duration::from_secs(30));
    Err(std::io::Error::other("silent"))
}

fn say(line: &mut Line, answer: &str) -> std::io::Result<()> {
    line.get_mut().write_all(format!("{answer}\r\n").as_bytes())?;
    line.get_mut().flush()
}

fn between(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

fn read_data(reader: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut data = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line)?;
        if line == b".\r\n" {
            return Ok(data);
        }
        if line.is_empty() {
            return Err(std::io::Error::other("cut"));
        }
        data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

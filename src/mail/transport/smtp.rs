//! The mail server: one connection for a batch, each step with a time-out.
//!
//! The socket is ours, with `TCP_NODELAY`, encrypted or not: over lettre's own one each mail waits 40 ms for a delayed
//! acknowledgement.

pub(super) mod tls;

use std::future::Future;
use std::time::Duration;

use lettre::address::Address;
use lettre::message::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use percent_encoding::percent_decode_str;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

use self::tls::Trust;
use super::Outcome;

/// How long a step may take, unless it is configured.
const PATIENCE: Duration = Duration::from_secs(60);
/// So many times longer may it take after the last octet of a mail, lest it is sent again though it was taken.
const AFTER_THE_DOT: u32 = 3;
/// A mail server that does not answer a goodbye is left.
const FAREWELL: Duration = Duration::from_secs(2);
const TOO_LONG: &str = "the mail server took too long";

/// A mail server: `smtp://host`, `smtp://host?tls=required` or `smtps://host`, with or without port, user and password.
#[derive(Clone)]
pub struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    login: Option<Credentials>,
    trust: Trust,
    patience: Duration,
}

/// When a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    /// From the first octet (`smtps`).
    Always,
    /// By STARTTLS, or nothing is sent.
    Required,
    /// By STARTTLS where the server offers it. On loopback nothing is, so that a relay with a self-made certificate works.
    Offered,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.encryption)
    }
}

impl Server {
    /// Reads the address; gives what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "write smtp://host:port or smtps://host:port")?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (encryption, usual) = match (url.scheme(), tls.as_deref()) {
            ("smtps", None) => (Encryption::Always, 465),
            ("smtp", Some("required")) => (Encryption::Required, 587),
            ("smtp", None) => (Encryption::Offered, 25),
            _ => return Err("write smtp://…, smtp://…?tls=required or smtps://…"),
        };
        let host = match url.host().ok_or("name the host of the mail server")? {
            Host::Domain(name) => decode(name)?,
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        let login = match url.password() {
            Some(password) => Some(Credentials::new(decode(url.username())?, decode(password)?)),
            None => None,
        };
        let port = url.port().unwrap_or(usual);
        let trust = Trust::default();
        Ok(Self { host, port, encryption, login, trust, patience: PATIENCE })
    }

    /// The same server, with other certificates trusted and another patience.
    pub(super) fn with(self, trust: Trust, patience: Duration) -> Self {
        Self { trust, patience, ..self }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let hello = ClientId::default();
        let opening = TcpStream::connect((self.host.as_str(), self.port));
        let socket = within(self.patience, opening).await.map_err(|why| why.because("cannot be reached"))?;
        socket.set_nodelay(true)?;
        let loopback = socket.peer_addr()?.ip().is_loopback();
        let always = self.encryption == Encryption::Always;
        let stream: Box<dyn AsyncTokioStream> =
            if always { Box::new(self.encrypted(socket).await?) } else { Box::new(socket) };
        let mut connection = within(self.patience, AsyncSmtpConnection::connect_with_transport(stream, &hello)).await?;
        let offered = self.encryption == Encryption::Offered && connection.can_starttls() && !loopback;
        if self.encryption == Encryption::Required || offered {
            let parameters = self.trust.parameters(&self.host)?;
            within(self.patience, connection.starttls(parameters, &hello))
                .await
                .map_err(|why| why.because("cannot be spoken to encrypted"))?;
        }
        self.sign_in(&mut connection, always || loopback).await?;
        Ok(connection)
    }

    async fn encrypted(&self, socket: TcpStream) -> Result<tls::Encrypted, Trouble> {
        let opening = self.trust.encrypt(&self.host, socket);
        within(self.patience, opening).await.map_err(|why| why.because("cannot be spoken to encrypted"))
    }

    /// The password leaves this machine encrypted or not at all.
    async fn sign_in(&self, connection: &mut AsyncSmtpConnection, safe: bool) -> Result<(), Trouble> {
        let Some(login) = &self.login else { return Ok(()) };
        if !connection.is_encrypted() && !safe {
            return Err(Trouble("the server offers no encryption, so the password was not sent".to_owned()));
        }
        within(self.patience, connection.auth(&[Mechanism::Plain, Mechanism::Login], login))
            .await
            .map_err(|why| why.because("did not take the user and password"))?;
        Ok(())
    }
}

fn decode(text: &str) -> Result<String, &'static str> {
    let decoded =
        percent_decode_str(text).decode_utf8().map_err(|_| "write user and password in UTF-8, percent-encoded")?;
    Ok(decoded.into_owned())
}

/// Why the server could not be reached or did not answer as agreed.
struct Trouble(String);

impl Trouble {
    fn because(self, what: &str) -> Self {
        Self(format!("{what}: {}", self.0))
    }
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

async fn within<T, E: std::error::Error>(
    limit: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, Trouble> {
    match timeout(limit, work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Trouble(TOO_LONG.to_owned())),
    }
}

/// The connection of a batch, once it is open.
#[derive(Default)]
pub(super) struct Line(Option<Box<AsyncSmtpConnection>>);

impl Line {
    /// Sends one message to its one receiver.
    pub(super) async fn send(&mut self, server: &Server, message: &Message) -> Outcome {
        if let Some(mut used) = self.0.take() {
            let done = dialogue(&mut used, message, server.patience).await;
            // It hung up between two mails: only a new connection tells whether it takes ours.
            if !matches!(&done, Err(Fault { outcome: Outcome::Paused(_), usable: false })) {
                return self.keep(used, done, server).await;
            }
        }
        let mut fresh = match server.open().await {
            Ok(connection) => Box::new(connection),
            Err(Trouble(reason)) => return Outcome::Paused(reason),
        };
        let done = dialogue(&mut fresh, message, server.patience).await;
        self.keep(fresh, done, server).await
    }

    /// Keeps the connection for the next mail, if it can be used.
    async fn keep(
        &mut self,
        mut connection: Box<AsyncSmtpConnection>,
        done: Result<Response, Fault>,
        server: &Server,
    ) -> Outcome {
        let (outcome, usable) = match done {
            Ok(response) => (Outcome::Accepted(reply(&response)), true),
            Err(Fault { outcome, usable }) => {
                (outcome, usable && within(server.patience, connection.command(Rset)).await.is_ok())
            }
        };
        self.0 = usable.then_some(connection);
        outcome
    }

    pub(super) async fn close(self) {
        if let Some(mut connection) = self.0 {
            let _ = within(FAREWELL, connection.quit()).await;
        }
    }
}

/// Whom a refusal is about.
#[derive(Clone, Copy)]
enum About {
    /// Before the receiver is named it is about us or the server, not about this mail.
    Us,
    Mail,
}

/// Why a mail did not go, and whether the connection can be used for the next.
struct Fault {
    outcome: Outcome,
    usable: bool,
}

async fn dialogue(
    connection: &mut AsyncSmtpConnection,
    message: &Message,
    patience: Duration,
) -> Result<Response, Fault> {
    let envelope = message.envelope();
    let mut options = Vec::new();
    // Domains are ASCII already.
    if !envelope.to().iter().chain(envelope.from()).all(|address| address.user().is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let reason = "5.6.7 the mail server takes no address that is not ASCII".to_owned();
            return Err(Fault { outcome: Outcome::Refused(reason), usable: true });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    let about = if options.is_empty() { About::Us } else { About::Mail };
    step(connection.command(Mail::new(envelope.from().cloned(), options)), about, patience).await?;
    for address in envelope.to() {
        let naming = connection.command(Rcpt::new(Address::clone(address), Vec::new()));
        step(naming, About::Mail, patience).await?;
    }
    step(connection.command(Data), About::Mail, patience).await?;
    step(connection.message(&message.formatted()), About::Mail, patience * AFTER_THE_DOT).await
}

async fn step(
    command: impl Future<Output = Result<Response, Error>>,
    about: About,
    patience: Duration,
) -> Result<Response, Fault> {
    let (text, code) = match timeout(patience, command).await {
        Ok(Ok(response)) => return Ok(response),
        Ok(Err(error)) => (error.to_string(), error.status().map(u16::from)),
        Err(_) => (TOO_LONG.to_owned(), None),
    };
    let outcome = match (about, code) {
        (About::Us, _) => Outcome::Paused(text),
        (About::Mail, Some(code)) if code >= 500 && is_about_us(code, &text) => Outcome::Paused(text),
        (About::Mail, Some(code)) if code >= 500 => Outcome::Refused(text),
        (About::Mail, _) => Outcome::Deferred(text),
    };
    // With 421 the server says that it hangs up.
    Err(Fault { outcome, usable: code.is_some_and(|code| code != 421) })
}

/// Whether a refusal that comes where the receiver is named means the sender: a relay that wants a login, knows neither this
/// machine nor the sender, or does not relay for us. To park every mail for it would be wrong.
fn is_about_us(code: u16, text: &str) -> bool {
    let text = text.to_lowercase();
    matches!(code, 530 | 535)
        || ["relay", "client host", "sender address", "authentication required"].iter().any(|word| text.contains(word))
}

fn reply(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), lines.join(" "))
}

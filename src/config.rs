//! Configuration: environment variables over `inlet.toml` over defaults. The names are promises (CONTRACT).
//!
//! A leaf: open to every module but `forms` and `domain`, imports nothing of Inlet.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Everything an operator can set, read and checked.
#[derive(Debug, Clone)]
pub struct Config {
    pub data_dir: PathBuf,
    /// The SQLite file.
    pub database: PathBuf,
    pub secret_key_file: PathBuf,
    pub web: Web,
    pub mail: MailSettings,
    pub service: Service,
    pub forms_dir: Option<PathBuf>,
    /// The virus scanner that every attachment is shown to.
    pub clamd: Option<ClamdAddress>,
    pub log: Log,
}

#[derive(Debug, Clone)]
pub struct Web {
    /// `host:port`.
    pub bind: String,
    /// Without a slash at the end; `None` until the real port is known.
    pub base_url: Option<String>,
    pub two_factor_optional: bool,
    pub rate_limit: bool,
    /// Networks whose forwarding headers are believed.
    pub trusted_proxies: Vec<ipnet::IpNet>,
}

#[derive(Debug, Clone)]
pub struct MailSettings {
    pub smtp_url: Option<String>,
    /// How long one step of the talk with the mail server may take.
    pub patience: Duration,
    /// Certificates in PEM that are trusted besides those everybody trusts, for a mail server of one's own.
    pub trusted: Option<PathBuf>,
    pub from: String,
    /// Where mail that does not arrive goes back to; each with a token of its own after a `+`.
    pub bounce: Option<String>,
    /// How long mails of a decision wait for an undo.
    pub hold: Duration,
}

#[derive(Debug, Clone)]
pub struct Service {
    pub name: String,
    /// The operator chose the name; until then no page may look official.
    pub named: bool,
    pub contact_email: Option<String>,
    pub licence: Option<String>,
    /// Invented data: a banner everywhere, no index, mails readable in the browser.
    pub demo: bool,
}

impl MailSettings {
    /// The domain of the sender, which stands in the Message-IDs of our mails.
    #[must_use]
    pub fn domain(&self) -> String {
        let domain = self.from.rsplit('@').next().unwrap_or_default().trim_matches(['>', ' ']);
        url::Host::parse(domain).map_or_else(|_| domain.to_owned(), |host| host.to_string())
    }

    /// The address a mail with this Message-ID goes back to, where one is set.
    #[must_use]
    pub fn return_path(&self, message_id: &str) -> Option<String> {
        let (local, domain) = self.bounce.as_deref()?.rsplit_once('@')?;
        Some(format!("{local}+{message_id}@{domain}"))
    }
}

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClamdAddress {
    /// `host:port`.
    Host(String),
    Socket(PathBuf),
}

impl std::fmt::Display for ClamdAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Host(host) => f.write_str(host),
            Self::Socket(path) => path.display().fmt(f),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Log {
    pub filter: String,
    pub json: bool,
}

/// One setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {message}")]
pub struct Problem {
    pub variable: String,
    pub message: String,
}

const NAMES: [&str; 22] = [
    "INLET_DATA_DIR",
    "DATABASE_URL",
    "INLET_BIND",
    "INLET_BASE_URL",
    "INLET_SERVICE_NAME",
    "INLET_CONTACT_EMAIL",
    "INLET_LICENCE",
    "INLET_SMTP_URL",
    "INLET_SMTP_TIMEOUT",
    "INLET_SMTP_CA",
    "INLET_MAIL_FROM",
    "INLET_MAIL_BOUNCE",
    "INLET_SECRET_KEY_FILE",
    "INLET_TWO_FACTOR",
    "INLET_HOLD",
    "INLET_RATE_LIMIT",
    "INLET_CLAMD",
    "INLET_FORMS_DIR",
    "INLET_LOG",
    "INLET_LOG_FORMAT",
    "INLET_TRUSTED_PROXIES",
    "INLET_CONFIG",
];

impl Config {
    /// Reads the environment and `inlet.toml` (in the working folder, or named by `INLET_CONFIG`).
    ///
    /// # Errors
    /// All problems at once.
    pub fn from_environment() -> Result<Self, Vec<Problem>> {
        let environment: BTreeMap<String, String> =
            NAMES.iter().filter_map(|name| std::env::var(name).ok().map(|value| ((*name).to_owned(), value))).collect();
        let named = environment.get("INLET_CONFIG").map(PathBuf::from);
        let mut settings = read_file(named.as_deref())?;
        settings.extend(environment);
        Self::from_settings(&settings)
    }

    /// Reads settings by their variable names.
    ///
    /// # Errors
    /// All problems at once.
    pub fn from_settings(settings: &BTreeMap<String, String>) -> Result<Self, Vec<Problem>> {
        let mut read = Reader { settings, problems: Vec::new() };
        let data_dir = PathBuf::from(read.text("INLET_DATA_DIR").unwrap_or("data"));
        let config = Self {
            database: database_path(read.text("DATABASE_URL"), &data_dir),
            secret_key_file: read
                .text("INLET_SECRET_KEY_FILE")
                .map_or_else(|| data_dir.join("secret.key"), PathBuf::from),
            web: read.web(),
            mail: read.mail(),
            service: Service {
                name: read.text("INLET_SERVICE_NAME").unwrap_or("Inlet").to_owned(),
                named: read.text("INLET_SERVICE_NAME").is_some(),
                contact_email: read.text("INLET_CONTACT_EMAIL").map(str::to_owned),
                licence: read.text("INLET_LICENCE").map(str::to_owned),
                demo: false,
            },
            forms_dir: read.text("INLET_FORMS_DIR").map(PathBuf::from),
            clamd: read.clamd(),
            log: Log {
                filter: read.text("INLET_LOG").unwrap_or("info,actix_server=warn").to_owned(),
                json: read.text("INLET_LOG_FORMAT") == Some("json"),
            },
            data_dir,
        };
        if read.problems.is_empty() { Ok(config) } else { Err(read.problems) }
    }

    /// Whether haste and many receipts to one address look like a robot. Not in the demonstration: its mail reaches nobody, and
    /// who shows it round clicks fast.
    #[must_use]
    pub fn suspects_robots(&self) -> bool {
        self.web.rate_limit && !self.service.demo
    }

    /// Whether mails leave with links that work on this machine alone.
    #[must_use]
    pub fn mails_dead_links(&self, base: &str) -> bool {
        let host = base.split_once("://").map_or(base, |(_, host)| host);
        self.mail.smtp_url.is_some() && is_loopback(host)
    }

    /// Whether the server listens on this machine alone.
    #[must_use]
    pub fn on_loopback(&self) -> bool {
        is_loopback(&self.web.bind)
    }
}

fn database_path(url: Option<&str>, data_dir: &Path) -> PathBuf {
    url.map_or_else(|| data_dir.join("inlet.db"), |url| PathBuf::from(url.trim_start_matches("sqlite://")))
}

fn is_loopback(bind: &str) -> bool {
    let host = bind.rsplit_once(':').map_or(bind, |(host, _)| host).trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

struct Reader<'a> {
    settings: &'a BTreeMap<String, String>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn text(&self, variable: &str) -> Option<&'a str> {
        self.settings.get(variable).map(String::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    fn problem(&mut self, variable: &str, message: &str) {
        self.problems.push(Problem { variable: variable.to_owned(), message: message.to_owned() });
    }

    fn clamd(&mut self) -> Option<ClamdAddress> {
        let text = self.text("INLET_CLAMD")?;
        if text.starts_with('/') {
            return Some(ClamdAddress::Socket(PathBuf::from(text)));
        }
        let named = text.rsplit_once(':').filter(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
        if named.is_none() {
            self.problem("INLET_CLAMD", "write host:port, such as 127.0.0.1:3310, or the path of clamd's socket");
        }
        named.map(|_| ClamdAddress::Host(text.to_owned()))
    }

    fn web(&mut self) -> Web {
        let bind = self.text("INLET_BIND").unwrap_or("127.0.0.1:8080").to_owned();
        let loopback = is_loopback(&bind);
        if bind.rsplit_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_err()) {
            self.problem("INLET_BIND", "write an address and a port, such as 127.0.0.1:8080");
        }
        let base_url = self.text("INLET_BASE_URL").map(|url| url.trim_end_matches('/').to_owned());
        if base_url.as_ref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
            self.problem("INLET_BASE_URL", "write a whole address, such as https://inlet.example.org");
        }
        Web {
            two_factor_optional: self.choice("INLET_TWO_FACTOR", "required", "optional") && loopback,
            rate_limit: !(self.choice("INLET_RATE_LIMIT", "on", "off") && loopback),
            trusted_proxies: self.networks("INLET_TRUSTED_PROXIES"),
            bind,
            base_url,
        }
    }

    fn bounce(&mut self) -> Option<String> {
        let bounce = self.text("INLET_MAIL_BOUNCE").map(str::to_owned);
        // 41 characters are added to it, and a mailbox has at most 64.
        let fits =
            |address: &String| address.parse::<lettre::Address>().is_ok_and(|address| address.user().len() <= 23);
        if bounce.as_ref().is_some_and(|address| !fits(address)) {
            self.problem(
                "INLET_MAIL_BOUNCE",
                "write an address such as bounces@example.org, at most 23 characters before the @",
            );
        }
        bounce
    }

    fn mail(&mut self) -> MailSettings {
        let from = self.text("INLET_MAIL_FROM").unwrap_or("Inlet <no-reply@localhost>").to_owned();
        if from.parse::<lettre::message::Mailbox>().is_err() {
            self.problem("INLET_MAIL_FROM", "write a sender such as Inlet <no-reply@example.org>");
        }
        let smtp_url = self.text("INLET_SMTP_URL").map(str::to_owned);
        if smtp_url.as_ref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://")) {
            self.problem("INLET_SMTP_URL", "write smtp://host:port or smtps://host:port");
        }
        let hold = self.duration("INLET_HOLD", "2m");
        let patience = self.duration("INLET_SMTP_TIMEOUT", "1m");
        let trusted = self.text("INLET_SMTP_CA").map(PathBuf::from);
        MailSettings { smtp_url, patience, trusted, from, bounce: self.bounce(), hold }
    }

    fn duration(&mut self, variable: &str, usual: &str) -> Duration {
        parse_duration(self.text(variable).unwrap_or(usual)).unwrap_or_else(|| {
            self.problem(variable, "write a time such as 0s, 90s, 2m or 1h");
            Duration::ZERO
        })
    }

    /// Networks as CIDR, parted by commas or spaces; a single address stands for itself.
    fn networks(&mut self, variable: &str) -> Vec<ipnet::IpNet> {
        let mut networks = Vec::new();
        for part in self.text(variable).unwrap_or("").split([',', ' ']).filter(|part| !part.is_empty()) {
            match part.parse().or_else(|_| part.parse::<IpAddr>().map(ipnet::IpNet::from)) {
                Ok(network) => networks.push(network),
                Err(_) => self.problem(variable, &format!("{part}: write a network such as 10.0.0.0/8")),
            }
        }
        networks
    }

    /// Whether a two-valued setting has its second value.
    fn choice(&mut self, variable: &str, first: &str, second: &str) -> bool {
        match self.text(variable) {
            None => false,
            Some(text) if text == first => false,
            Some(text) if text == second => true,
            Some(_) => {
                self.problem(variable, &format!("write {first} or {second}"));
                false
            }
        }
    }
}

/// `90s`, `2m`, `1h`.
fn parse_duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u64 = number.parse().ok()?;
    match unit {
        "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(number.checked_mul(60)?)),
        "h" => Some(Duration::from_secs(number.checked_mul(3600)?)),
        _ => None,
    }
}

/// `inlet.toml`: the variables in lower case without their prefix, `bind = "…"`, `database_url = "…"`.
fn read_file(named: Option<&Path>) -> Result<BTreeMap<String, String>, Vec<Problem>> {
    let path = named.unwrap_or(Path::new("inlet.toml"));
    let fault = |message: String| vec![Problem { variable: path.display().to_string(), message }];
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => return Ok(BTreeMap::new()),
        Err(error) => return Err(fault(error.to_string())),
    };
    let table: BTreeMap<String, toml::Value> = toml::from_str(&text).map_err(|e| fault(e.to_string()))?;
    let mut settings = BTreeMap::new();
    let mut problems = Vec::new();
    for (key, value) in table {
        let variable =
            if key == "database_url" { "DATABASE_URL".to_owned() } else { format!("INLET_{}", key.to_uppercase()) };
        if !NAMES.contains(&variable.as_str()) {
            problems.extend(fault(format!("{key}: no such setting")));
        } else if let toml::Value::String(text) = value {
            settings.insert(variable, text);
        } else {
            problems.extend(fault(format!("{key}: write the value in quotes")));
        }
    }
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn without_configuration_everything_has_a_value() {
        let config = Config::from_settings(&BTreeMap::new()).unwrap();
        assert_eq!(config.database, PathBuf::from("data/inlet.db"));
        assert_eq!(config.mail.hold, Duration::from_secs(120));
        assert!(config.on_loopback() && config.web.rate_limit && !config.web.two_factor_optional);
    }

    #[test]
    fn loosened_safety_is_honoured_on_loopback_alone() {
        let loose = [("INLET_TWO_FACTOR", "optional"), ("INLET_RATE_LIMIT", "off")];
        assert!(Config::from_settings(&settings(&loose)).unwrap().web.two_factor_optional);
        let mut open = loose.to_vec();
        open.push(("INLET_BIND", "0.0.0.0:80"));
        let config = Config::from_settings(&settings(&open)).unwrap();
        assert!(!config.web.two_factor_optional && config.web.rate_limit);
    }

    #[test]
    fn the_scanner_is_a_host_with_a_port_or_a_socket() {
        let read = |text| Config::from_settings(&settings(&[("INLET_CLAMD", text)])).map(|config| config.clamd);
        assert_eq!(read("").unwrap(), None);
        assert_eq!(read("scanner:3310").unwrap(), Some(ClamdAddress::Host("scanner:3310".to_owned())));
        assert_eq!(read("/run/clamd.ctl").unwrap(), Some(ClamdAddress::Socket(PathBuf::from("/run/clamd.ctl"))));
        for wrong in ["scanner", ":3310", "scanner:port", "run/clamd.ctl"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn all_problems_are_said_at_once() {
        let wrong = settings(&[("INLET_BIND", "here"), ("INLET_HOLD", "soon"), ("INLET_SMTP_URL", "mail.example.org")]);
        assert_eq!(Config::from_settings(&wrong).unwrap_err().len(), 3);
    }
}

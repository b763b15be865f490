//! A data folder with practices as long as they may be, in all six languages, and what is fetched from it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use inlet::forms::catalog::Catalog;
use inlet::forms::kind::FieldKind;
use inlet::forms::lists::Lists;
use inlet::locale::Language;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::download::{Answer, get, post};
use crate::{Fallible, Measured};

const FORM: &str = "practice";
const PASSWORD: &str = "a long way to the sea";
const EMAIL: &str = "moderator@example.org";

/// A sentence in each language.
const SENTENCES: [(Language, &str); 6] = [
    (Language::En, "The desk at the town hall explains permits, schools and health care to newcomers. "),
    (Language::Fr, "Le guichet de la mairie explique les permis, l’école et la santé aux nouveaux arrivants. "),
    (Language::Es, "La oficina del ayuntamiento explica los permisos, la escuela y la salud. "),
    (Language::Ru, "Стол в ратуше объясняет разрешения, школы и здравоохранение. "),
    (Language::Ar, "يشرح مكتب البلدية التصاريح والمدارس والرعاية الصحية للوافدين. "),
    (Language::Zh, "市政厅的服务台为新来者解释许可、学校和医疗。"),
];

/// The folder, and how much is in it.
pub struct Place {
    folder: TempDir,
    filled: usize,
    /// Bytes of one row as JSON.
    pub row: usize,
}

impl Place {
    pub fn new() -> Fallible<Self> {
        let folder = tempfile::Builder::new().prefix("export-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let mut add = inlet(folder.path(), &["staff", "add", "--email", EMAIL, "--name", "M", "--role", "moderator"]);
        let mut child = add.args(["--password-file", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        child.stdin.take().ok_or("no input")?.write_all(PASSWORD.as_bytes())?;
        if !child.wait()?.success() {
            return Err("no account could be added".into());
        }
        Ok(Self { folder, filled: 0, row: 0 })
    }

    /// Brings in as many practices as are missing.
    pub fn fill_up_to(&mut self, size: usize) -> Fallible<()> {
        let file = self.folder.path().join("rows.jsonl");
        let mut out = std::io::BufWriter::new(std::fs::File::create(&file)?);
        let example = longest()?;
        for number in self.filled..size {
            let row = practice(&example, number).to_string();
            self.row = row.len();
            writeln!(out, "{row}")?;
        }
        out.flush()?;
        let path = file.display().to_string();
        let done = inlet(self.folder.path(), &["import", FORM, &path]).output()?;
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stdout);
            return Err(said.lines().take(5).collect::<Vec<_>>().join("\n").into());
        }
        std::fs::remove_file(file)?;
        self.filled = size;
        Ok(())
    }

    /// `inlet export`.
    pub fn command(&self, format: &str, rows: usize) -> Fallible<Measured> {
        let begun = Instant::now();
        let mut child =
            inlet(self.folder.path(), &["export", FORM, "--format", format]).stdout(Stdio::piped()).spawn()?;
        let mut out = child.stdout.take().ok_or("no output")?;
        let (mut chunk, mut bytes, mut peak, mut first_byte, mut lines) = (vec![0; 1 << 16], 0, 0, None, 0);
        loop {
            let count = out.read(&mut chunk)?;
            if count == 0 {
                break;
            }
            first_byte.get_or_insert_with(|| begun.elapsed());
            bytes += count;
            lines += chunk.iter().take(count).filter(|byte| **byte == b'\n').count();
            peak = memory(&child).unwrap_or(peak);
        }
        if !child.wait()?.success() || (format == "jsonl" && lines != rows) {
            return Err(format!("{format}: {lines} of {rows} rows arrived").into());
        }
        Ok(Measured { first_byte: first_byte.unwrap_or_default(), whole: begun.elapsed(), bytes, peak, visitor: None })
    }

    /// The same from the queue of a fresh server, while a visitor reads the repository.
    pub fn staff(&self, format: &str, rows: usize) -> Fallible<Measured> {
        let (mut server, address) = serve(self.folder.path())?;
        let cookie = sign_in(address)?;
        let stop = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&stop);
        let visitor = std::thread::spawn(move || visit(address, &seen));
        let path = format!("/staff/export.{format}?tab=all&form={FORM}");
        let answer = get(address, &path, &cookie)?;
        let peak = memory(&server).unwrap_or_default();
        stop.store(true, Ordering::Relaxed);
        let visitor = visitor.join().map_err(|_| "the visitor fell")?;
        server.kill()?;
        server.wait()?;
        let Answer { status, first_byte, whole, bytes, lines, .. } = answer;
        if status != 200 || (format == "jsonl" && lines != rows) {
            return Err(format!("{path}: {status}, {lines} of {rows} rows arrived").into());
        }
        Ok(Measured { first_byte, whole, bytes, peak, visitor: Some(visitor) })
    }
}

fn inlet(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inlet"));
    command.args(arguments).env_clear().current_dir(data).stderr(Stdio::null());
    command.env("INLET_DATA_DIR", data).env("INLET_BIND", "127.0.0.1:0").env("INLET_RATE_LIMIT", "off");
    command.env("INLET_TWO_FACTOR", "optional");
    command
}

fn serve(data: &Path) -> Fallible<(Child, SocketAddr)> {
    let mut child = inlet(data, &["serve"]).stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines().map_while(Result::ok);
    let address = lines.find_map(|line| line.strip_prefix("listening on http://").and_then(|at| at.parse().ok()));
    std::thread::spawn(move || lines.for_each(drop));
    Ok((child, address.ok_or("the server did not start")?))
}

/// Gives the cookie of the session.
fn sign_in(address: SocketAddr) -> Fallible<String> {
    let body = format!("email={}&password={}", EMAIL.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let answer = post(address, "/staff/login", &body)?;
    answer.cookie.ok_or_else(|| format!("nobody could sign in: {}", answer.status).into())
}

/// Reads the repository until told to stop; gives the longest wait.
fn visit(address: SocketAddr, stop: &AtomicBool) -> Duration {
    let mut longest = Duration::ZERO;
    while !stop.load(Ordering::Relaxed) {
        if let Ok(answer) = get(address, "/practices?q=desk", "") {
            longest = longest.max(answer.whole);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    longest
}

/// The most memory that a process had, in KiB.
fn memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

/// Answers, and each long text's field with its limit.
type Longest = (Map<String, Value>, Vec<(String, usize)>);

/// A practice in which every question for a text is answered, and how long each text may be.
fn longest() -> Fallible<Longest> {
    let lists = Lists::load().map_err(|_| "the reference lists have faults")?;
    let catalog = Catalog::load(&lists, None).map_err(|_| "the form files have faults")?;
    let form = catalog.find(FORM, Language::En).ok_or("no such form")?;
    let long = form.fields().filter_map(|field| {
        let FieldKind::LongText { max, .. } = &field.kind else { return None };
        Some((field.id.to_string(), *max))
    });
    let long = long.collect();
    Ok((form.example().as_object().cloned().ok_or("no example")?, long))
}

fn practice((example, long): &(Map<String, Value>, Vec<(String, usize)>), number: usize) -> Value {
    let mut row = example.clone();
    let (language, sentence) = SENTENCES.iter().cycle().nth(number % 6).copied().unwrap_or((Language::En, ""));
    for (field, max) in long.iter().filter(|(field, _)| example.contains_key(field)) {
        let text: String = sentence.chars().cycle().take(max * 9 / 10).collect();
        row.insert(field.clone(), json!(text.trim()));
    }
    row.insert("import_id".to_owned(), json!(number.to_string()));
    row.insert("language".to_owned(), json!(language.code()));
    Value::Object(row)
}

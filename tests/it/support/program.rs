//! The program as an operator runs it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use super::Client;

/// A command in a folder, with no settings but its own.
pub fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inlet"));
    command.args(arguments).current_dir(data).env_clear();
    command.env("INLET_DATA_DIR", data).env("INLET_BIND", "127.0.0.1:0").env("INLET_LOG", "warn");
    command
}

/// Runs a command to its end.
pub fn run(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).output().expect("the program")
}

/// Everything a command said.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A server in a process of its own.
pub struct Serving {
    child: Child,
    pub address: SocketAddr,
    /// What it said until it was ready.
    pub greeting: String,
}

impl Serving {
    pub fn start(command: Command) -> Self {
        Self::logging(command, Stdio::null())
    }

    /// The same, with what it logs going somewhere.
    pub fn logging(mut command: Command, log: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut greeting = String::new();
        while let Some(Ok(line)) = lines.next() {
            greeting.push_str(&line);
            greeting.push('\n');
            if let Some(address) = line.strip_prefix("listening on http://") {
                let address = address.parse().expect("an address");
                // Nobody reads on; a full pipe must not stop the server.
                std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
                return Self { child, address, greeting };
            }
        }
        panic!("not ready: {greeting}{:?}", child.wait());
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// SIGTERM; waits for the end.
    pub fn terminate(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < Duration::from_secs(30), "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

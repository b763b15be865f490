//! The servers that are measured, each a process of its own: Inlet as released, and a bare actix server.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse, HttpServer};

use crate::Fallible;

pub const INLET: &str = env!("CARGO_BIN_EXE_inlet");

/// A running server; it ends when it is stopped or forgotten.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

/// `inlet …` on a data folder, with nothing else configured than what a load test needs.
pub fn inlet(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(INLET);
    command.args(arguments).env_clear().current_dir(data);
    command.env("INLET_DATA_DIR", data).env("INLET_BIND", "127.0.0.1:0").env("INLET_RATE_LIMIT", "off");
    command
}

impl Server {
    pub fn inlet(data: &Path) -> Fallible<Self> {
        Self::start(inlet(data, &["serve"]).stderr(Stdio::null()))
    }

    /// This program again, as a bare server of one page of that size.
    pub fn bare(page: usize) -> Fallible<Self> {
        Self::start(Command::new(std::env::current_exe()?).args(["--static", &page.to_string()]))
    }

    fn start(command: &mut Command) -> Fallible<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output to read")?).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening on http://").and_then(|address| address.parse().ok()));
        // What it says later is read too, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        match address {
            Some(address) => Ok(Self { child, address }),
            None => Err(format!("the server did not start: {}", child.wait()?).into()),
        }
    }

    /// Asks it to finish, and waits.
    pub fn stop(mut self) -> Fallible<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(format!("the server ended with {status}").into()) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Serves one page of `size` bytes until stopped: what actix can do on this machine when nothing has to be made.
pub fn serve_bare(size: usize) -> Fallible<()> {
    let page = Bytes::from(vec![b'x'; size]);
    actix_web::rt::System::new().block_on(async move {
        let server =
            HttpServer::new(move || App::new().app_data(web::Data::new(page.clone())).route("/", web::get().to(bare)));
        let server = server.bind(("127.0.0.1", 0))?;
        for address in server.addrs() {
            println!("listening on http://{address}");
        }
        server.run().await
    })?;
    Ok(())
}

async fn bare(page: web::Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.get_ref().clone())
}

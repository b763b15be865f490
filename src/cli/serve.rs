//! `inlet serve`: HTTP and mail until asked to stop.

use std::fs::File;
use std::net::TcpListener;
use std::path::Path;

use actix_web::{HttpServer, web};
use tokio::sync::watch;

use super::{Failure, demo, demo_folder, start_log};
use crate::actions::{attach, project, scan, tell};
use crate::app::{App, Surroundings};
use crate::clamd::Clamd;
use crate::config::Config;
use crate::domain::account::Role;
use crate::entropy::Clock;
use crate::mail::{Transport, transport_for, worker};
use crate::store::{accounts, attachments};
use crate::web::network::Limits;
use crate::web::server;

/// Serves until SIGTERM or Ctrl-C.
pub(super) fn serve(mut config: Config, demo: bool) -> Result<(), Failure> {
    start_log(&config.log);
    let clock = demo::Clock::new();
    if demo {
        config.data_dir = demo_folder(&config);
        demo::prepare(&mut config)?;
    }
    std::fs::create_dir_all(&config.data_dir)?;
    let _lock = lock(&config.data_dir)?;
    let around = Surroundings { clock: if demo { clock.clock() } else { Clock::system() }, ..Surroundings::real() };
    let around = if demo { Surroundings { password_cost: demo::PASSWORD_COST, ..around } } else { around };
    let listener = TcpListener::bind(&config.web.bind)
        .map_err(|e| Failure::said(format!("cannot listen on {}: {e}", config.web.bind)))?;
    let address = listener.local_addr()?;
    let app = App::open(config, around)?;
    if app.config.web.base_url.is_none() {
        app.set_base(&format!("http://{address}"));
    }
    actix_web::rt::System::new().block_on(run(app, listener, demo.then_some(clock)))
}

async fn run(app: App, listener: TcpListener, demo: Option<demo::Clock>) -> Result<(), Failure> {
    let transport = transport_for(&app.config).map_err(|problem| Failure::said(problem.to_string()))?;
    project::bring_up_to_date(&app).await?;
    attach::catch_up(&app).await?;
    let scanner = Clamd::of(&app.config);
    if scanner.is_some() {
        scan::take_up(&app).await.map_err(|error| Failure::said(error.to_string()))?;
    }
    if let Some(clock) = demo {
        demo::fill(&app, &clock).await?;
        worker::send_due(&app, &transport).await?;
        demo::greet(&app);
    }
    warn(&app).await?;
    warn_of_scanner(&app, scanner.as_ref()).await?;
    let address = listener.local_addr()?;
    let (serving, limits) = (app.clone(), web::Data::new(Limits::new(&app.config.web)));
    let kept = limits.clone();
    let server = HttpServer::new(move || server::service(serving.clone(), limits.clone()))
        .listen(listener)?
        .client_request_timeout(std::time::Duration::from_secs(10))
        .shutdown_timeout(10)
        .run();
    println!("listening on http://{address}");
    let (stop, stopped) = watch::channel(false);
    let sending = tokio::spawn(worker::run(app.clone(), transport, stopped.clone()));
    let telling = tokio::spawn(tell::run(app.clone(), stopped.clone()));
    let scanning = scanner.map(|scanner| tokio::spawn(scan::run(app.clone(), scanner, stopped.clone())));
    let sweeping = tokio::spawn(sweep(app, kept, stopped));
    server.await?;
    let _ = stop.send(true);
    let _ = tokio::join!(sending, telling, sweeping);
    if let Some(scanning) = scanning {
        let _ = scanning.await;
    }
    Ok(())
}

/// One server a folder.
fn lock(folder: &Path) -> Result<File, Failure> {
    let path = folder.join("inlet.lock");
    let file = File::create(&path)?;
    file.try_lock().map_err(|_| Failure::said(format!("another server uses {}", folder.display())))?;
    Ok(file)
}

/// Says plainly what is not set.
async fn warn(app: &App) -> Result<(), Failure> {
    if app.config.mail.smtp_url.is_none() {
        println!(
            "warning: no mail server is set (INLET_SMTP_URL): mails are kept in {} and reach nobody",
            app.config.data_dir.join("mail").display()
        );
    }
    if app.base().starts_with("http://127.") || app.base().starts_with("http://localhost") {
        println!("warning: the base URL is {}: links in mails work on this machine alone (INLET_BASE_URL)", app.base());
    }
    if app.base().starts_with("https://") && app.config.web.trusted_proxies.is_empty() {
        println!("warning: no proxy is trusted (INLET_TRUSTED_PROXIES): all visitors count as one network");
    }
    let all = app.db.read(accounts::all).await?;
    if !all.iter().any(|account| account.role == Role::Admin && !account.disabled) {
        println!(
            "warning: there is no administrator yet; add one with: inlet staff add --email YOU@EXAMPLE.ORG --name NAME --role admin"
        );
    }
    Ok(())
}

/// Says that files wait, where they will wait long.
async fn warn_of_scanner(app: &App, scanner: Option<&Clamd>) -> Result<(), Failure> {
    let Some(scanner) = scanner else {
        let waiting = app.db.read(attachments::waiting).await?;
        if waiting > 0 {
            println!(
                "warning: {waiting} files wait for a virus scanner, and none is set (INLET_CLAMD): nobody can open them"
            );
        }
        return Ok(());
    };
    if let Err(trouble) = scanner.ping().await {
        println!("warning: {trouble} ({}): nobody can open new files until it answers (INLET_CLAMD)", scanner.address);
    }
    Ok(())
}

/// Removes what has had its day: expired drafts, old submission keys. In small pieces.
async fn sweep(app: App, limits: web::Data<Limits>, mut stop: watch::Receiver<bool>) {
    let mut hourly = tokio::time::interval(std::time::Duration::from_secs(3600));
    loop {
        tokio::select! {
            _ = hourly.tick() => {
                limits.forget();
                if let Err(error) = crate::actions::sweep::sweep(&app).await {
                    tracing::warn!(?error, "sweeping failed");
                }
            }
            _ = stop.changed() => return,
        }
    }
}

/// The transport of commands beside `serve`.
pub(super) fn transport(app: &App) -> Result<Transport, Failure> {
    transport_for(&app.config).map_err(|problem| Failure::said(problem.to_string()))
}

//! `inlet serve --demo`: a fresh folder, an invented world, played through the same actions as the real one.

mod dates;
mod play;
mod world;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::Failure;
use crate::app::App;
use crate::config::Config;
use crate::entropy;

/// Argon2 in the demonstration: its passwords are public, so nothing is gained by making them slow.
pub(super) const PASSWORD_COST: (u32, u32) = (1024, 1);

/// The file that says: this folder holds invented data.
const MARK: &str = "demonstration";

/// A clock that can be set back while the past is played.
#[derive(Clone, Default)]
pub(super) struct Clock(Arc<Mutex<Option<DateTime<Utc>>>>);

impl Clock {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn clock(&self) -> entropy::Clock {
        let set = Arc::clone(&self.0);
        entropy::Clock::new(move || set.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(Utc::now))
    }

    /// `None`: now.
    fn set(&self, at: Option<DateTime<Utc>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

/// Makes the folder fresh and the settings those of a demonstration.
pub(super) fn prepare(config: &mut Config) -> Result<(), Failure> {
    let folder = config.data_dir.clone();
    config.database = folder.join("inlet.db");
    config.secret_key_file = folder.join("secret.key");
    config.web.two_factor_optional = config.on_loopback();
    config.mail.hold = Duration::ZERO;
    config.mail.smtp_url = None;
    config.service.demo = true;
    let mark = folder.join(MARK);
    let holds_something =
        folder.read_dir().is_ok_and(|mut all| all.any(|entry| entry.is_ok_and(|e| e.file_name() != "inlet.lock")));
    if holds_something && !mark.exists() {
        return Err(Failure::said(format!(
            "{} holds other data; name an empty or another folder for the demonstration",
            folder.display()
        )));
    }
    fs::create_dir_all(&folder)?;
    // The lock first: a demonstration that runs must not lose its folder.
    let lock = fs::File::create(folder.join("inlet.lock"))?;
    lock.try_lock().map_err(|_| Failure::said(format!("another server uses {}", folder.display())))?;
    clear(&folder)?;
    fs::write(mark, "Invented data, made anew at each start.\n")?;
    Ok(())
}

fn clear(folder: &Path) -> Result<(), Failure> {
    for name in ["inlet.db", "inlet.db-wal", "inlet.db-shm", "secret.key"] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    for name in ["attachments", "mail"] {
        match fs::remove_dir_all(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Plays the invented past.
pub(super) async fn fill(app: &App, clock: &Clock) -> Result<(), Failure> {
    let world = world::load()?;
    let done = play::play(app, clock, &world).await;
    clock.set(None);
    done
}

/// Says where to begin.
pub(super) fn greet(app: &App) {
    let base = app.base();
    println!("demonstration: invented data, made anew at each start");
    println!("  start here   {base}/");
    println!("  the queue    {base}/staff");
    println!("  its mail     {base}/demo/mail");
    if let Ok(world) = world::load() {
        for account in world.accounts {
            println!("  {:<10}   {}   {}", account.role, account.email, account.password);
        }
    }
}

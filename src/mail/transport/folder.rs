//! Mail as files, where no server is set.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Outcome;

/// Writes one `.eml` file: whole or not at all, readable by its owner alone.
pub(super) async fn save(folder: &Path, name: &str, eml: Vec<u8>) -> Outcome {
    let (folder, file) = (folder.to_owned(), name.to_owned());
    let written = tokio::task::spawn_blocking(move || write(&folder, &file, &eml)).await;
    match written.unwrap_or_else(|panic| Err(io::Error::other(panic))) {
        Ok(()) => Outcome::Saved(format!("saved as {name}")),
        Err(error) => Outcome::Paused(format!("cannot write {name}: {error}")),
    }
}

fn write(folder: &Path, name: &str, eml: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let part = folder.join(format!("{name}.part"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(eml)?;
    file.sync_all()?;
    fs::rename(&part, folder.join(name))?;
    fs::File::open(folder)?.sync_all()
}

//! `inlet verify` and `inlet rebuild`.

use super::{Failure, open_existing};
use crate::actions::{project, verify as check};

pub(super) fn verify(head: Option<&str>) -> Result<(), Failure> {
    let head = head.map(read_head).transpose()?;
    let (app, runtime) = open_existing()?;
    match runtime.block_on(check::verify(&app, head))? {
        None => super::print(format_args!("everything is whole"))?,
        Some(fault) => return Err(Failure::said(fault)),
    }
    Ok(())
}

fn read_head(text: &str) -> Result<(i64, String), Failure> {
    let parsed = text.split_once(':').and_then(|(seq, digest)| Some((seq.parse().ok()?, digest.to_owned())));
    parsed.ok_or_else(|| Failure::said("write --head as SEQ:HASH"))
}

/// Writes both projections again.
pub(super) fn rebuild() -> Result<(), Failure> {
    let (app, runtime) = open_existing()?;
    let count = runtime.block_on(project::rebuild_all(&app))?;
    super::print(format_args!("rebuilt {count} submissions"))
}

//! `inlet verify` and `inlet rebuild`.

use super::{Failure, open};
use crate::actions::{project, verify as check};
use crate::store::{Stop, submissions};

pub(super) fn verify(head: Option<&str>) -> Result<(), Failure> {
    let head = head.map(read_head).transpose()?;
    let (app, runtime) = open()?;
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

/// Writes both projections again, a few submissions a job.
pub(super) fn rebuild() -> Result<(), Failure> {
    let (app, runtime) = open()?;
    runtime.block_on(async {
        let ids = app.db.read(submissions::ids).await?;
        for piece in ids.chunks(50) {
            let (handle, piece) = (app.clone(), piece.to_vec());
            let done: Result<(), Stop<()>> = app
                .db
                .write(move |conn| {
                    for id in &piece {
                        project::rebuild(&handle, conn, *id)?;
                    }
                    Ok(())
                })
                .await;
            done?;
        }
        super::print(format_args!("rebuilt {} submissions", ids.len()))?;
        Ok(())
    })
}

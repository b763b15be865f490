//! What staff changed in a submission, short enough for a mail.

use crate::app::Parts;
use crate::domain::edit;
use crate::domain::event::Event;
use crate::domain::submission::SubmissionId;
use crate::forms::diff::Segment;
use crate::locale::Locale;
use crate::mail::context::Changed;
use crate::mail::text::clean;
use crate::store::{Conn, StoreError, events};

/// Characters that are kept on each side of a change.
const AROUND: usize = 80;

/// The questions that the change of an event answers otherwise.
pub fn changed(
    app: &Parts,
    conn: &mut Conn,
    (id, seq): (SubmissionId, i64),
    words: &Locale,
) -> Result<Vec<Changed>, StoreError> {
    let log = events::of(conn, id)?;
    let until: Vec<(i64, &Event)> =
        log.iter().take_while(|logged| logged.seq <= seq).map(|logged| (logged.seq, &logged.event)).collect();
    let Some(edit) = edit::newest(&until) else { return Ok(Vec::new()) };
    let (_, old) = app.answers(conn, id, edit.base, words.language())?;
    let (form, new) = app.answers(conn, id, edit.revision, words.language())?;
    let changes = form.diff(&old, &new, words).into_iter();
    Ok(changes
        .map(|change| Changed {
            label: change.field.label.clone(),
            words: change.words.into_iter().map(near).collect(),
        })
        .collect())
}

/// Cleaned; of what stayed the same, only what is near a change.
fn near(segment: Segment) -> Segment {
    match segment {
        Segment::Same(text) => Segment::Same(ends(&clean(&text))),
        Segment::Removed(text) => Segment::Removed(clean(&text)),
        Segment::Added(text) => Segment::Added(clean(&text)),
    }
}

fn ends(text: &str) -> String {
    let count = text.chars().count();
    if count <= 2 * AROUND + 20 {
        return text.to_owned();
    }
    let (start, end): (String, String) =
        (text.chars().take(AROUND).collect(), text.chars().skip(count - AROUND).collect());
    format!("{start} … {end}")
}

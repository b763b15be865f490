//! An upload becomes an attachment: streamed to disk, hashed, its type told from its content, then its row.

use bytes::Bytes;
use futures_util::Stream;

use crate::app::App;
use crate::domain::attachment::{PICTURES, Scan, is_picture};
use crate::forms::answer::FileRef;
use crate::store::attachments::{self, NewAttachment};
use crate::store::files::{NotStored, Stored, copy_of};
use crate::store::{Stop, StoreError};

pub mod picture;

/// Most bytes of one file.
pub const LARGEST: u64 = 10 * 1024 * 1024;

/// Files one draft may ever have taken, removed ones included.
pub const MOST_PER_DRAFT: i64 = 30;

/// Why a file is not taken.
#[derive(Debug)]
pub enum Refusal {
    Empty,
    TooBig,
    /// Its content is none of the allowed types, or not what its name says.
    WrongType,
    /// A picture that is damaged, so that nobody can tell what is in it.
    Damaged,
    Interrupted,
    TooMany,
    Failed(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Takes an upload for a draft, or for the API.
///
/// # Errors
/// A [`Refusal`]; nothing of the file is left then.
pub async fn attach<S, E>(app: &App, draft: Option<&str>, name: &str, content: S) -> Result<FileRef, Refusal>
where
    S: Stream<Item = Result<Bytes, E>>,
{
    if let Some(draft) = draft {
        let of = draft.to_owned();
        if app.db.read(move |conn| attachments::count_in_draft(conn, &of)).await? >= MOST_PER_DRAFT {
            return Err(Refusal::TooMany);
        }
    }
    let id = app.entropy.id();
    let stored = app.files.put(&id, content, LARGEST).await.map_err(not_stored)?;
    let media_type = match judge(&stored, name) {
        Ok(media_type) => media_type,
        Err(refused) => {
            app.files.remove(&id).await?;
            return Err(refused);
        }
    };
    let file = FileRef { id, name: clean_name(name), size: stored.size, media_type: media_type.to_owned() };
    if let Some(before) = sent_before(app, draft, &stored.sha256, &file.name).await? {
        app.files.remove(&file.id).await?;
        return Ok(before);
    }
    let copy = match is_picture(media_type) {
        true => Some(copy(app, &file.id, media_type).await?),
        false => None,
    };
    let scan = if app.config.clamd.is_some() { Scan::Waiting } else { Scan::Unscanned };
    let draft = draft.map(str::to_owned);
    keep(app, NewAttachment { file: file.clone(), sha256: stored.sha256, draft, scan, copy }).await?;
    Ok(file)
}

/// Makes what the public gets of a picture, when the picture comes and not when it is published: whoever sends a damaged
/// one hears it while they can choose another, publishing stays one transaction without a file, and what is public is a
/// file with a hash of its own that can be verified. The price is room on disk for copies that are never shown.
async fn copy(app: &App, id: &str, media_type: &str) -> Result<(u64, String), Refusal> {
    let bare = picture::bare(media_type, &app.files.whole(id).await?);
    let Some(bare) = bare else {
        app.files.remove(id).await?;
        return Err(Refusal::Damaged);
    };
    let content = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from(bare))]);
    match app.files.put(&copy_of(id), content, u64::MAX).await {
        Ok(stored) => Ok((stored.size, stored.sha256)),
        Err(refused) => {
            app.files.remove(id).await?;
            Err(not_stored(refused))
        }
    }
}

/// Makes the copies of pictures that came before copies were made.
///
/// # Errors
/// Where the store fails. A picture that is damaged stays without, and the public does not get it.
pub async fn catch_up(app: &App) -> Result<(), Stop<()>> {
    for (id, media_type) in app.db.read(|conn| attachments::without_copy(conn, &PICTURES)).await? {
        let Some(bare) = picture::bare(&media_type, &app.files.whole(&id).await?) else {
            tracing::warn!(file = id, "a picture is damaged, so the public does not get it");
            continue;
        };
        let content = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from(bare))]);
        let Ok(stored) = app.files.put(&copy_of(&id), content, u64::MAX).await else { continue };
        app.db.write(move |conn| Ok(attachments::set_copy(conn, &id, (stored.size, &stored.sha256))?)).await?;
    }
    Ok(())
}

fn not_stored(refused: NotStored) -> Refusal {
    match refused {
        NotStored::TooBig => Refusal::TooBig,
        NotStored::Interrupted => Refusal::Interrupted,
        NotStored::Store(error) => Refusal::Failed(error),
    }
}

/// A file that was chosen once more after an error elsewhere is the same file, not another one.
async fn sent_before(app: &App, draft: Option<&str>, sha256: &str, name: &str) -> Result<Option<FileRef>, StoreError> {
    let Some(draft) = draft.map(str::to_owned) else { return Ok(None) };
    let (sha256, name) = (sha256.to_owned(), name.to_owned());
    app.db.read(move |conn| attachments::sent_before(conn, &draft, &sha256, &name)).await
}

/// Stores the row; a draft that is full by now keeps neither row nor file.
async fn keep(app: &App, new: NewAttachment) -> Result<(), Refusal> {
    let (now, id) = (app.clock.now(), new.file.id.clone());
    let kept = app.db.write(move |conn| {
        if let Some(draft) = &new.draft
            && attachments::count_in_draft(conn, draft)? >= MOST_PER_DRAFT
        {
            return Err(Stop::Refused(Refusal::TooMany));
        }
        Ok(attachments::insert(conn, &new, now)?)
    });
    let refused = match kept.await {
        Ok(()) => return Ok(()),
        Err(Stop::Refused(refusal)) => refusal,
        Err(Stop::Failed(error)) => Refusal::Failed(error),
    };
    app.files.remove(&id).await?;
    Err(refused)
}

/// The media type, if the content is of an allowed type and the name says so too (ASVS 5.2.2).
fn judge(stored: &Stored, name: &str) -> Result<&'static str, Refusal> {
    if stored.size == 0 {
        return Err(Refusal::Empty);
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    let allowed = ALLOWED.iter().find(|(known, ..)| known.contains(&extension.as_str()));
    let Some((_, media_type, fits)) = allowed else { return Err(Refusal::WrongType) };
    if fits(&stored.head) { Ok(media_type) } else { Err(Refusal::WrongType) }
}

type Fits = fn(&[u8]) -> bool;

/// Extensions, media type, and what the content must look like.
const ALLOWED: [(&[&str], &str, Fits); 12] = [
    (&["pdf"], "application/pdf", |head| infer::is(head, "pdf")),
    (&["png"], "image/png", |head| infer::is(head, "png")),
    (&["jpg", "jpeg"], "image/jpeg", |head| infer::is(head, "jpg")),
    (&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", is_zip),
    (&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_zip),
    (&["pptx"], "application/vnd.openxmlformats-officedocument.presentationml.presentation", is_zip),
    (&["odt"], "application/vnd.oasis.opendocument.text", is_zip),
    (&["ods"], "application/vnd.oasis.opendocument.spreadsheet", is_zip),
    (&["odp"], "application/vnd.oasis.opendocument.presentation", is_zip),
    (&["doc"], "application/msword", is_compound),
    (&["xls", "ppt"], "application/vnd.ms-office", is_compound),
    (&["txt"], "text/plain", is_text),
];

/// Office files are zip archives that name their parts in clear near the start.
fn is_zip(head: &[u8]) -> bool {
    let named = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    head.starts_with(b"PK\x03\x04") && (named(b"[Content_Types].xml") || named(b"mimetype") || named(b"_rels/"))
}

/// The old binary formats of office programs.
fn is_compound(head: &[u8]) -> bool {
    head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// UTF-8 without control characters, markup told as such left out; the head may end inside a character.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            head.get(..error.valid_up_to()).and_then(|whole| std::str::from_utf8(whole).ok()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// A name that is safe to show and to offer for download: no path, no controls, at most 150 characters with its extension.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String =
        last.chars().filter(|c| !c.is_control() && !is_bidi(*c) && !matches!(c, '"' | '<' | '>')).collect();
    let shown = shown.trim().trim_start_matches('.');
    let (stem, extension) = shown.rsplit_once('.').unwrap_or((shown, ""));
    let stem: String = stem.chars().take(140).collect();
    let stem = if stem.is_empty() { "file" } else { stem.as_str() };
    format!("{stem}.{}", extension.chars().take(8).collect::<String>())
}

/// Characters that turn the direction of what follows, so that a name lies about its extension.
fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(head: &[u8]) -> Stored {
        Stored { size: u64::try_from(head.len()).unwrap(), sha256: String::new(), head: head.to_vec() }
    }

    #[test]
    fn content_beats_the_name() {
        assert!(judge(&stored(b"%PDF-1.4\n%%EOF"), "plan.pdf").is_ok());
        assert!(judge(&stored(b"<html><script>alert(1)</script>"), "plan.png").is_err());
        assert!(judge(&stored(b"%PDF-1.4\n"), "plan.exe").is_err());
        assert!(judge(&stored(b"<svg xmlns=''/>"), "plan.svg").is_err());
        assert!(judge(&stored("Zürich\n".as_bytes()), "notes.txt").is_ok());
        assert!(judge(&stored(b""), "plan.pdf").is_err());
    }

    #[test]
    fn names_carry_no_path_control_or_hidden_turn() {
        assert_eq!(clean_name("../../etc/cron.d/x.pdf"), "x.pdf");
        assert_eq!(clean_name("C:\\temp\\plan.pdf"), "plan.pdf");
        assert_eq!(clean_name("a\"b\r\n\u{202e}fdp.exe.pdf"), "abfdp.exe.pdf");
        assert_eq!(clean_name(".pdf"), "pdf.");
        assert!(clean_name(&format!("{}.pdf", "x".repeat(5000))).chars().count() <= 150);
    }
}

//! Points as pages show them: on the submitter's page, above the questions they are about, and to staff.

use crate::domain::point::{Point, PointId, PointStatus, threads};
use crate::domain::submission::{Decision, SubmissionId};
use crate::forms::form::{FieldId, Form};
use crate::locale::Locale;
use crate::store::{Conn, StoreError, events};

/// A point with what was asked and answered before it.
#[derive(Debug, Clone)]
pub struct PointView {
    pub id: PointId,
    pub field: Option<FieldId>,
    /// The question, or the whole.
    pub label: String,
    /// "Required" or "Advisory".
    pub need: String,
    pub required: bool,
    pub status: PointStatus,
    /// The class of its badge, and its words.
    pub class: &'static str,
    pub said: String,
    pub earlier: Vec<Round>,
    pub text: String,
    pub reply: Option<String>,
}

/// What was asked once, and answered.
#[derive(Debug, Clone)]
pub struct Round {
    pub text: String,
    pub reply: Option<String>,
}

/// All points of a submission by thread, each as its newest point stands.
#[must_use]
pub fn views(form: &Form, points: &[Point], l: &Locale) -> Vec<PointView> {
    threads(points).iter().filter_map(|thread| view(form, thread, l)).collect()
}

fn view(form: &Form, thread: &[&Point], l: &Locale) -> Option<PointView> {
    let (last, earlier) = thread.split_last()?;
    Some(PointView {
        id: last.id,
        field: last.field.clone(),
        label: label(form, last.field.as_ref(), l),
        need: l.t(if last.required { "point-required" } else { "point-advisory" }),
        required: last.required,
        status: last.status(),
        class: class(last.status()),
        said: l.t(&format!("point-{}", last.status().as_str())),
        earlier: earlier.iter().map(|point| Round { text: text(point, l), reply: point.reply.clone() }).collect(),
        text: text(last, l),
        reply: last.reply.clone(),
    })
}

/// What a point is about.
#[must_use]
pub fn label(form: &Form, field: Option<&FieldId>, l: &Locale) -> String {
    match field {
        None => l.t("point-whole"),
        Some(id) => form.field(id).map_or_else(|| l.t("point-gone"), |field| field.label.clone()),
    }
}

/// Its words, unless they were erased.
#[must_use]
pub fn text(point: &Point, l: &Locale) -> String {
    point.text.clone().unwrap_or_else(|| l.t("staff-erased"))
}

fn class(status: PointStatus) -> &'static str {
    match status {
        PointStatus::Open => "asked",
        PointStatus::Answered => "waiting",
        PointStatus::Accepted => "done",
    }
}

/// What was asked last to be changed, while it is asked.
///
/// # Errors
/// Where the database fails.
pub fn last_request(conn: &mut Conn, id: SubmissionId) -> Result<Option<String>, StoreError> {
    let all = events::of(conn, id)?;
    let Some(asked) = all.iter().rev().find(|entry| entry.event.decision == Some(Decision::RequestChanges)) else {
        return Ok(None);
    };
    let notes = events::notes_of(conn, id)?;
    Ok(notes.into_iter().find(|note| note.event_seq == asked.seq).and_then(|note| note.body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Language, Locales};

    #[test]
    fn every_status_has_its_words() {
        let l = Locales::load().unwrap().get(Language::En);
        for status in PointStatus::ALL {
            assert!(l.knows(&format!("point-{}", status.as_str())), "{status:?}");
        }
    }
}

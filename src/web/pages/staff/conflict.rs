//! Why a decision was not taken: what is wrong with its words, or what happened meanwhile.

use super::options::{Attempt, Offer, Refused};
use super::points::{PointsBox, TypedPoint};
use super::record::Loaded;
use super::undo::Undone;
use super::view::{Happening, happening};
use super::{Wrong, words, wrong_of};
use crate::actions::note::Readers;
use crate::app::App;
use crate::domain::point::Point;
use crate::locale::Locale;

/// Why a decision was not taken, though it was written well.
pub struct Conflict {
    pub heading: String,
    pub text: String,
    pub since: Vec<Happening>,
    /// The words that were typed, where no box takes them any more.
    pub kept: Option<String>,
    /// The box that holds them.
    pub again: Option<String>,
    /// The key of a note that would say them to the submitter.
    pub as_note: Option<(String, String)>,
}

/// What is wrong with what was sent, each with the control it is at.
pub(super) fn errors(l: &Locale, offers: &[Offer], attempt: Option<&Attempt>) -> Vec<Wrong> {
    if attempt.is_some_and(|attempt| attempt.refused == Refused::Unreadable) {
        return vec![Wrong { anchor: "what-now".to_owned(), text: l.t("staff-wrong-decision") }];
    }
    if attempt.is_some_and(|attempt| attempt.refused == Refused::Unfinished) {
        return Vec::new();
    }
    let wrong = |offer: &Offer| {
        let message = offer.message.as_ref().and_then(|message| message.error.clone());
        let reason = offer.reasons.as_ref().and_then(|reasons| reasons.error.clone());
        let original = offer.reasons.as_ref().map(|reasons| wrong_of(std::slice::from_ref(&reasons.original)));
        let at = |part: &str, text| Wrong { anchor: format!("{part}-{}", offer.decision), text };
        reason
            .map(|text| at("reason", text))
            .into_iter()
            .chain(original.into_iter().flatten())
            .chain(message.map(|text| at("message", text)))
            .chain(offer.points.iter().flat_map(PointsBox::wrong))
            .collect::<Vec<_>>()
    };
    let found: Vec<Wrong> = offers.iter().flat_map(wrong).collect();
    if found.is_empty() && attempt.is_some_and(|attempt| attempt.refused.is_about_words()) {
        return vec![Wrong { anchor: "what-now".to_owned(), text: l.t("staff-wrong-decision") }];
    }
    found
}

/// Why it was not taken, and what has happened since.
fn conflict(l: &Locale, loaded: &Loaded, offers: &[Offer], attempt: &Attempt) -> Option<Conflict> {
    let decision = attempt.decision?;
    let offered = offers.iter().find(|offer| offer.decision == decision.as_str());
    let (heading, text) = match attempt.refused {
        Refused::Stale => ("staff-conflict", "staff-conflict-text"),
        Refused::NotPossible => ("staff-not-possible", "staff-not-possible-text"),
        Refused::FilesHeld => ("staff-files-held", "staff-files-held-text"),
        Refused::AuthorityMissing => ("staff-authority-missing", "staff-authority-missing-text"),
        refused if refused.is_about_words() && offered.is_none() => ("staff-not-possible", "staff-not-possible-text"),
        Refused::MessageMissing
        | Refused::MessageTooLong
        | Refused::ReasonMissing
        | Refused::Points
        | Refused::Original(_)
        | Refused::Unfinished
        | Refused::Unreadable => return None,
    };
    let verb = words::decision(l, decision, loaded.form.lifecycle());
    let next = if offered.is_some() { "staff-conflict-again" } else { "staff-conflict-gone" };
    let seen = usize::try_from(attempt.seen).unwrap_or(0);
    let takes_words = offered.is_some_and(|offer| offer.message.is_some());
    Some(Conflict {
        heading: l.t(heading),
        text: format!("{} {}", l.t(text), l.a(next, "decision", &verb)),
        since: loaded.events.iter().skip(seen).map(|logged| happening(l, loaded, logged)).collect(),
        kept: attempt.all_words().filter(|_| !takes_words),
        again: offered.map(|offer| format!("#decision-{}", offer.decision)),
        as_note: None,
    })
}

/// What became of a decision that others were faster than.
pub(super) fn overtaken(
    app: &App,
    l: &Locale,
    (loaded, offers): (&Loaded, &[Offer]),
    attempt: Option<&Attempt>,
) -> Option<Conflict> {
    let conflict = conflict(l, loaded, offers, attempt?)?;
    let readers = Readers::of(loaded.form.lifecycle(), loaded.submission.state);
    Some(with_note(conflict, attempt, app.entropy.token(), readers))
}

/// What was typed for a decision that is overtaken can still be said to the submitter, as a note.
fn with_note(conflict: Conflict, attempt: Option<&Attempt>, key: String, readers: &[Readers]) -> Conflict {
    let words = attempt.and_then(Attempt::all_words).filter(|_| readers.contains(&Readers::Submitter));
    Conflict { as_note: words.map(|words| (key, words)), ..conflict }
}

/// A decision can be taken back only while nobody was told.
pub(super) fn too_late(l: &Locale) -> Conflict {
    Conflict {
        heading: l.t("staff-undo-late"),
        text: l.t("staff-undo-late-text"),
        since: Vec::new(),
        kept: None,
        again: None,
        as_note: None,
    }
}

/// The words of a decision that was just taken back stand in its box again.
pub(super) fn taken_back(undone: &Undone, asked: &[Point], version: i64) -> Attempt {
    Attempt {
        decision: Some(undone.decision),
        message: undone.message.clone(),
        reason: undone.reason,
        original: String::new(),
        criteria: Vec::new(),
        points: asked.iter().map(TypedPoint::again).collect(),
        row: None,
        seen: version,
        refused: Refused::Unfinished,
    }
}

//! "What now?": one box for each decision that the table allows, with what it will mail and show.

use std::time::Duration;

use super::points::{PointsBox, TypedPoint};
use super::replies::ReplyBox;
use super::{Choice, Input, beside, words};
use crate::actions::decide::{LONGEST_MESSAGE, mail_of, needs_message};
use crate::actions::relate;
use crate::domain::submission::{Decision, DeclineReason, ReviewState, Standing, Visibility};
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Language, Locale};

/// One decision that can be taken, with the form for it.
pub struct Offer {
    pub decision: &'static str,
    pub heading: String,
    /// What it does, whom it mails.
    pub consequences: Vec<String>,
    /// Drawn open; the others wait behind their heading.
    pub open: bool,
    /// The class of its button.
    pub style: &'static str,
    pub message: Option<MessageBox>,
    pub reasons: Option<ReasonBox>,
    /// With a request for changes.
    pub points: Option<PointsBox>,
    /// The criteria that can be named with it.
    pub criteria: Vec<Choice>,
}

/// Where the words to the submitter are typed.
pub struct MessageBox {
    pub label: String,
    pub hint: String,
    pub value: String,
    pub limit: String,
    pub max: usize,
    pub error: Option<String>,
    /// Texts to begin with.
    pub replies: ReplyBox,
}

/// Where the reason is chosen.
pub struct ReasonBox {
    pub reasons: Vec<Choice>,
    pub error: Option<String>,
    /// What it is a duplicate of.
    pub original: Input,
}

/// Why a decision that was sent is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    MessageMissing,
    MessageTooLong,
    ReasonMissing,
    /// A point lacks its words or has too many.
    Points,
    /// More points are still to be written: nothing was decided yet.
    Unfinished,
    /// No such decision, or no version with it.
    Unreadable,
    /// The record has moved on.
    Stale,
    NotPossible,
    /// Its files are not all found clean.
    FilesHeld,
    /// Nobody has recorded how it is known that the State stands behind it.
    AuthorityMissing,
    /// It is no duplicate of that.
    Original(relate::Refusal),
}

impl Refused {
    /// Whether only what was typed or chosen is to be mended.
    pub fn is_about_words(self) -> bool {
        match self {
            Self::MessageMissing
            | Self::MessageTooLong
            | Self::ReasonMissing
            | Self::Points
            | Self::Unfinished
            | Self::Original(_) => true,
            Self::Unreadable | Self::Stale | Self::NotPossible | Self::FilesHeld | Self::AuthorityMissing => false,
        }
    }
}

/// A decision as somebody sent it.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub decision: Option<Decision>,
    pub message: String,
    pub reason: Option<DeclineReason>,
    /// What it is a duplicate of.
    pub original: String,
    pub points: Vec<TypedPoint>,
    /// The criteria that were ticked.
    pub criteria: Vec<String>,
    /// The row of points that a button leads to.
    pub row: Option<usize>,
    /// The version that was on the page.
    pub seen: i64,
    pub refused: Refused,
}

impl Attempt {
    /// Everything that was typed, to be copied.
    pub fn all_words(&self) -> Option<String> {
        let texts = std::iter::once(self.message.as_str()).chain(self.points.iter().map(TypedPoint::text));
        let texts: Vec<&str> = texts.filter(|text| !text.trim().is_empty()).collect();
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }
}

/// What the boxes say besides the table.
pub struct About<'a> {
    pub standing: Standing,
    pub address: &'a str,
    pub hold: Duration,
    /// The language of the submitter.
    pub language: Language,
}

/// The boxes, the likely ones first.
pub fn offers(l: &Locale, about: &About<'_>, attempt: Option<&Attempt>) -> Vec<Offer> {
    let mut possible = about.standing.possible();
    possible.sort_by_key(|decision| rank(*decision, about.standing.lifecycle));
    let first = possible.first().copied();
    possible.into_iter().map(|decision| offer(l, about, decision, first == Some(decision), attempt)).collect()
}

/// What is likely comes first: go on, go back, stop.
fn rank(decision: Decision, lifecycle: Lifecycle) -> u8 {
    match decision {
        Decision::Publish | Decision::Close | Decision::Release => 0,
        Decision::Approve if lifecycle == Lifecycle::Request => 0,
        Decision::RequestChanges => 1,
        Decision::Decline => 2,
        Decision::StartReview => 3,
        Decision::Approve => 4,
        Decision::Reopen => 5,
        Decision::Unpublish => 6,
    }
}

/// Whether this is what one does at this point, without looking for it.
fn is_likely(standing: Standing, decision: Decision) -> bool {
    match standing.state {
        ReviewState::Submitted | ReviewState::InReview => rank(decision, standing.lifecycle) <= 1,
        ReviewState::Held => matches!(decision, Decision::Release | Decision::Decline),
        ReviewState::Approved => matches!(decision, Decision::Publish | Decision::Close),
        ReviewState::ChangesRequested | ReviewState::Declined | ReviewState::Withdrawn | ReviewState::Closed => false,
    }
}

fn offer(l: &Locale, about: &About<'_>, decision: Decision, first: bool, attempt: Option<&Attempt>) -> Offer {
    let lifecycle = about.standing.lifecycle;
    let tried = attempt.filter(|attempt| attempt.decision == Some(decision));
    let likely = is_likely(about.standing, decision);
    let mails = mail_of(decision, None, lifecycle).is_some();
    let stops = matches!(decision, Decision::Decline | Decision::Unpublish);
    let style = if stops {
        "danger"
    } else if first && likely {
        "primary"
    } else {
        "secondary"
    };
    Offer {
        decision: decision.as_str(),
        heading: words::decision(l, decision, lifecycle),
        consequences: consequences(l, about, decision),
        open: tried.is_some() || likely,
        style,
        message: (mails || needs_message(decision)).then(|| message(l, about, decision, tried)),
        reasons: (decision == Decision::Decline).then(|| reasons(l, tried, about.standing.state == ReviewState::Held)),
        points: None,
        criteria: Vec::new(),
    }
}

fn consequences(l: &Locale, about: &About<'_>, decision: Decision) -> Vec<String> {
    let lifecycle = about.standing.lifecycle;
    let key = format!("staff-effect-{}", decision.as_str());
    let public = about.standing.visibility == Visibility::Published;
    let changed = format!("{key}-correction");
    let effect = if public && lifecycle != Lifecycle::Record && l.knows(&changed) {
        l.t(&changed)
    } else {
        words::say(l, &key, lifecycle, &[])
    };
    let mail = match mail_of(decision, None, lifecycle) {
        None if decision == Decision::Release => l.a("staff-mails-receipt", "address", about.address),
        None => l.t("staff-mails-nobody"),
        Some(_) => one_mail(l, about),
    };
    let spam = (decision == Decision::Decline).then(|| l.t("staff-mails-no-spam"));
    [effect, mail].into_iter().chain(spam).collect()
}

fn one_mail(l: &Locale, about: &About<'_>) -> String {
    let seconds = usize::try_from(about.hold.as_secs()).unwrap_or(usize::MAX);
    if about.address.is_empty() {
        return l.t("staff-mails-without-address");
    }
    if seconds == 0 {
        return l.a("staff-mails-now", "address", about.address);
    }
    let hold =
        if seconds.is_multiple_of(60) { l.n("staff-minutes", &(seconds / 60)) } else { l.n("staff-seconds", &seconds) };
    l.with("staff-mails-later", &[("address", Arg::from(about.address)), ("hold", Arg::from(&hold))])
}

fn message(l: &Locale, about: &About<'_>, decision: Decision, tried: Option<&Attempt>) -> MessageBox {
    let limit = l.count(&LONGEST_MESSAGE);
    let label = if needs_message(decision) { "staff-message" } else { "staff-message-optional" };
    let asks = decision == Decision::RequestChanges;
    let (lifecycle, language) = (about.standing.lifecycle, words::language(l, about.language));
    let error = tried.and_then(|attempt| match attempt.refused {
        Refused::MessageMissing if asks => Some(l.t("staff-wrong-message-changes")),
        Refused::MessageMissing => Some(words::say(l, "staff-wrong-message", lifecycle, &[])),
        Refused::MessageTooLong => Some(l.a("staff-wrong-too-long", "max", &limit)),
        Refused::ReasonMissing
        | Refused::Original(_)
        | Refused::Points
        | Refused::Unfinished
        | Refused::Unreadable
        | Refused::Stale
        | Refused::NotPossible
        | Refused::FilesHeld
        | Refused::AuthorityMissing => None,
    });
    MessageBox {
        label: words::say(l, if asks { "staff-message-changes" } else { label }, lifecycle, &[]),
        hint: words::say(l, "staff-message-hint", lifecycle, &[("language", Arg::from(&language))]),
        value: tried.map(|attempt| attempt.message.clone()).unwrap_or_default(),
        limit: l.a("count-limit", "max", &limit),
        max: LONGEST_MESSAGE,
        error,
        replies: ReplyBox::default(),
    }
}

/// What looks like spam most likely is: that reason is chosen beforehand.
fn reasons(l: &Locale, tried: Option<&Attempt>, held: bool) -> ReasonBox {
    let chosen = tried.map_or(held.then_some(DeclineReason::Spam), |attempt| attempt.reason);
    let choice = |reason: &DeclineReason| Choice {
        value: reason.as_str().to_owned(),
        label: words::reason(l, *reason),
        hint: (*reason == DeclineReason::Spam).then(|| l.t("staff-mails-nobody")),
        chosen: chosen == Some(*reason),
    };
    let missing = tried.is_some_and(|attempt| attempt.refused == Refused::ReasonMissing);
    let original = beside::original_input(l, "original-decline").holding(tried.map_or("", |attempt| &attempt.original));
    let no_original = tried.and_then(|attempt| match attempt.refused {
        Refused::Original(refusal) => Some(beside::original_error(l, refusal)),
        Refused::MessageMissing
        | Refused::MessageTooLong
        | Refused::ReasonMissing
        | Refused::Points
        | Refused::Unfinished
        | Refused::Unreadable
        | Refused::Stale
        | Refused::NotPossible
        | Refused::FilesHeld
        | Refused::AuthorityMissing => None,
    });
    ReasonBox {
        reasons: DeclineReason::ALL.iter().filter(|reason| reason.is_chosen()).map(choice).collect(),
        error: missing.then(|| l.t("staff-wrong-reason")),
        original: original.refused(no_original),
    }
}

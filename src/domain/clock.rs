//! How long somebody waits for the Network. The clock runs while the Network must act and stands still while others must.
//!
//! It is counted from the log of a submission and kept nowhere else but in the desk's projection.

use chrono::{DateTime, Duration, Utc};

use super::account::AccountId;
use super::event::Event;
use super::submission::{DeclineReason, ReviewState, Waits};
use super::text_enum;
use crate::forms::form::{Form, Lifecycle};

/// What the Network must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Look at it and say what becomes of it.
    Review,
    /// Do what was accepted.
    Delivery,
}
text_enum!(Phase { Review = "review", Delivery = "delivery" });

/// A wait that the Network ended with a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    pub phase: Phase,
    /// How long the Network let somebody wait. What others took is not in it.
    pub waited: Duration,
    pub at: DateTime<Utc>,
    /// Who decided.
    pub by: AccountId,
}

/// The clock of one submission after what happened to it so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clock {
    /// It runs: for what, and since when.
    running: Option<(Phase, DateTime<Utc>)>,
    /// What ran up before it stood still, in a phase that is not over.
    kept: Option<(Phase, Duration)>,
    answers: Vec<Answer>,
}

impl Clock {
    /// Starts for something that just came in.
    #[must_use]
    pub fn begun(at: DateTime<Utc>) -> Self {
        Self { running: Some((Phase::Review, at)), ..Self::default() }
    }

    /// Counts from a log, oldest event first.
    #[must_use]
    pub fn of<'a>(log: impl IntoIterator<Item = &'a Event>, lifecycle: Lifecycle) -> Self {
        log.into_iter().fold(Self::default(), |clock, event| clock.after(event, lifecycle))
    }

    fn after(mut self, event: &Event, lifecycle: Lifecycle) -> Self {
        let next = phase(event.state, lifecycle);
        if next.is_some() && self.running.map(|(phase, _)| phase) == next {
            return self;
        }
        if let Some((phase, since)) = self.running.take() {
            self.kept = Some((phase, self.kept_in(phase) + (event.at - since).max(Duration::zero())));
        }
        let over = match event.state.waits_for(lifecycle) {
            Waits::Submitter => false,
            Waits::Nobody => true,
            Waits::Network => self.kept.map(|(phase, _)| phase) != next,
        };
        if over && let Some((phase, waited)) = self.kept.take() {
            let by = event.author.account().filter(|_| event.reason != Some(DeclineReason::Spam));
            self.answers.extend(by.map(|by| Answer { phase, waited, at: event.at, by }));
        }
        self.running = next.map(|phase| (phase, event.at));
        self
    }

    fn kept_in(&self, phase: Phase) -> Duration {
        self.kept.filter(|(of, _)| *of == phase).map_or(Duration::zero(), |(_, waited)| waited)
    }

    /// While it runs: for what, and from when its time counts. What ran up before moves the beginning back.
    #[must_use]
    pub fn wait(&self) -> Option<(Phase, DateTime<Utc>)> {
        self.running.map(|(phase, since)| (phase, since - self.kept_in(phase)))
    }

    /// Every wait that the Network has ended, oldest first. Nobody waits for an answer to spam.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }
}

/// What the Network must do in a state; `None` while it need not do anything.
fn phase(state: ReviewState, lifecycle: Lifecycle) -> Option<Phase> {
    match state.waits_for(lifecycle) {
        Waits::Network if state == ReviewState::Approved => Some(Phase::Delivery),
        Waits::Network => Some(Phase::Review),
        Waits::Submitter | Waits::Nobody => None,
    }
}

/// How long the Network may take, if its form says so.
#[must_use]
pub fn target(form: &Form, phase: Phase) -> Option<Duration> {
    let targets = form.words().target_days.as_ref()?;
    let days = match phase {
        Phase::Review => Some(targets.review),
        Phase::Delivery => targets.delivery,
    };
    days.map(|days| Duration::days(i64::from(days)))
}

/// Some waits, summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    pub answers: usize,
    /// Half of them were no longer than this.
    pub middle: Duration,
    /// Nine of ten were no longer than this.
    pub most: Duration,
}

impl Summary {
    /// Counts by the nearest rank: both are waits that there were. `None` of nothing.
    #[must_use]
    pub fn of(mut waits: Vec<Duration>) -> Option<Self> {
        waits.sort_unstable();
        let rank = |of_ten: usize| waits.get((waits.len() * of_ten).div_ceil(10).max(1) - 1).copied();
        Some(Self { answers: waits.len(), middle: rank(5)?, most: rank(9)? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::event::{Author, EventKind};
    use crate::domain::submission::SubmissionId;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
    }

    fn event(state: ReviewState, minute: i64, by_staff: bool) -> Event {
        Event {
            submission: SubmissionId(1),
            kind: EventKind::Decided,
            author: if by_staff { Author::Staff(7) } else { Author::Submitter },
            decision: None,
            reason: None,
            undoes: None,
            state,
            revision: 1,
            at: at(minute),
            commitments: String::new(),
            assignee: None,
        }
    }

    /// The same, counted on one's fingers: minute by minute.
    fn recount(log: &[(ReviewState, i64)], end: i64, lifecycle: Lifecycle) -> (Option<i64>, Vec<i64>) {
        let (mut minutes, mut of, mut answers) = (0, None, Vec::new());
        for minute in 0..=end {
            let Some((state, _)) = log.iter().rev().find(|(_, began)| *began <= minute) else { continue };
            let now = phase(*state, lifecycle);
            let paused = state.waits_for(lifecycle) == Waits::Submitter;
            if of.is_some() && now != of && !paused {
                answers.push(minutes);
                (minutes, of) = (0, None);
            }
            if now.is_some() {
                of = now;
                minutes += i64::from(minute < end);
            }
        }
        let last = log.last().and_then(|(state, _)| phase(*state, lifecycle));
        (last.map(|_| minutes), answers)
    }

    proptest! {
        #[test]
        fn the_clock_of_any_history_equals_a_plain_recount(
            steps in proptest::collection::vec((proptest::sample::select(ReviewState::ALL), 1..40_i64), 1..14),
            request in any::<bool>(),
            rest in 1..40_i64,
        ) {
            let lifecycle = if request { Lifecycle::Request } else { Lifecycle::Publication };
            let mut minute = 0;
            let log: Vec<(ReviewState, i64)> = steps.into_iter().map(|(state, gap)| { minute += gap; (state, minute) }).collect();
            let events: Vec<Event> = log.iter().map(|(state, minute)| event(*state, *minute, true)).collect();
            let clock = Clock::of(&events, lifecycle);
            let age = clock.wait().map(|(_, since)| (at(minute + rest) - since).num_minutes());
            let answers: Vec<i64> = clock.answers().iter().map(|answer| answer.waited.num_minutes()).collect();
            prop_assert_eq!((age, answers), recount(&log, minute + rest, lifecycle));
        }
    }

    #[test]
    fn what_the_submitter_takes_is_not_counted() {
        use ReviewState as S;
        let log =
            [event(S::Submitted, 0, false), event(S::ChangesRequested, 10, true), event(S::Submitted, 500, false)];
        let clock = Clock::of(&log, Lifecycle::Publication);
        assert_eq!(clock.wait(), Some((Phase::Review, at(490))));
        assert!(clock.answers().is_empty(), "it is not decided");
    }

    #[test]
    fn a_request_is_answered_and_then_delivered() {
        use ReviewState as S;
        let log = [event(S::Submitted, 0, false), event(S::Approved, 30, true), event(S::Closed, 100, true)];
        let clock = Clock::of(&log, Lifecycle::Request);
        let answers: Vec<_> = clock.answers().iter().map(|a| (a.phase, a.waited.num_minutes())).collect();
        assert_eq!(answers, [(Phase::Review, 30), (Phase::Delivery, 70)]);
        let withdrawn = [event(S::Submitted, 0, false), event(S::Withdrawn, 30, false)];
        assert!(Clock::of(&withdrawn, Lifecycle::Request).answers().is_empty(), "the Network did not answer");
    }

    #[test]
    fn the_middle_and_what_nine_of_ten_stayed_within() {
        let waits = |days: &[i64]| days.iter().map(|days| Duration::days(*days)).collect::<Vec<_>>();
        let said = |days: &[i64]| Summary::of(waits(days)).map(|s| (s.middle.num_days(), s.most.num_days()));
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[3]), Some((3, 3)));
        assert_eq!(said(&[9, 1, 2]), Some((2, 9)));
        assert_eq!(said(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), Some((5, 9)));
    }
}

//! Those who hold a draft's link take turns: whose text may follow whose, and who has it open. Pure.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::event::hex;
use crate::forms::form::Step;
use crate::forms::pairs::Pairs;

/// What a page of a step says of itself when it is sent: which page it is, what it was made from, and which of its sendings
/// this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    page: String,
    base: String,
    count: u64,
}

impl Turn {
    /// The turn of a new page. `page` is an id that nobody guesses.
    #[must_use]
    pub fn new(page: String, step: &Step, pairs: &Pairs) -> Self {
        Self { page, base: digest(&pairs.said_in(step)), count: 0 }
    }

    /// Reads what a page sent; nothing where it does not say.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (page, base, count) = (parts.next()?, parts.next()?, parts.next()?);
        if page.is_empty() || page.len() > 64 {
            return None;
        }
        Some(Self { page: page.to_owned(), base: base.to_owned(), count: count.parse().ok()? })
    }

    /// The page's own id.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The same page, knowing what is stored now.
    #[must_use]
    pub fn seeing(&self, step: &Step, pairs: &Pairs) -> Self {
        Self { base: digest(&pairs.said_in(step)), ..self.clone() }
    }
}

impl std::fmt::Display for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.page, self.base, self.count)
    }
}

fn digest(said: &[(&str, String)]) -> String {
    let mut hash = Sha256::new();
    for (name, value) in said {
        for part in [name.as_bytes(), value.as_bytes()] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
    }
    hex(&hash.finalize()).chars().take(16).collect()
}

/// By step: which page wrote it last, what, and when. The page of points is one more step, of questions that others ask too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Turns(BTreeMap<String, Written>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Written {
    page: String,
    count: u64,
    /// What the step said then.
    #[serde(default)]
    said: String,
    at: DateTime<Utc>,
}

/// What is to be done with a step that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody else wrote meanwhile.
    Write,
    /// It says what is stored already.
    Same,
    /// The same page sent something newer that came first.
    Late,
    /// Somebody else wrote something else meanwhile.
    Stale,
}

impl Turns {
    /// Whether `sent` may take the place of `stored`.
    #[must_use]
    pub fn judge(&self, turn: &Turn, step: &Step, stored: &Pairs, sent: &Pairs) -> Verdict {
        let (stored, last) = (stored.said_in(step), self.0.get(&step.id));
        if stored == sent.said_in(step) {
            return Verdict::Same;
        }
        match last {
            Some(last) if last.page == turn.page && turn.count < last.count => Verdict::Late,
            // Nobody wrote into these questions from another page since.
            Some(last) if last.page == turn.page && digest(&stored) == last.said => Verdict::Write,
            Some(_) | None if digest(&stored) == turn.base => Verdict::Write,
            Some(_) | None => Verdict::Stale,
        }
    }

    /// Notes who wrote a step, after it was written.
    pub fn note(&mut self, turn: &Turn, step: &Step, written: &Pairs, at: DateTime<Utc>) {
        let said = digest(&written.said_in(step));
        self.0.insert(step.id.clone(), Written { page: turn.page.clone(), count: turn.count, said, at });
    }

    /// When a step was written last.
    #[must_use]
    pub fn written_at(&self, step: &Step) -> Option<DateTime<Utc>> {
        self.0.get(&step.id).map(|written| written.at)
    }
}

/// Who has which draft open. In memory alone: it says something of the last minutes, and a restart may forget it.
#[derive(Debug, Default)]
pub struct Presence(HashMap<String, Vec<Holder>>);

#[derive(Debug)]
struct Holder {
    id: String,
    since: DateTime<Utc>,
    seen: DateTime<Utc>,
}

impl Presence {
    /// After this long without a sign, somebody has left.
    const GONE: TimeDelta = TimeDelta::minutes(2);

    /// Most drafts that are watched at once.
    const MOST: usize = 10_000;

    /// Notes that `holder` has a draft open; gives since when somebody else has.
    pub fn see(&mut self, draft: &str, holder: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.0.len() >= Self::MOST && !self.0.contains_key(draft) {
            self.0.retain(|_, holders| holders.iter().any(|one| now - one.seen < Self::GONE));
        }
        let holders = self.0.entry(draft.to_owned()).or_default();
        holders.retain(|one| now - one.seen < Self::GONE);
        match holders.iter_mut().find(|one| one.id == holder) {
            Some(own) => own.seen = now,
            None => holders.push(Holder { id: holder.to_owned(), since: now, seen: now }),
        }
        holders.iter().filter(|one| one.id != holder).map(|one| one.since).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_sees_others_and_never_oneself() {
        let mut presence = Presence::default();
        let at = |minutes| DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        assert_eq!(presence.see("d", "ada", at(0)), None);
        assert_eq!(presence.see("d", "ada", at(1)), None);
        assert_eq!(presence.see("d", "ben", at(2)), Some(at(0)));
        assert_eq!(presence.see("other", "ben", at(2)), None);
        assert_eq!(presence.see("d", "ben", at(4)), None, "Ada left");
    }

    #[test]
    fn a_turn_reads_as_it_is_written() {
        let turn = Turn { page: "p".to_owned(), base: "b".to_owned(), count: 3 };
        assert_eq!(Turn::read(&turn.to_string()), Some(turn));
        for odd in ["", "..", "p.b", "p.b.x", ".b.1"] {
            assert_eq!(Turn::read(odd), None, "{odd}");
        }
    }
}

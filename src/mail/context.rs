//! Everything a mail can say, and the words put together from it. Pure.

use chrono::{DateTime, Utc};

use super::links::Links;
use super::text::{cut, title};
use crate::config::Service;
use crate::domain::mail::{MailKind, SIGNPOSTS, ToldOf};
use crate::domain::submission::DeclineReason;
use crate::forms::diff::Segment;
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Language, Locale};

/// The longest name of an organization or country in a subject.
const SHORT: usize = 60;

/// What a mail can say. Texts of people are cleaned already (`text`).
pub struct Context {
    pub kind: MailKind,
    /// Words in the reader's language.
    pub words: Locale,
    pub service: Service,
    pub form: FormWords,
    pub about: About,
    pub links: Links,
    /// The reader.
    pub name: String,
    /// The submitter proved to read this address.
    pub confirmed: bool,
    /// What was written with the event: by a moderator, or the address that is asked for.
    pub message: String,
    /// What a moderator asks to be changed, point by point.
    pub points: Vec<Asked>,
    /// For [`MailKind::Edited`]: what staff changed, question by question.
    pub changed: Vec<Changed>,
    /// It counts only once the submitter agrees.
    pub proposal: bool,
    /// The criteria that a decision says were not met.
    pub criteria: Vec<String>,
    /// Staff typed it in for the reader.
    pub entered: bool,
    pub reason: Option<DeclineReason>,
    /// The decision refused a correction of something that stays public.
    pub correction: bool,
    /// For [`MailKind::Answers`]: every answer, step by step.
    pub answers: Vec<Section>,
    /// For [`MailKind::SittingReceipt`]: what arrived.
    pub arrived: Vec<Arrived>,
    /// For [`MailKind::News`]: what was published.
    pub news: Vec<News>,
    /// For [`MailKind::Digest`]: what happened.
    pub digest: Option<Digest>,
    /// The reader can sign in.
    pub is_for_account: bool,
    /// For alerts: the reader can decide on submissions.
    pub decides: bool,
    /// For alerts and subscriptions: what the reader follows.
    pub why: String,
    /// For [`MailKind::Refiled`]: what the right form takes.
    pub right_form: String,
    /// For drafts: the day until which it is kept.
    pub kept_until: String,
    /// What was agreed, or called off.
    pub appointment: Option<Agreed>,
    /// The entry for the reader's calendar that goes with it.
    pub calendar: Option<String>,
}

/// An appointment in words.
pub struct Agreed {
    pub when: String,
    pub place: String,
    pub people: String,
}

/// One of several submissions that a mail tells of.
pub struct Arrived {
    pub title: String,
    pub reference: String,
    /// The submitter's own page, with a mark for its key.
    pub own: String,
}

/// Something that was published.
pub struct News {
    /// The plural of its form, under which it stands.
    pub form: String,
    pub noun: String,
    /// Short and without links.
    pub title: String,
    /// Organization and countries.
    pub who: String,
    pub url: String,
}

/// What was published of one form.
pub struct NewsGroup<'a> {
    pub heading: &'a str,
    pub items: Vec<&'a News>,
}

/// What happened since the last digest.
pub struct Digest {
    /// "5 new, 2 published".
    pub counts: String,
    /// How many of the records wait for the Network.
    pub waiting: usize,
    pub groups: Vec<DigestGroup>,
}

/// The records of a form.
pub struct DigestGroup {
    pub heading: String,
    pub lines: Vec<DigestLine>,
}

/// One record.
pub struct DigestLine {
    /// Short and without links.
    pub title: String,
    pub who: String,
    /// What happened to it, and its reference.
    pub what: String,
    pub url: String,
}

/// The words of the form.
pub struct FormWords {
    pub noun: String,
    pub answer_within: String,
    pub lifecycle: Lifecycle,
}

/// What the mail is about.
pub struct About {
    pub reference: String,
    /// Short and without links.
    pub title: String,
    pub organization: String,
    pub country: String,
    pub objectives: String,
    /// Until when it is wanted, or lasts.
    pub ends: String,
    pub language: Language,
    /// When the event took place that the mail tells of.
    pub at: DateTime<Utc>,
}

impl About {
    /// Leaves only the reference: a plea for help is told to nobody in detail.
    pub fn keep_private(&mut self, words: &Locale) {
        self.title = words.t("mail-plea");
        for text in [&mut self.organization, &mut self.country, &mut self.objectives, &mut self.ends] {
            text.clear();
        }
    }
}

/// A label with what it labels.
pub struct Fact {
    pub label: String,
    pub value: String,
}

/// One change that is asked for.
pub struct Asked {
    /// The question, or the whole.
    pub label: String,
    pub text: String,
    pub required: bool,
}

/// A question that is answered otherwise now.
pub struct Changed {
    pub label: String,
    pub words: Vec<Segment>,
}

/// The answers of a step.
pub struct Section {
    pub title: String,
    pub answers: Vec<Fact>,
}

impl Context {
    /// What happened, as a heading: "Received".
    pub fn act(&self) -> String {
        if self.kind == MailKind::Declined {
            return self.words.t(&format!("{}-act", self.declined()));
        }
        self.words.t(&format!("mail-{}-act", self.kind.as_str()))
    }

    /// `[Practice] Received: «title» – PRA-…`; to staff with organization and country.
    pub fn subject(&self) -> String {
        let (about, act) = (&self.about, self.act());
        let who: Vec<String> = [&about.organization, &about.country]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| cut(text, SHORT))
            .collect();
        let who = who.join(", ");
        if let Some(digest) = &self.digest {
            return self.words.a("mail-digest-subject", "counts", &digest.counts);
        }
        let key = if self.kind.tells_of() == ToldOf::Subscription {
            return self.subject_of_news();
        } else if self.kind.tells_of() != ToldOf::Submission {
            // Nobody has read what a draft says: none of its words, and neither it nor a sitting has a reference.
            "mail-subject-plain"
        } else if self.kind == MailKind::Signposts {
            "mail-subject-signposts"
        } else if self.kind.is_alert() && !who.is_empty() {
            "mail-subject-alert"
        } else {
            "mail-subject"
        };
        self.words.with(
            key,
            &[
                ("form", (&self.form.noun).into()),
                ("act", (&act).into()),
                ("title", (&about.title).into()),
                ("who", (&who).into()),
                ("reference", (&about.reference).into()),
            ],
        )
    }

    /// The first line of a digest: whether its reader must act.
    pub fn digest_duty(&self) -> String {
        match &self.digest {
            Some(digest) if self.decides && digest.waiting > 0 => self.words.n("mail-digest-duty", &digest.waiting),
            _ => self.words.t("mail-alert-information"),
        }
    }

    /// One publication is named, several are counted.
    fn subject_of_news(&self) -> String {
        match self.news.as_slice() {
            [] => self.act(),
            [one] => self.words.with("mail-news-one", &[("noun", (&one.noun).into()), ("title", (&one.title).into())]),
            all => {
                let forms: Vec<&str> = self.news_by_form().iter().map(|group| group.heading).collect();
                let values = [("forms", Arg::Text(&forms.join(", "))), ("n", Arg::Count(all.len()))];
                self.words.with("mail-news-many", &values)
            }
        }
    }

    /// "3 publications are new."
    pub fn news_intro(&self) -> String {
        self.words.n("mail-news-intro", &self.news.len())
    }

    /// What was published, form by form.
    pub fn news_by_form(&self) -> Vec<NewsGroup<'_>> {
        let mut groups: Vec<NewsGroup<'_>> = Vec::new();
        for item in &self.news {
            match groups.iter_mut().find(|group| group.heading == item.form) {
                Some(group) => group.items.push(item),
                None => groups.push(NewsGroup { heading: &item.form, items: vec![item] }),
            }
        }
        groups
    }

    /// The facts at the top; those nobody gave are left out.
    pub fn facts(&self) -> Vec<Fact> {
        let about = &self.about;
        let at = self.words.instant(&about.at);
        let facts = if self.kind.is_alert() {
            vec![
                ("form", self.form.noun.clone()),
                ("who", about.organization.clone()),
                ("where", about.country.clone()),
                if about.objectives.is_empty() {
                    ("ends", about.ends.clone())
                } else {
                    ("objectives", about.objectives.clone())
                },
                ("submitted", format!("{}, {at}", about.language.endonym())),
            ]
        } else if self.kind == MailKind::PartyAsked {
            vec![
                ("title", self.words.a("mail-title", "title", &about.title)),
                // As the title: nothing that a mail program would make a link.
                ("who", title(&about.organization)),
                ("reference", about.reference.clone()),
                ("date", at),
            ]
        } else {
            vec![
                ("form", self.form.noun.clone()),
                ("title", self.words.a("mail-title", "title", &about.title)),
                ("reference", about.reference.clone()),
                ("date", at),
            ]
        };
        let agreed = self.appointment.iter().flat_map(|agreed| {
            [("when", agreed.when.clone()), ("place", agreed.place.clone()), ("people", agreed.people.clone())]
        });
        let given = agreed.chain(facts).filter(|(_, value)| !value.is_empty());
        given.map(|(key, value)| Fact { label: self.words.t(&format!("mail-fact-{key}")), value }).collect()
    }

    /// How a refusal is called: softly, and by what was asked for.
    pub fn declined(&self) -> &'static str {
        match self.form.lifecycle {
            _ if self.correction => "mail-declined-correction",
            Lifecycle::Request => "mail-declined-request",
            Lifecycle::Publication | Lifecycle::Record => "mail-declined-publication",
        }
    }

    /// Who helps people in need: names and addresses.
    pub fn signposts(&self) -> Vec<Fact> {
        let of = |key: &&str| Fact { label: self.words.t(key), value: self.words.t(&format!("{key}.url")) };
        SIGNPOSTS.iter().map(of).collect()
    }

    /// The reason of a refusal as a sentence, where there is one to give.
    pub fn because(&self) -> Option<String> {
        because(&self.words, self.reason?, (self.form.lifecycle, !self.message.is_empty()))
    }

    /// What the submitter's own page is good for now.
    pub fn own(&self) -> String {
        self.words.t(match self.kind {
            MailKind::Receipt
            | MailKind::Answers
            | MailKind::ChangesRequested
            | MailKind::Published
            | MailKind::Note
            | MailKind::Edited
            | MailKind::ReminderChanges
            | MailKind::ReminderReport
            | MailKind::ReminderUpdate
            | MailKind::Link => "mail-own-change",
            MailKind::Accepted
            | MailKind::Declined
            | MailKind::Refiled
            | MailKind::Signposts
            | MailKind::Scheduled
            | MailKind::Rescheduled
            | MailKind::Cancelled
            | MailKind::Closed
            | MailKind::Unpublished
            | MailKind::AlertNew
            | MailKind::AlertResubmitted
            | MailKind::AlertAssigned
            | MailKind::AlertNote
            | MailKind::AlertMention
            | MailKind::AlertBounced
            | MailKind::AddressChange
            | MailKind::PartyAsked
            | MailKind::Sitting
            | MailKind::SittingReceipt
            | MailKind::DraftLink
            | MailKind::DraftReminder
            | MailKind::SubscriptionAsked
            | MailKind::News
            | MailKind::Digest => "mail-own-see",
        })
    }

    /// What happens next after something was received.
    pub fn next(&self) -> String {
        let key = match self.form.lifecycle {
            Lifecycle::Request => "mail-next-request",
            Lifecycle::Publication | Lifecycle::Record => "mail-next-publication",
        };
        self.words.a(key, "within", &self.form.answer_within)
    }
}

/// The reason of a refusal as its submitter reads it: in the words for what was asked for. Another reason than those of the
/// list stands in the moderator's own words, where there are any.
#[must_use]
pub fn because(words: &Locale, reason: DeclineReason, (lifecycle, explained): (Lifecycle, bool)) -> Option<String> {
    let key = match reason {
        DeclineReason::OutsideScope => "mail-because-outside-scope",
        DeclineReason::NotWithinDates => "mail-because-not-within-dates",
        DeclineReason::Incomplete => "mail-because-incomplete",
        DeclineReason::Duplicate => "mail-because-duplicate",
        DeclineReason::Other if !explained => "mail-because-other",
        DeclineReason::Spam | DeclineReason::PersonalPlea | DeclineReason::Misfiled | DeclineReason::Other => {
            return None;
        }
    };
    let own = format!("{key}-request");
    let of_request = lifecycle == Lifecycle::Request && words.knows(&own);
    Some(words.t(if of_request { &own } else { key }))
}

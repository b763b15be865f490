//! A mail of any kind, invented from its first word to its last: to be looked at before there is a real one.

use chrono::{DateTime, NaiveDate};

use super::context::{
    About, Agreed, Arrived, Asked, Changed, Context, Digest, DigestGroup, DigestLine, Fact, FormWords, News, Section,
};
use super::links::{Links, own_page};
use crate::config::Service;
use crate::domain::deadline::Span;
use crate::domain::mail::MailKind;
use crate::domain::submission::{DeclineReason, SubmissionId};
use crate::forms::diff::Segment;
use crate::forms::form::Lifecycle;
use crate::locale::{Language, Locale};

/// A mail of a kind about a submission that does not exist.
pub fn sample(kind: MailKind, words: Locale, service: Service, base: &str) -> Context {
    let noun = words.own("form-practice").unwrap_or_else(|| "Practice".to_owned());
    let within = Span::WorkingDays(10).words(&words);
    let kept_until = NaiveDate::from_ymd_opt(2027, 1, 5).map(|day| words.date(&day)).unwrap_or_default();
    Context {
        kind,
        service,
        form: FormWords { noun, answer_within: within, lifecycle: Lifecycle::Publication },
        about: about(),
        links: links(base, kind),
        name: "Élodie Şahin".to_owned(),
        confirmed: false,
        message: "Please name the partners.\n\nAnd the dates <b>too</b>.".to_owned(),
        points: points(),
        changed: changed(),
        proposal: false,
        entered: false,
        criteria: vec!["Can be repeated elsewhere".to_owned()],
        reason: Some(DeclineReason::Duplicate),
        correction: false,
        answers: vec![Section {
            title: "What the practice is".to_owned(),
            answers: vec![Fact { label: "Summary".to_owned(), value: "First line\nsecond <line>".to_owned() }],
        }],
        arrived: vec![Arrived {
            title: "Permits & schools – 2026".to_owned(),
            reference: "REP-7K3M-9Q2X".to_owned(),
            own: own_page(base, "REP-7K3M-9Q2X", SubmissionId(8), 1),
        }],
        news: vec![News {
            form: "Practices".to_owned(),
            noun: "Practice".to_owned(),
            title: "One-stop centres for returnees & families".to_owned(),
            who: "Ministry of Labour of Examplia · Kenya; Uganda".to_owned(),
            url: format!("{base}/practices/PRA-7K3M-9Q2X"),
        }],
        digest: (kind == MailKind::Digest).then(|| digest(base)),
        is_for_account: true,
        decides: true,
        kept_until,
        appointment: is_agreed(kind).then(agreed),
        calendar: None,
        right_form: words.own("form-pledge").unwrap_or_else(|| "Pledge".to_owned()),
        why: words.t("mail-why-all"),
        words,
    }
}

fn is_agreed(kind: MailKind) -> bool {
    [MailKind::Scheduled, MailKind::Rescheduled, MailKind::Cancelled].contains(&kind)
}

/// When and where it takes place.
fn agreed() -> Agreed {
    Agreed {
        when: "1 February 2027, 09:30 to 17:00 (Africa/Nairobi)".to_owned(),
        place: "UN Complex, Gigiri".to_owned(),
        people: "Two facilitators & the team".to_owned(),
    }
}

/// One new record, in a digest.
fn digest(base: &str) -> Digest {
    Digest {
        counts: "1 new, 1 published".to_owned(),
        waiting: 1,
        groups: vec![DigestGroup {
            heading: "Practices".to_owned(),
            lines: vec![DigestLine {
                title: "One-stop centres for returnees & families".to_owned(),
                who: "Ministry of Labour of Examplia, Kenya".to_owned(),
                what: "New – PRA-7K3M-9Q2X".to_owned(),
                url: format!("{base}/staff/submissions/PRA-7K3M-9Q2X"),
            }],
        }],
    }
}

/// What it says of the record.
fn about() -> About {
    About {
        reference: "PRA-7K3M-9Q2X".to_owned(),
        title: "One-stop centres for returnees & families".to_owned(),
        organization: "Ministry of Labour of Examplia".to_owned(),
        country: "Kenya; Uganda".to_owned(),
        objectives: "7 – Address and reduce vulnerabilities in migration".to_owned(),
        ends: "March 2027".to_owned(),
        language: Language::Fr,
        at: DateTime::from_timestamp(1_794_000_000, 0).unwrap_or_default(),
    }
}

/// Every address a mail can point to.
fn links(base: &str, kind: MailKind) -> Links {
    Links {
        draft: Links::of_draft(base, "hq4bcSy2").draft,
        sitting: Links::of_a_sitting(base, "sitting-id").sitting,
        subscription: Links::of_subscription(base, "subscription-id").subscription,
        unsubscribe: if kind.can_be_stopped() {
            Links::of_subscription(base, "subscription-id").unsubscribe
        } else {
            String::new()
        },
        ..Links::new(base, "PRA-7K3M-9Q2X", Some("practices"))
    }
}

/// What is asked for.
fn points() -> Vec<Asked> {
    vec![
        Asked {
            label: "Benefits and impact".to_owned(),
            text: "Please say how many <b>people</b> came.\nIn which year?".to_owned(),
            required: true,
        },
        Asked { label: "The whole submission".to_owned(), text: "Shorter sentences.".to_owned(), required: false },
    ]
}

/// What staff changed.
fn changed() -> Vec<Changed> {
    vec![Changed {
        label: "Title".to_owned(),
        words: vec![
            Segment::Same("A help desk for ".to_owned()),
            Segment::Removed("<new> arrivals".to_owned()),
            Segment::Added("newcomers".to_owned()),
        ],
    }]
}

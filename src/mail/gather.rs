//! Reads what a mail tells of, as it stands when the mail is rendered.

mod calendar;
mod digest;
mod edits;
mod news;
mod sitting;

use chrono::{DateTime, Utc};

use super::context::{About, Agreed, Asked, Context, Fact, FormWords, Section};
use super::links::{self, Links, stop_alerts};
use super::text::{clean, one_line, title};
use crate::app::Parts;
use crate::domain::account::Role as StaffRole;
use crate::domain::appointment::Appointment;
use crate::domain::deadline::Span;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::{MailKind, Subject, ToldOf};
use crate::domain::point::Point;
use crate::domain::projection::role_text;
use crate::domain::submission::{DeclineReason, ReviewState, SubmissionId};
use crate::forms::answer::Answers;
use crate::forms::form::{Form, Role};
use crate::forms::lists::Lists;
use crate::locale::{Language, Locale};
use crate::store::accounts::{self, Alert};
use crate::store::outbox::Mail;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, StoreError, appointments, drafts, events, points, refilings, reviews, routings};

/// Reads what a mail tells of.
pub fn gather(app: &Parts, conn: &mut Conn, mail: &Mail) -> Result<Context, StoreError> {
    match (&mail.subject, mail.kind.tells_of()) {
        (Subject::Event { seq, submission, revision }, ToldOf::Submission) => {
            of_event(app, conn, mail, (*seq, *submission, *revision))
        }
        (Subject::Draft { id, .. }, ToldOf::Draft) => of_draft(app, conn, mail, id),
        (Subject::Draft { id, since }, ToldOf::Sitting) => sitting::gather(app, conn, mail, (id, *since)),
        (Subject::Draft { id, .. }, ToldOf::Subscription) => news::gather(app, conn, mail, id),
        (Subject::Draft { .. }, ToldOf::Digest) => digest::gather(app, conn, mail),
        (Subject::Event { .. }, ToldOf::Draft | ToldOf::Sitting | ToldOf::Subscription | ToldOf::Digest)
        | (Subject::Draft { .. }, ToldOf::Submission) => {
            Err(StoreError::Unreadable(format!("no {} tells of {:?}", mail.kind.as_str(), mail.subject)))
        }
    }
}

/// Of a draft nothing is told but which form it is and until when it is kept: the address is nobody's yet.
fn of_draft(app: &Parts, conn: &mut Conn, mail: &Mail, id: &str) -> Result<Context, StoreError> {
    let gone = || StoreError::Unreadable(format!("the draft {id} is gone"));
    let draft = drafts::find(conn, id)?.ok_or_else(gone)?;
    let form = app.catalog.form(&draft.form, mail.language).ok_or_else(gone)?;
    let context = of_no_submission(app, mail, form, Links::of_draft(&app.base(), id));
    Ok(Context { kept_until: context.words.date(&draft.expires_at.date_naive()), ..context })
}

/// What a mail can tell that is not about one submission.
fn of_no_submission(app: &Parts, mail: &Mail, form: &Form, links: Links) -> Context {
    let words = app.mail_locale(mail.language);
    Context {
        kind: mail.kind,
        service: app.config.service.clone(),
        form: form_words(form, &words),
        about: About {
            reference: String::new(),
            title: String::new(),
            organization: String::new(),
            country: String::new(),
            objectives: String::new(),
            ends: String::new(),
            language: mail.language,
            at: mail.created_at,
        },
        links,
        name: String::new(),
        confirmed: false,
        message: String::new(),
        points: Vec::new(),
        changed: Vec::new(),
        proposal: false,
        entered: false,
        criteria: Vec::new(),
        reason: None,
        correction: false,
        answers: Vec::new(),
        arrived: Vec::new(),
        news: Vec::new(),
        digest: None,
        is_for_account: mail.account.is_some(),
        decides: false,
        why: String::new(),
        kept_until: String::new(),
        appointment: None,
        calendar: None,
        right_form: String::new(),
        words,
    }
}

fn of_event(
    app: &Parts,
    conn: &mut Conn,
    mail: &Mail,
    (seq, id, revision): (i64, SubmissionId, i32),
) -> Result<Context, StoreError> {
    let submission = submissions::get(conn, id)?;
    let (form, answers) = app.answers(conn, id, revision, mail.language)?;
    let event = events::get(conn, seq)?.event;
    let mut message = message(conn, id, seq)?;
    let words = app.mail_locale(mail.language);
    let (decides, why) = for_whom(app, conn, (mail, event.author), (&form, &answers), &words)?;
    let agreed = appointments::of(conn, id)?.into_iter().find(|appointment| appointment.event == seq);
    let right = if mail.kind == MailKind::Refiled { right_draft(app, conn, id, &words)? } else { None };
    let mut links = Links::new(&app.base(), &submission.reference, own_page(&form));
    links.draft = right.as_ref().map(|right| right.link.clone()).unwrap_or_default();
    links.unsubscribe = reader(conn, mail)?.map(|reader| stop_alerts(&app.base(), &reader)).unwrap_or_default();
    let mut about = about(&form, &answers, &submission, event.at, &words);
    if mail.kind.is_alert() && is_plea(conn, id)? {
        about.keep_private(&words);
        message.clear();
    }
    Ok(Context {
        kind: mail.kind,
        service: app.config.service.clone(),
        form: form_words(&form, &words),
        about,
        links,
        name: one_line(&mail.name),
        confirmed: submission.address_confirmed_at.is_some(),
        message,
        points: asked(conn, id, seq, &form, &words)?,
        changed: if mail.kind == MailKind::Edited { edits::changed(app, conn, (id, seq), &words)? } else { Vec::new() },
        proposal: event.kind == EventKind::EditProposed,
        criteria: fell_short(app, conn, &submission, seq, mail.language)?,
        entered: event.kind == EventKind::Submitted && event.author.account().is_some(),
        reason: event.reason,
        correction: event.state == ReviewState::Approved,
        arrived: Vec::new(),
        news: Vec::new(),
        digest: None,
        is_for_account: mail.account.is_some(),
        answers: if mail.kind == MailKind::Answers { sections(&form, &answers, &words) } else { Vec::new() },
        decides,
        why,
        appointment: agreed.as_ref().map(|agreed| in_words(agreed, &words)),
        calendar: calendar::of(
            app,
            conn,
            &calendar::Told {
                mail,
                submission: &submission,
                form: &form,
                answers: &answers,
                agreed: agreed.as_ref(),
                at: event.at,
            },
            &words,
        )?,
        kept_until: right.as_ref().map(|right| right.until.clone()).unwrap_or_default(),
        right_form: right.map(|right| right.noun).unwrap_or_default(),
        words,
    })
}

/// Whether the reader decides, and why the mail comes.
fn for_whom(
    app: &Parts,
    conn: &mut Conn,
    (mail, author): (&Mail, Author),
    (form, answers): (&Form, &Answers),
    words: &Locale,
) -> Result<(bool, String), StoreError> {
    let Some(account) = mail.account else {
        return Ok((false, if mail.kind.is_alert() { words.t("mail-why-rule") } else { String::new() }));
    };
    let reader = accounts::get(conn, account)?;
    let why = if mail.kind == MailKind::AlertAssigned {
        words.t("mail-why-assigned")
    } else if mail.kind == MailKind::AlertMention {
        mention(conn, author, words)?
    } else if mail.kind == MailKind::AlertBounced {
        words.t("mail-why-decided")
    } else {
        let lists = app.catalog.lists();
        why(form, &form.regions(answers, lists), &accounts::alerts_of(conn, account)?, lists, words)
    };
    Ok((decides(reader.role), why))
}

fn in_words(appointment: &Appointment, words: &Locale) -> Agreed {
    let details = appointment.details.clone().unwrap_or_default();
    Agreed { when: appointment.span(words), place: one_line(&details.place), people: one_line(&details.people) }
}

/// Who reads an alert, as the link that stops it says.
fn reader(conn: &mut Conn, mail: &Mail) -> Result<Option<String>, StoreError> {
    if !mail.kind.can_be_stopped() {
        return Ok(None);
    }
    match mail.account {
        Some(account) => Ok(Some(format!("a{}", account.0))),
        None => Ok(routings::of_address(conn, &mail.address)?.map(|id| format!("r{id}"))),
    }
}

/// What a form is called in mails of this language; by its own words where the language has none for it.
fn form_words(form: &Form, words: &Locale) -> FormWords {
    let (said, named) = (form.words(), words.own(&format!("form-{}", form.id())));
    let within = Span::read(&said.answer_within).filter(|_| words.language() != Language::En);
    FormWords {
        noun: named.unwrap_or_else(|| said.noun.clone()),
        answer_within: within.map_or_else(|| said.answer_within.clone(), |span| span.words(words)),
        lifecycle: form.lifecycle(),
    }
}

fn about(form: &Form, answers: &Answers, submission: &Submission, at: DateTime<Utc>, words: &Locale) -> About {
    let text = |role| one_line(&role_text(form, answers, role, words));
    let named = text(Role::Organization);
    About {
        reference: submission.reference.clone(),
        title: title(&text(Role::Title)),
        organization: if named.is_empty() { text(Role::ContactOrganization) } else { named },
        country: text(Role::Country),
        objectives: text(Role::Objectives),
        ends: text(Role::Ends),
        language: submission.language,
        at,
    }
}

/// The draft in the right form that was begun from a submission.
struct Right {
    noun: String,
    link: String,
    until: String,
}

fn right_draft(app: &Parts, conn: &mut Conn, id: SubmissionId, words: &Locale) -> Result<Option<Right>, StoreError> {
    let Some(draft) = refilings::draft_of(conn, id)? else { return Ok(None) };
    let draft = drafts::find(conn, &draft)?;
    Ok(draft.and_then(|draft| {
        let form = app.catalog.form(&draft.form, words.language())?;
        Some(Right {
            noun: form.words().noun.clone(),
            link: links::draft_page(&app.base(), &draft.id, draft.link_generation),
            until: words.date(&draft.expires_at.date_naive()),
        })
    }))
}

/// Who mentioned the reader.
fn mention(conn: &mut Conn, by: Author, words: &Locale) -> Result<String, StoreError> {
    let name = match by.account() {
        Some(account) => accounts::get(conn, account)?.name,
        None => String::new(),
    };
    Ok(words.a("mail-why-mention", "name", one_line(&name)))
}

/// Whether the last decision says that somebody asks for help for themselves.
fn is_plea(conn: &mut Conn, submission: SubmissionId) -> Result<bool, StoreError> {
    let log = events::of(conn, submission)?;
    let decided = events::in_force(&log).into_iter().rev().find(|logged| logged.event.decision.is_some());
    Ok(decided.is_some_and(|logged| logged.event.reason == Some(DeclineReason::PersonalPlea)))
}

/// The notes written with the event. An erased one says nothing.
fn message(conn: &mut Conn, submission: SubmissionId, seq: i64) -> Result<String, StoreError> {
    let notes = events::notes_of(conn, submission)?;
    let bodies: Vec<String> = notes
        .into_iter()
        .filter(|note| note.event_seq == seq)
        .filter_map(|note| note.body)
        .map(|body| clean(&body))
        .collect();
    Ok(bodies.join("\n\n"))
}

/// The points asked with the event. An erased one says nothing.
fn asked(
    conn: &mut Conn,
    submission: SubmissionId,
    seq: i64,
    form: &Form,
    words: &Locale,
) -> Result<Vec<Asked>, StoreError> {
    let label = |point: &Point| match &point.field {
        None => words.t("point-whole"),
        Some(id) => form.field(id).map_or_else(|| words.t("point-gone"), |field| field.label.clone()),
    };
    let points = points::of(conn, submission)?.into_iter().filter(|point| point.asked == seq);
    Ok(points
        .filter_map(|point| {
            let text = clean(point.text.as_deref()?);
            Some(Asked { label: label(&point), text, required: point.required })
        })
        .collect())
}

/// The criteria that a decision names, in the form's words of today.
fn fell_short(
    app: &Parts,
    conn: &mut Conn,
    submission: &Submission,
    seq: i64,
    language: Language,
) -> Result<Vec<String>, StoreError> {
    let named = reviews::short_of(conn, seq)?;
    let form = app.catalog.form(&submission.form, language);
    let criteria = form.map(|form| form.criteria()).unwrap_or_default().iter();
    Ok(criteria.filter(|criterion| named.contains(&criterion.id)).map(|criterion| criterion.label.clone()).collect())
}

/// The path of a form's published records; none where they are shown with something else, as reports with their pledge.
fn own_page(form: &Form) -> Option<&str> {
    form.collection().filter(|_| form.has_pages())
}

fn sections(form: &Form, answers: &Answers, words: &Locale) -> Vec<Section> {
    let answered = form.answered(answers).into_iter().map(|(step, fields)| Section {
        title: step.title.clone(),
        answers: fields
            .into_iter()
            .map(|(field, answer)| Fact {
                label: field.label.clone(),
                value: clean(&field.show(answer, words).plain()),
            })
            .filter(|fact| !fact.value.is_empty())
            .collect(),
    });
    answered.filter(|section| !section.answers.is_empty()).collect()
}

fn decides(role: StaffRole) -> bool {
    match role {
        StaffRole::Moderator | StaffRole::Admin => true,
        StaffRole::Observer => false,
    }
}

/// Which of the reader's alerts it is that this submission meets.
pub fn why(form: &Form, regions: &[String], alerts: &[Alert], lists: &Lists, words: &Locale) -> String {
    let meets = |alert: &&Alert| {
        alert.form.as_deref().is_none_or(|id| id == form.id().as_str())
            && alert.region.as_deref().is_none_or(|region| regions.iter().any(|one| one == region))
    };
    let Some(alert) = alerts.iter().find(meets) else { return words.t("mail-why") };
    let named = words.own(&format!("form-{}.plural", form.id()));
    let plural = named.as_deref().unwrap_or(&form.words().plural);
    let region = alert.region.as_deref().map(|code| lists.label("regions", code, words.language()).unwrap_or(code));
    match (&alert.form, region) {
        (Some(_), Some(region)) => {
            words.with("mail-why-form-region", &[("forms", plural.into()), ("region", region.into())])
        }
        (Some(_), None) => words.a("mail-why-form", "forms", plural),
        (None, Some(region)) => words.a("mail-why-region", "region", region),
        (None, None) => words.t("mail-why-all"),
    }
}

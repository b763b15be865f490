//! Reads what a mail tells of, as it stands when the mail is rendered.

mod calendar;
mod sitting;

use chrono::{DateTime, Utc};

use super::context::{About, Agreed, Asked, Context, Fact, FormWords, Section};
use super::links::Links;
use super::text::{clean, one_line, title};
use crate::app::Parts;
use crate::domain::account::Role as StaffRole;
use crate::domain::appointment::Appointment;
use crate::domain::deadline::Span;
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
use crate::store::{Conn, StoreError, appointments, drafts, events, points};

/// Reads what a mail tells of.
pub fn gather(app: &Parts, conn: &mut Conn, mail: &Mail) -> Result<Context, StoreError> {
    match (&mail.subject, mail.kind.tells_of()) {
        (Subject::Event { seq, submission, revision }, ToldOf::Submission) => {
            of_event(app, conn, mail, (*seq, *submission, *revision))
        }
        (Subject::Draft { id, .. }, ToldOf::Draft) => of_draft(app, conn, mail, id),
        (Subject::Draft { id, since }, ToldOf::Sitting) => sitting::gather(app, conn, mail, (id, *since)),
        (Subject::Event { .. }, ToldOf::Draft | ToldOf::Sitting) | (Subject::Draft { .. }, ToldOf::Submission) => {
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
        reason: None,
        correction: false,
        answers: Vec::new(),
        arrived: Vec::new(),
        decides: false,
        why: String::new(),
        kept_until: String::new(),
        appointment: None,
        calendar: None,
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
    let message = message(conn, id, seq)?;
    let words = app.mail_locale(mail.language);
    let (decides, why) = match mail.account {
        None => (false, String::new()),
        Some(account) if mail.kind == MailKind::AlertAssigned => {
            (decides(accounts::get(conn, account)?.role), words.t("mail-why-assigned"))
        }
        Some(account) => {
            let alerts = accounts::alerts_of(conn, account)?;
            let why = why(&form, &form.regions(&answers, app.catalog.lists()), &alerts, app.catalog.lists(), &words);
            (decides(accounts::get(conn, account)?.role), why)
        }
    };
    let agreed = appointments::of(conn, id)?.into_iter().find(|appointment| appointment.event == seq);
    let mut about = about(&form, &answers, &submission, event.at, &words);
    if mail.kind.is_alert() && is_plea(conn, id)? {
        about.keep_private(&words);
    }
    Ok(Context {
        kind: mail.kind,
        service: app.config.service.clone(),
        form: form_words(&form, &words),
        about,
        links: Links::new(&app.base(), &submission.reference, own_page(&form)),
        name: one_line(&mail.name),
        confirmed: submission.address_confirmed_at.is_some(),
        message,
        points: asked(conn, id, seq, &form, &words)?,
        reason: event.reason,
        correction: event.state == ReviewState::Approved,
        arrived: Vec::new(),
        answers: if mail.kind == MailKind::Answers { sections(&form, &answers, &words) } else { Vec::new() },
        decides,
        why,
        kept_until: String::new(),
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
        words,
    })
}

fn in_words(appointment: &Appointment, words: &Locale) -> Agreed {
    let details = appointment.details.clone().unwrap_or_default();
    Agreed { when: appointment.span(words), place: one_line(&details.place), people: one_line(&details.people) }
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

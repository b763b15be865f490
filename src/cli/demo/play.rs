//! Plays the invented past through the real actions, in the order in which it happened.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Timelike, Utc};
use serde_json::{Map, Value};

use super::world::{Account, Act, Asked, Entry, Replied, World};
use super::{Clock, Failure, dates};
use crate::actions::parties::Word;
use crate::actions::{accounts, confirm_address, decide, keep_record, known, parties, revise, submit, withdraw};
use crate::app::App;
use crate::domain::account::{AccountId, Role};
use crate::domain::point::{Asking, PointId, PointText};
use crate::domain::submission::{Decision, DeclineReason, SubmissionId};
use crate::forms::answer::Answers;
use crate::forms::form::{FieldId, Form, Lifecycle};
use crate::locale::Language;
use crate::store::accounts::Alert;
use crate::store::alerts::Settings;
use crate::store::attachments::Owner;
use crate::store::points;
use crate::store::submissions::{self, Channel, Submission};

/// One thing to do at one time.
enum Step<'a> {
    Submit(&'a Entry),
    Confirm(&'a Entry),
    Then(&'a Entry, &'a Act),
}

/// The stage: who is there, and what has been submitted so far.
struct Stage<'a> {
    app: &'a App,
    now: DateTime<Utc>,
    /// References by key.
    made: HashMap<String, String>,
    moderator: AccountId,
}

/// Plays all of it.
pub async fn play(app: &App, clock: &Clock, world: &World) -> Result<(), Failure> {
    let now = Utc::now();
    clock.set(Some(now - Duration::days(400)));
    let moderator = cast(app, &world.accounts).await?;
    let mut steps: Vec<(DateTime<Utc>, Step<'_>)> =
        world.submissions.iter().flat_map(|entry| steps_of(entry, now)).collect();
    steps.sort_by_key(|(at, _)| *at);
    let mut stage = Stage { app, now, made: HashMap::new(), moderator };
    for (at, step) in steps {
        clock.set(Some(at));
        match step {
            Step::Submit(entry) => stage.submit(entry).await?,
            Step::Confirm(entry) => stage.confirm(entry).await?,
            Step::Then(entry, act) => stage.act(entry, act).await?,
        }
    }
    Ok(())
}

fn steps_of(entry: &Entry, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, Step<'_>)> {
    // Spread over the working day by the key's length, so that a list does not show the same minute everywhere.
    let spread = i64::try_from(entry.key.len()).unwrap_or(0) * 17 % 500;
    let noon = now.with_hour(8).unwrap_or(now) - Duration::days(1);
    let at = |days: i64| (noon - Duration::days(days) + Duration::minutes(spread)).min(now - Duration::minutes(20));
    let submitted = at(entry.submitted);
    let mut steps = vec![(submitted, Step::Submit(entry))];
    if entry.confirmed && !entry.held {
        steps.push((submitted + Duration::minutes(6), Step::Confirm(entry)));
    }
    let later = |act: &Act, turn: i64| {
        (at(entry.submitted - act.after) + Duration::minutes(7 + turn)).max(submitted + Duration::minutes(7 + turn))
    };
    steps.extend(entry.then.iter().zip(0..).map(|(act, turn)| (later(act, turn), Step::Then(entry, act))));
    steps
}

/// Adds the accounts; gives the moderator.
async fn cast(app: &App, all: &[Account]) -> Result<AccountId, Failure> {
    let mut moderator = None;
    for account in all {
        let role = Role::read(&account.role).ok_or_else(|| Failure::said(format!("no such role: {}", account.role)))?;
        let order = accounts::Order {
            email: account.email.clone(),
            name: account.name.clone(),
            role,
            language: Language::read(&account.language).unwrap_or(Language::En),
            password: Some(account.password.clone()),
        };
        let (id, _) = accounts::add(app, order).await?;
        let alerts = account.alerts.iter().map(|f| Alert { form: f.form.clone(), region: f.region.clone() }).collect();
        accounts::follow(app, id, alerts, Settings::of_role(role)).await?;
        if role == Role::Moderator {
            moderator = Some(id);
        }
    }
    moderator.ok_or_else(|| Failure::said("the demonstration has no moderator"))
}

impl Stage<'_> {
    fn form(&self, entry: &Entry) -> Result<(Arc<Form>, Language), Failure> {
        let language = Language::read(&entry.language).ok_or_else(|| self.fault(entry, "no such language"))?;
        let form = self.app.catalog.find(&entry.form, language).cloned();
        Ok((form.ok_or_else(|| self.fault(entry, "no such form"))?, language))
    }

    fn fault(&self, entry: &Entry, text: &str) -> Failure {
        Failure::said(format!("content/demo, {}: {text}", entry.key))
    }

    /// Checked answers, dates resolved and keys of other entries replaced by their references.
    async fn answers(&self, entry: &Entry, json: Map<String, Value>) -> Result<Answers, Failure> {
        let (form, language) = self.form(entry)?;
        let mut json = json;
        for value in json.values_mut() {
            dates::resolve(value, self.now.date_naive());
            if let Value::String(text) = value
                && let Some(made) = text.strip_prefix('@').and_then(|key| self.made.get(key))
            {
                text.clone_from(made);
            }
        }
        let wanted = form.wanted_json(&json);
        let known = self.app.db.read(move |conn| known::look_up(conn, &wanted, &Owner::Api)).await?;
        let locale = self.app.locale(language);
        let parsed = form.parse_json(&json, &known, &locale);
        if parsed.errors.is_empty() {
            return Ok(parsed.answers);
        }
        let said: Vec<String> =
            form.messages(&parsed.errors, &locale).into_iter().map(|m| format!("{}: {}", m.name, m.text)).collect();
        Err(self.fault(entry, &said.join("; ")))
    }

    async fn submit(&mut self, entry: &Entry) -> Result<(), Failure> {
        let (form, language) = self.form(entry)?;
        if form.lifecycle() == Lifecycle::Record {
            return self.keep(entry, form, language).await;
        }
        let answers = self.answers(entry, entry.answers.clone()).await?;
        let order =
            submit::Order { suspected: entry.held, ..submit::Order::new(form, answers, language, Channel::Web) };
        let receipt = submit::submit(self.app, order).await?;
        self.made.insert(entry.key.clone(), receipt.reference);
        Ok(())
    }

    /// What staff keep is saved and published in one act.
    async fn keep(&mut self, entry: &Entry, form: Arc<Form>, language: Language) -> Result<(), Failure> {
        let order = keep_record::Order {
            answers: self.answers(entry, entry.answers.clone()).await?,
            form,
            language,
            by: self.moderator,
            corrects: None,
            draft: None,
        };
        let kept = keep_record::keep(self.app, order).await?;
        self.made.insert(entry.key.clone(), kept.reference);
        Ok(())
    }

    async fn find(&self, entry: &Entry) -> Result<Submission, Failure> {
        let reference = self.made.get(&entry.key).cloned().unwrap_or_default();
        let found = self.app.db.read(move |conn| submissions::find(conn, &reference)).await?;
        found.ok_or_else(|| self.fault(entry, "was never submitted"))
    }

    async fn confirm(&self, entry: &Entry) -> Result<(), Failure> {
        if self.form(entry)?.0.lifecycle() == Lifecycle::Record {
            return Ok(());
        }
        let submission = self.find(entry).await?;
        confirm_address::confirm(self.app, submission.id).await?;
        Ok(())
    }

    async fn act(&self, entry: &Entry, act: &Act) -> Result<(), Failure> {
        match act.act.as_str() {
            "resubmit" => self.resubmit(entry, act).await,
            "party-confirms" => self.speak(entry, act, Word::Confirm).await,
            "party-declines" => self.speak(entry, act, Word::Decline).await,
            "withdraw" => {
                let submission = self.find(entry).await?;
                withdraw::withdraw(self.app, submission.id, &act.message).await?;
                Ok(())
            }
            decision => self.decide(entry, act, decision).await,
        }
    }

    async fn speak(&self, entry: &Entry, act: &Act, word: Word) -> Result<(), Failure> {
        let submission = self.find(entry).await?;
        let key = self.app.keys.party(submission.id, act.party.as_deref().unwrap_or_default());
        let said = parties::speak(self.app, (submission.id, submission.head_revision), &key, word).await;
        said.map_err(|_| self.fault(entry, "no such party"))?;
        Ok(())
    }

    async fn decide(&self, entry: &Entry, act: &Act, decision: &str) -> Result<(), Failure> {
        let submission = self.find(entry).await?;
        let order = decide::Order {
            decision: Decision::read(decision).ok_or_else(|| self.fault(entry, "no such act"))?,
            reason: act.reason.as_deref().and_then(DeclineReason::read),
            message: act.message.clone(),
            criteria: Vec::new(),
            points: act.points.iter().map(|asked| self.asking(entry, asked)).collect::<Result<_, _>>()?,
            duplicate_of: None,
            version: submission.version,
            reference: submission.reference,
            by: self.moderator,
        };
        decide::decide(self.app, order).await?;
        Ok(())
    }

    fn asking(&self, entry: &Entry, asked: &Asked) -> Result<Asking, Failure> {
        let field = asked.field.as_deref().map(FieldId::new);
        Ok(Asking { field, required: asked.required, follows: None, text: self.text(entry, &asked.text)? })
    }

    fn text(&self, entry: &Entry, text: &str) -> Result<PointText, Failure> {
        PointText::read(text).ok().flatten().ok_or_else(|| self.fault(entry, "a point has no text or too much of it"))
    }

    /// The answers to the points that are open, by their place.
    async fn replies(&self, entry: &Entry, id: SubmissionId, act: &Act) -> Result<Vec<(PointId, PointText)>, Failure> {
        let open = self.app.db.read(move |conn| points::open(conn, id)).await?;
        let place = |at: usize| at.checked_sub(1).and_then(|at| open.get(at));
        let reply = |reply: &Replied| {
            let point = place(reply.point).ok_or_else(|| self.fault(entry, "no such point"))?;
            Ok((point.id, self.text(entry, &reply.text)?))
        };
        act.replies.iter().map(reply).collect()
    }

    async fn resubmit(&self, entry: &Entry, act: &Act) -> Result<(), Failure> {
        let submission = self.find(entry).await?;
        let mut json = entry.answers.clone();
        json.extend(act.answers.clone());
        let order = revise::Order {
            mail_language: submission.mail_language,
            submission: submission.id,
            base: submission.head_revision,
            form: self.form(entry)?.0,
            answers: self.answers(entry, json).await?,
            replies: self.replies(entry, submission.id, act).await?,
            draft: String::new(),
            key: self.app.entropy.token(),
        };
        revise::resubmit(self.app, order).await?;
        Ok(())
    }
}

//! A record's page, drawn from what was loaded.

use askama::Template;

use super::assignee::AssigneeBox;
use super::beside::{self, Beside, RelatedLine};
use super::case::{self, CaseBox};
use super::comparison::{Comparison, Revisions, comparison, revisions};
use super::conflict::{Conflict, errors, overtaken, taken_back, too_late};
use super::flash::{Flash, flash};
use super::note::{self, NoteBox};
use super::options::{self, About, Attempt, Offer, Refused};
use super::panels::Panels;
use super::place::Place;
use super::points::{self, Card, Change, PointsBox};
use super::record::Loaded;
use super::replies::{self, ReplyBox};
use super::undo::UndoBox;
use super::unreached::{self, Unreached};
use super::words::{self, Badge};
use super::{Choice, When, Wrong, wrong_of};
use crate::actions::change_address::Open;
use crate::actions::note::Readers;
use crate::actions::{review, revise};
use crate::app::App;
use crate::domain::event::{self, EventKind};
use crate::domain::projection::role_text;
use crate::domain::submission::{Decision, Visibility};
use crate::forms::diff::Segment;
use crate::forms::errors::Message;
use crate::forms::form::{Lifecycle, Role};
use crate::forms::replies::WrittenWith;
use crate::forms::source::RawCriterion;
use crate::locale::{Arg, Locale};
use crate::store::events::Logged;
use crate::store::outbox::Mail;
use crate::web::frame::Frame;
use crate::web::pages::answers::Section;
use crate::web::pages::parties::PartyLine;
use crate::web::pages::similar::Alike;
use crate::web::pages::submit::{Notice, labelled};

/// One thing that happened.
pub struct Happening {
    pub at: When,
    pub what: String,
    /// When something was agreed to take place.
    pub agreed: Option<String>,
    /// Written with it.
    pub notes: Vec<String>,
}

/// One mail and its fate.
pub struct MailLine {
    pub url: String,
    pub kind: String,
    pub to: String,
    pub status: Badge,
    pub at: When,
    pub reply: Option<String>,
}

/// What the reader tried in vain.
pub struct Tried<'a> {
    pub deciding: Option<&'a Attempt>,
    pub noting: Option<&'a note::Attempt>,
    pub beside: Option<&'a beside::Attempt>,
}

impl Tried<'_> {
    /// Whether something was refused, rather than only begun.
    fn is_refused(&self) -> bool {
        self.deciding.is_some_and(|attempt| attempt.refused != Refused::Unfinished)
            || self.noting.is_some_and(|note| !note.unfinished)
            || self.beside.is_some()
    }
}

/// What the reader just did.
pub struct Said {
    pub done: Option<Decision>,
    /// A note, or what was said to another address.
    pub noted: Option<EventKind>,
    /// It wanted to take a decision back, too late.
    pub too_late: bool,
}

#[derive(Template)]
#[template(path = "staff/record.html")]
pub struct RecordPage {
    f: Frame,
    noun: String,
    reference: String,
    title: String,
    lang: &'static str,
    badges: Vec<Badge>,
    received: String,
    public_url: Option<String>,
    flash: Option<Flash>,
    undo: Option<UndoBox>,
    errors: Vec<Wrong>,
    conflict: Option<Conflict>,
    comparison: Option<Comparison>,
    revisions: Option<Revisions>,
    /// What the checks of the form say of the answers.
    warnings: Vec<Notice>,
    alike: Option<Alike>,
    sections: Vec<Section>,
    /// Some answers can become public, so the private ones are marked.
    marked: bool,
    /// Staff keep it themselves, so they can correct it.
    kept: bool,
    /// The view it was opened from, as a query string, and where it stands there.
    view: Option<String>,
    place: Option<Place>,
    assignee: Option<AssigneeBox>,
    /// By when the Network is to act.
    due: Option<String>,
    /// The list it stands in: address and name.
    back: (String, String),
    files: &'static str,
    history: Vec<Happening>,
    mails: Vec<MailLine>,
    offers: Vec<Offer>,
    points: Vec<Card>,
    /// Changes can be asked for: each answer has a button for it.
    asks: bool,
    nothing: String,
    version: i64,
    /// Texts to begin a note with.
    note_replies: ReplyBox,
    /// Who can be mentioned in it.
    colleagues: Vec<(String, String)>,
    /// For those who may write: the box for a note.
    note: Option<NoteBox>,
    change: Option<Open>,
    parties: Vec<PartyLine>,
    /// What it is to other records.
    related: Vec<RelatedLine>,
    /// For those who may decide: what else can be done with it.
    beside: Option<Beside>,
    panels: Panels,
    unreached: Option<Unreached>,
    case: Option<CaseBox>,
    /// Most bytes of a file; no question here asks for one.
    largest: u64,
    /// The reader wants no mails about it.
    pub(super) muted: bool,
}

impl RecordPage {
    /// Says which mail did not arrive, and why another address was not taken.
    pub(super) fn about_unreached(&mut self, loaded: &Loaded, attempt: Option<&unreached::Attempt>) {
        self.unreached = Unreached::of(&self.f.l, loaded, self.f.may_decide(), attempt);
        let input = self.unreached.iter().filter_map(|unreached| unreached.input.clone());
        self.errors.extend(wrong_of(&input.collect::<Vec<_>>()));
        if self.unreached.is_some() {
            self.badges.push(words::undelivered(&self.f.l));
        }
    }
}

impl RecordPage {
    /// Says how far it has come as a case, and why a milestone was not noted.
    pub(super) fn about_case(&mut self, app: &App, loaded: &Loaded, attempt: Option<&case::Attempt>) {
        if self.f.may_decide() {
            self.case = CaseBox::new(app, &self.f.l, loaded, attempt);
        }
        if let Some(attempt) = attempt {
            self.errors.extend(attempt.wrong().iter().cloned());
            self.conflict = attempt.conflict(&self.f.l, loaded);
            self.version = if self.conflict.is_some() { loaded.submission.version } else { attempt.seen };
            self.f.title = page_title(&self.f.l, loaded, true);
        }
    }
}

/// Draws the page.
pub fn page(app: &App, mut f: Frame, loaded: &Loaded, said: &Said, tried: &Tried<'_>) -> RecordPage {
    let &Tried { deciding: attempt, noting, beside: besides } = tried;
    let (l, submission) = (f.l.clone(), &loaded.submission);
    let title = title(&l, loaded);
    let taken_back = loaded.undone.as_ref().map(|(undone, asked)| taken_back(undone, asked, submission.version));
    let attempt = attempt.or(taken_back.as_ref());
    let offers = if f.may_decide() { offers(app, &l, loaded, attempt) } else { Vec::new() };
    let place = loaded.around.as_ref().map(|(view, around)| Place::new(&l, view, around));
    let assignee = f.desk.as_ref().and_then(|desk| AssigneeBox::new(&l, loaded, desk.account.id, f.may_decide()));
    let note = f.may_decide().then(|| note_box(app, &l, loaded, noting));
    let beside = f.may_decide().then(|| Beside::new(app, &l, loaded, besides));
    let boxes = note.iter().flat_map(NoteBox::wrong).chain(beside.iter().flat_map(Beside::wrong));
    let errors = errors(&l, &offers, attempt).into_iter().chain(boxes).collect();
    f.title = page_title(&l, loaded, tried.is_refused());
    RecordPage {
        noun: loaded.form.words().noun.clone(),
        reference: submission.reference.clone(),
        title,
        lang: submission.language.tag(),
        badges: badges(&l, loaded),
        received: received(&l, loaded),
        public_url: public_url(loaded),
        undo: if f.may_decide() { UndoBox::find(&l, loaded, said.done.is_some()) } else { None },
        flash: said_first(app, &l, loaded, said),
        errors,
        conflict: overtaken(app, &l, (loaded, &offers), attempt).or_else(|| said.too_late.then(|| too_late(&l))),
        comparison: loaded.compared.as_ref().map(|compared| comparison(&l, compared)),
        revisions: loaded.compared.as_ref().and_then(|both| revisions(&l, &loaded.events, both.numbers())),
        warnings: warnings(&l, loaded),
        alike: loaded.alike.clone(),
        sections: beside::answered(&l, loaded),
        marked: loaded.form.lifecycle() != Lifecycle::Request,
        kept: loaded.form.lifecycle() == Lifecycle::Record,
        back: back(&l, loaded, place.as_ref()),
        view: place.as_ref().map(|place| place.query.clone()),
        place,
        assignee,
        due: loaded.due.map(|due| l.a("staff-due", "date", l.date(&due.date_naive()))),
        files: "/staff/attachments",
        history: loaded.events.iter().map(|logged| happening(&l, loaded, logged)).collect(),
        mails: loaded.mails.iter().map(|mail| mail_line(&l, mail)).collect(),
        nothing: l.t(if f.may_decide() { "staff-nothing-to-decide" } else { "staff-observers-decide-not" }),
        points: points::cards(&l, &loaded.form, &loaded.points, submission.state),
        asks: offers.iter().any(|offer| offer.points.is_some()),
        offers,
        version: version(submission.version, attempt),
        note,
        note_replies: ReplyBox::new(app, &l, (loaded.form.id(), "note"), WrittenWith::Note, submission.language),
        colleagues: loaded.colleagues.clone(),
        change: loaded.change.clone(),
        parties: loaded.parties.clone(),
        unreached: None,
        case: None,
        largest: 0,
        panels: loaded.panels.clone(),
        related: beside::lines(&l, &loaded.related),
        beside,
        muted: false,
        f,
    }
}

/// What the record is called.
pub(super) fn title(l: &Locale, loaded: &Loaded) -> String {
    let title = role_text(&loaded.form, &loaded.answers, Role::Title, l);
    if title.trim().is_empty() { loaded.submission.reference.clone() } else { title }
}

fn note_box(app: &App, l: &Locale, loaded: &Loaded, noting: Option<&note::Attempt>) -> NoteBox {
    let waits = event::unanswered(loaded.events.iter().map(|logged| &logged.event)).is_some();
    let readers = Readers::of(loaded.form.lifecycle(), loaded.submission.state);
    NoteBox::new(l, app.entropy.token(), readers, waits, noting)
}

/// What was just done.
fn said_first(app: &App, l: &Locale, loaded: &Loaded, said: &Said) -> Option<Flash> {
    let done = said.done.map(|done| flash(app, l, loaded, done));
    done.or_else(|| said.noted.and_then(|kind| note::said(l, kind)).map(|flash| note::told(l, loaded, flash)))
}

/// The version that the forms carry: where only words are missing, the one that was seen, so that nothing slips by unread.
fn version(current: i64, attempt: Option<&Attempt>) -> i64 {
    attempt.filter(|attempt| attempt.refused.is_about_words()).map_or(current, |attempt| attempt.seen)
}

fn page_title(l: &Locale, loaded: &Loaded, refused: bool) -> String {
    let title = format!("{} {}", loaded.form.words().noun, loaded.submission.reference);
    if refused { format!("{} {title}", l.t("error-prefix")) } else { title }
}

/// What the form's checks say, each with the label of its question and the way to the answer.
fn warnings(l: &Locale, loaded: &Loaded) -> Vec<Notice> {
    let found = loaded.form.warnings(&loaded.answers);
    let notice = |message: Message| Notice { href: format!("#answer-{}", message.name), text: message.text };
    labelled(&loaded.form, &found, l).into_iter().map(notice).collect()
}

pub(super) fn badges(l: &Locale, loaded: &Loaded) -> Vec<Badge> {
    let submission = &loaded.submission;
    let mut badges = words::standing(l, submission.state, submission.visibility, loaded.form.lifecycle());
    let to_check = loaded.form.warnings(&loaded.answers).len() + usize::from(loaded.alike.is_some());
    if to_check > 0 {
        badges.push(Badge { class: "asked", text: l.n("staff-to-check", &to_check) });
    }
    if loaded.form.lifecycle() == Lifecycle::Record {
        return badges;
    }
    badges.push(match submission.address_confirmed_at {
        None => words::unconfirmed(l),
        Some(_) => Badge { class: "done", text: l.t("staff-address-confirmed") },
    });
    badges
}

fn back(l: &Locale, loaded: &Loaded, place: Option<&Place>) -> (String, String) {
    match loaded.form.lifecycle() {
        Lifecycle::Publication | Lifecycle::Request => {
            (place.map_or_else(|| "/staff".to_owned(), |place| place.back.clone()), l.t("queue"))
        }
        Lifecycle::Record => (format!("/staff/records/{}", loaded.form.id()), loaded.form.words().plural.clone()),
    }
}

/// "Received 6 November 2026, 14:05 UTC, in French."
pub(super) fn received(l: &Locale, loaded: &Loaded) -> String {
    let (at, language) = (l.instant(&loaded.submission.created_at), words::language(l, loaded.submission.language));
    let values = [("when", Arg::from(&at)), ("language", Arg::from(&language))];
    words::say(l, "staff-received", loaded.form.lifecycle(), &values)
}

/// Where it is public, if it has a page of its own: reports are shown with what they report on.
fn public_url(loaded: &Loaded) -> Option<String> {
    let own = loaded.form.collection().filter(|_| loaded.form.has_pages())?;
    let public = loaded.submission.visibility == Visibility::Published;
    public.then(|| format!("/{own}/{}", loaded.submission.reference))
}

fn offers(app: &App, l: &Locale, loaded: &Loaded, attempt: Option<&Attempt>) -> Vec<Offer> {
    let Some(standing) = revise::standing(app, &loaded.submission) else { return Vec::new() };
    let address = role_text(&loaded.form, &loaded.answers, Role::ContactEmail, l);
    let about = About { standing, address: &address, hold: app.config.mail.hold, language: loaded.submission.language };
    let mut offers = options::offers(l, &about, attempt);
    for offer in &mut offers {
        let with = Decision::read(offer.decision).and_then(replies::written_with);
        if let (Some(message), Some(with)) = (&mut offer.message, with) {
            let of = (loaded.form.id(), offer.decision);
            message.replies = ReplyBox::new(app, l, of, with, loaded.submission.language);
        }
    }
    for offer in offers.iter_mut().filter(|offer| offer.decision == Decision::RequestChanges.as_str()) {
        offer.points = Some(PointsBox::new(l, loaded, attempt));
    }
    let short = [Decision::RequestChanges.as_str(), Decision::Decline.as_str()];
    for offer in offers.iter_mut().filter(|offer| short.contains(&offer.decision)) {
        offer.criteria = criteria_to_name(app, l, loaded, attempt);
    }
    let unknown = loaded.panels.authority.as_ref().is_some_and(|authority| authority.missing);
    for offer in offers.iter_mut().filter(|offer| unknown && offer.decision == Decision::Publish.as_str()) {
        offer.consequences.insert(0, l.t("staff-authority-first"));
        offer.style = "secondary";
    }
    offers
}

/// The criteria of the form, those ticked that were.
fn criteria_to_name(app: &App, l: &Locale, loaded: &Loaded, attempt: Option<&Attempt>) -> Vec<Choice> {
    let ticked = |id: &String| attempt.is_some_and(|attempt| attempt.criteria.contains(id));
    let choice = |criterion: &RawCriterion| Choice {
        value: criterion.id.clone(),
        label: criterion.label.clone(),
        hint: None,
        chosen: ticked(&criterion.id),
    };
    review::criteria(app, &loaded.submission.form, l.language()).iter().map(choice).collect()
}

pub(super) fn happening(l: &Locale, loaded: &Loaded, logged: &Logged) -> Happening {
    let of = loaded.notes.iter().filter(|note| note.event_seq == logged.seq);
    Happening {
        at: When::new(l, &logged.event.at),
        what: words::event(l, &logged.event, loaded.form.lifecycle(), &loaded.names),
        agreed: loaded.case.appointments.iter().find(|made| made.event == logged.seq).map(|made| made.span(l)),
        notes: of.map(|note| note.body.clone().unwrap_or_else(|| l.t("staff-erased"))).collect(),
    }
}

fn mail_line(l: &Locale, mail: &Mail) -> MailLine {
    MailLine {
        url: format!("/staff/mail/{}", mail.id),
        kind: words::mail_kind(l, mail.kind),
        to: mail.address.clone(),
        status: words::mail_status(l, mail.status, &mail.due_at),
        at: When::new(l, &mail.created_at),
        reply: mail.last_reply.clone().filter(|_| words::is_trouble(mail.status)),
    }
}

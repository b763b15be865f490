//! What every page has around its own content: language, title, service, notices.

use actix_web::{HttpMessage, HttpRequest};

use crate::app::App;
use crate::domain::account::{Account, Role};
use crate::forms::form::Form;
use crate::locale::{Arg, Language, Locale};
use crate::store::outbox::pause::Pause;

/// The language a request is answered in, and the prefix its links keep (`/fr`, or nothing).
#[derive(Debug, Clone)]
pub struct Spoken {
    pub language: Language,
    pub prefix: String,
    /// The language that was asked for, whether pages speak it or not: mails may.
    pub asked: Language,
}

/// The member of staff who is signed in.
#[derive(Debug, Clone)]
pub struct Desk {
    pub account: Account,
    /// The session's secret, for the proof in forms.
    pub token: String,
}

/// Handed to every template as `f`.
#[derive(Clone)]
pub struct Frame {
    pub l: Locale,
    /// "question or page"; the layout adds the service's name.
    pub title: String,
    pub service: String,
    /// The operator named the service; until then the footer says that it is not official.
    pub named: bool,
    pub demo: bool,
    pub contact: Option<String>,
    prefix: String,
    /// The path without its language prefix, for the language switch.
    path: String,
    pub languages: Vec<Language>,
    pub desk: Option<Desk>,
    /// The proof for forms on this page (DESIGN 16).
    pub token: String,
    /// Mail reaches nobody: said to staff until a server is set.
    pub mail_saved: bool,
    /// No mail leaves: said to staff until it does.
    pub mail_pause: Option<Paused>,
    /// Mails leave with links that lead nowhere.
    pub dead_links: bool,
}

/// A pause of the mail in words.
#[derive(Debug, Clone)]
pub struct Paused {
    pub text: String,
    /// The mail server's last words.
    pub reason: String,
}

impl Frame {
    /// The frame of a page for this request.
    #[must_use]
    pub fn new(app: &App, req: &HttpRequest, title: impl Into<String>) -> Self {
        let spoken = req.extensions().get::<Spoken>().cloned();
        let spoken = spoken.unwrap_or(Spoken { language: Language::En, prefix: String::new(), asked: Language::En });
        let desk = req.extensions().get::<Desk>().cloned();
        let l = app.locale(spoken.language);
        let pause = desk.as_ref().and_then(|_| app.mail_pause()).map(|pause| paused(&l, pause));
        let holder = desk.as_ref().map_or("", |desk| desk.token.as_str());
        Self {
            l,
            mail_pause: pause,
            dead_links: desk.is_some() && app.config.mails_dead_links(&app.base()),
            title: title.into(),
            service: app.config.service.name.clone(),
            named: app.config.service.named,
            demo: app.config.service.demo,
            contact: app.config.service.contact_email.clone(),
            prefix: spoken.prefix,
            path: req.path().to_owned(),
            languages: app.locales.available(),
            token: app.keys.proof(today(app), holder),
            mail_saved: app.config.mail.smtp_url.is_none(),
            desk,
        }
    }

    /// The same frame in another language: a draft's or a submission's own.
    #[must_use]
    pub fn in_language(mut self, app: &App, language: Language) -> Self {
        // Somebody may be written to in a language that pages do not speak.
        let spoken = self.languages.contains(&language);
        self.l = app.locale(if spoken { language } else { Language::En });
        // A page of somebody's own has one language; its cookie would not go with another address.
        self.languages = Vec::new();
        self
    }

    /// A link within the site, in the language of this page.
    #[must_use]
    pub fn url(&self, path: impl AsRef<str>) -> String {
        format!("{}{}", self.prefix, path.as_ref())
    }

    /// A page of a form: its start page with an empty `rest`.
    #[must_use]
    pub fn form_url(&self, form: &Form, rest: &str) -> String {
        self.url(format!("/forms/{}{rest}", form.id()))
    }

    /// This page in another language.
    #[must_use]
    pub fn switched(&self, language: &Language) -> String {
        format!("/{}{}", language.code(), self.path)
    }

    /// `aria-current` for a link of the navigation.
    #[must_use]
    pub fn here(&self, path: &str) -> bool {
        self.path == path || (path != "/" && self.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.path == "/staff" || self.path.starts_with("/staff/")
    }

    /// Whether the one who is signed in is an admin.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.account.role == Role::Admin)
    }

    /// Whether the one who is signed in may decide.
    #[must_use]
    pub fn may_decide(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.account.role >= Role::Moderator)
    }
}

fn paused(l: &Locale, pause: Pause) -> Paused {
    let (since, next) = (l.instant(&pause.since), l.instant(&pause.next_at));
    let text = l.with("mail-paused", &[("when", Arg::from(&since)), ("next", Arg::from(&next))]);
    Paused { text, reason: pause.reason }
}

/// Days since the epoch, for proofs in forms.
#[must_use]
pub fn today(app: &App) -> i64 {
    app.clock.now().timestamp().div_euclid(86_400)
}

/// The language of a request.
#[must_use]
pub fn language(req: &HttpRequest) -> Language {
    req.extensions().get::<Spoken>().map_or(Language::En, |spoken| spoken.language)
}

/// The language of mails to whoever sends a request: the one that was asked for, if mails are written in it.
#[must_use]
pub fn mail_language(app: &App, req: &HttpRequest) -> Language {
    let asked = req.extensions().get::<Spoken>().map_or(Language::En, |spoken| spoken.asked);
    if app.locales.writes_mails(asked) { asked } else { language(req) }
}

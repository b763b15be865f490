//! A window in words: until when something is open, in its own time zone and in UTC.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::actions::opening::Shut;
use crate::app::App;
use crate::forms::window::{Gate, Window};
use crate::locale::{Arg, Locale};

/// A window, ready to be shown.
#[derive(Debug, Clone)]
pub struct WindowShown {
    pub open: bool,
    /// "Open until the end of 14 December 2026 in the time zone of Geneva (Europe/Zurich)."
    pub text: String,
    /// The instant at which it opens or closes, for programs and in words; scripts add the reader's own time.
    pub instant: Option<(String, String)>,
}

impl WindowShown {
    /// Says where a window stands now.
    #[must_use]
    pub fn new(app: &App, l: &Locale, window: &Window) -> Self {
        let gate = window.gate(app.clock.now());
        let (key, day, at) = match gate {
            Gate::NotYet => ("window-not-yet", window.opens, window.opens_at()),
            Gate::Open => ("window-open", window.closes, window.closes_at()),
            Gate::Closed => ("window-closed", window.closes, window.closes_at()),
        };
        let zone = zone(app, l, window);
        let text = match day.map(|day| l.date(&day)) {
            Some(day) => l.with(key, &[("day", Arg::Text(&day)), ("zone", Arg::Text(&zone))]),
            None => l.t("window-always"),
        };
        Self { open: gate == Gate::Open, text, instant: at.map(|at| instant(l, &at)) }
    }

    /// Text and instant in one line.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.instant {
            Some((_, words)) => format!("{} ({words})", self.text.trim_end_matches('.')),
            None => self.text.clone(),
        }
    }
}

fn instant(l: &Locale, at: &DateTime<Utc>) -> (String, String) {
    (at.to_rfc3339_opts(SecondsFormat::Secs, true), l.instant(at))
}

/// "Geneva (Europe/Zurich)".
fn zone(app: &App, l: &Locale, window: &Window) -> String {
    let name = window.zone.name();
    match app.catalog.lists().label("zones", name, l.language()) {
        Some(city) if city != name => format!("{city} ({name})"),
        _ => name.to_owned(),
    }
}

/// Why answers cannot be sent now, and what becomes of them.
#[must_use]
pub fn refusal(app: &App, l: &Locale, shut: &Shut, form: &str) -> String {
    let key = match (shut.gate, &shut.about) {
        (Gate::NotYet, _) => "not-open-yet",
        (Gate::Open | Gate::Closed, None) => "not-open-form",
        (Gate::Open | Gate::Closed, Some(_)) => "not-open-record",
    };
    let day = match shut.gate {
        Gate::NotYet => shut.window.opens,
        Gate::Open | Gate::Closed => shut.window.closes,
    };
    let (day, zone) = (day.map(|day: NaiveDate| l.date(&day)).unwrap_or_default(), zone(app, l, &shut.window));
    let what = shut.about.as_ref().map_or(form, |named| named.title.as_str());
    l.with(key, &[("what", Arg::Text(what)), ("day", Arg::Text(&day)), ("zone", Arg::Text(&zone))])
}

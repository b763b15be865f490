//! When a form, or what is answered by it, is open: days and time zones that exist.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::Compiler;
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::{Role, Step};
use crate::forms::window::Window;

impl Compiler<'_> {
    /// The form's own window.
    pub(super) fn window(&mut self) -> Option<Window> {
        let (raw, at) = (self.raw.window.as_ref()?, Place::default().key("window"));
        let opens = self.window_day(raw.opens.as_ref(), at.key("opens"));
        let closes = self.window_day(raw.closes.as_ref(), at.key("closes"));
        let zone = self.zone(&raw.zone, at.key("zone"))?;
        if opens.zip(closes).is_some_and(|(opens, closes)| opens > closes) {
            self.fault(at.key("closes"), FaultKind::WindowDay(raw.closes.clone().unwrap_or_default()));
        }
        Some(Window { opens, closes, zone })
    }

    fn window_day(&mut self, written: Option<&String>, at: Place) -> Option<NaiveDate> {
        let day = written?.parse().ok();
        if day.is_none() {
            self.fault(at, FaultKind::WindowDay(written.cloned().unwrap_or_default()));
        }
        day
    }

    fn zone(&mut self, name: &str, at: Place) -> Option<Tz> {
        let zone = name.parse().ok();
        if zone.is_none() {
            self.fault(at, FaultKind::ZoneUnknown(name.to_owned()));
        }
        zone
    }

    /// What can be chosen as a record's time zone must be one.
    pub(super) fn zones(&mut self, steps: &[Step]) {
        let chosen = steps.iter().flat_map(|step| &step.fields).filter(|field| field.role == Some(Role::Zone));
        for field in chosen {
            let at =
                self.top_fields().find(|(_, raw)| raw.id == field.id.as_str()).map(|(at, _)| at).unwrap_or_default();
            for choice in field.kind.options().into_iter().flatten() {
                self.zone(&choice.value, at.key("role"));
            }
        }
    }
}

//! What can be chosen: from lists, from the form itself, or from an earlier choice.

use std::sync::Arc;

use super::{Compiler, Scope, Seen};
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::FieldId;
use crate::forms::kind::{Choice, FieldKind, Options, Style};
use crate::forms::source::{RawField, RawOption, RawStyle};

/// Up to here choices are drawn as radios; more are a list to open.
const RADIOS_MAX: usize = 7;
/// The list of currencies where a money field names none.
const CURRENCIES: &str = "currencies";

impl Compiler<'_> {
    pub(super) fn money(&mut self, raw: &RawField, at: &Place) -> Option<FieldKind> {
        let all = if raw.lists.is_empty() && raw.options.is_empty() {
            self.listed(&[CURRENCIES.to_owned()], at)?
        } else {
            self.written(raw, at)?
        };
        Some(FieldKind::Money { currencies: Options { all, from: None } })
    }

    pub(super) fn choice(&mut self, raw: &RawField, at: &Place, scope: &Scope<'_>) -> Option<FieldKind> {
        let options = self.options(raw, at, scope)?;
        let style = match raw.style {
            Some(RawStyle::Radios) => Style::Radios,
            Some(RawStyle::Select) => Style::Select,
            None if options.all.len() <= RADIOS_MAX => Style::Radios,
            None => Style::Select,
        };
        Some(FieldKind::Choice { options, style })
    }

    pub(super) fn choices(&mut self, raw: &RawField, at: &Place, scope: &Scope<'_>) -> Option<FieldKind> {
        let options = self.options(raw, at, scope)?;
        let min = self.whole(raw.min, at.key("min"))?.unwrap_or(0);
        let max = self.whole(raw.max, at.key("max"))?;
        if let Some(max) = max {
            self.ordered(min <= max, &min, &max, at)?;
        }
        Some(FieldKind::Choices { options, min, max })
    }

    fn options(&mut self, raw: &RawField, at: &Place, scope: &Scope<'_>) -> Option<Options> {
        let from = match &raw.options_from {
            Some(name) => Some((FieldId::new(name), self.options_from(name, at, scope)?)),
            None => None,
        };
        // Without options of its own, a field limited by another offers what that one offers.
        if let (Some((from, all)), true) = (&from, raw.lists.is_empty() && raw.options.is_empty()) {
            return Some(Options { all: Arc::clone(all), from: Some(from.clone()) });
        }
        let all = self.written(raw, at)?;
        Some(Options { all, from: from.map(|(id, _)| id) })
    }

    fn options_from(&mut self, name: &str, at: &Place, scope: &Scope<'_>) -> Option<Arc<Vec<Choice>>> {
        let at = at.key("options_from");
        match scope.see(name) {
            Seen::Earlier(Some(FieldKind::Choices { options, .. })) => return Some(Arc::clone(&options.all)),
            Seen::Earlier(None) => {}
            Seen::Earlier(Some(_)) => self.fault(at, FaultKind::OptionsFromKind(name.to_owned())),
            Seen::Later => self.fault(at, FaultKind::OptionsFromLater(name.to_owned())),
            Seen::Nowhere => self.fault(at, FaultKind::OptionsFromUnknown(name.to_owned())),
        }
        None
    }

    /// Options from lists or from the form itself.
    fn written(&mut self, raw: &RawField, at: &Place) -> Option<Arc<Vec<Choice>>> {
        match (raw.lists.is_empty(), raw.options.is_empty()) {
            (true, true) => self.fault(at.clone(), FaultKind::NoOptions),
            (false, false) => self.fault(at.key("lists"), FaultKind::OptionsAndLists),
            (false, true) => return self.listed(&raw.lists, at),
            (true, false) => return self.own_options(&raw.options, &at.key("option")),
        }
        None
    }

    fn listed(&mut self, names: &[String], at: &Place) -> Option<Arc<Vec<Choice>>> {
        let choices = self.lists.choices(names, self.lang);
        let unknown = names.iter().enumerate().filter(|(_, name)| self.lists.get(name).is_none());
        for (index, name) in unknown.collect::<Vec<_>>() {
            self.fault(at.key("lists").at(index), FaultKind::UnknownList(name.clone()));
        }
        choices
    }

    fn own_options(&mut self, raw: &[RawOption], at: &Place) -> Option<Arc<Vec<Choice>>> {
        let before = self.faults.len();
        for (index, option) in raw.iter().enumerate() {
            let at = at.at(index);
            self.text(&option.label, at.key("label"));
            self.text(&option.value, at.key("value"));
            if raw.iter().take(index).any(|earlier| earlier.value == option.value) {
                self.fault(at.key("value"), FaultKind::OptionTwice(option.value.clone()));
            }
        }
        (self.faults.len() == before).then(|| Arc::new(raw.iter().map(own_choice).collect()))
    }
}

fn own_choice(raw: &RawOption) -> Choice {
    Choice { hint: raw.hint.clone(), ..Choice::new(&raw.value, &raw.label, &[]) }
}

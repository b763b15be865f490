//! Which keys fit which kind, and the kinds with their limits.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Compiler, Scope, Seen, ids};
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::{FieldId, FormId};
use crate::forms::kind::{Choice, FieldKind, Options, Style};
use crate::forms::source::{RawField, RawKind, RawOption, RawStyle};

/// Characters where a form says nothing: a line and a page.
const TEXT_MAX: usize = 200;
const LONG_TEXT_MAX: usize = 3000;
const ROWS_MAX: usize = 20;
const FILES_MAX: usize = 5;
const DECIMALS_MAX: u32 = 6;
/// Up to here choices are drawn as radios; more are a list to open.
const RADIOS_MAX: usize = 7;
/// The list of currencies where a money field names none.
const CURRENCIES: &str = "currencies";

impl RawKind {
    /// As a form file writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long-text",
            Self::Email => "email",
            Self::Url => "url",
            Self::Phone => "phone",
            Self::Number => "number",
            Self::Money => "money",
            Self::Date => "date",
            Self::Month => "month",
            Self::Meeting => "meeting",
            Self::YesNo => "yes-no",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Rows => "rows",
            Self::File => "file",
            Self::Publication => "publication",
            Self::Consent => "consent",
            Self::Generated => "generated",
        }
    }

    /// The keys that mean something for this kind only.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Text | Self::LongText => &["min", "max"],
            Self::Number => &["min", "max", "decimals"],
            Self::Money => &["lists", "option"],
            Self::Choice => &["lists", "option", "options_from", "style"],
            Self::Choices => &["lists", "option", "options_from", "min", "max"],
            Self::Rows => &["item", "field", "min", "max"],
            Self::File => &["max"],
            Self::Publication => &["form"],
            Self::Generated => &["from"],
            Self::Email
            | Self::Url
            | Self::Phone
            | Self::Date
            | Self::Month
            | Self::Meeting
            | Self::YesNo
            | Self::Consent => &[],
        }
    }

    /// Rows hold simple questions: what is looked up, agreed to or put together stands outside.
    fn fits_in_rows(self) -> bool {
        !matches!(self, Self::Rows | Self::File | Self::Publication | Self::Consent | Self::Generated)
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn kind(&mut self, raw: &'a RawField, at: &Place, scope: &Scope<'a>) -> Option<FieldKind> {
        self.stray_keys(raw, at);
        if scope.in_row && !raw.kind.fits_in_rows() {
            self.fault(at.key("kind"), FaultKind::NotInRows(raw.kind.name().to_owned()));
            return None;
        }
        match raw.kind {
            RawKind::Text => self.lengths(raw, at, TEXT_MAX).map(|(min, max)| FieldKind::Text { min, max }),
            RawKind::LongText => self.lengths(raw, at, LONG_TEXT_MAX).map(|(min, max)| FieldKind::LongText { min, max }),
            RawKind::Email => Some(FieldKind::Email),
            RawKind::Url => Some(FieldKind::Url),
            RawKind::Phone => Some(FieldKind::Phone),
            RawKind::Number => self.number(raw, at),
            RawKind::Money => self.money(raw, at),
            RawKind::Date => Some(FieldKind::Date),
            RawKind::Month => Some(FieldKind::Month),
            RawKind::Meeting => Some(FieldKind::Meeting),
            RawKind::YesNo => Some(FieldKind::YesNo),
            RawKind::Choice => self.choice(raw, at, scope),
            RawKind::Choices => self.choices(raw, at, scope),
            RawKind::Rows => self.rows(raw, at),
            RawKind::File => self.lengths(raw, at, FILES_MAX).map(|(_, max)| FieldKind::File { max }),
            RawKind::Publication => self.publication(raw, at),
            RawKind::Consent => Some(FieldKind::Consent),
            RawKind::Generated => Some(FieldKind::Generated { from: ids(&raw.from) }),
        }
    }

    fn stray_keys(&mut self, raw: &RawField, at: &Place) {
        let given = [
            ("min", raw.min.is_some()),
            ("max", raw.max.is_some()),
            ("decimals", raw.decimals.is_some()),
            ("lists", !raw.lists.is_empty()),
            ("option", !raw.options.is_empty()),
            ("options_from", raw.options_from.is_some()),
            ("style", raw.style.is_some()),
            ("form", raw.form.is_some()),
            ("from", !raw.from.is_empty()),
            ("item", raw.item.is_some()),
            ("field", !raw.fields.is_empty()),
        ];
        for (key, _) in given.into_iter().filter(|(key, given)| *given && !raw.kind.keys().contains(key)) {
            self.fault(at.key(key), FaultKind::StrayKey { key, kind: raw.kind.name().to_owned() });
        }
    }

    /// The least and the most of what the kind counts.
    fn lengths(&mut self, raw: &RawField, at: &Place, max: usize) -> Option<(usize, usize)> {
        let min = self.whole(raw.min, at.key("min"))?.unwrap_or(0);
        let max = self.whole(raw.max, at.key("max"))?.unwrap_or(max);
        self.ordered(min <= max, min, max, at)?;
        Some((min, max))
    }

    /// The outer `None` is a fault, the inner one no limit.
    fn whole(&mut self, limit: Option<f64>, at: Place) -> Option<Option<usize>> {
        let Some(limit) = limit else { return Some(None) };
        let whole = Decimal::try_from(limit).ok().filter(Decimal::is_integer).and_then(|limit| limit.to_usize());
        if whole.is_none() {
            self.fault(at, FaultKind::BadLimit(limit.to_string()));
        }
        whole.map(Some)
    }

    fn ordered(&mut self, fits: bool, min: impl ToString, max: impl ToString, at: &Place) -> Option<()> {
        if !fits {
            self.fault(at.key("min"), FaultKind::MinOverMax { min: min.to_string(), max: max.to_string() });
        }
        fits.then_some(())
    }

    fn number(&mut self, raw: &RawField, at: &Place) -> Option<FieldKind> {
        let decimals = raw.decimals.unwrap_or(0);
        if decimals > DECIMALS_MAX {
            self.fault(at.key("decimals"), FaultKind::BadLimit(decimals.to_string()));
            return None;
        }
        let min = self.decimal(raw.min, at.key("min"))?;
        let max = self.decimal(raw.max, at.key("max"))?;
        if let (Some(min), Some(max)) = (min, max) {
            self.ordered(min <= max, min, max, at)?;
        }
        Some(FieldKind::Number { min, max, decimals })
    }

    fn decimal(&mut self, limit: Option<f64>, at: Place) -> Option<Option<Decimal>> {
        let Some(limit) = limit else { return Some(None) };
        let read = Decimal::try_from(limit).ok();
        if read.is_none() {
            self.fault(at, FaultKind::BadLimit(limit.to_string()));
        }
        read.map(|limit| Some(limit.normalize()))
    }

    fn money(&mut self, raw: &RawField, at: &Place) -> Option<FieldKind> {
        let all = if raw.lists.is_empty() && raw.options.is_empty() {
            self.listed(&[CURRENCIES.to_owned()], at)?
        } else {
            self.written(raw, at)?
        };
        Some(FieldKind::Money { currencies: Options { all, from: None } })
    }

    fn choice(&mut self, raw: &RawField, at: &Place, scope: &Scope<'_>) -> Option<FieldKind> {
        let options = self.options(raw, at, scope)?;
        let style = match raw.style {
            Some(RawStyle::Radios) => Style::Radios,
            Some(RawStyle::Select) => Style::Select,
            None if options.all.len() <= RADIOS_MAX => Style::Radios,
            None => Style::Select,
        };
        Some(FieldKind::Choice { options, style })
    }

    fn choices(&mut self, raw: &RawField, at: &Place, scope: &Scope<'_>) -> Option<FieldKind> {
        let options = self.options(raw, at, scope)?;
        let min = self.whole(raw.min, at.key("min"))?.unwrap_or(0);
        let max = self.whole(raw.max, at.key("max"))?;
        if let Some(max) = max {
            self.ordered(min <= max, min, max, at)?;
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
        if choices.is_none() {
            for (index, name) in names.iter().enumerate().filter(|(_, name)| self.lists.get(name).is_none()) {
                self.faults.push(crate::forms::Fault {
                    path: at.key("lists").at(index),
                    problem: FaultKind::UnknownList(name.clone()),
                });
            }
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

    fn rows(&mut self, raw: &'a RawField, at: &Place) -> Option<FieldKind> {
        if raw.fields.is_empty() {
            self.fault(at.clone(), FaultKind::EmptyRows);
        }
        let limits = self.lengths(raw, at, ROWS_MAX);
        let fields = self.fields(&raw.fields, at, &mut Scope::new(raw.fields.iter(), true));
        let (min, max) = limits?;
        Some(FieldKind::Rows { fields, item: raw.item.clone().unwrap_or_else(|| raw.label.clone()), min, max })
    }

    fn publication(&mut self, raw: &RawField, at: &Place) -> Option<FieldKind> {
        if raw.form.is_none() {
            self.fault(at.clone(), FaultKind::NoForm);
        }
        raw.form.as_ref().map(|form| FieldKind::Publication { form: FormId::new(form) })
    }
}

fn own_choice(raw: &RawOption) -> Choice {
    Choice {
        value: raw.value.clone(),
        label: raw.label.clone(),
        short: raw.label.clone(),
        hint: raw.hint.clone(),
        aliases: Vec::new(),
        lang: None,
    }
}

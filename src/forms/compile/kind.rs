//! Which keys fit which kind, and the kinds with their limits.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Compiler, Scope, ids};
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::FormId;
use crate::forms::kind::FieldKind;
use crate::forms::source::{RawField, RawKind};

/// Characters where a form says nothing: a line and a page.
const TEXT_MAX: usize = 200;
const LONG_TEXT_MAX: usize = 3000;
const ROWS_MAX: usize = 20;
const FILES_MAX: usize = 5;
const DECIMALS_MAX: u32 = 6;

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
            RawKind::LongText => {
                self.lengths(raw, at, LONG_TEXT_MAX).map(|(min, max)| FieldKind::LongText { min, max })
            }
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
        self.ordered(min <= max, &min, &max, at)?;
        Some((min, max))
    }

    /// The outer `None` is a fault, the inner one no limit.
    pub(super) fn whole(&mut self, limit: Option<f64>, at: Place) -> Option<Option<usize>> {
        let Some(limit) = limit else { return Some(None) };
        let whole = Decimal::try_from(limit).ok().filter(Decimal::is_integer).and_then(|limit| limit.to_usize());
        if whole.is_none() {
            self.fault(at, FaultKind::BadLimit(limit.to_string()));
        }
        whole.map(Some)
    }

    pub(super) fn ordered(&mut self, fits: bool, min: &impl ToString, max: &impl ToString, at: &Place) -> Option<()> {
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
            self.ordered(min <= max, &min, &max, at)?;
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

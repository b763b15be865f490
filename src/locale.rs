//! The words of Inlet in a reader's language, and how that language writes dates and numbers.
//!
//! Fluent messages from `content/locales/<lang>/*.ftl`, English where a language has no text of its own.
//! A leaf: open to every module, imports nothing of Inlet.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_decimal::Decimal;
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// The six official languages of the United Nations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    En,
    Fr,
    Es,
    Ru,
    Ar,
    Zh,
}

impl Language {
    pub const ALL: [Self; 6] = [Self::En, Self::Fr, Self::Es, Self::Ru, Self::Ar, Self::Zh];

    /// The code in URLs, list files and the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Ru => "ru",
            Self::Ar => "ar",
            Self::Zh => "zh",
        }
    }

    /// The BCP 47 tag for `lang`: United Nations documents are in Simplified Chinese.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En | Self::Fr | Self::Es | Self::Ru | Self::Ar => self.code(),
        }
    }

    /// Writing direction, as HTML's `dir`.
    #[must_use]
    pub fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En | Self::Fr | Self::Es | Self::Ru | Self::Zh => "ltr",
        }
    }

    /// The language named in itself.
    #[must_use]
    pub fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
            Self::Ru => "Русский",
            Self::Ar => "العربية",
            Self::Zh => "中文",
        }
    }

    /// Reads a code or a tag that begins with one (`fr-CH`).
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let primary = text.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }
}

#[derive(RustEmbed)]
#[folder = "content/locales"]
struct Files;

/// All languages, loaded once.
pub struct Locales {
    bundles: HashMap<Language, Arc<FluentBundle<FluentResource>>>,
}

impl Locales {
    /// Reads the embedded messages.
    ///
    /// # Errors
    /// The file and what Fluent says of it, where a file does not parse or a message stands twice.
    pub fn load() -> Result<Self, String> {
        let mut bundles = HashMap::new();
        for lang in Language::ALL {
            bundles.insert(lang, Arc::new(load_bundle(lang)?));
        }
        Ok(Self { bundles })
    }

    /// The languages with messages of their own, English first.
    #[must_use]
    pub fn available(&self) -> Vec<Language> {
        Language::ALL
            .into_iter()
            .filter(|lang| self.bundle(*lang).is_some_and(|b| b.has_message("language-ready")))
            .collect()
    }

    /// The languages that mails are written in, English first.
    #[must_use]
    pub fn of_mails(&self) -> Vec<Language> {
        Language::ALL.into_iter().filter(|lang| self.writes_mails(*lang)).collect()
    }

    /// Whether all words of mails are there in this language.
    #[must_use]
    pub fn writes_mails(&self, lang: Language) -> bool {
        self.bundle(lang).is_some_and(|bundle| bundle.has_message("mail-ready"))
    }

    /// The words for a reader of `lang`.
    #[must_use]
    pub fn get(&self, lang: Language) -> Locale {
        Locale { lang, own: self.bundle(lang), english: self.bundle(Language::En) }
    }

    fn bundle(&self, lang: Language) -> Option<Arc<FluentBundle<FluentResource>>> {
        self.bundles.get(&lang).cloned()
    }
}

fn load_bundle(lang: Language) -> Result<FluentBundle<FluentResource>, String> {
    let tag: LanguageIdentifier = lang.code().parse().map_err(|e| format!("{e}"))?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks around what is put in keep names right within Arabic; elsewhere they would only end up in subjects and files.
    bundle.set_use_isolating(lang == Language::Ar);
    bundle.add_builtins().map_err(|e| format!("{e}"))?;
    let folder = format!("{}/", lang.code());
    for name in Files::iter().filter(|name| name.starts_with(&folder) && name.ends_with(".ftl")) {
        let file = Files::get(&name).ok_or_else(|| format!("{name}: gone"))?;
        let text = String::from_utf8(file.data.into_owned()).map_err(|e| format!("{name}: {e}"))?;
        let resource = FluentResource::try_new(text).map_err(|(_, errors)| format!("{name}: {errors:?}"))?;
        bundle.add_resource(resource).map_err(|errors| format!("{name}: {errors:?}"))?;
    }
    Ok(bundle)
}

/// One reader's language. Cheap to clone.
#[derive(Clone)]
pub struct Locale {
    lang: Language,
    own: Option<Arc<FluentBundle<FluentResource>>>,
    english: Option<Arc<FluentBundle<FluentResource>>>,
}

/// A value put into a message.
pub enum Arg<'a> {
    Text(&'a str),
    Count(usize),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl Locale {
    #[must_use]
    pub fn language(&self) -> Language {
        self.lang
    }

    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.lang.tag()
    }

    #[must_use]
    pub fn dir(&self) -> &'static str {
        self.lang.dir()
    }

    /// Written from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.dir() == "rtl"
    }

    /// The message under `key`. A key nobody wrote comes back as itself; a test fails for it first.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The message under `key` in this very language; none where English would stand in for it.
    #[must_use]
    pub fn own(&self, key: &str) -> Option<String> {
        let (id, attribute) = parted(key);
        pattern(self.own.as_deref()?, id, attribute, None)
    }

    /// A message about a number of things.
    #[must_use]
    pub fn n(&self, key: &str, count: &usize) -> String {
        self.with(key, &[("n", Arg::Count(*count))])
    }

    /// A message about one thing called `name` in it.
    #[must_use]
    pub fn a(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.with(key, &[(name, Arg::Text(value.as_ref()))])
    }

    /// A message with several values.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, Arg<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, fluent(value));
        }
        self.format(key, Some(&args))
    }

    /// Whether there is a message under this key, in this language or in English.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        let (id, attribute) = parted(key);
        self.bundles().any(|bundle| pattern(bundle, id, attribute, None).is_some())
    }

    fn bundles(&self) -> impl Iterator<Item = &FluentBundle<FluentResource>> {
        self.own.iter().chain(self.english.iter()).map(AsRef::as_ref)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let (id, attribute) = parted(key);
        self.bundles().find_map(|bundle| pattern(bundle, id, attribute, args)).unwrap_or_else(|| key.to_owned())
    }

    /// "6 November 2026".
    #[must_use]
    pub fn date(&self, day: &NaiveDate) -> String {
        self.with(
            "date-long",
            &[
                ("day", Arg::Text(&day.day().to_string())),
                ("month", Arg::Text(&self.month_name(day.month()))),
                ("year", Arg::Text(&day.year().to_string())),
            ],
        )
    }

    /// "November 2026".
    #[must_use]
    pub fn month(&self, first: &NaiveDate) -> String {
        let (month, year) = (self.month_name(first.month()), first.year().to_string());
        self.with("date-month", &[("month", Arg::Text(&month)), ("year", Arg::Text(&year))])
    }

    /// The month's name, 1 to 12.
    #[must_use]
    pub fn month_name(&self, month: u32) -> String {
        self.t(&format!("month-{month}"))
    }

    /// How people write the month's name in this language, and how in English.
    #[must_use]
    pub fn month_spellings(&self, month: u32) -> Vec<String> {
        let key = format!("month-read-{month}");
        let read = |bundle: &FluentBundle<FluentResource>| {
            let pattern = bundle.get_message(&key)?.value()?;
            Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
        };
        self.bundles()
            .filter_map(read)
            .flat_map(|text| text.split('|').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }

    /// "6 November 2026, 14:05".
    #[must_use]
    pub fn local_time(&self, at: &NaiveDateTime) -> String {
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.with("date-time", &[("date", Arg::Text(&self.date(&at.date()))), ("time", Arg::Text(&time))])
    }

    /// "6 November 2026, 14:05 UTC".
    #[must_use]
    pub fn instant(&self, at: &DateTime<Utc>) -> String {
        self.a("date-utc", "time", self.local_time(&at.naive_utc()))
    }

    /// A number with this language's grouping and decimal marks. Three decimals after few digits could be read as
    /// thousands: a zero more, and they cannot.
    #[must_use]
    pub fn number(&self, value: &Decimal) -> String {
        let plain = value.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("\u{2212}", rest));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
        let (group, point) = self.marks();
        let mut out = format!("{sign}{}", grouped(whole, group));
        if let Some(fraction) = fraction {
            out.push(point);
            out.push_str(fraction);
            if fraction.len() == 3 && whole.len() <= 3 && whole != "0" {
                out.push('0');
            }
        }
        out
    }

    /// A count of things, grouped.
    #[must_use]
    pub fn count(&self, value: &usize) -> String {
        grouped(&value.to_string(), self.marks().0).into_owned()
    }

    /// A size of a file, in words: "240 kB", "1.5 MB", counted in 1024s as the limits are.
    #[must_use]
    pub fn size(&self, bytes: &u64) -> String {
        let thousand = Decimal::from(1024);
        let kilobytes = Decimal::from(*bytes) / thousand;
        if kilobytes < thousand {
            return format!("{} kB", self.number(&kilobytes.ceil()));
        }
        format!("{} MB", self.number(&(kilobytes / thousand).round_dp(1).normalize()))
    }

    /// The marks this language groups thousands and begins decimals with (CLDR).
    #[must_use]
    pub fn marks(&self) -> (char, char) {
        match self.lang {
            Language::En | Language::Zh | Language::Ar => (',', '.'),
            Language::Fr => ('\u{202f}', ','),
            Language::Ru => ('\u{a0}', ','),
            Language::Es => ('.', ','),
        }
    }
}

/// `key.attribute`.
fn parted(key: &str) -> (&str, Option<&str>) {
    key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)))
}

fn pattern(
    bundle: &FluentBundle<FluentResource>,
    id: &str,
    attribute: Option<&str>,
    args: Option<&FluentArgs<'_>>,
) -> Option<String> {
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
}

fn fluent<'a>(value: &Arg<'a>) -> FluentValue<'a> {
    match value {
        Arg::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        Arg::Count(count) => FluentValue::from(*count),
    }
}

fn grouped(digits: &str, mark: char) -> Cow<'_, str> {
    if digits.len() <= 3 {
        return Cow::Borrowed(digits);
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    Cow::Owned(out)
}

//! Staff type in what came by note verbale, by e-mail or on paper: the same form, the same rules, in a draft that says how it
//! came.

use chrono::NaiveDate;

use super::draft::{self, Refusal};
use crate::app::App;
use crate::domain::handed::{Handed, Way};
use crate::domain::links::Purpose;
use crate::forms::form::Form;
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::drafts::{self, Draft};
use crate::store::{Conn, Stop};

/// Names of pairs in such a draft. No question has them: an id holds no hyphen.
const WAY: &str = "behalf-way";
const SENDER: &str = "behalf-sender";
const ON: &str = "behalf-on";
const SOURCE: &str = "behalf-source";

/// How it came, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behalf {
    pub handed: Handed,
    pub sender: String,
}

impl Behalf {
    /// What a draft says of it; none where it is an ordinary one.
    #[must_use]
    pub fn of(pairs: &Pairs) -> Option<Self> {
        let way = Way::read(pairs.get(WAY)?)?;
        let on: NaiveDate = pairs.get(ON)?.parse().ok()?;
        let source = pairs.get(SOURCE).map(str::to_owned);
        Some(Self { handed: Handed { way, on, source }, sender: pairs.get(SENDER)?.to_owned() })
    }

    fn put(&self, pairs: &mut Pairs) {
        pairs.set(WAY, self.handed.way.as_str());
        pairs.set(SENDER, self.sender.as_str());
        pairs.set(ON, self.handed.on.to_string());
        if let Some(source) = &self.handed.source {
            pairs.set(SOURCE, source.as_str());
        }
    }
}

/// An id for a draft that is still to be made, with the key that proves that we gave it.
#[must_use]
pub fn reserve(app: &App) -> (String, String) {
    let id = app.entropy.id();
    let key = app.keys.link(Purpose::DraftEdit, id.as_str(), 1);
    (id, key)
}

/// Makes the draft under an id that was given out. The same once more opens it again.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn begin(
    app: &App,
    form: &Form,
    (id, key): (&str, &str),
    behalf: &Behalf,
    language: Language,
) -> Result<Draft, Stop<Refusal>> {
    if !app.keys.opens(Purpose::DraftEdit, id, 1, key) {
        return Err(Stop::Refused(Refusal::NotFound));
    }
    let mut fresh = Draft { id: id.to_owned(), ..draft::blank(app, form, language, None) };
    behalf.put(&mut fresh.pairs);
    app.db
        .write(move |conn: &mut Conn| {
            if let Some(before) = drafts::find(conn, &fresh.id)? {
                return Ok(before);
            }
            drafts::insert(conn, &fresh, None)?;
            Ok(fresh.clone())
        })
        .await
}

//! Where a record stands in the view it was opened from: "3 of 14", with the ones before and after it.

use super::many;
use super::queue::{record_url, url};
use crate::domain::view::View;
use crate::locale::{Arg, Locale};
use crate::store::desk::Neighbours;

/// The way through a view.
pub struct Place {
    /// The view as a query string.
    pub query: String,
    pub back: String,
    /// "3 of 14".
    pub text: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl Place {
    pub fn new(l: &Locale, view: &View, around: &Neighbours) -> Self {
        let text = around.place.map(|(at, of)| {
            let (at, of) = (l.count(&many(at)), l.count(&many(of)));
            l.with("staff-place", &[("at", Arg::from(&at)), ("of", Arg::from(&of))])
        });
        let to = |reference: &Option<String>| reference.as_deref().map(|reference| record_url(reference, view));
        let last = around.place.is_some_and(|(at, of)| at >= of);
        Self {
            query: view.query(),
            back: url(view),
            text,
            previous: to(&around.previous),
            next: to(&around.next).filter(|_| !last),
        }
    }
}

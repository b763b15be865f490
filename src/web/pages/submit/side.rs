//! Who fills a form in: people outside, or staff who keep records. The pages are the same; where they are, and which forms
//! stand there, differ.

use actix_web::HttpRequest;

use crate::forms::form::{Form, Lifecycle};
use crate::web::guard::within;

/// From where a form is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Outside,
    Staff,
}

impl Side {
    /// The side a request belongs to. The guard has let only staff who may keep records to theirs.
    #[must_use]
    pub fn of(req: &HttpRequest) -> Self {
        if within(req, "/staff") { Self::Staff } else { Self::Outside }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Outside => "",
            Self::Staff => "/staff",
        }
    }

    /// A page of a draft: all of it with an empty `rest`.
    #[must_use]
    pub fn draft(self, id: &str, rest: &str) -> String {
        format!("{}/drafts/{id}{rest}", self.prefix())
    }

    /// Where a form begins.
    #[must_use]
    pub fn begin(self, form: &Form) -> String {
        format!("{}/forms/{}/begin", self.prefix(), form.id())
    }

    /// What lies before the first step.
    #[must_use]
    pub fn before(self, form: &Form) -> String {
        match self {
            Self::Outside => format!("/forms/{}", form.id()),
            Self::Staff if form.lifecycle() == Lifecycle::Record => format!("/staff/records/{}", form.id()),
            Self::Staff => format!("/staff/new/{}", form.id()),
        }
    }

    /// Whether a form is filled in on this side.
    #[must_use]
    pub fn has(self, form: &Form) -> bool {
        match form.lifecycle() {
            Lifecycle::Publication | Lifecycle::Request => self == Self::Outside,
            Lifecycle::Record => self == Self::Staff,
        }
    }
}

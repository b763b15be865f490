//! The form engine: everything Inlet knows about questions and answers, and nothing else.
//!
//! A form is a file. It becomes a [`Form`] only through [`compile`](compile::compile); answers become [`Answers`] only
//! through [`Form::parse`] (what a person sent) or [`Form::load`] (what was stored). Everything after that reads typed
//! values and cannot be wrong about their shape.
//!
//! ```text
//! source ── compile ──► form, kind, condition      (faults: what an author wrote wrongly, with line and remedy)
//!              ▲              │
//!            lists         catalog                 (all forms, one `Form` a language)
//!
//! pairs ── parse ──► answer                        (errors: what a person wrote wrongly, in their words)
//!                      │
//!          show · diff · export · schema           (the faces of an answer: page, comparison, files, API)
//! ```
//!
//! Imports [`crate::locale`] and libraries only: no database, no HTTP, no clock.

pub mod answer;
pub mod catalog;
mod checks;
pub mod compile;
pub mod condition;
pub mod diff;
pub mod errors;
pub mod export;
pub mod faults;
pub mod form;
pub mod import;
pub mod kind;
pub mod limits;
pub mod lists;
pub mod pairs;
pub mod parse;
mod refit;
pub mod replies;
pub mod schema;
pub mod show;
pub mod source;
#[cfg(test)]
mod testing;
pub mod window;
pub mod words;

pub use answer::{Answer, Answers, FileRef, Meeting, Money, Month, PublicationRef};
pub use catalog::Catalog;
pub use condition::Condition;
pub use diff::{Change, Segment};
pub use errors::{FieldError, FieldPath, FormErrors, Message, Part, Problem};
pub use export::{LoadError, guard_cell, unguard_cell};
pub use faults::{Fault, FaultKind, SourceFault};
pub use form::{Facet, FacetSource, Field, FieldId, Form, FormId, Lifecycle, Required, Role, Step, Weight};
pub use kind::{Choice, FieldKind, Options, Style};
pub use lists::Lists;
pub use pairs::Pairs;
pub use parse::{Known, Parsed, Wanted};
pub use show::Shown;

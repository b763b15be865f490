//! The words of the workflow, pure: what a submission can be, who may do what, what is told to whom.
//!
//! Imports `forms` and `locale` only. No database, no HTTP, no clock.

pub mod account;
pub mod appointment;
pub mod attachment;
pub mod authority;
pub mod batch;
pub mod calendar;
pub mod case;
pub mod clock;
pub mod deadline;
mod decline;
pub mod edit;
pub mod event;
pub mod facets;
pub mod handed;
pub mod interest;
pub mod links;
pub mod mail;
pub mod pace;
pub mod party;
pub mod point;
pub mod policy;
pub mod projection;
pub mod reference;
pub mod relation;
pub mod returned;
pub mod review;
pub mod saved;
pub mod similar;
pub mod submission;
pub mod translation;
pub mod turns;
pub mod view;

/// Gives a closed enum its one text form, used in the database, in URLs and in JSON.
macro_rules! text_enum {
    ($type:ty { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The one text form.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the text form; nothing else.
            #[must_use]
            pub fn read(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use text_enum;

//! One verb a file; one action is one function is one transaction (DESIGN 9): rule, store, event, mail rows, projections.
//!
//! Parsing, hashing and chance come before the writer's job; the job itself may run twice and refuses before it writes.
//! Imports `store`, `domain`, `forms` and the leaves. Never actix, never lettre, never Diesel.

pub mod accept_point;
pub mod accounts;
pub mod assign;
pub mod attach;
pub mod batch;
pub mod become_record;
pub mod calendar_link;
pub mod change_address;
pub mod confirm_address;
pub mod correct_address;
pub mod decide;
pub mod draft;
pub mod earlier;
pub mod find_link;
pub mod keep_record;
pub mod known;
pub mod mail_draft;
pub mod milestone;
pub mod note;
pub mod opening;
pub mod parties;
pub mod project;
mod record;
pub mod retry_mail;
pub mod revise;
pub mod revoke_draft;
pub mod scan;
pub mod sign_in;
pub mod sitting;
pub mod submit;
pub mod sweep;
pub mod undo;
pub mod verify;
pub mod withdraw;

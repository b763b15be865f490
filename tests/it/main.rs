//! The stories of Inlet, told through its own doors: a real server on a free port with a SQLite file of its own, and
//! people with browsers that keep cookies, follow nothing by themselves and read pages.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so and stops"
)]

mod support;

mod abuse;
mod addresses;
mod alerts;
mod anything;
mod architecture;
mod authority;
mod bad_input;
mod batches;
mod behalf;
mod binary;
mod cases;
mod clock;
mod coming_back;
mod corrections;
mod demo;
mod drafts;
mod edits;
mod every_form;
mod exports;
mod first_page;
mod form_changes;
mod imports;
mod kept_text;
mod kill;
mod kinds;
mod languages;
mod lost_link;
mod mail_faults;
mod mail_kinds;
mod migrations;
mod moderator;
mod notes;
mod own_page;
mod pledges;
mod points;
mod programs;
mod proof;
mod public;
mod queue;
mod record;
mod records;
mod reminders;
mod requests;
mod returned;
mod review;
mod rules;
mod saved_views;
mod scanning;
mod secrets;
mod sign_in;
mod staff_mail;
mod stakeholder;
mod subscriptions;
mod taking_turns;
mod texts;
mod undo;
mod uploads;
mod verify;
mod warnings;
mod weight;
mod windows;
mod writer;

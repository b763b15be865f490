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
mod anything;
mod architecture;
mod bad_input;
mod binary;
mod cases;
mod coming_back;
mod corrections;
mod demo;
mod drafts;
mod every_form;
mod exports;
mod first_page;
mod form_changes;
mod kept_text;
mod kill;
mod kinds;
mod languages;
mod lost_link;
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
mod records;
mod requests;
mod rules;
mod scanning;
mod secrets;
mod sign_in;
mod staff_mail;
mod stakeholder;
mod taking_turns;
mod texts;
mod undo;
mod uploads;
mod verify;
mod warnings;
mod weight;
mod windows;
mod writer;

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

mod architecture;
mod bad_input;
mod binary;
mod demo;
mod kill;
mod kinds;
mod migrations;
mod moderator;
mod proof;
mod public;
mod staff_mail;
mod stakeholder;
mod texts;
mod verify;
mod writer;

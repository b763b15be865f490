//! Inlet: submission intake for the United Nations Network on Migration.
//!
//! # The map
//! Arrows go one way; a test reads the `use` lines and holds them:
//!
//! ```text
//! locale, config, entropy     leaves, open to all (forms and domain see `locale` only)
//! clamd                       a leaf for the actions: the protocol of the virus scanner
//! forms ◄─ domain ◄─ store ◄─ actions ◄─ web, cli
//!                      └─ mail ─┘
//! ```
//!
//! A request flows like this, and in no other way:
//!
//! ```text
//! pairs → forms::parse → Answers → actions::submit → writer (revision, event, mail rows, projections) → commit → 303 → page
//! store read model → page struct → askama → HTML                       mail::worker → outbox → lettre
//! ```
pub mod actions;
pub mod app;
pub mod clamd;
pub mod cli;
pub mod config;
pub mod domain;
pub mod entropy;
pub mod forms;
pub mod locale;
pub mod mail;
pub mod store;
pub mod web;

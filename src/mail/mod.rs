//! Mail: what each kind says, how it travels, and the worker that empties the outbox (DESIGN 11).
//!
//! ```text
//! outbox row ──► gather ──► context ──► kinds (askama) ──► Frozen (kept, no secrets) ──► fill (links) ──► transport (lettre)
//! ```
//!
//! Imports `app`, `config`, `domain`, `forms`, `locale` and `store`. No actix; lettre in [`transport`] alone.

mod context;
mod gather;
mod kinds;
mod links;
pub mod render;
pub mod returned;
mod sample;
mod text;
pub mod transport;
pub mod worker;

#[cfg(test)]
mod tests;

pub use context::because;
pub use render::{Frozen, Specimen, fill, preview, render, specimen};
pub use transport::{Transport, transport_for};

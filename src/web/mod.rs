//! HTTP: every URL, who may use it, what it answers. The only place with actix.
//!
//! Handlers extract, call one action or one read, and answer with a page struct. Nothing imports `web`.

pub mod api;
pub mod errors;
pub mod extract;
pub mod frame;
pub mod guard;
pub mod network;
pub mod pages;
pub mod respond;
pub mod routes;
pub mod server;
pub mod statics;

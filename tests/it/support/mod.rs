//! What every story needs: a server, people, answers, mails.

pub mod answers;
pub mod app;
pub mod clamd;
pub mod client;
pub mod http;
pub mod mail;
pub mod page;
pub mod program;
pub mod smtp;

pub use app::TestApp;
pub use client::Client;
pub use page::{Form, Page};

//! Handlers with their page structs, by audience.

pub mod alert_end;
pub mod answers;
pub mod demo;
pub mod health;
pub mod home;
mod input;
pub mod mine;
pub mod parties;
pub mod points;
pub mod public;
pub mod similar;
pub mod sitting;
pub mod staff;
pub mod submit;
pub mod subscriptions;
pub mod window;

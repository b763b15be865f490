//! The faces answers have outside Inlet's pages: JSON, the parts a revision is kept in, cells, the public side, and pairs
//! to edit them again. Each comes with its way back, and a law that says the way back is exact.

mod cells;
mod json;
mod marks;
mod pairs;
mod parts;
mod public;
mod sheet;
mod table;
#[cfg(test)]
mod tests;

pub use cells::{Cell, guard_cell, unguard_cell};
pub use json::LoadError;
pub use marks::{Marks, Translation};
pub use table::{Entry, Format, Row, Table, answer_key};

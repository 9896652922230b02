//! The figures of outlets: as a table of one row per outlet and language, as JSON, and as text for a terminal.

pub mod csv;
pub mod json;
pub mod text;

//! Explanations shown: as JSON for programs, as text for a terminal, as Markdown for a colleague.

pub mod json;
pub mod markdown;
pub mod marks;
mod style;
pub mod terminal;

pub use json::NOTICE;

//! Explanations shown: as JSON for programs, as text for a terminal, as Markdown for a colleague, as a page for all, as
//! SARIF for editors; figures per outlet as a dashboard; and plots for pages.

pub mod brief;
pub mod dashboard;
pub mod html;
pub mod json;
pub mod markdown;
pub mod plot;
pub mod sarif;
pub mod sources;
pub mod terminal;
pub mod training;

mod bars;
mod facts;
mod flow;
mod marks;
mod palette;
mod safe;
mod sentence;
mod words;

pub use json::NOTICE;

#[cfg(test)]
mod tests {
    use crate::read::Document;

    /// A plain document.
    pub fn document(text: &str) -> Document {
        Document::plain("sample.txt", text.into())
    }
}

//! An explanation for a terminal.

use crate::Engine;
use crate::model::Explained;
use crate::read::Document;

/// How to lay a report out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Columns to fill.
    pub width: usize,
    /// List everything.
    pub explain: bool,
}

/// The report.
pub fn report(_engine: &Engine, _document: &Document, _explained: &Explained, _layout: Layout) -> String {
    String::new()
}

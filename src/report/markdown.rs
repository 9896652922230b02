//! An explanation as Markdown.

use crate::Engine;
use crate::model::Explained;
use crate::read::Document;

/// The report.
pub fn report(_engine: &Engine, _document: &Document, _explained: &Explained, _explain: bool) -> String {
    String::new()
}

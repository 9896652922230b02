//! One scored text.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use tabayyun::model::Explained;
use tabayyun::read::Document;
use tabayyun::report::{html, json};
use tabayyun::text::Lang;

/// A text with its explanation, to be shown.
#[pyclass(frozen, module = "tabayyun._core")]
pub struct Scored {
    engine: Arc<tabayyun::Engine>,
    // As a page takes them.
    texts: [(Document, Explained); 1],
}

impl Scored {
    /// What `engine` made of `document`.
    pub fn new(engine: Arc<tabayyun::Engine>, document: Document, explained: Explained) -> Scored {
        Scored { engine, texts: [(document, explained)] }
    }
}

#[pymethods]
impl Scored {
    /// The explanation as JSON, schema 1: what `tabayyun score --format json` prints.
    fn json(&self) -> String {
        let [(document, explained)] = &self.texts;
        json::report(&self.engine, document, explained)
    }

    /// The text that was read, which spans point into.
    fn text(&self) -> &str {
        &self.texts[0].0.text
    }

    /// Name of the encoding that the bytes were in.
    fn encoding(&self) -> &'static str {
        self.texts[0].0.encoding
    }

    /// The report as an HTML page of its own, in English (`en`) or Arabic (`ar`).
    #[pyo3(signature = (ui="en"))]
    fn page(&self, ui: &str) -> PyResult<String> {
        let ui = Lang::from_code(ui).ok_or_else(|| PyValueError::new_err(format!("ui is `{ui}`: expected en or ar")))?;
        Ok(html::page(&self.engine, &self.texts, ui))
    }
}

//! Lexicons and models as a Python object.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::input::{AnyArray, AnyRecordBatch};
use pyo3_arrow::{PyRecordBatch, PyTable};
use tabayyun::batch::Extras;
use tabayyun::features::extract::Options;
use tabayyun::features::{Extractor, Extractors};
use tabayyun::lexicons::Lexicons;
use tabayyun::model::{Model, Models};
use tabayyun::read::{Document, Kind, from_bytes};
use tabayyun::text::Lang;

use crate::batch::{Batch, Columns};
use crate::refused;
use crate::text::Scored;
use crate::threads::Threads;

/// The engine: built-in lexicons and models, some of them replaced. Cheap to share between threads.
#[pyclass(frozen, module = "tabayyun._core")]
pub struct Engine {
    engine: Arc<tabayyun::Engine>,
    extractors: Extractors,
    threads: Threads,
}

#[pymethods]
impl Engine {
    /// `models` are names and JSON texts; each replaces the built-in model of its head and language. `threads` 0: one per core.
    #[new]
    #[pyo3(signature = (models=Vec::new(), lexicons=None, threads=0))]
    fn new(models: Vec<(String, String)>, lexicons: Option<PathBuf>, threads: usize) -> PyResult<Engine> {
        let own = models.iter().map(|(name, json)| Model::parse(name, json)).collect::<Result<Vec<_>, _>>().map_err(refused)?;
        let lexicons: &'static Lexicons = match lexicons {
            // Kept for the life of the process, as those that are built in are.
            Some(folder) => Box::leak(Box::new(Lexicons::from_folder(&folder).map_err(refused)?)),
            None => Lexicons::built_in(),
        };
        let models = Models::built_in().with(own).map_err(refused)?;
        let engine = Arc::new(tabayyun::Engine { lexicons, models });
        Ok(Engine { engine, extractors: Extractors::default(), threads: Threads::new(threads) })
    }

    /// Scores one text.
    #[pyo3(signature = (text, id="", lang=None, min_words=8))]
    fn score(&self, py: Python, text: String, id: &str, lang: Option<&str>, min_words: u32) -> PyResult<Scored> {
        let options = options(lang, min_words)?;
        Ok(py.detach(|| self.explain(Document::plain(id, text), options)))
    }

    /// Scores the main text of a saved page, or plain text, in any encoding.
    #[pyo3(signature = (bytes, id="", html=None, lang=None, min_words=8))]
    fn score_bytes(
        &self,
        py: Python,
        bytes: Vec<u8>,
        id: &str,
        html: Option<bool>,
        lang: Option<&str>,
        min_words: u32,
    ) -> PyResult<Scored> {
        let options = options(lang, min_words)?;
        let kind = html.map(|html| if html { Kind::Html } else { Kind::Plain });
        py.detach(|| Ok(self.explain(from_bytes(id, bytes, kind)?, options))).map_err(refused)
    }

    /// Scores each row of a record batch: the same rows and columns, and those of `added_columns` behind them.
    #[pyo3(signature = (batch, columns, features=false, contributions=false, lang=None, min_words=8))]
    #[expect(clippy::too_many_arguments, reason = "they are the keywords of the Python method")]
    fn score_batch<'py>(
        &self,
        py: Python<'py>,
        batch: AnyRecordBatch,
        columns: (String, Option<String>, Option<String>),
        features: bool,
        contributions: bool,
        lang: Option<&str>,
        min_words: u32,
    ) -> PyResult<Bound<'py, PyAny>> {
        let job = self.batch(Extras { features, contributions }, options(lang, min_words)?);
        let columns = Columns { text: columns.0, title: columns.1, lang: columns.2 };
        match batch {
            AnyRecordBatch::RecordBatch(batch) => {
                let scored = py.detach(|| job.record_batch(&batch.into_inner(), &columns)).map_err(refused)?;
                PyRecordBatch::new(scored).into_pyarrow(py)
            }
            AnyRecordBatch::Stream(stream) => {
                let (batches, schema) = stream.into_table()?.into_inner();
                let scored = py.detach(|| job.record_batches(&batches, &schema, &columns)).map_err(refused)?;
                PyTable::try_new(scored.0, scored.1)?.into_pyarrow(py)
            }
        }
    }

    /// Scores each text of a column: the columns of `added_columns` alone, as one record batch.
    #[pyo3(signature = (column, features=false, contributions=false, lang=None, min_words=8))]
    fn score_column<'py>(
        &self,
        py: Python<'py>,
        column: AnyArray,
        features: bool,
        contributions: bool,
        lang: Option<&str>,
        min_words: u32,
    ) -> PyResult<Bound<'py, PyAny>> {
        let job = self.batch(Extras { features, contributions }, options(lang, min_words)?);
        let (chunks, _) = column.into_chunked_array()?.into_inner();
        PyRecordBatch::new(py.detach(|| job.chunks(&chunks)).map_err(refused)?).into_pyarrow(py)
    }

    /// The values of all features of each text of a column.
    #[pyo3(signature = (column, lang=None, min_words=1))]
    fn features<'py>(
        &self,
        py: Python<'py>,
        column: AnyArray,
        lang: Option<&str>,
        min_words: u32,
    ) -> PyResult<Bound<'py, PyAny>> {
        let job = self.batch(Extras::default(), options(lang, min_words)?);
        let (chunks, _) = column.into_chunked_array()?.into_inner();
        PyRecordBatch::new(py.detach(|| job.features(&chunks)).map_err(refused)?).into_pyarrow(py)
    }
}

impl Engine {
    fn explain(&self, document: Document, options: Options) -> Scored {
        let score = |extractor: &mut Extractor| self.engine.score_with(extractor, &document.text, options);
        let explained = self.extractors.with(score);
        Scored::new(self.engine.clone(), document, explained)
    }

    fn batch(&self, extras: Extras, options: Options) -> Batch<'_> {
        let options = Options { evidence: false, ..options };
        Batch { engine: &self.engine, extractors: &self.extractors, threads: &self.threads, extras, options }
    }
}

/// How texts are to be read.
fn options(lang: Option<&str>, min_words: u32) -> PyResult<Options> {
    let lang = match lang {
        None | Some("auto") => None,
        Some(code) => {
            let known = Lang::from_code(code);
            Some(known.ok_or_else(|| PyValueError::new_err(format!("lang is `{code}`: expected auto, ar or en")))?)
        }
    };
    Ok(Options { lang, min_words, evidence: true })
}

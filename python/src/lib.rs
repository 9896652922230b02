//! `tabayyun._core`: the engine for Python. What is nice to use stands in Python around it; here is what must be fast.

#![forbid(unsafe_code)]

mod batch;
mod engine;
mod pages;
mod text;
mod threads;

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use pyo3_arrow::input::AnyArray;
use tabayyun::features::FEATURES;
use tabayyun::model::{Head, Model};

/// An error of the engine as Python's `ValueError`, with its message: file, row, reason and cure.
fn refused(error: tabayyun::Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Checks a model file and gives it as JSON, which `Engine` takes.
#[pyfunction]
fn read_model(path: PathBuf) -> PyResult<String> {
    Ok(Model::read(&path).map_err(refused)?.to_json())
}

/// Names and Arrow types (`string`, `int64`, `double`) of the columns that are added to a table.
#[pyfunction]
fn added_columns(features: bool, contributions: bool) -> Vec<(String, &'static str)> {
    batch::added_fields(tabayyun::batch::Extras { features, contributions })
}

/// Name, family, unit and meaning of every feature, in matrix column order.
#[pyfunction]
fn features() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    FEATURES.iter().map(|f| (f.name, f.family.key(), f.unit(), f.meaning)).collect()
}

/// Main texts of a column of saved pages: `title`, `outlet`, `text`, `encoding`, `note`.
#[pyfunction]
fn read_pages(py: Python, column: AnyArray) -> PyResult<Bound<PyAny>> {
    let (chunks, _) = column.into_chunked_array()?.into_inner();
    PyRecordBatch::new(py.detach(|| pages::read(&chunks)).map_err(refused)?).into_pyarrow(py)
}

/// Runs the command line `arguments`, the program's name first; its exit code.
#[pyfunction]
fn run(py: Python, arguments: Vec<OsString>) -> u8 {
    py.detach(|| tabayyun::cli::run_from(arguments))
}

#[pymodule]
fn _core(module: &Bound<PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("HEADS", Head::ALL.map(Head::key))?;
    module.add("NOTICE", tabayyun::report::NOTICE)?;
    module.add_class::<engine::Engine>()?;
    module.add_class::<text::Scored>()?;
    module.add_function(wrap_pyfunction!(read_model, module)?)?;
    module.add_function(wrap_pyfunction!(added_columns, module)?)?;
    module.add_function(wrap_pyfunction!(features, module)?)?;
    module.add_function(wrap_pyfunction!(read_pages, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)
}

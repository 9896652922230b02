//! What can go wrong, named by file, line or row, with the cure where there is one.

use std::path::PathBuf;

/// Result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error a user can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or stream could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file, or `<stdin>`.
        path: String,
        /// The system's word.
        source: std::io::Error,
    },
    /// A lexicon pack is wrong.
    #[error("{file}:{line}: {reason}")]
    Pack {
        /// The pack.
        file: String,
        /// 1-based line.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// A table (CSV, JSONL) is wrong as a whole.
    #[error("{path}: {reason}")]
    Table {
        /// The table.
        path: String,
        /// What is wrong and how to mend it.
        reason: String,
    },
    /// One row of a table is wrong.
    #[error("{path}: row {row}: {reason}")]
    Row {
        /// The table.
        path: String,
        /// 1-based data row, the header not counted.
        row: u64,
        /// What is wrong.
        reason: String,
    },
    /// A document is no text or too large.
    #[error("{path}: {reason}")]
    Document {
        /// The document.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A model file cannot be used.
    #[error("model {path}: {reason}")]
    Model {
        /// The model file, or the name of a built-in model.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The data cannot train or judge a model.
    #[error("training: {0}")]
    Training(String),
}

impl Error {
    /// An I/O error at a path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into().display().to_string();
        move |source| Error::Io { path, source }
    }

    /// A table error.
    pub fn table(path: impl Into<String>, reason: impl Into<String>) -> Error {
        Error::Table { path: path.into(), reason: reason.into() }
    }

    /// A model error.
    pub fn model(path: impl Into<String>, reason: impl Into<String>) -> Error {
        Error::Model { path: path.into(), reason: reason.into() }
    }
}

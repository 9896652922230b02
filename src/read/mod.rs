//! Bytes to documents and tables: compressed ones unpacked, encodings told apart, web pages cut down to their main text, CSV, TSV, JSONL and Parquet streamed
//! row by row in constant memory. Everything here is about getting text in and out without losing or inventing any; nothing here
//! scores. What is wrong with a whole file is an [`Error`](crate::error::Error) that names it, what is wrong with one row is a
//! [`Row::fault`] and reading goes on.

mod column;
mod csv_rows;
mod document;
mod encoding;
mod html;
mod json_rows;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
mod resume;
mod row;
mod stream;
mod table;
mod tags;
mod whole;
mod writer;

pub use column::{Column, ColumnKind};
pub use document::{Document, Kind, MAX_BYTES, from_bytes, read_from, read_path, read_stdin, with_title};
pub use encoding::{Decoded, declared_in_html, decode};
pub use html::{Extracted, extract};
pub use packed::Packing;
pub use row::{Cell, Row};
pub use stream::MAX_ROW_BYTES;
pub use table::{Format, Table};
pub use whole::{destination, give_name, write_whole};
pub use writer::{OVERFLOW_COLUMN, TableWriter};

//! Saved pages as a column of bytes to their main texts as columns of text.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema};
use tabayyun::read::{Kind, from_bytes};
use tabayyun::{Error, Result};

/// Names of the columns of [`read`].
const COLUMNS: [&str; 5] = ["title", "outlet", "text", "encoding", "note"];

/// Title, outlet, main text, encoding and notes of each page of a column of bytes. A page that cannot be read has no text and its
/// reason as its note; null stays null.
///
/// # Errors
/// If the column does not hold bytes.
pub fn read(chunks: &[ArrayRef]) -> Result<RecordBatch> {
    let mut columns: [StringBuilder; 5] = Default::default();
    for chunk in chunks {
        let wrong = |_| Error::table("column", format!("holds {}, not the bytes of pages", chunk.data_type()));
        let bytes = cast(chunk, &DataType::LargeBinary).map_err(wrong)?;
        for page in bytes.as_binary::<i64>() {
            let cells = page.map(|page| match from_bytes("page", page.to_vec(), Some(Kind::Html)) {
                Ok(page) => [page.title, page.outlet, Some(page.text), Some(page.encoding.into()), joined(&page.notes)],
                Err(error) => [None, None, None, None, Some(error.to_string())],
            });
            columns.iter_mut().zip(cells.unwrap_or_default()).for_each(|(column, cell)| column.append_option(cell));
        }
    }
    let fields: Vec<Field> = COLUMNS.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
    let columns = columns.into_iter().map(|mut column| Arc::new(column.finish()) as ArrayRef).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|e| Error::table("column", e.to_string()))
}

fn joined(notes: &[String]) -> Option<String> {
    (!notes.is_empty()).then(|| notes.join("; "))
}

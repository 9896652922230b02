//! Tables in [Apache Parquet](https://parquet.apache.org/docs/file-format/), read by row groups and written in groups of bounded
//! size. In between a row is the same as a row of JSONL: its cells are JSON, so that numbers, dates and lists keep their types.

mod read;
mod write;

pub(crate) use read::ParquetRows;
pub(crate) use write::ParquetSink;

use std::fs::File;
use std::io::{self, Read, Seek};

/// Whether a file begins as Parquet does. It is read from its start afterwards, as before. A pipe cannot be Parquet, which is read from
/// its end.
pub(crate) fn is_parquet(file: &mut File) -> io::Result<bool> {
    if !file.metadata()?.is_file() {
        return Ok(false);
    }
    let mut head = Vec::new();
    file.take(4).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == b"PAR1")
}

/// An error of the format as one of reading or writing.
fn wrong(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
mod tests;

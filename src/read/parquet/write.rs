//! Rows to Parquet: what JSON writes down becomes columns again, in row groups that memory has room for.

use std::io;
use std::sync::Arc;

use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::wrong;
use crate::read::column::{Column, ColumnKind};
use crate::read::packed::Packer;

/// Rows that become a batch.
const BATCH_ROWS: usize = 256;
/// A row group ends when it takes this many bytes, packed: enough for readers to be fast, little enough to be held.
const GROUP_BYTES: usize = 16 << 20;

/// A Parquet file that is being written.
pub(crate) struct ParquetSink {
    decoder: Decoder,
    writer: ArrowWriter<Packer>,
}

impl ParquetSink {
    /// Begins a file with these columns.
    ///
    /// # Errors
    /// If a column has a type that cannot be written, or if nothing can be.
    pub fn new(columns: &[Column], out: Packer) -> io::Result<ParquetSink> {
        let kind = |kind: &ColumnKind| match kind {
            ColumnKind::Text => DataType::Utf8,
            ColumnKind::Integer => DataType::Int64,
            ColumnKind::Number => DataType::Float64,
            ColumnKind::Arrow(kind) => kind.clone(),
        };
        let fields = columns.iter().map(|c| Field::new(&c.name, kind(&c.kind), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let decoder = ReaderBuilder::new(schema.clone()).with_batch_size(BATCH_ROWS).build_decoder().map_err(wrong)?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(Default::default())).build();
        let writer = ArrowWriter::try_new(out, schema, Some(properties)).map_err(wrong)?;
        Ok(ParquetSink { decoder, writer })
    }

    /// Writes the row that the JSON object `line` holds, its keys the names of the columns.
    pub fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let mut rest = line;
        while !rest.is_empty() {
            let taken = self.decoder.decode(rest).map_err(wrong)?;
            rest = &rest[taken..];
            if !rest.is_empty() || self.decoder.len() >= BATCH_ROWS {
                self.hand_over()?;
            }
        }
        Ok(())
    }

    fn hand_over(&mut self) -> io::Result<()> {
        if let Some(batch) = self.decoder.flush().map_err(wrong)? {
            self.writer.write(&batch).map_err(wrong)?;
            if self.writer.in_progress_size() > GROUP_BYTES {
                self.writer.flush().map_err(wrong)?;
            }
        }
        Ok(())
    }

    /// Writes what is left, and the end that describes the file; gives back what it was written to.
    pub fn finish(mut self) -> io::Result<Packer> {
        self.hand_over()?;
        self.writer.into_inner().map_err(wrong)
    }
}

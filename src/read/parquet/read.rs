//! Parquet to rows: several row groups are decoded at once, each a little ahead of what is read, and come out in their order.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_json::writer::{EncoderOptions, NullableEncoder, make_encoder};
use arrow_schema::{DataType, Field, FieldRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

use super::wrong;
use crate::read::row::Row;
use crate::read::stream::MAX_ROW_BYTES;

/// Row groups that are decoded at once, if there are as many cores.
const DECODERS: usize = 4;
/// Batches of each of them that wait to be read.
const WAITING: usize = 2;
/// A batch has at most this many rows, and about this many bytes, going by what the file says of its columns.
const BATCH_ROWS: u64 = 256;
const BATCH_BYTES: u64 = 4 << 20;
/// A column that claims to unpack to more than this many times its size, and more than [`ALWAYS`], is a bomb.
const MOST_PER_BYTE: i64 = 1_000;
const ALWAYS: i64 = 64 << 20;

/// The rows of a Parquet file.
pub(crate) struct ParquetRows {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    /// Which columns of the file are read, as its numbers, in the order in which rows have them.
    columns: Vec<usize>,
    /// One for each decoder, once reading has begun: group `g` comes from decoder `g % decoders`.
    decoders: Vec<Receiver<Piece>>,
    group: usize,
    ready: std::vec::IntoIter<Row>,
}

/// What a decoder has to say.
enum Piece {
    Rows(Vec<Row>),
    /// The row group has been read.
    End,
    /// The rest of the row group cannot be read.
    Damaged(String),
}

impl ParquetRows {
    /// Opens the file at `path` and reads what it says about itself.
    ///
    /// # Errors
    /// If it cannot be opened, its end does not describe it, or its description cannot be true.
    pub fn open(path: &Path) -> io::Result<ParquetRows> {
        let file = File::open(path)?;
        // Types are those of Parquet, which every reader knows, and not those that some Arrow program had in memory.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = ArrowReaderMetadata::load(&file, options).map_err(wrong)?;
        for group in metadata.metadata().row_groups() {
            for column in group.columns() {
                let (packed, unpacked) = (column.compressed_size(), column.uncompressed_size());
                if unpacked > ALWAYS.max(packed.saturating_mul(MOST_PER_BYTE)) {
                    let name = column.column_path().string();
                    let reason = format!("column `{name}` unpacks to more than {MOST_PER_BYTE} times its size");
                    return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
                }
            }
        }
        let columns = (0..metadata.schema().fields().len()).collect();
        Ok(ParquetRows {
            path: path.to_owned(),
            metadata,
            columns,
            decoders: Vec::new(),
            group: 0,
            ready: Vec::new().into_iter(),
        })
    }

    /// The columns that are read, with their types. Bytes without a type are taken for text.
    pub fn fields(&self) -> Vec<Field> {
        let as_text = |field: &Field| match field.data_type() {
            DataType::Binary => Field::new(field.name(), DataType::Utf8, true),
            _ => field.clone().with_nullable(true),
        };
        self.columns.iter().map(|at| as_text(self.metadata.schema().field(*at))).collect()
    }

    /// Reads no other columns than these, by their numbers so far, and in this order.
    pub fn select(&mut self, columns: &[usize]) {
        self.columns = columns.iter().map(|at| self.columns[*at]).collect();
    }

    /// The next row; its number is left to the caller. Where a row group is damaged, one row with a fault stands for what is lost.
    pub fn next(&mut self) -> io::Result<Option<Row>> {
        loop {
            if let Some(row) = self.ready.next() {
                return Ok(Some(row));
            }
            if self.group == self.metadata.metadata().num_row_groups() {
                return Ok(None);
            }
            if self.decoders.is_empty() {
                self.begin()?;
            }
            let decoder = self.group % self.decoders.len();
            match self.decoders[decoder].recv() {
                Ok(Piece::Rows(rows)) => self.ready = rows.into_iter(),
                Ok(Piece::End) => self.group += 1,
                told => {
                    // A decoder that is gone without a word has met data that its library cannot stand.
                    let gone = told.is_err();
                    let reason = if let Ok(Piece::Damaged(reason)) = told { reason } else { "its data is damaged".to_owned() };
                    self.group += 1;
                    let mut row = Row { json: true, cells: vec![None; self.columns.len()], ..Row::default() };
                    row.blame(format!("the rest of row group {} cannot be read: {reason}", self.group));
                    if gone {
                        self.decoders[decoder] = self.decode(decoder, self.decoders.len())?;
                    }
                    return Ok(Some(row));
                }
            }
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let count = cores.min(DECODERS).min(self.metadata.metadata().num_row_groups());
        self.decoders = (0..count).map(|number| self.decode(number, count)).collect::<io::Result<_>>()?;
        Ok(())
    }

    /// A thread that decodes every `of`th row group from `number` on that is not read yet.
    fn decode(&self, number: usize, of: usize) -> io::Result<Receiver<Piece>> {
        let file = File::open(&self.path)?;
        let (metadata, columns) = (self.metadata.clone(), self.columns.clone());
        let groups = (self.group..metadata.metadata().num_row_groups()).filter(move |group| group % of == number);
        let (out, pieces) = sync_channel(WAITING);
        thread::Builder::new().name("parquet".into()).spawn(move || {
            for group in groups {
                let end = match read_group(&file, &metadata, &columns, group, &out) {
                    Ok(()) => Piece::End,
                    Err(reason) => Piece::Damaged(reason),
                };
                // Whoever has stopped reading has dropped the other end.
                if out.send(end).is_err() {
                    return;
                }
            }
        })?;
        Ok(pieces)
    }
}

/// Sends the rows of one row group.
fn read_group(
    file: &File,
    metadata: &ArrowReaderMetadata,
    columns: &[usize],
    group: usize,
    out: &SyncSender<Piece>,
) -> Result<(), String> {
    let described = metadata.metadata().row_group(group);
    let rows = described.num_rows().max(1) as u64;
    let row_bytes = described.total_byte_size().max(0) as u64 / rows + 1;
    let batch_rows = (BATCH_BYTES / row_bytes).clamp(1, BATCH_ROWS);
    let mask = ProjectionMask::roots(metadata.parquet_schema(), columns.iter().copied());
    let told = |error: &dyn std::error::Error| error.to_string();
    let file = file.try_clone().map_err(|e| told(&e))?;
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone())
        .with_row_groups(vec![group])
        .with_projection(mask)
        .with_batch_size(batch_rows as usize)
        .build()
        .map_err(|e| told(&e))?;
    // The reader gives columns in the order of the file.
    let mut in_file = columns.to_vec();
    in_file.sort_unstable();
    let order: Vec<usize> = columns.iter().filter_map(|at| in_file.iter().position(|other| other == at)).collect();
    for batch in reader {
        let batch = batch.and_then(|batch| batch.project(&order)).map_err(|e| told(&e))?;
        let rows = rows_of(&batch).map_err(|e| told(&e))?;
        if out.send(Piece::Rows(rows)).is_err() {
            break;
        }
    }
    Ok(())
}

/// The rows of a batch, their cells as JSON.
fn rows_of(batch: &RecordBatch) -> Result<Vec<Row>, arrow_schema::ArrowError> {
    let options = EncoderOptions::default().with_explicit_nulls(true);
    let schema = batch.schema();
    let mut columns = schema
        .fields()
        .iter()
        .zip(batch.columns())
        .map(|(field, array)| Encoder::new(field, array, &options))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((0..batch.num_rows()).map(|at| row_of(&mut columns, at)).collect())
}

fn row_of(columns: &mut [Encoder<'_>], at: usize) -> Row {
    let mut row = Row { json: true, cells: vec![None; columns.len()], ..Row::default() };
    let mut data = Vec::new();
    for (column, cell) in columns.iter_mut().zip(&mut row.cells) {
        let start = data.len();
        let whole = column.encode(at, &mut data);
        if data.len() > MAX_ROW_BYTES {
            let reason = format!("the row is longer than 32 MiB: it was left out from column `{}` on", column.field.name());
            data.truncate(start);
            row.fault = Some(reason);
            break;
        }
        if !whole && row.fault.is_none() {
            row.fault = Some(format!("column `{}` holds bytes that are not UTF-8", column.field.name()));
        }
        *cell = Some(start as u32..data.len() as u32);
    }
    // The encoder writes text, and text only.
    row.data = String::from_utf8(data).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()).into();
    row
}

/// A column that becomes JSON.
struct Encoder<'a> {
    field: &'a Field,
    values: Values<'a>,
}

enum Values<'a> {
    Typed(NullableEncoder<'a>),
    /// Bytes without a type: older programs wrote text so.
    Bytes(&'a ArrayRef),
}

impl<'a> Encoder<'a> {
    fn new(field: &'a FieldRef, array: &'a ArrayRef, options: &'a EncoderOptions) -> Result<Self, arrow_schema::ArrowError> {
        let values = match array.data_type() {
            DataType::Binary => Values::Bytes(array),
            _ => Values::Typed(make_encoder(field, array, options)?),
        };
        Ok(Encoder { field, values })
    }

    /// Writes the value of a row; whether all of it could be read.
    fn encode(&mut self, at: usize, out: &mut Vec<u8>) -> bool {
        match &mut self.values {
            Values::Typed(encoder) if encoder.is_null(at) => out.extend_from_slice(b"null"),
            Values::Typed(encoder) => encoder.encode(at, out),
            Values::Bytes(array) if array.is_null(at) => out.extend_from_slice(b"null"),
            Values::Bytes(array) => {
                let bytes = array.as_binary::<i32>().value(at);
                let text = String::from_utf8_lossy(bytes);
                serde_json::to_writer(out, text.as_ref()).expect("memory takes every string");
                return matches!(text, std::borrow::Cow::Borrowed(_));
            }
        }
        true
    }
}

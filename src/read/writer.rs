//! Tables written row by row, CSV, TSV, JSONL or Parquet, packed where the name ends in `.gz` or `.zst`. A file appears under its name only when it is whole.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::column::Column;
#[cfg(feature = "parquet")]
use super::column::ColumnKind;
use super::packed::{Packer, Packing};
#[cfg(feature = "parquet")]
use super::parquet::ParquetSink;
use super::resume::{Continued, last_records};
use super::row::{Cell, Row, json_text};
use super::table::{Format, Table};
use super::whole::{destination, give_name};
use crate::error::{Error, Result};

/// Column of CSV output that holds, as a JSON object, what a JSONL row has beyond the columns of its table.
pub const OVERFLOW_COLUMN: &str = "tb_extra";

/// A table that is being written. What is written to a file stands in `PATH.partial` until [`finish`](TableWriter::finish).
pub struct TableWriter {
    name: String,
    format: Format,
    sink: Sink,
    /// Columns as JSON source, `"name":`.
    keys: Vec<String>,
    columns: Vec<Column>,
    /// How many of them, the first ones, are carried along from the table that is read.
    carried: usize,
    /// Whether the last column is [`OVERFLOW_COLUMN`].
    overflow: bool,
    /// Where the finished file goes, and where it is until then.
    rename: Option<(PathBuf, PathBuf)>,
    line: Vec<u8>,
}

enum Sink {
    Separated(Box<csv::Writer<Packer>>),
    Lines(BufWriter<Packer>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetSink>),
}

impl TableWriter {
    /// Begins a table with `columns` at `path`, `-` for standard output.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written, [`Error::Table`] if two columns have the same name.
    pub fn create(path: &str, format: Format, columns: Vec<Column>) -> Result<TableWriter> {
        Ok(TableWriter::begin(path, format, columns, 0)?.0)
    }

    /// Goes on after at most `most` rows of what was left unfinished at `path`, if there is any. How many rows to leave out
    /// comes with it.
    fn begin(path: &str, format: Format, columns: Vec<Column>, most: u64) -> Result<(TableWriter, u64)> {
        let mut seen = HashSet::new();
        if let Some(Column { name: twice, .. }) = columns.iter().find(|c| !seen.insert(c.name.as_str())) {
            let reason = format!(
                "would have two columns called `{twice}`: rename or drop that column of the input (was it scored before?)"
            );
            return Err(Error::table(if path == "-" { "<stdout>" } else { path }, reason));
        }
        let delimiter = if format == Format::Tsv { b'\t' } else { b',' };
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(delimiter).buffer_capacity(1 << 18).has_headers(false);
        let mut header = Vec::new();
        if matches!(format, Format::Csv | Format::Tsv) {
            let mut line = builder.from_writer(&mut header);
            line.write_record(columns.iter().map(|c| &c.name))
                .and_then(|()| Ok(line.flush()?))
                .map_err(|e| Error::io(path)(e.into()))?;
        }
        let mut rows = 0;
        let (name, out, rename): (_, Box<dyn Write + Send>, _) = if path == "-" {
            ("<stdout>".to_owned(), Box::new(io::stdout()), None)
        } else {
            let (partial, rename) = destination(Path::new(path));
            let fail = Error::io(&partial);
            let last = if most > 0 { last_records(&partial, &header, format == Format::Jsonl, most) } else { Ok(None) };
            let opened = last.and_then(|last| -> io::Result<Box<dyn Write + Send>> {
                let Some(last) = last else { return Ok(Box::new(File::create(&partial)?)) };
                rows = last.rows;
                if !last.with_header {
                    header.clear();
                }
                Ok(Box::new(Continued::open(&partial, last)?))
            });
            (path.to_owned(), opened.map_err(fail)?, rename)
        };
        let mut out = Packer::new(Packing::of_path(Path::new(path)).0, out).map_err(Error::io(&name))?;
        out.write_all(&header).map_err(Error::io(&name))?;
        let sink = match format {
            Format::Jsonl => Sink::Lines(BufWriter::with_capacity(1 << 18, out)),
            Format::Csv | Format::Tsv => Sink::Separated(Box::new(builder.from_writer(out))),
            #[cfg(feature = "parquet")]
            Format::Parquet => Sink::Parquet(Box::new(ParquetSink::new(&columns, out).map_err(Error::io(&name))?)),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => return Err(Error::table(name, "cannot be written: build this program with `--features parquet`")),
        };
        let keys = columns.iter().map(|c| format!("{}:", serde_json::Value::from(c.name.as_str()))).collect();
        let carried = columns.len();
        let writer = TableWriter { name, format, sink, keys, columns, carried, overflow: false, rename, line: Vec::new() };
        Ok((writer, rows))
    }

    /// Begins a table with the columns that `table` carries along and the columns `added` after them, for
    /// [`write_beside`](Self::write_beside). If rows of `table` can hold more than its columns and `format` cannot, an [`OVERFLOW_COLUMN`] is added for that.
    ///
    /// # Errors
    /// As [`TableWriter::create`].
    pub fn beside(table: &Table, path: &str, format: Format, added: &[Column]) -> Result<TableWriter> {
        Ok(TableWriter::resume(table, path, format, added, 0)?.0)
    }

    /// As [`beside`](Self::beside), but goes on with what an interrupted run left in `PATH.partial`, if there is any, of
    /// which no more than `most` rows are trusted. The number that comes with it is how many rows of `table` not to write:
    /// all that stand there whole, but for the last few. Those are written again, and if they come out otherwise, writing
    /// fails, and so does [`finish`](Self::finish) if they do not come out at all.
    ///
    /// # Errors
    /// As [`TableWriter::create`], and if the file does not begin with the header that it should have.
    pub fn resume(table: &Table, path: &str, format: Format, added: &[Column], most: u64) -> Result<(TableWriter, u64)> {
        let overflow = table.has_more() && format != Format::Jsonl;
        let mut columns = table.carried();
        let carried = columns.len();
        columns.extend_from_slice(added);
        columns.extend(overflow.then(|| Column::text(OVERFLOW_COLUMN)));
        let (writer, rows) = TableWriter::begin(path, format, columns, most)?;
        Ok((TableWriter { overflow, carried, ..writer }, rows))
    }

    /// Writes a row of one cell for each column.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written, and if there are not as many cells as columns.
    pub fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.write(cells, std::iter::empty())
    }

    /// Writes `row` as it was read, with the cells `added` after it.
    ///
    /// # Errors
    /// As [`write_row`](Self::write_row).
    pub fn write_beside(&mut self, row: &Row, added: &[Cell<'_>]) -> Result<()> {
        let mut all: Vec<Cell> = Vec::with_capacity(self.columns.len());
        all.extend((0..row.cells.len().min(self.carried)).map(|i| row.cell(i)));
        all.extend_from_slice(added);
        if !self.overflow {
            return self.write(&all, row.extra());
        }
        let object = row.extra().map(|(key, value)| format!("{key}:{value}")).collect::<Vec<_>>().join(",");
        all.push(if object.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(format!("{{{object}}}"))) });
        self.write(&all, std::iter::empty())
    }

    fn write<'e>(&mut self, cells: &[Cell<'_>], extra: impl Iterator<Item = (&'e str, &'e str)>) -> Result<()> {
        if cells.len() != self.columns.len() {
            let problem = format!("{} cells were to be written to {} columns", cells.len(), self.columns.len());
            return Err(Error::io(&self.name)(io::Error::new(io::ErrorKind::InvalidInput, problem)));
        }
        let written = match &mut self.sink {
            Sink::Separated(out) => {
                let fields = cells.iter().map(plain).try_for_each(|text| out.write_field(text.as_bytes()));
                fields.and_then(|()| out.write_record(None::<&[u8]>)).map_err(io::Error::from)
            }
            Sink::Lines(out) => {
                json_line(&mut self.line, &self.keys, cells, extra);
                out.write_all(&self.line)
            }
            #[cfg(feature = "parquet")]
            Sink::Parquet(out) => {
                let cells: Vec<Cell> = self.columns.iter().zip(cells).map(|(column, cell)| typed(column, cell)).collect();
                json_line(&mut self.line, &self.keys, &cells, extra);
                out.write(&self.line)
            }
        };
        written.map_err(Error::io(&self.name))
    }

    /// Hands on what was written so far, so that a reader at the other end of a pipe sees it.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written.
    pub fn flush(&mut self) -> Result<()> {
        match &mut self.sink {
            Sink::Separated(out) => out.flush(),
            Sink::Lines(out) => out.flush(),
            // A row group that is cut short serves nobody.
            #[cfg(feature = "parquet")]
            Sink::Parquet(_) => Ok(()),
        }
        .map_err(Error::io(&self.name))
    }

    /// How it is written down.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Ends the table and gives the file its name. A writer that is dropped without this leaves `PATH.partial` only.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written or renamed.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        let packer = match self.sink {
            Sink::Separated(out) => out.into_inner().map_err(|error| error.into_error()),
            Sink::Lines(out) => out.into_inner().map_err(|error| error.into_error()),
            #[cfg(feature = "parquet")]
            Sink::Parquet(out) => out.finish(),
        };
        packer.and_then(Packer::finish).map_err(Error::io(&self.name))?;
        give_name(self.rename)
    }
}

/// A cell in CSV.
fn plain<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Number(number) if number.is_finite() => Cow::Owned(shortest(*number)),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Json(raw) => json_text(raw),
        Cell::Number(_) | Cell::Empty | Cell::Absent => Cow::Borrowed(""),
    }
}

/// A cell as JSON of its column's type.
#[cfg(feature = "parquet")]
fn typed<'c>(column: &Column, cell: &'c Cell<'_>) -> Cell<'c> {
    match cell {
        // Keys of JSONL hold values of any type.
        Cell::Json(raw) if column.kind == ColumnKind::Text && *raw != "null" => Cell::Text(json_text(raw)),
        _ => cell.clone(),
    }
}

/// A row in JSONL, into `line`. A key of `extra` that a column has taken already gets `_input` after its name.
fn json_line<'e>(line: &mut Vec<u8>, keys: &[String], cells: &[Cell<'_>], extra: impl Iterator<Item = (&'e str, &'e str)>) {
    line.clear();
    line.push(b'{');
    for (key, cell) in keys.iter().zip(cells).filter(|(_, cell)| **cell != Cell::Absent) {
        separate(line);
        line.extend_from_slice(key.as_bytes());
        match cell {
            Cell::Text(text) => serde_json::to_writer(&mut *line, text.as_ref()).expect("memory takes every string"),
            Cell::Json(raw) => line.extend_from_slice(raw.as_bytes()),
            Cell::Number(number) if number.is_finite() => line.extend_from_slice(shortest(*number).as_bytes()),
            Cell::Integer(number) => line.extend_from_slice(number.to_string().as_bytes()),
            Cell::Number(_) | Cell::Empty | Cell::Absent => line.extend_from_slice(b"null"),
        }
    }
    for (key, value) in extra {
        let is_taken = |(k, c): (&String, &Cell)| *c != Cell::Absent && k.strip_suffix(':') == Some(key);
        let taken = keys.iter().zip(cells).any(is_taken);
        let (key, after): (_, &[u8]) = if taken { (&key[..key.len() - 1], b"_input\":") } else { (key, b":") };
        separate(line);
        [key.as_bytes(), after, value.as_bytes()].iter().for_each(|part| line.extend_from_slice(part));
    }
    line.extend_from_slice(b"}\n");
}

/// A comma, unless nothing stands before it in the object.
fn separate(line: &mut Vec<u8>) {
    if line.len() > 1 {
        line.push(b',');
    }
}

/// The fewest digits that read back the same.
fn shortest(number: f64) -> String {
    match number.abs() {
        0.0 => "0".to_owned(),
        size if (1e-5..1e16).contains(&size) => number.to_string(),
        _ => format!("{number:e}"),
    }
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;

//! Tables of articles, read row by row in constant memory: CSV, TSV, JSONL and Parquet behind one interface.

use std::collections::HashSet;
use std::fs::File;
use std::io::BufRead;
use std::path::Path;

use super::column::Column;
#[cfg(feature = "parquet")]
use super::column::ColumnKind;
use super::csv_rows::{CsvRows, delimiter_of};
use super::json_rows::JsonRows;
use super::packed::Packing;
#[cfg(feature = "parquet")]
use super::parquet::ParquetRows;
use super::row::Row;
use super::stream::{Bytes, Stream};
use crate::error::{Error, Result};

/// How a table is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a header; semicolons or tabs are seen from the header too.
    Csv,
    /// Tab-separated values with a header, quoted like CSV.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// Apache Parquet, from a file and not from a stream; where the program was built without it, an error says so.
    Parquet,
}

impl Format {
    /// The format that a file name tells: `.csv`, `.tsv` or `.tab`, `.jsonl` or `.ndjson`, `.parquet` or `.pq`, in any
    /// case, whatever packing follows.
    pub fn from_path(path: &Path) -> Option<Format> {
        match Packing::of_path(path).1.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "tsv" | "tab" => Some(Format::Tsv),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "parquet" | "pq" => Some(Format::Parquet),
            _ => None,
        }
    }
}

/// A table that is being read.
///
/// Its columns are the header of CSV, the top-level columns of Parquet, or the keys of the first rows of JSONL (256 rows or 1 MiB
/// of them). A key that first appears later is kept with its row, see [`Row::extra`]. Blank lines are no rows. What is wrong with a row stands in its
/// [`fault`](Row::fault), and the next row is read; only what is wrong with the whole table is an error.
///
/// UTF-8 is expected; another encoding that shows in the first 256 KiB is decoded on the way.
pub struct Table {
    name: String,
    format: Format,
    encoding: &'static str,
    columns: Vec<String>,
    /// Where they stand in the rows, if not all do in their order.
    selected: Option<Selected>,
    /// How many of them, the first ones, are carried along to what is written.
    carried: usize,
    rows: Rows,
    /// Number of the last row that was read.
    number: u64,
}

struct Selected {
    /// Index of each column among those of the rows.
    at: Vec<usize>,
    /// The columns of the rows.
    of: Vec<String>,
}

enum Rows {
    Separated(Box<CsvRows>),
    Json(JsonRows),
    #[cfg(feature = "parquet")]
    Parquet(ParquetRows),
}

impl Table {
    /// Opens the table at `path`, `-` for standard input. Without a `format` the file name tells it, or else the content.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be read; [`Error::Table`] if it is empty, binary or without a usable header.
    pub fn open(path: &str, format: Option<Format>) -> Result<Table> {
        if path == "-" {
            return Table::from_reader("<stdin>", Box::new(std::io::stdin()), format);
        }
        let file = File::open(path).map_err(Error::io(path))?;
        #[cfg(feature = "parquet")]
        let mut file = file;
        #[cfg(feature = "parquet")]
        if super::parquet::is_parquet(&mut file).map_err(Error::io(path))? {
            return Table::open_parquet(path);
        }
        Table::from_reader(path, Box::new(file), format.or_else(|| Format::from_path(Path::new(path))))
    }

    #[cfg(feature = "parquet")]
    fn open_parquet(path: &str) -> Result<Table> {
        let rows = ParquetRows::open(Path::new(path)).map_err(|e| match e.kind() {
            std::io::ErrorKind::InvalidData => Error::table(path, format!("is a damaged Parquet file: {e}")),
            _ => Error::io(path)(e),
        })?;
        let columns: Vec<String> = rows.fields().iter().map(|field| field.name().clone()).collect();
        unique(path, &columns, "the file's schema")?;
        Ok(Table::new(path, Format::Parquet, "UTF-8", columns, Rows::Parquet(rows)))
    }

    /// Reads a table from any stream; `name` stands in errors.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn from_reader(name: &str, source: Bytes, format: Option<Format>) -> Result<Table> {
        let mut stream = Stream::new(name, source)?;
        let encoding = stream.encoding;
        let head = stream.input.fill_buf().map_err(Error::io(name))?;
        let looks_like_json = matches!(head.trim_ascii_start().first(), Some(b'{' | b'['));
        let delimiter = if format == Some(Format::Tsv) { b'\t' } else { delimiter_of(head) };
        let format = format.filter(|format| *format != Format::Parquet).unwrap_or(match (looks_like_json, delimiter) {
            (true, _) => Format::Jsonl,
            (false, b'\t') => Format::Tsv,
            (false, _) => Format::Csv,
        });
        let (rows, columns) = if format == Format::Jsonl {
            let mut rows = JsonRows::new(stream);
            let columns = rows.columns();
            (Rows::Json(rows), columns)
        } else {
            let mut rows = Box::new(CsvRows::new(stream, delimiter));
            let header = rows.header();
            (Rows::Separated(rows), header)
        };
        let columns = columns.map_err(Error::io(name))?.map_err(|reason| Error::table(name, reason))?;
        unique(name, &columns, "the header line")?;
        Ok(Table::new(name, format, encoding, columns, rows))
    }

    fn new(name: &str, format: Format, encoding: &'static str, columns: Vec<String>, rows: Rows) -> Table {
        let carried = columns.len();
        Table { name: name.to_owned(), format, encoding, columns, selected: None, carried, rows, number: 0 }
    }

    /// Leaves out all columns but these, given by their index, and orders them so; what rows have beyond the columns goes too. Of
    /// Parquet no other column is read. The first `carried` of them are carried along to what is written. To be called once,
    /// before the first row is read.
    pub fn select(&mut self, columns: &[usize], carried: usize) {
        self.carried = carried;
        let selected = columns.iter().map(|at| self.columns[*at].clone()).collect();
        let all = std::mem::replace(&mut self.columns, selected);
        match &mut self.rows {
            #[cfg(feature = "parquet")]
            Rows::Parquet(rows) => rows.select(columns),
            _ => self.selected = Some(Selected { at: columns.to_vec(), of: all }),
        }
    }

    /// The columns that are carried along, as they are to be written again.
    pub fn carried(&self) -> Vec<Column> {
        let mut all: Vec<Column> = match &self.rows {
            #[cfg(feature = "parquet")]
            Rows::Parquet(rows) => {
                let kind = |kind: &arrow_schema::DataType| ColumnKind::Arrow(kind.clone());
                rows.fields().iter().map(|f| Column { name: f.name().clone(), kind: kind(f.data_type()) }).collect()
            }
            _ => self.columns.iter().map(Column::text).collect(),
        };
        all.truncate(self.carried);
        all
    }

    /// Names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Whether rows can hold more than the columns.
    pub(crate) fn has_more(&self) -> bool {
        self.format == Format::Jsonl && self.selected.is_none()
    }

    /// What the table is called in errors: its path, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it is written down.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Name of the encoding it is in.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Index of the column called `name`.
    ///
    /// # Errors
    /// [`Error::Table`] that lists the columns there are, and names the nearest one, if there is none.
    pub fn column(&self, name: &str) -> Result<usize> {
        const LISTED: usize = 30;
        if let Some(at) = self.columns.iter().position(|c| c == name) {
            return Ok(at);
        }
        let mut listed = self.columns.iter().take(LISTED).map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
        if self.columns.len() > LISTED {
            listed += &format!(" and {} more", self.columns.len() - LISTED);
        }
        let near = nearest(name, &self.columns).map(|c| format!("; did you mean `{c}`?")).unwrap_or_default();
        Err(Error::table(&self.name, format!("has no column `{name}`{near} Its columns: {listed}").replace("` Its", "`. Its")))
    }

    /// The next rows: at most `max_rows`, and no more once they hold `max_bytes`; `None` at the end.
    ///
    /// # Errors
    /// [`Error::Io`] if reading fails.
    pub fn next_chunk(&mut self, max_rows: usize, max_bytes: usize) -> Result<Option<Vec<Row>>> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        let columns = self.selected.as_ref().map_or(&self.columns, |selected| &selected.of);
        while chunk.len() < max_rows.max(1) && (bytes < max_bytes || chunk.is_empty()) {
            let row = match &mut self.rows {
                Rows::Separated(rows) => rows.next(columns),
                Rows::Json(rows) => rows.next(columns),
                #[cfg(feature = "parquet")]
                Rows::Parquet(rows) => rows.next(),
            };
            let Some(mut row) = row.map_err(Error::io(&self.name))? else { break };
            if let Some(selected) = &self.selected {
                row.select(&selected.at);
            }
            self.number += 1;
            row.number = self.number;
            bytes += row.bytes();
            chunk.push(row);
        }
        Ok((!chunk.is_empty()).then_some(chunk))
    }
}

/// Refuses columns of the same name; `place` is where they stand.
fn unique(name: &str, columns: &[String], place: &str) -> Result<()> {
    let mut seen = HashSet::new();
    let Some(twice) = columns.iter().find(|c| !seen.insert(c.as_str())) else { return Ok(()) };
    let reason = match twice.as_str() {
        "" => format!("two columns have no name in {place}"),
        name => format!("two columns are called `{name}` in {place}: rename one"),
    };
    Err(Error::table(name, reason))
}

/// The column whose name is so like `name` that it was probably meant.
fn nearest<'a>(name: &str, columns: &'a [String]) -> Option<&'a String> {
    let fold = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<Vec<char>>();
    let wanted = fold(name);
    let distance = |column: &&'a String| {
        let found = fold(column);
        let part = found.len() <= 3 * wanted.len() && found.windows(wanted.len().max(1)).any(|w| w == wanted);
        if part { 1 } else { edits(&wanted, &found) }
    };
    columns
        .iter()
        .filter(|c| c.chars().count() < 64)
        .map(|c| (distance(&c), c))
        .min_by_key(|(d, _)| *d)
        .and_then(|(distance, column)| (distance <= wanted.len().div_ceil(3)).then_some(column))
}

/// How many letters must be put in, taken out or exchanged to make one word of the other.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;

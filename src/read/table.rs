//! Tables of articles, read row by row in constant memory: CSV, TSV and JSONL behind one interface.

use std::collections::HashSet;
use std::fs::File;
use std::io::BufRead;
use std::path::Path;

use super::csv_rows::{CsvRows, delimiter_of};
use super::json_rows::JsonRows;
use super::packed::Packing;
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
}

impl Format {
    /// The format that a file name tells: `.csv`, `.tsv` or `.tab`, `.jsonl` or `.ndjson`, in any case, whatever packing follows.
    pub fn from_path(path: &Path) -> Option<Format> {
        match Packing::of_path(path).1.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "tsv" | "tab" => Some(Format::Tsv),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            _ => None,
        }
    }
}

/// A table that is being read.
///
/// Its columns are the header of CSV, or the keys of the first rows of JSONL (256 rows or 1 MiB of them). A key that first
/// appears later is kept with its row, see [`Row::extra`]. Blank lines are no rows. What is wrong with a row stands in its
/// [`fault`](Row::fault), and the next row is read; only what is wrong with the whole table is an error.
///
/// UTF-8 is expected; another encoding that shows in the first 256 KiB is decoded on the way.
pub struct Table {
    name: String,
    format: Format,
    encoding: &'static str,
    columns: Vec<String>,
    rows: Rows,
    /// Number of the last row that was read.
    number: u64,
}

enum Rows {
    Separated(Box<CsvRows>),
    Json(JsonRows),
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
        Table::from_reader(path, Box::new(file), format.or_else(|| Format::from_path(Path::new(path))))
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
        let format = format.unwrap_or(match (looks_like_json, delimiter) {
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
        let mut seen = HashSet::new();
        if let Some(twice) = columns.iter().find(|c| !seen.insert(c.as_str())) {
            let reason = match twice.as_str() {
                "" => "two columns have no name in the header line".to_owned(),
                name => format!("two columns are called `{name}` in the header line: rename one"),
            };
            return Err(Error::table(name, reason));
        }
        Ok(Table { name: name.to_owned(), format, encoding, columns, rows, number: 0 })
    }

    /// Names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
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
        while chunk.len() < max_rows.max(1) && (bytes < max_bytes || chunk.is_empty()) {
            let row = match &mut self.rows {
                Rows::Separated(rows) => rows.next(&self.columns),
                Rows::Json(rows) => rows.next(&self.columns),
            };
            let Some(mut row) = row.map_err(Error::io(&self.name))? else { break };
            self.number += 1;
            row.number = self.number;
            bytes += row.bytes();
            chunk.push(row);
        }
        Ok((!chunk.is_empty()).then_some(chunk))
    }
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

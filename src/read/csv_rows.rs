//! Rows of CSV and TSV. The state machine is csv-core's (the csv crate's own reader keeps a row of any length in memory).

use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::row::Row;
use super::stream::{MAX_ROW_BYTES, Stream};

/// More cells than this in a row are taken for damage.
const MAX_CELLS: usize = 100_000;
/// Of a row that is too long, whole cells are kept up to this many bytes: enough for its identifiers.
const KEPT: usize = 64 * 1024;
const MAX_KEPT_CELLS: usize = 1_000;

/// Splits a stream into records.
pub(crate) struct CsvRows {
    parser: Reader,
    delimiter: u8,
    stream: Stream,
    /// Bytes of the cells of the record, and where each ends.
    out: Vec<u8>,
    ends: Vec<usize>,
    at_end: bool,
}

/// What is wrong with a record as such.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    TooLong,
    UnclosedQuote,
}

impl CsvRows {
    pub fn new(stream: Stream, delimiter: u8) -> CsvRows {
        let parser = ReaderBuilder::new().delimiter(delimiter).build();
        CsvRows { parser, delimiter, stream, out: vec![0; 64 * 1024], ends: vec![0; 64], at_end: false }
    }

    /// The names in the header, or what is wrong with it.
    pub fn header(&mut self) -> io::Result<Result<Vec<String>, String>> {
        let Some((length, cells, flaw)) = self.record()? else {
            return Ok(Err("is empty: it needs a header line".into()));
        };
        match flaw {
            Flaw::None => {}
            Flaw::TooLong => return Ok(Err("its header line is too long to be one: is this CSV?".into())),
            Flaw::UnclosedQuote => return Ok(Err("a quote in its header line is never closed".into())),
        }
        let starts = std::iter::once(0).chain(self.ends[..cells].iter().copied());
        let names = starts.zip(&self.ends[..cells]).map(|(start, &end)| &self.out[..length][start..end]);
        let names: Result<Vec<_>, _> = names.map(|n| std::str::from_utf8(n).map(|n| n.trim().to_owned())).collect();
        Ok(names.map_err(|_| "its header line is not valid UTF-8: save the table as UTF-8".into()))
    }

    /// The next row, to stand under `columns`; its number is left to the caller.
    pub fn next(&mut self, columns: &[String]) -> io::Result<Option<Row>> {
        let Some((length, found, flaw)) = self.record()? else { return Ok(None) };
        let mut row = Row::default();
        match flaw {
            Flaw::None => {}
            Flaw::TooLong => {
                row.blame("the row is longer than 32 MiB (a quote never closed?): its long cells were left out".into())
            }
            Flaw::UnclosedQuote => {
                row.blame("a quote is opened in this row and never closed: all that follows was read as one cell".into())
            }
        }
        let mut ends = &self.ends[..found];
        if flaw != Flaw::TooLong && found < columns.len() {
            row.blame(format!("has too few cells: {found} where the header has {}", columns.len()));
        }
        // Surplus cells that are empty say nothing; others go on in the last cell, as an unquoted delimiter would have it.
        let mut joined = Vec::new();
        if let Some(&last) = ends.get(columns.len() - 1)
            && found > columns.len()
        {
            if length > last {
                row.blame(format!(
                    "has too many cells: {found} where the header has {}: the surplus was joined to the last cell (a text with `{}` must stand in quotes)",
                    columns.len(),
                    if self.delimiter == b'\t' { "\\t".into() } else { char::from(self.delimiter).to_string() }
                ));
                joined.extend_from_slice(&self.out[..last]);
                for pair in ends[columns.len() - 1..].windows(2) {
                    joined.push(self.delimiter);
                    joined.extend_from_slice(&self.out[pair[0]..pair[1]]);
                }
            }
            ends = &ends[..columns.len()];
        }
        let bytes = if joined.is_empty() { &self.out[..length.min(*ends.last().unwrap_or(&0))] } else { &joined[..] };
        let last_end = bytes.len();
        let ranges = ends.iter().enumerate().scan(0, |start, (i, &end)| {
            let end = if i + 1 == ends.len() { last_end } else { end };
            Some(std::mem::replace(start, end)..end)
        });
        // Valid as a whole and cut at character boundaries is valid in each cell.
        match std::str::from_utf8(bytes) {
            Ok(text) if ends.iter().all(|&end| text.is_char_boundary(end.min(last_end))) => {
                row.cells.reserve_exact(columns.len());
                row.cells.extend(ranges.map(|r| Some(r.start as u32..r.end as u32)));
                row.data = text.into();
                if self.stream.is_transcoded() && text.contains('\u{FFFD}') {
                    row.blame(format!("holds characters that could not be decoded as {}", self.stream.encoding));
                }
            }
            _ => {
                let mut text = String::with_capacity(bytes.len());
                for (range, name) in ranges.zip(columns) {
                    let start = text.len() as u32;
                    if let Err(error) = std::str::from_utf8(&bytes[range.clone()]) {
                        row.blame(format!("cell `{name}` is not valid UTF-8 at its byte {}", error.valid_up_to()));
                    }
                    text.push_str(&String::from_utf8_lossy(&bytes[range]));
                    row.cells.push(Some(start..text.len() as u32));
                }
                row.data = text.into();
            }
        }
        row.cells.resize(columns.len(), None);
        Ok(Some(row))
    }

    /// Reads one record: how many bytes of `out` and entries of `ends` it takes, and its flaw.
    fn record(&mut self) -> io::Result<Option<(usize, usize, Flaw)>> {
        let (mut length, mut cells) = (0, 0);
        let mut kept = None; // length and cells that are kept of a record that is too long
        loop {
            let input = self.stream.input.fill_buf()?;
            let ended = input.is_empty();
            // A line break at the end closes the last row, unless it stands in a quote that is still open.
            let input = if ended && !self.at_end { b"\n" } else { input };
            let (result, taken, written, ended_cells) =
                self.parser.read_record(input, &mut self.out[length..], &mut self.ends[cells..]);
            length += written;
            cells += ended_cells;
            if !ended {
                self.stream.input.consume(taken);
            } else if !self.at_end {
                self.at_end = taken > 0;
                if result == ReadRecordResult::InputEmpty && (length > 0 || cells > 0 || kept.is_some()) {
                    let (length, cells) = kept.unwrap_or_else(|| {
                        self.ends.resize(self.ends.len().max(cells + 1), 0);
                        self.ends[cells] = length - 1; // without the line break that was added
                        (length - 1, cells + 1)
                    });
                    self.parser.reset();
                    return Ok(Some((length, cells, Flaw::UnclosedQuote)));
                }
            }
            match result {
                ReadRecordResult::Record => {
                    return Ok(Some(match kept {
                        Some((length, cells)) => (length, cells, Flaw::TooLong),
                        None => (length, cells, Flaw::None),
                    }));
                }
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if length < MAX_ROW_BYTES && kept.is_none() => {
                    self.out.resize((self.out.len() * 2).min(MAX_ROW_BYTES), 0);
                }
                ReadRecordResult::OutputEndsFull if cells < MAX_CELLS && kept.is_none() => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    // Goes on to the end of the row, overwriting what is not kept.
                    let (keep_length, keep_cells) = *kept.get_or_insert_with(|| {
                        let cells = self.ends[..cells].partition_point(|&end| end <= KEPT).min(MAX_KEPT_CELLS);
                        (if cells > 0 { self.ends[cells - 1] } else { 0 }, cells)
                    });
                    (length, cells) = (keep_length, keep_cells);
                }
            }
        }
    }
}

/// The delimiter that a header line uses: a comma, unless it has none and has semicolons or tabs.
pub(crate) fn delimiter_of(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(d, _)| *d == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    let most = counts[1..].iter().max_by_key(|(_, n)| *n).copied();
    most.filter(|(_, n)| counts[0].1 == 0 && *n > 0).map_or(b',', |(delimiter, _)| delimiter)
}

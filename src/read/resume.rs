//! Where an unfinished output file is taken up again.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A record that is the last to be trusted: it is written once more, and must come out the same.
pub(crate) struct Last {
    /// Rows before it; a header is no row.
    pub rows: u64,
    /// Whether it is the header.
    pub is_header: bool,
    /// Its first byte in the file.
    at: u64,
    /// The record, with its line break.
    bytes: Vec<u8>,
}

/// The last whole record among the first `most` rows of the file at `path`, where a line break in quotes (unless it is
/// JSONL) ends none; `None` without one, or if there is no such file. A `header` must stand first.
pub(crate) fn last_record(path: &Path, header: &[u8], jsonl: bool, most: u64) -> io::Result<Option<Last>> {
    let mut input = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 18, file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let (mut at, mut start, mut end, mut quoted) = (0, 0, 0, false);
    let (mut records, wanted) = (0, most.saturating_add(u64::from(!jsonl)));
    while records < wanted {
        let part = input.fill_buf()?;
        if part.is_empty() {
            break;
        }
        let line = part.iter().position(|b| *b == b'\n').map_or(part.len(), |found| found + 1);
        quoted ^= !jsonl && part[..line].iter().filter(|b| **b == b'"').count() % 2 == 1;
        at += line as u64;
        if part[line - 1] == b'\n' && !quoted {
            (start, end) = (end, at);
            records += 1;
        }
        input.consume(line);
    }
    if records == 0 {
        return Ok(None);
    }
    let mut read = |from: u64, length: u64| {
        let mut bytes = Vec::new();
        input.seek(SeekFrom::Start(from))?;
        input.by_ref().take(length).read_to_end(&mut bytes).map(|_| bytes)
    };
    if read(0, header.len() as u64)? != header {
        return Err(differs());
    }
    let rows = records - u64::from(!jsonl);
    Ok(Some(Last { rows: rows.saturating_sub(1), is_header: rows == 0, at: start, bytes: read(start, end - start)? }))
}

fn differs() -> io::Error {
    let reason = "was not made from this input with these options, models and lexicons: remove it, or leave out --resume";
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Writes on from the last trusted record. Nothing in the file is touched before that has come out the same.
pub(crate) struct Continued {
    file: File,
    last: Vec<u8>,
    same: usize,
}

impl Continued {
    pub fn open(path: &Path, last: Last) -> io::Result<Continued> {
        let mut file = File::options().write(true).open(path)?;
        file.seek(SeekFrom::Start(last.at))?;
        Ok(Continued { file, last: last.bytes, same: 0 })
    }
}

impl Write for Continued {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.same == self.last.len() {
            return self.file.write(bytes);
        }
        let count = bytes.len().min(self.last.len() - self.same);
        if bytes[..count] != self.last[self.same..self.same + count] {
            return Err(differs());
        }
        self.same += count;
        if self.same == self.last.len() {
            let end = self.file.seek(SeekFrom::Current(self.last.len() as i64))?;
            self.file.set_len(end)?;
        }
        Ok(count)
    }

    /// The end of the table; without the record that was to come out again, it is not of this input.
    fn flush(&mut self) -> io::Result<()> {
        if self.same < self.last.len() { Err(differs()) } else { self.file.flush() }
    }
}

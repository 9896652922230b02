//! Where an unfinished output file is taken up again.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// As many records are written once more, to see that they come out the same: one alone may be the same by chance.
const COMPARED: usize = 16;

/// The last whole records of a file.
pub(crate) struct Last {
    /// Rows before them; a header is no row.
    pub rows: u64,
    /// Whether the first of them is the header.
    pub with_header: bool,
    /// Their first byte in the file.
    at: u64,
    /// The records, with their line breaks.
    bytes: Vec<u8>,
}

/// The last whole records among the first `most` rows of the file at `path`, where a line break in quotes (unless it is
/// JSONL) ends none; `None` without any, or if there is no such file. A `header` must stand first.
pub(crate) fn last_records(path: &Path, header: &[u8], jsonl: bool, most: u64) -> io::Result<Option<Last>> {
    let mut input = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 18, file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let (mut at, mut end, mut quoted) = (0, 0, false);
    let mut starts = VecDeque::with_capacity(COMPARED + 1);
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
            starts.push_back(end);
            if starts.len() > COMPARED {
                starts.pop_front();
            }
            end = at;
            records += 1;
        }
        input.consume(line);
    }
    let Some(&start) = starts.front() else { return Ok(None) };
    let mut read = |from: u64, length: u64| {
        let mut bytes = Vec::new();
        input.seek(SeekFrom::Start(from))?;
        input.by_ref().take(length).read_to_end(&mut bytes).map(|_| bytes)
    };
    if read(0, header.len() as u64)? != header {
        return Err(differs());
    }
    let before = records - starts.len() as u64;
    let rows = before.saturating_sub(u64::from(!jsonl));
    Ok(Some(Last { rows, with_header: !jsonl && before == 0, at: start, bytes: read(start, end - start)? }))
}

fn differs() -> io::Error {
    let reason = "was not made from this input with these options, models and lexicons: remove it, or leave out --resume";
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Writes on from the last whole records. Nothing in the file is touched before they have come out the same.
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

    /// The end of the table; without the records that were to come out again, it is not of this input.
    fn flush(&mut self) -> io::Result<()> {
        if self.same < self.last.len() { Err(differs()) } else { self.file.flush() }
    }
}

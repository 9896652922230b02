//! The evidence file of `tabayyun batch`: one JSON object a row that could be read, under its name only when it is whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::read::{destination, give_name};

/// An evidence file that is being written.
pub struct EvidenceFile {
    /// Takes the lines.
    pub out: BufWriter<File>,
    rename: Option<(PathBuf, PathBuf)>,
}

impl EvidenceFile {
    /// Begins the file, or goes on after the first `rows` rows of an unfinished one.
    pub fn open(path: &Path, rows: u64) -> Result<EvidenceFile> {
        let (target, rename) = destination(path);
        let opened = if rows == 0 { File::create(&target) } else { continued(&target, rows) };
        Ok(EvidenceFile { out: BufWriter::new(opened.map_err(Error::io(target))?), rename })
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> Result<()> {
        let path = self.rename.as_ref().map_or(Path::new("evidence"), |(_, path)| path).to_owned();
        self.out.flush().map_err(Error::io(path))?;
        give_name(self.rename)
    }
}

/// Number of the last row that an unfinished evidence file holds whole; 0 if there is none.
pub fn last_row(path: &Path) -> Result<u64> {
    let target = destination(path).0;
    match upto(&target, u64::MAX) {
        Ok((row, _)) => Ok(row),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(Error::io(target)(error)),
    }
}

fn continued(target: &Path, rows: u64) -> io::Result<File> {
    let (_, end) = upto(target, rows)?;
    let mut file = File::options().write(true).open(target)?;
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    Ok(file)
}

/// The last whole line of a row up to `most`: its row, and where it ends.
fn upto(target: &Path, most: u64) -> io::Result<(u64, u64)> {
    let mut input = BufReader::with_capacity(1 << 18, File::open(target)?);
    let (mut last, mut end, mut line) = (0, 0, Vec::new());
    while input.read_until(b'\n', &mut line)? > 0 {
        let digits = line.strip_prefix(b"{\"row\":").and_then(|l| l.split(|b| *b == b',').next());
        let row = digits.and_then(|d| std::str::from_utf8(d).ok()?.parse().ok()).filter(|row| *row <= most);
        let Some(row) = row.filter(|_| line.ends_with(b"\n")) else { break };
        (last, end) = (row, end + line.len() as u64);
        line.clear();
    }
    Ok((last, end))
}

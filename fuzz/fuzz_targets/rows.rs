//! Any bytes as a table: every row comes out once, numbered, whole or with a fault, however the bytes arrive.
#![no_main]

use std::io::{Cursor, Read};

use libfuzzer_sys::fuzz_target;
use tabayyun::read::{Format, Table};

/// Gives a few bytes at a time.
struct Slow(Cursor<Vec<u8>>, usize);

impl Read for Slow {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.1 = self.1 % 7 + 1;
        let most = out.len().min(self.1);
        self.0.read(&mut out[..most])
    }
}

fn rows(source: Box<dyn Read + Send>, format: Option<Format>, size: usize) -> Result<Vec<String>, String> {
    let mut table = Table::from_reader("t", source, format).map_err(|error| error.to_string())?;
    let mut rows = Vec::new();
    let mut held = 0;
    while let Some(chunk) = table.next_chunk(3, 1 << 16).map_err(|error| error.to_string())? {
        for row in chunk {
            assert_eq!(row.number, rows.len() as u64 + 1);
            let cells: Vec<_> = (0..table.columns().len()).map(|at| (row.get(at).into_owned(), format!("{:?}", row.cell(at)))).collect();
            let extra: Vec<_> = row.extra().collect();
            held += row.bytes();
            rows.push(format!("{cells:?} {extra:?} {:?}", row.fault));
        }
    }
    // What is kept of lines that are no rows is escaped, and so are cells: six bytes for one at most.
    assert!(held <= 18 * size + 1024, "{held} of {size}");
    Ok(rows)
}

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    // Packed data has a size that says little.
    if matches!(bytes, [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..]) {
        let _ = rows(Box::new(Cursor::new(bytes.to_vec())), None, 64 << 20);
        return;
    }
    let format = [None, Some(Format::Csv), Some(Format::Tsv), Some(Format::Jsonl)][usize::from(first) % 4];
    let at_once = rows(Box::new(Cursor::new(bytes.to_vec())), format, bytes.len());
    let piece_by_piece = rows(Box::new(Slow(Cursor::new(bytes.to_vec()), first.into())), format, bytes.len());
    assert_eq!(at_once, piece_by_piece);
});

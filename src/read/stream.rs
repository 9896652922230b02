//! Bytes of a table as a stream of UTF-8: unpacked, sniffed at its head, transcoded on the way if need be, never held whole.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::{CoderResult, Decoder, UTF_8};

use super::document::{binary_sign, known_binary};
use super::encoding::guess;
use super::packed::unpacked;
use crate::error::{Error, Result};

/// A row longer than this becomes a fault and its content is left out: 32 MiB, counted in bytes of UTF-8.
pub const MAX_ROW_BYTES: usize = 32 << 20;
/// How much is looked at before the first row is read, and is read at a time after that. Bytes.
pub(crate) const BUFFER: usize = 256 * 1024;

/// Anything that bytes come from.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// UTF-8, valid unless the source claimed to be UTF-8 and lied.
pub(crate) struct Stream {
    pub input: BufReader<Bytes>,
    /// Name of the encoding of the source.
    pub encoding: &'static str,
}

impl Stream {
    /// A stream over what `source` holds; `name` is for errors.
    ///
    /// # Errors
    /// [`Error::Table`] if it is empty or in a known binary format, [`Error::Io`] if it cannot be read.
    pub fn new(name: &str, mut source: Bytes) -> Result<Stream> {
        source = unpacked(source).map_err(Error::io(name))?;
        let mut head = Vec::new();
        source.by_ref().take(BUFFER as u64).read_to_end(&mut head).map_err(Error::io(name))?;
        let whole = head.len() < BUFFER;
        if let Some((format, cure)) = known_binary(&head) {
            return Err(Error::table(name, format!("looks like a binary file ({format}): {cure}")));
        }
        let found = guess(&head, whole, None);
        let mut head = Cursor::new(head);
        head.set_position(found.bom as u64);
        let all = head.chain(source);
        let decoded: Bytes = if found.encoding == UTF_8 {
            Box::new(all)
        } else {
            let decoder = found.encoding.new_decoder_without_bom_handling();
            Box::new(Transcoder { source: BufReader::with_capacity(BUFFER, all), decoder, left: Vec::new(), at: 0, done: false })
        };
        let mut input = BufReader::with_capacity(BUFFER, decoded);
        let head = input.fill_buf().map_err(Error::io(name))?;
        if head.trim_ascii().is_empty() && whole {
            return Err(Error::table(name, "is empty: it needs a header line, or one JSON object a line"));
        }
        // What is broken in a few rows is for them to tell; in the first line, or all over, it is no table.
        let head = String::from_utf8_lossy(head).replace('\0', "\u{1}").replace('\u{FFFD}', "?");
        let header = head.lines().next().unwrap_or_default();
        let sign = header.contains(|c: char| c.is_control() && !c.is_ascii_whitespace());
        let sign = sign.then_some("its first line holds control characters").or_else(|| binary_sign(&head));
        if let Some(sign) = sign {
            return Err(Error::table(name, format!("looks like a binary file ({sign}): export it as CSV or JSONL")));
        }
        Ok(Stream { input, encoding: found.encoding.name() })
    }

    /// Whether damage shows as U+FFFD in valid UTF-8, and not as invalid UTF-8.
    pub fn is_transcoded(&self) -> bool {
        self.encoding != UTF_8.name()
    }
}

/// Decodes as it is read.
struct Transcoder<R> {
    source: BufReader<R>,
    decoder: Decoder,
    /// Decoded text that is yet to be read, from `at` on.
    left: Vec<u8>,
    at: usize,
    done: bool,
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.left.len() && !self.done {
            let input = self.source.fill_buf()?;
            let last = input.is_empty();
            self.left.resize(BUFFER, 0);
            let (result, taken, written, _) = self.decoder.decode_to_utf8(input, &mut self.left, last);
            self.source.consume(taken);
            self.left.truncate(written);
            self.at = 0;
            self.done = last && result == CoderResult::InputEmpty;
        }
        let count = out.len().min(self.left.len() - self.at);
        out[..count].copy_from_slice(&self.left[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

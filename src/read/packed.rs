//! Compressed streams, gzip and zstd: unpacked on the way in, whatever the file is called, and packed on the way out by the ending
//! of its name. Neither way holds more than a window of the data.

use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::stream::Bytes;

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// gzip (RFC 1952), of one member or several.
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// Unpacked bytes for each packed one from which data is no text but a bomb: text packs to a tenth, tables of repeated rows to a
/// hundredth.
const MOST_PER_BYTE: u64 = 200;
/// Unpacked bytes that are never too many.
const ALWAYS: u64 = 64 << 20;

impl Packing {
    /// The packing that a file name tells (`.gz`, `.zst`), and the name without it.
    pub fn of_path(path: &Path) -> (Option<Packing>, PathBuf) {
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        let packing = match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("gz") => Packing::Gzip,
            Some("zst") => Packing::Zstd,
            _ => return (None, path.to_owned()),
        };
        (Some(packing), path.with_extension(""))
    }

    fn of_bytes(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1F, 0x8B, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }
}

/// What `source` holds, unpacked if its first bytes say that it is packed.
///
/// # Errors
/// If it cannot be read. Reading fails later with [`io::ErrorKind::InvalidData`] where packed data is damaged, cut off, or unpacks to
/// more than 200 times its size and 64 MiB.
pub(crate) fn unpacked(mut source: Bytes) -> io::Result<Bytes> {
    let mut head = Vec::new();
    source.by_ref().take(4).read_to_end(&mut head)?;
    let packing = Packing::of_bytes(&head);
    let whole = Cursor::new(head).chain(source);
    let Some(packing) = packing else { return Ok(Box::new(whole)) };
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: whole, taken: Arc::clone(&taken) };
    let reader: Bytes = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(counted)),
        Packing::Zstd => Box::new(zstd::Decoder::new(counted)?),
    };
    Ok(Box::new(Unpacked { reader, taken, given: 0 }))
}

/// A stream that tells how much of it was read.
struct Counted<R> {
    inner: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

struct Unpacked {
    reader: Bytes,
    /// Packed bytes read.
    taken: Arc<AtomicU64>,
    /// Unpacked bytes given.
    given: u64,
}

impl Read for Unpacked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let invalid = |reason: String| io::Error::new(io::ErrorKind::InvalidData, reason);
        let count = match self.reader.read(out) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => {
                return Err(invalid(format!("the compressed data is damaged or cut off ({error}): fetch the file anew")));
            }
        };
        self.given += count as u64;
        let most = ALWAYS.max(self.taken.load(Ordering::Relaxed).saturating_mul(MOST_PER_BYTE));
        match self.given > most {
            true => Err(invalid(format!(
                "unpacks to more than {MOST_PER_BYTE} times its size: unpack it by hand if it is to be trusted"
            ))),
            false => Ok(count),
        }
    }
}

/// Where bytes go, packed or as they are.
pub(crate) enum Packer {
    Plain(Box<dyn Write + Send>),
    Gzip(Box<GzEncoder<Box<dyn Write + Send>>>),
    Zstd(Box<zstd::Encoder<'static, Box<dyn Write + Send>>>),
}

impl Packer {
    pub fn new(packing: Option<Packing>, out: Box<dyn Write + Send>) -> io::Result<Packer> {
        Ok(match packing {
            None => Packer::Plain(out),
            Some(Packing::Gzip) => Packer::Gzip(Box::new(GzEncoder::new(out, Compression::default()))),
            Some(Packing::Zstd) => Packer::Zstd(Box::new(zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?)),
        })
    }

    /// Writes what is left, and the end of the packed data.
    pub fn finish(self) -> io::Result<()> {
        let mut out = match self {
            Packer::Plain(out) => out,
            Packer::Gzip(packed) => packed.finish()?,
            Packer::Zstd(packed) => packed.finish()?,
        };
        out.flush()
    }
}

impl Write for Packer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Packer::Plain(out) => out.write(bytes),
            Packer::Gzip(packed) => packed.write(bytes),
            Packer::Zstd(packed) => packed.write(bytes),
        }
    }

    /// Packed data is held back until there is enough of it to pack well.
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Packer::Plain(out) => out.flush(),
            Packer::Gzip(_) | Packer::Zstd(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `bytes` packed; the packer writes to a file, as its outputs do.
    fn packed(packing: Packing, bytes: &[u8]) -> Vec<u8> {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut packer = Packer::new(Some(packing), Box::new(file.reopen().unwrap())).unwrap();
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap();
        std::fs::read(file.path()).unwrap()
    }

    fn read(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        unpacked(Box::new(Cursor::new(bytes)))?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn what_is_packed_comes_out_the_same() {
        let text = "نص عربي، and some English.\n".repeat(10_000).into_bytes();
        assert_eq!(read(text.clone()).unwrap(), text, "plain");
        assert_eq!(read(b"ab".to_vec()).unwrap(), b"ab", "shorter than any sign");
        for packing in [Packing::Gzip, Packing::Zstd] {
            let one = packed(packing, &text);
            assert!(one.len() < text.len() / 10);
            assert_eq!(read(one.clone()).unwrap(), text, "{packing:?}");
            assert_eq!(read([one.clone(), one].concat()).unwrap(), text.repeat(2), "{packing:?}, of two parts");
        }
    }

    #[test]
    fn damage_and_bombs_are_errors_that_say_so() {
        let text: Vec<u8> = (0..200_000u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let nothing = vec![0; 200 << 20];
        for packing in [Packing::Gzip, Packing::Zstd] {
            let whole = packed(packing, &text);
            let error = read(whole[..whole.len() / 2].to_vec()).unwrap_err().to_string();
            assert!(error.contains("damaged or cut off"), "{packing:?}: {error}");
            let error = read(packed(packing, &nothing)).unwrap_err().to_string();
            assert!(error.contains("more than 200 times"), "{packing:?}: {error}");
        }
    }

    #[test]
    fn names_tell_the_packing_and_what_is_in_it() {
        let cases: &[(&str, Option<Packing>, &str)] = &[
            ("a.csv", None, "a.csv"),
            ("a.csv.gz", Some(Packing::Gzip), "a.csv"),
            ("d/a.jsonl.ZST", Some(Packing::Zstd), "d/a.jsonl"),
            ("gz", None, "gz"),
        ];
        for (path, packing, name) in cases {
            assert_eq!(Packing::of_path(Path::new(path)), (*packing, PathBuf::from(name)), "{path}");
        }
    }
}

//! One document: a text file or a web page, packed or not, from a path, a stream or bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::encoding::{declared_in_html, decode};
use super::html;
use super::packed::{Packing, unpacked};
use super::stream::Bytes;
use crate::error::{Error, Result};

/// A document longer than this is refused: 32 MiB, counted in source bytes.
pub const MAX_BYTES: usize = 32 << 20;

/// A text to score, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The path, `<stdin>`, or whatever the caller named it.
    pub id: String,
    /// Title that the page declares; plain text has none apart from its first line.
    pub title: Option<String>,
    /// Name that the site gives itself.
    pub outlet: Option<String>,
    /// What is scored, and what spans point into: the title on the first line, if there is one that the body does not begin
    /// with, then the body. Blank if there was nothing to read.
    pub text: String,
    /// What the bytes held. Of a page, `text` is the main text only.
    pub kind: Kind,
    /// Name of the encoding the bytes were in.
    pub encoding: &'static str,
    /// Characters that could not be decoded; each stands in `text` as U+FFFD.
    pub replaced: u32,
    /// What the reader should know about how the text was got.
    pub notes: Vec<String>,
}

/// What bytes hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, taken as it is.
    Plain,
    /// A web page, of which the main text is taken.
    Html,
}

impl Kind {
    /// The kind that a file name tells: `.html`, `.htm` and `.xhtml` are pages, other names tell nothing.
    pub fn from_path(path: &Path) -> Option<Kind> {
        let extension = Packing::of_path(path).1.extension()?.to_str()?.to_ascii_lowercase();
        matches!(extension.as_str(), "html" | "htm" | "xhtml").then_some(Kind::Html)
    }

    /// The kind that the text itself shows: a page begins with `<` and has a doctype, `<html`, `<head` or `<article` in its
    /// first kilobyte.
    fn of(text: &str) -> Kind {
        let mut head = text.as_bytes()[..text.len().min(1024)].to_ascii_lowercase();
        head.push(b' '); // so that a name at the very end is whole
        let begins = head.trim_ascii_start().starts_with(b"<");
        let has = |tag: &[u8]| head.windows(tag.len() + 1).any(|w| w.starts_with(tag) && !w[tag.len()].is_ascii_alphanumeric());
        if begins && [&b"<!doctype"[..], b"<html", b"<head", b"<article"].iter().any(|t| has(t)) {
            Kind::Html
        } else {
            Kind::Plain
        }
    }
}

impl Document {
    /// A text that is at hand already.
    pub fn plain(id: &str, text: String) -> Document {
        Document {
            id: id.to_owned(),
            title: None,
            outlet: None,
            text,
            kind: Kind::Plain,
            encoding: "UTF-8",
            replaced: 0,
            notes: Vec::new(),
        }
    }
}

/// Reads the document at `path`.
///
/// # Errors
/// [`Error::Io`] if it cannot be read, [`Error::Document`] if it is longer than [`MAX_BYTES`] or no text.
pub fn read_path(path: &Path) -> Result<Document> {
    let id = path.display().to_string();
    let file = File::open(path).map_err(Error::io(path))?;
    from_bytes(&id, read_bounded(&id, Box::new(file))?, Kind::from_path(path))
}

/// Reads standard input to its end as one document, named `<stdin>`.
///
/// # Errors
/// As [`read_path`].
pub fn read_stdin() -> Result<Document> {
    read_from("<stdin>", std::io::stdin())
}

/// Reads `reader` to its end as one document.
///
/// # Errors
/// As [`read_path`].
pub fn read_from(id: &str, reader: impl Read + Send + 'static) -> Result<Document> {
    from_bytes(id, read_bounded(id, Box::new(reader))?, None)
}

fn read_bounded(id: &str, reader: Bytes) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let reader = unpacked(reader).map_err(Error::io(id))?;
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(Error::io(id))?;
    Ok(bytes)
}

/// The document that `bytes` hold; `hint` overrules what the content looks like.
///
/// Text of white space only is no error here: it is for scoring to say that it is too short.
///
/// # Errors
/// [`Error::Document`] if there are more than [`MAX_BYTES`], or if they are no text: a known binary format, a NUL, or more than
/// one control character in ten.
pub fn from_bytes(id: &str, bytes: Vec<u8>, hint: Option<Kind>) -> Result<Document> {
    let refuse = |reason: String| Err(Error::Document { path: id.to_owned(), reason });
    if bytes.len() > MAX_BYTES {
        return refuse("is longer than 32 MiB: split it, or put the articles in a table and use `tabayyun batch`".into());
    }
    if let Some((format, cure)) = known_binary(&bytes) {
        return refuse(format!("looks like a binary file ({format}): {cure}"));
    }
    let decoded = decode(&bytes, declared_in_html(&bytes).as_deref());
    drop(bytes);
    if let Some(sign) = binary_sign(&decoded.text) {
        return refuse(format!("looks like a binary file ({sign}): give it as plain text or HTML"));
    }
    let mut notes = Vec::new();
    if decoded.replaced > 0 {
        notes.push(format!("{} characters could not be decoded as {}", decoded.replaced, decoded.encoding));
    }
    let kind = hint.unwrap_or_else(|| Kind::of(&decoded.text));
    let (title, outlet, text) = match kind {
        Kind::Plain => (None, None, decoded.text),
        Kind::Html => {
            let page = html::extract(&decoded.text);
            notes.extend(page.notes);
            let text = with_title(page.title.as_deref(), page.text);
            (page.title, page.outlet, text)
        }
    };
    Ok(Document { id: id.to_owned(), title, outlet, text, kind, encoding: decoded.encoding, replaced: decoded.replaced, notes })
}

/// `body` with `title` as its first line, unless it begins with it already. Use it for title and text columns of tables too, so
/// that one article has one score wherever it is from.
pub fn with_title(title: Option<&str>, body: String) -> String {
    let title = title.map_or("", str::trim);
    let mut words = body.split_whitespace();
    if title.split_whitespace().all(|word| words.next() == Some(word)) {
        return body;
    }
    if body.trim().is_empty() { title.to_owned() } else { format!("{title}\n{body}") }
}

/// Formats that people hand in for text, by their first bytes, and what to do instead.
pub(crate) fn known_binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const UNPACK: &str = "unpack it first";
    const SAVE: &str = "save it as plain text or HTML";
    const NO_TEXT: &str = "it holds no text; give the article itself";
    const PARQUET: &str = if cfg!(feature = "parquet") {
        "`batch` reads it, from a file that is not packed"
    } else {
        "export it as CSV or JSONL, or build this program with `--features parquet`"
    };
    let known: &[(&[u8], &str, &str)] = &[
        (b"%PDF", "PDF", "extract its text first, for example with pdftotext"),
        (
            b"PK\x03\x04",
            "ZIP, DOCX, XLSX, ODT or EPUB",
            "save a document as plain text or HTML, a sheet as CSV in UTF-8, unpack an archive",
        ),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Word or Excel file", "save it as plain text, HTML or CSV"),
        (b"{\\rtf", "RTF", SAVE),
        (b"\x1F\x8B", "gzip", UNPACK),
        (b"\x28\xB5\x2F\xFD", "zstd", UNPACK),
        (b"BZh", "bzip2", UNPACK),
        (b"\xFD7zXZ\x00", "xz", UNPACK),
        (b"7z\xBC\xAF\x27\x1C", "7-Zip", UNPACK),
        (b"\x89PNG", "PNG image", NO_TEXT),
        (b"\xFF\xD8\xFF", "JPEG image", NO_TEXT),
        (b"GIF8", "GIF image", NO_TEXT),
        (b"RIFF", "WebP image, sound or film", NO_TEXT),
        (b"PAR1", "Parquet", PARQUET),
        (b"SQLite format 3\x00", "SQLite", "export it as CSV"),
        (b"\x7FELF", "program", NO_TEXT),
    ];
    let found = known.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    let word_like = matches!(found.0, b"RIFF" | b"PAR1" | b"BZh" | b"GIF8"); // letters that a text could begin with
    let sure =
        !word_like || bytes.iter().take(1024).any(|b| *b < 9) || std::str::from_utf8(&bytes[..bytes.len().min(64)]).is_err();
    sure.then_some((found.1, found.2))
}

/// What shows that decoded bytes were no text.
pub(crate) fn binary_sign(text: &str) -> Option<&'static str> {
    if text.contains('\0') {
        return Some("it holds NUL bytes");
    }
    let sample = text.chars().take(64 * 1024);
    let (mut all, mut control) = (0usize, 0usize);
    for c in sample {
        all += 1;
        control += usize::from(c.is_control() && !c.is_ascii_whitespace() || c == '\u{FFFD}');
    }
    (control * 10 > all).then_some("more than a tenth of it are control characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_name_and_by_content() {
        let by_name: &[(&str, Option<Kind>)] = &[
            ("a.html", Some(Kind::Html)),
            ("a.HTM", Some(Kind::Html)),
            ("a.xhtml", Some(Kind::Html)),
            ("a.mhtml", None),
            ("a.txt", None),
            ("html", None),
        ];
        for (name, kind) in by_name {
            assert_eq!(Kind::from_path(Path::new(name)), *kind, "{name}");
        }
        let by_content: &[(&str, Kind)] = &[
            ("<!DOCTYPE html><p>x", Kind::Html),
            ("\n <html><p>x", Kind::Html),
            ("<?xml version='1.0'?><!-- c --><HTML lang=ar>", Kind::Html),
            ("<article>x", Kind::Html),
            ("<header>x", Kind::Plain),
            ("<html", Kind::Html),
            ("the <html> tag", Kind::Plain),
            ("", Kind::Plain),
        ];
        for (text, kind) in by_content {
            assert_eq!(Kind::of(text), *kind, "{text}");
        }
    }

    #[test]
    fn plain_text_is_kept_byte_for_byte() {
        for text in ["", " \r\n\t", "عنوان\r\n\r\nنص", "a < b\n"] {
            let document = from_bytes("x", text.into(), None).unwrap();
            assert_eq!((document.text.as_str(), document.title, document.notes.len()), (text, None, 0));
        }
    }

    #[test]
    fn titles_stand_first_once() {
        let cases = [
            (None, "body", "body"),
            (Some(" "), "body", "body"),
            (Some("Title"), "body", "Title\nbody"),
            (Some("A  title"), "A title\nbody", "A title\nbody"),
            (Some("Title"), "Titles differ", "Title\nTitles differ"),
            (Some("Title"), " \n", "Title"),
        ];
        for (title, body, text) in cases {
            assert_eq!(with_title(title, body.into()), text);
        }
    }

    #[test]
    fn a_page_becomes_title_and_body() {
        let body = "The ministry said on Tuesday, in a statement, that talks would go on. ".repeat(12);
        let html =
            format!("<!doctype html><title>Talks go on</title><meta charset=windows-1256><article><p>{body}</p></article>");
        let document = from_bytes("x", html.into(), None).unwrap();
        assert_eq!(document.title.as_deref(), Some("Talks go on"));
        assert_eq!(document.text, format!("Talks go on\n{}", body.trim()));
        let plain = from_bytes("x", "<!doctype html><p>x".into(), Some(Kind::Plain)).unwrap();
        assert_eq!(plain.text, "<!doctype html><p>x");
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_cure() {
        let cases: &[(&str, Vec<u8>, &str)] = &[
            ("pdf", b"%PDF-1.7\n%\xE2\xE3".to_vec(), "(PDF): extract its text first, for example with pdftotext"),
            ("docx", b"PK\x03\x04\x14\0".to_vec(), "DOCX"),
            ("gzip", b"\x1F\x8B\x08\0".to_vec(), "(gzip): unpack"),
            ("png", b"\x89PNG\r\n".to_vec(), "PNG image"),
            ("jpeg", b"\xFF\xD8\xFF\xE0\0".to_vec(), "JPEG image"),
            ("rtf", b"{\\rtf1 text}".to_vec(), "(RTF)"),
            ("a NUL", b"text\0text and more of it".to_vec(), "NUL"),
            ("control characters", (0u8..=255).filter(|b| *b != 0).cycle().take(5000).collect(), "control characters"),
            ("too long", vec![b'a'; MAX_BYTES + 1], "longer than 32 MiB"),
        ];
        for (name, bytes, reason) in cases {
            let error = from_bytes("x", bytes.clone(), None).unwrap_err();
            assert!(matches!(error, Error::Document { .. }) && error.to_string().contains(reason), "{name}: {error}");
        }
        assert!(from_bytes("x", b"RIFF raff, said the BZh man.".to_vec(), None).is_ok());
    }

    #[test]
    fn an_endless_stream_is_refused() {
        let error = read_from("<stdin>", std::io::repeat(b'a')).unwrap_err();
        assert_eq!(error.to_string().split(':').next(), Some("<stdin>"));
    }
}

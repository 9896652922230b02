//! Which encoding bytes are in, and their text. UTF-8 that is valid is never taken for anything else; Arabic in windows-1256 or
//! ISO-8859-6 is found by its letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text, and how it was got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding it was in, as the WHATWG Encoding Standard spells it.
    pub encoding: &'static str,
    /// Sequences that could not be decoded; each stands in `text` as U+FFFD.
    pub replaced: u32,
}

/// An encoding, and the length of the byte order mark that told it (bytes).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Guess {
    pub encoding: &'static Encoding,
    pub bom: usize,
}

/// Enough bytes for the statistics to be sure (it needs about 8 KB), and few enough to be quick.
const SAMPLE: usize = 64 * 1024;
/// How far into a page its declarations may stand, bytes.
const DECLARATION: usize = 4096;
/// Bytes that hold this many whole UTF-8 sequences for each broken one are UTF-8, however damaged. In another encoding whole
/// ones come up by chance only: Arabic in windows-1256 has under one in twenty, Chinese in GBK one in six.
const WHOLE_PER_BROKEN: usize = 2;

/// The text of `bytes`. Tried in this order: byte order mark, UTF-16 by its pattern of high bytes, UTF-8 (also when a few
/// sequences in it are broken), the `declared` label, statistics over the letters.
///
/// It never fails: what cannot be decoded becomes U+FFFD and is counted.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let Guess { encoding, bom } = guess(bytes, true, declared);
    let bytes = &bytes[bom..];
    if encoding == UTF_8 {
        let replaced = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count() as u32;
        return Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: UTF_8.name(), replaced };
    }
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replaced = if damaged { text.chars().filter(|&c| c == '\u{FFFD}').count() as u32 } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// The encoding of a text that begins with `bytes`; `whole` when there is nothing after them.
pub(crate) fn guess(bytes: &[u8], whole: bool, declared: Option<&str>) -> Guess {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return Guess { encoding, bom };
    }
    let encoding = utf16_by_pattern(bytes)
        .or_else(|| is_utf8(bytes, whole).then_some(UTF_8))
        .unwrap_or_else(|| legacy(bytes, whole, declared.and_then(known_label)));
    Guess { encoding, bom: 0 }
}

/// A label that can be used here: not UTF-8 or UTF-16, which the bytes have already ruled out, and not one of the labels that
/// the standard maps to nothing but U+FFFD.
fn known_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).filter(|e| ![UTF_8, UTF_16LE, UTF_16BE, REPLACEMENT].contains(e))
}

/// One of the encodings of before Unicode. A declaration counts, except for windows-1252: servers declare that (as Latin-1) by
/// default, and Arabic under it is in truth windows-1256.
fn legacy(bytes: &[u8], whole: bool, declared: Option<&'static Encoding>) -> &'static Encoding {
    let detected = || {
        let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(1024);
        let sample = &bytes[first..bytes.len().min(first + SAMPLE)];
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, whole && first + sample.len() == bytes.len());
        detector.guess(None, Utf8Detection::Deny)
    };
    match declared {
        Some(label) if label == WINDOWS_1252 => match detected() {
            arabic if ["windows-1256", "ISO-8859-6"].contains(&arabic.name()) => arabic,
            _ => WINDOWS_1252,
        },
        Some(declared) => declared,
        None => detected(),
    }
}

/// UTF-16 without a mark: in Arabic and in Latin letters nearly every high byte is 0x00 or 0x06, which no low byte is.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if sample.len() < 4 || !sample.iter().any(|b| matches!(b, 0 | 6)) {
        return None;
    }
    let high = |at: usize| sample.iter().skip(at).step_by(2).filter(|b| matches!(b, 0 | 6)).count();
    let (even, odd, pairs) = (high(0), high(1), sample.len() / 2);
    match () {
        () if odd * 10 >= pairs * 6 && even * 10 <= pairs => Some(UTF_16LE),
        () if even * 10 >= pairs * 6 && odd * 10 <= pairs => Some(UTF_16BE),
        () => None,
    }
}

/// Whether it is UTF-8, be it with broken sequences among more whole ones: damage that is counted is better than two encodings
/// read as one. Counted against the multi-byte sequences, not
/// against all bytes: windows-1252 English with four curly quotes a page is broken in few bytes, but whole in no sequence.
fn is_utf8(bytes: &[u8], whole: bool) -> bool {
    let Err(error) = std::str::from_utf8(bytes) else { return true };
    if !whole && error.error_len().is_none() {
        return true; // only cut off by the end of the sample
    }
    let (mut good, mut broken, mut last_is_cut) = (0usize, 0usize, false);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
        last_is_cut = std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
    }
    let cut_short = last_is_cut && broken == 1 && good > 0;
    cut_short || broken * WHOLE_PER_BROKEN <= good
}

/// The charset that a page declares for itself: `<meta charset>`, `<meta http-equiv … content="…charset=">` or the XML
/// declaration, in its first 4 KB. The label is given as written, known or not.
pub fn declared_in_html(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(DECLARATION)].to_ascii_lowercase();
    let trimmed = head.trim_ascii_start();
    if trimmed.starts_with(b"<?xml") {
        let end = find(trimmed, b"?>").unwrap_or(trimmed.len());
        if let Some(label) = value_after(&trimmed[..end], b"encoding") {
            return Some(label);
        }
    }
    let mut rest = &head[..];
    while let Some(at) = find(rest, b"<") {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            rest = &rest[find(rest, b"-->")?..];
            continue;
        }
        if rest.starts_with(b"<meta") {
            let tag = &rest[..find(rest, b">").unwrap_or(rest.len())];
            if let Some(label) = value_after(tag, b"charset") {
                return Some(label);
            }
        }
        rest = &rest[1..];
    }
    None
}

/// The word after `name =`, quoted or not.
fn value_after(tag: &[u8], name: &[u8]) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = &rest[find(rest, name)? + name.len()..];
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value).trim_ascii_start();
        let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(value.len());
        return (1..=40).contains(&end).then(|| String::from_utf8_lossy(&value[..end]).into_owned());
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str =
        "أكدت مصادر مطلعة في العاصمة أن الاجتماع السري الذي عقد أمس تناول الأوضاع في المنطقة، ولم يصدر تعليق رسمي.";
    const ENGLISH: &str =
        "The minister said “we will act” – nobody asked when, but “soon” was the café’s word on a grey morning.";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    fn legacy_bytes(text: &str, label: &str) -> Vec<u8> {
        let (bytes, _, unmappable) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!unmappable, "{label} cannot say {text}");
        bytes.into_owned()
    }

    #[test]
    fn each_encoding_is_told() {
        let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        /// Name, bytes, declared label, text, encoding.
        type Case<'a> = (&'a str, Vec<u8>, Option<&'a str>, &'a str, &'a str);
        let cases: Vec<Case> = vec![
            ("empty", vec![], None, "", "UTF-8"),
            ("ascii", b"plain".to_vec(), None, "plain", "UTF-8"),
            ("utf-8", ARABIC.into(), None, ARABIC, "UTF-8"),
            ("utf-8 under a wrong label", ARABIC.into(), Some("windows-1256"), ARABIC, "UTF-8"),
            ("utf-8 with mark", with(b"\xEF\xBB\xBF", ARABIC.into()), None, ARABIC, "UTF-8"),
            ("utf-16le with mark", with(b"\xFF\xFE", utf16(ARABIC, true)), None, ARABIC, "UTF-16LE"),
            ("utf-16be with mark", with(b"\xFE\xFF", utf16(ARABIC, false)), None, ARABIC, "UTF-16BE"),
            ("utf-16le arabic", utf16(ARABIC, true), None, ARABIC, "UTF-16LE"),
            ("utf-16be arabic", utf16(ARABIC, false), None, ARABIC, "UTF-16BE"),
            ("utf-16le english", utf16(ENGLISH, true), None, ENGLISH, "UTF-16LE"),
            ("utf-16be english", utf16(ENGLISH, false), None, ENGLISH, "UTF-16BE"),
            ("windows-1256", legacy_bytes(ARABIC, "windows-1256"), None, ARABIC, "windows-1256"),
            ("windows-1256 said to be latin-1", legacy_bytes(ARABIC, "windows-1256"), Some("iso-8859-1"), ARABIC, "windows-1256"),
            ("windows-1256 said to be utf-8", legacy_bytes(ARABIC, "windows-1256"), Some("utf-8"), ARABIC, "windows-1256"),
            ("one word of windows-1256, declared", legacy_bytes("خبر", "windows-1256"), Some("cp1256"), "خبر", "windows-1256"),
            ("iso-8859-6", legacy_bytes(ARABIC, "iso-8859-6"), None, ARABIC, "ISO-8859-6"),
            ("windows-1252", legacy_bytes(ENGLISH, "windows-1252"), None, ENGLISH, "windows-1252"),
            ("label that means nothing", legacy_bytes(ARABIC, "windows-1256"), Some("hz-gb-2312"), ARABIC, "windows-1256"),
        ];
        for (name, bytes, declared, text, encoding) in cases {
            let expected =
                Decoded { text: text.into(), encoding: Encoding::for_label(encoding.as_bytes()).unwrap().name(), replaced: 0 };
            assert_eq!(decode(&bytes, declared), expected, "{name}");
        }
    }

    #[test]
    fn damage_is_counted_and_stays_utf8() {
        let mut bytes = ARABIC.as_bytes().to_vec();
        bytes[20] = 0xFF;
        let decoded = decode(&bytes, Some("windows-1256"));
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.replaced as usize, decoded.text.matches('\u{FFFD}').count());
        assert!(decoded.replaced > 0 && decoded.text.ends_with("رسمي."));
        let cut = &"نص".as_bytes()[..3];
        assert_eq!(decode(cut, None), Decoded { text: "ن\u{FFFD}".into(), encoding: "UTF-8", replaced: 1 });
    }

    #[test]
    fn a_sample_may_end_inside_a_character() {
        let bytes = &ARABIC.as_bytes()[..ARABIC.len() - 2];
        for end in 1..bytes.len() {
            assert_eq!(guess(&bytes[..end], false, None).encoding, UTF_8, "{end}");
        }
    }

    #[test]
    fn declarations() {
        let cases: &[(&str, Option<&str>)] = &[
            ("<meta charset=windows-1256>", Some("windows-1256")),
            ("<META CHARSET = 'UTF-8' />", Some("utf-8")),
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Windows-1256\">", Some("windows-1256")),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-6\"?><html>", Some("iso-8859-6")),
            ("<!-- <meta charset=koi8-r> --><meta charset=utf-8>", Some("utf-8")),
            ("<meta name=charset content=x><p>charset=utf-8</p>", None),
            ("<meta charset=>", None),
            ("<!-- never closed <meta charset=utf-8>", None),
            ("no markup", None),
        ];
        for (html, label) in cases {
            assert_eq!(declared_in_html(html.as_bytes()).as_deref(), *label, "{html}");
        }
        let late = " ".repeat(5000) + "<meta charset=utf-8>";
        assert_eq!(declared_in_html(late.as_bytes()), None);
    }
}

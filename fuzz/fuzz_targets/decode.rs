//! Any bytes, declared as anything, become text: never longer than they can be, and UTF-8 stays what it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tabayyun::read::{declared_in_html, decode};

const LABELS: [Option<&str>; 8] =
    [None, Some("utf-8"), Some("windows-1256"), Some("iso-8859-6"), Some("utf-16le"), Some("gb18030"), Some("replacement"), Some("؟")];

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let told = declared_in_html(bytes);
    let label = if first == 0xFF { told.as_deref() } else { LABELS[usize::from(first) % LABELS.len()] };
    let decoded = decode(bytes, label);
    // A byte of a legacy encoding is at most three of UTF-8.
    assert!(decoded.text.len() <= 3 * bytes.len() + 3);
    assert!(decoded.replaced as usize <= decoded.text.matches('\u{FFFD}').count());
    if decoded.encoding == "UTF-8" && decoded.replaced == 0 {
        assert_eq!(decoded.text.as_bytes(), bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    }
    // A text of many NUL or ACK characters looks like UTF-16: those are the high bytes of Latin and Arabic.
    if !decoded.text.contains(['\0', '\u{6}']) {
        assert_eq!(decode(decoded.text.as_bytes(), label).replaced, 0, "text that was decoded is text");
    }
});

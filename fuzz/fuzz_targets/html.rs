//! Any page gives up its main text, which is no longer than the page could hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tabayyun::read::{Kind, decode, extract, from_bytes};

fuzz_target!(|data: &[u8]| {
    let html = decode(data, None).text;
    let page = extract(&html);
    // Nothing is longer as text than as HTML but U+FFFD for a NUL byte; what is taken out of a page is put together with line breaks.
    let most = 3 * html.len() + 64;
    assert!(page.text.len() <= most, "{} bytes of {}", page.text.len(), html.len());
    assert!(page.title.as_ref().is_none_or(|title| title.len() <= most));
    assert!(page.outlet.as_ref().is_none_or(|outlet| outlet.len() <= most));
    if let Ok(document) = from_bytes("page.html", data.to_vec(), Some(Kind::Html)) {
        assert!(document.text.len() <= 2 * most);
    }
});

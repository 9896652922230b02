//! Any text: tokens lie in it in order and on the boundaries of characters; sentences and passages hold each token once.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use tabayyun::text::{Scan, Segments};

thread_local! {
    static USED: RefCell<(Scan, Segments)> = RefCell::default();
}

fuzz_target!(|text: &str| {
    USED.with_borrow_mut(|(scan, segments)| {
        scan.read(text);
        segments.cut(scan);
        let (mut end, mut chars) = (0, 0);
        for token in &scan.tokens {
            let range = token.bytes.range();
            assert!(range.start >= end && range.end > range.start);
            chars += text[end..range.start].chars().count();
            assert_eq!(token.chars.start as usize, chars);
            chars += text[range.clone()].chars().count();
            assert_eq!(token.chars.end as usize, chars);
            assert!(std::str::from_utf8(scan.folded(token)).is_ok_and(|folded| !folded.is_empty()));
            end = range.end;
        }
        let (mut token, mut sentence) = (0, 0);
        for passage in &segments.passages {
            assert_eq!((passage.start, passage.first_sentence), (token, sentence));
            for one in &segments.sentences[passage.sentences()] {
                assert!(one.start == token && one.end > one.start);
                token = one.end;
            }
            sentence = passage.last_sentence;
            assert_eq!(passage.end, token);
        }
        assert_eq!((token as usize, sentence as usize), (scan.tokens.len(), segments.sentences.len()));
        // What was read before leaves no trace.
        let mut fresh = Scan::default();
        fresh.read(text);
        assert_eq!(format!("{:?}", fresh.tokens), format!("{:?}", scan.tokens));
    });
});

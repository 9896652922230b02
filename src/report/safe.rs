//! Text of others made safe to show: no control character passes, and right-to-left text cannot disturb its surroundings.

use std::borrow::Cow;

/// Right-to-left isolate: what follows, up to [`POP`], runs right to left and leaves its surroundings alone.
pub const RIGHT_TO_LEFT: char = '\u{2067}';
/// End of an isolate.
pub const POP: char = '\u{2069}';

/// What stands in for a control character that has no picture of its own.
const REPLACEMENT: char = '\u{FFFD}';

/// `text` with every control character made visible: ESC becomes `␛`, bidi embeddings, overrides and isolates become U+FFFD.
/// White space becomes a plain space; characters that show nothing (soft hyphen, zero-width space) are left out.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(shown).collect())
}

/// `text` cleaned line by line: fit to stand in a block of its own.
pub fn block(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n") + if text.ends_with('\n') { "\n" } else { "" }
}

fn shown(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('\u{2421}'),
        '\u{80}'..='\u{9F}' => Some(REPLACEMENT),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' => Some(REPLACEMENT),
        '\u{E0000}'..='\u{E0FFF}' => Some(REPLACEMENT),
        '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => None,
        _ => Some(c),
    }
}

/// Whether most letters of `text` belong to a script that runs right to left.
pub fn is_right_to_left(text: &str) -> bool {
    let (mut rtl, mut ltr) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        match c {
            '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => rtl += 1,
            _ => ltr += 1,
        }
    }
    rtl > ltr
}

/// `text` cleaned, and isolated if it runs right to left: fit to stand inside a left-to-right line.
pub fn inline(text: &str) -> String {
    let text = clean(text);
    match is_right_to_left(&text) {
        true => format!("{RIGHT_TO_LEFT}{text}{POP}"),
        false => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_passes() {
        let all: String = (0..=0x10FFFF).filter_map(char::from_u32).collect();
        let cleaned = clean(&all);
        assert!(!cleaned.chars().any(char::is_control));
        assert!(!cleaned.contains(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')));
        assert_eq!(clean("a\u{1B}[31mb\u{202E}c\td\u{AD}e\u{9B}"), "a␛[31mb\u{FFFD}c de\u{FFFD}");
        assert!(matches!(clean("نص عادي, plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_right_to_left_text_is_isolated() {
        assert_eq!(inline("مصادر BBC"), "\u{2067}مصادر BBC\u{2069}");
        assert_eq!(inline("sources"), "sources");
        assert_eq!(inline("42"), "42");
    }
}

//! Styles and care for text that goes to a terminal.

use anstyle::{AnsiColor, Effects, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::lexicon::Family;

/// Headings.
pub const BOLD: Style = Style::new().effects(Effects::BOLD);
/// What matters less.
pub const FAINT: Style = Style::new().effects(Effects::DIMMED);
/// A contribution upwards.
pub const UP: Style = AnsiColor::Magenta.on_default();
/// A contribution downwards.
pub const DOWN: Style = AnsiColor::Cyan.on_default();

const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const POP_ISOLATE: char = '\u{2069}';

/// Colour and underline of a family. The colours are of the sixteen that every theme keeps readable.
pub fn of(family: Family) -> Style {
    let colour = match family {
        Family::AnonymousSourcing => AnsiColor::Yellow,
        Family::NamedSourcing => AnsiColor::Green,
        Family::Attribution => AnsiColor::Blue,
        Family::UnverifiableClaims => AnsiColor::BrightYellow,
        Family::LoadedTerms => AnsiColor::Red,
        Family::AttributedIntent => AnsiColor::Magenta,
        Family::OtherPersuasion => AnsiColor::BrightMagenta,
        Family::LearnedWording | Family::Form => AnsiColor::Cyan,
    };
    colour.on_default() | Effects::UNDERLINE
}

/// Text without anything that could move the cursor, start an escape or reorder the line: controls and bidi marks are shown
/// as `·`, white space as one space.
pub fn clean(text: &str) -> String {
    let safe = |c: char| match c {
        c if c.is_whitespace() => ' ',
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '·',
        c if c.is_control() => '·',
        c => c,
    };
    text.chars().map(safe).collect::<String>().split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// [`clean`] text as an isolate of its own direction.
pub fn isolated(text: &str) -> String {
    isolate(&clean(text))
}

/// Clean text, possibly with styles, inside an isolate of the direction of its first strong letter.
pub fn isolate(text: &str) -> String {
    let is_arabic = |c: char| ('\u{590}'..='\u{8FF}').contains(&c) || ('\u{FB1D}'..='\u{FEFC}').contains(&c);
    // Letters of escape sequences are skipped by looking at Arabic first.
    let opening = if text.chars().any(is_arabic) { RIGHT_TO_LEFT_ISOLATE } else { LEFT_TO_RIGHT_ISOLATE };
    format!("{opening}{text}{POP_ISOLATE}")
}

/// Columns that clean text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Clean text cut to `columns`, with an ellipsis where something is missing.
pub fn shorten(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_string();
    }
    let mut used = 0;
    let mut out: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used < columns
        })
        .collect();
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        let hostile = "a\u{1b}[31mred\u{7}\u{202e}evil\u{2066} b\r\n\tc \u{9b}x";
        let clean = clean(hostile);
        assert!(clean.chars().all(|c| !c.is_control()), "{clean:?}");
        assert_eq!(clean, "a·[31mred··evil· b c ·x");
    }

    #[test]
    fn isolates_follow_the_script_and_close() {
        for (text, opening) in [("مصادر", '\u{2067}'), ("sources", '\u{2066}'), ("in Arabic: مصادر", '\u{2067}')] {
            let isolated = isolated(text);
            assert!(isolated.starts_with(opening) && isolated.ends_with('\u{2069}'));
        }
    }

    #[test]
    fn shortened_text_fits() {
        for columns in 1..20 {
            assert!(width(&shorten("contributions of أنباء", columns)) <= columns);
        }
    }
}

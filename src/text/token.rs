//! A token, what stands before it, and what scanning notes besides.

use super::span::{ByteSpan, CharSpan};

/// What stands between a token and the one before it, as bits.
pub mod gap {
    /// A comma.
    pub const COMMA: u16 = 1;
    /// A full stop, but not that of an abbreviation.
    pub const STOP: u16 = 1 << 1;
    /// A question mark.
    pub const QUESTION: u16 = 1 << 2;
    /// An exclamation mark.
    pub const EXCLAIM: u16 = 1 << 3;
    /// One line break.
    pub const NEWLINE: u16 = 1 << 4;
    /// Two line breaks or more.
    pub const BLANK: u16 = 1 << 5;
    /// White space.
    pub const SPACE: u16 = 1 << 6;
    /// An opening quotation mark.
    pub const QUOTE_OPEN: u16 = 1 << 7;
    /// A closing quotation mark.
    pub const QUOTE_CLOSE: u16 = 1 << 8;
    /// A per-cent sign.
    pub const PERCENT: u16 = 1 << 9;
    /// Any other sign: bracket, colon, dash, symbol.
    pub const OTHER: u16 = 1 << 10;
    /// A colon, besides [`OTHER`].
    pub const COLON: u16 = 1 << 11;
    /// A stroke, besides [`OTHER`].
    pub const STROKE: u16 = 1 << 12;
    /// A square bracket, besides [`OTHER`].
    pub const SQUARE: u16 = 1 << 13;
    /// What ends a sentence whatever follows.
    pub const SENTENCE: u16 = QUESTION | EXCLAIM;
    /// What two neighbouring words of a phrase may not have between them.
    pub const BREAKS_PHRASE: u16 = COMMA | STOP | QUESTION | EXCLAIM | BLANK | PERCENT | OTHER;
}

/// Properties of a token, as bits.
pub mod flag {
    /// Arabic letters.
    pub const ARABIC: u8 = 1;
    /// Letters of a cased script.
    pub const LATIN: u8 = 1 << 1;
    /// Starts with a digit.
    pub const NUMBER: u8 = 1 << 2;
    /// First letter upper case.
    pub const CAPITAL: u8 = 1 << 3;
    /// Digits with a colon between them: 4:20.
    pub const HOUR: u8 = 1 << 4;
    /// Inside quotation marks.
    pub const QUOTED: u8 = 1 << 5;
    /// A web address or handle.
    pub const ADDRESS: u8 = 1 << 6;
}

/// One word or number, with its place in the source.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Place in bytes.
    pub bytes: ByteSpan,
    /// Place in code points.
    pub chars: CharSpan,
    pub(super) folded_start: u32,
    pub(super) folded_end: u32,
    /// Bits of [`gap`]: what stands before the token.
    pub gap: u16,
    /// Bits of [`flag`].
    pub flags: u8,
}

impl Token {
    /// Whether all bits of `flag` are set.
    #[inline]
    pub fn is(&self, flag: u8) -> bool {
        self.flags & flag == flag
    }
}

/// Characters that folding removed or replaced, counted because unusual numbers of them hide words from readers' tools.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disguise {
    /// Tatweel inside words.
    pub tatweel: u32,
    /// Zero-width and bidi controls inside words.
    pub invisible: u32,
    /// Presentation and full-width forms.
    pub forms: u32,
    /// Words that mix Latin letters with Greek or Cyrillic ones.
    pub look_alikes: u32,
    /// Words with a letter three times in a row or more.
    pub stretched: u32,
    /// Digits in the place of letters.
    pub digits: u32,
    /// Signs inside words.
    pub signs: u32,
    /// Words whose letters stand apart.
    pub spaced: u32,
}

impl Disguise {
    /// What was undone, with its number, where there was any.
    pub fn found(&self) -> impl Iterator<Item = (u32, &'static str)> {
        [
            (self.tatweel, "tatweel"),
            (self.invisible, "invisible"),
            (self.forms, "presentation forms"),
            (self.look_alikes, "words with look-alike letters"),
            (self.stretched, "stretched words"),
            (self.digits, "digits for letters"),
            (self.signs, "signs inside words"),
            (self.spaced, "spaced words"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
    }
}

/// A stretch of tokens between a pair of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
}

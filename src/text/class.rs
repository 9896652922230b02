//! What each character is and what it folds to, as one table.
//!
//! Two-byte UTF-8 (U+0000–07FF) holds all of Latin and Arabic as typed, so a 2,048-entry table answers nearly every
//! character with one load; the rest (presentation forms, typographic signs) takes the slow path of [`wide`].

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::undisguise;

/// The part a character plays in tokenising.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// A letter of the Arabic script.
    Arabic,
    /// A lower-case (or caseless) letter of another script.
    Lower,
    /// An upper-case letter.
    Upper,
    /// A decimal digit of any script.
    Digit,
    /// Harakat and combining marks: removed, ordinary in careful Arabic.
    Mark,
    /// Tatweel: removed; unusual inside news words.
    Tatweel,
    /// Zero-width and bidi controls: removed; unusual inside words.
    Invisible,
    /// White space other than a line break.
    Space,
    /// A line break.
    Newline,
    /// A full stop (also `…`).
    Stop,
    /// A question mark.
    Question,
    /// An exclamation mark.
    Exclaim,
    /// A comma.
    Comma,
    /// A separator inside numbers (٫ ٬).
    NumberSeparator,
    /// `“`, `«`.
    QuoteOpen,
    /// `”`, `»`.
    QuoteClose,
    /// `"`, which opens and closes.
    QuoteEither,
    /// `'`, `’`, `‘`.
    Apostrophe,
    /// Hyphens: they separate two tokens without breaking a phrase.
    Hyphen,
    /// `%`, `٪`.
    Percent,
    /// Anything else that breaks a phrase: brackets, colons, dashes, symbols.
    Other,
}

/// Class and folded bytes of one character of the table.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The part it plays.
    pub class: Class,
    pub(super) len: u8,
    pub(super) bytes: [u8; 2],
}

impl Entry {
    /// The folded form in UTF-8: 0 to 2 bytes.
    #[inline]
    pub fn folded(&self) -> &[u8] {
        &self.bytes[..self.len as usize]
    }
}

/// The table for U+0000–07FF, indexed by code point.
pub static TABLE: LazyLock<Box<[Entry; 0x800]>> = LazyLock::new(|| {
    let mut table = Box::new([Entry { class: Class::Other, len: 0, bytes: [0; 2] }; 0x800]);
    for (code, entry) in table.iter_mut().enumerate() {
        let Some(c) = char::from_u32(code as u32) else { continue };
        let (class, folded) = describe(c);
        let mut bytes = [0; 2];
        bytes[..folded.len()].copy_from_slice(folded.as_bytes());
        *entry = Entry { class, len: folded.len() as u8, bytes };
    }
    table
});

/// Class of a character at or above U+0800; its folded form is appended to `folded`.
/// The flag says whether it was a presentation or compatibility form of other letters.
#[cold]
pub fn wide(c: char, folded: &mut Vec<u8>) -> (Class, bool) {
    let class = match c {
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => Class::Invisible,
        '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{20D0}'..='\u{20FF}' => Class::Mark,
        '\u{2028}' | '\u{2029}' => Class::Newline,
        '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Class::Space,
        '\u{2010}' | '\u{2011}' => Class::Hyphen,
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' => Class::Apostrophe,
        '\u{201C}' | '\u{201E}' | '\u{201F}' | '\u{2039}' => Class::QuoteOpen,
        '\u{201D}' | '\u{203A}' => Class::QuoteClose,
        '\u{2026}' => Class::Stop,
        _ => return compatibility(c, folded),
    };
    (class, false)
}

/// Presentation forms, full-width letters and ligatures become the letters they stand for (NFKC, then the table).
fn compatibility(c: char, folded: &mut Vec<u8>) -> (Class, bool) {
    let mut class = None;
    for part in std::iter::once(c).nfkc() {
        if (part as u32) < 0x800 {
            let entry = &TABLE[part as usize];
            class.get_or_insert(entry.class);
            folded.extend_from_slice(entry.folded());
        } else if part.is_alphanumeric() {
            class.get_or_insert(if part.is_uppercase() { Class::Upper } else { Class::Lower });
            part.to_lowercase().for_each(|l| folded.extend_from_slice(l.encode_utf8(&mut [0; 4]).as_bytes()));
        }
    }
    let is_form = matches!(c as u32, 0xFB50..=0xFDFF | 0xFE70..=0xFEFC | 0xFF01..=0xFF5E | 0x1D400..=0x1D7FF);
    (class.unwrap_or(Class::Other), is_form)
}

/// Class and folded form of a character below U+0800.
fn describe(c: char) -> (Class, String) {
    use Class::*;
    let class = match c {
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' => Newline,
        '\u{AD}' | '\u{61C}' => Invisible,
        c if c.is_whitespace() => Space,
        '.' | '\u{6D4}' => Stop,
        '?' | '؟' => Question,
        '!' => Exclaim,
        ',' | '،' => Comma,
        '٫' | '٬' => NumberSeparator,
        '«' => QuoteOpen,
        '»' => QuoteClose,
        '"' => QuoteEither,
        '\'' | '`' => Apostrophe,
        '-' => Hyphen,
        '%' | '٪' => Percent,
        'ـ' => Tatweel,
        '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' => Mark,
        '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' => Mark,
        c if digit_value(c).is_some() => Digit,
        '\u{620}'..='\u{6FF}' | '\u{750}'..='\u{77F}' if c.is_alphabetic() => Arabic,
        c if c.is_uppercase() => Upper,
        c if c.is_alphabetic() => Lower,
        _ => Other,
    };
    let folded = match class {
        Arabic => fold_arabic(c).to_string(),
        Digit => digit_value(c).map(|d| d.to_string()).unwrap_or_default(),
        Upper | Lower => fold_cased(c),
        _ => String::new(),
    };
    (class, folded)
}

fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6F0}'..='\u{6F9}' => Some(c as u32 - 0x6F0),
        _ => None,
    }
}

/// One letter for each set of letters that keyboards and spelling habits interchange.
fn fold_arabic(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | '\u{672}' | '\u{673}' | '\u{675}' => 'ا',
        'ى' | 'ی' | 'ې' | 'ے' | 'ۍ' | 'ێ' => 'ي',
        'ة' | 'ۀ' | 'ە' | 'ہ' | 'ھ' | 'ۃ' => 'ه',
        'ؤ' | 'ئ' | 'ۓ' => 'ء',
        'ک' | 'ڪ' | 'گ' => 'ك',
        'چ' => 'ج',
        'پ' => 'ب',
        'ڤ' => 'ف',
        'ژ' => 'ز',
        _ => c,
    }
}

/// Lower case without accents; at most two bytes, else the letter itself.
fn fold_cased(c: char) -> String {
    let base: String = match c {
        c if undisguise::look_alike(c).is_some() => undisguise::look_alike(c).into_iter().collect(),
        'ß' => "ss".into(),
        'æ' | 'Æ' => "ae".into(),
        'œ' | 'Œ' => "oe".into(),
        'ø' | 'Ø' => "o".into(),
        'ł' | 'Ł' => "l".into(),
        'đ' | 'Đ' => "d".into(),
        _ => std::iter::once(c).nfd().filter(|p| !('\u{300}'..='\u{36F}').contains(p)).collect(),
    };
    let lower = base.to_lowercase();
    if lower.len() <= 2 { lower } else { c.to_lowercase().next().filter(|l| l.len_utf8() <= 2).unwrap_or(c).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Vec::new();
        for c in text.chars() {
            match c as u32 {
                code if code < 0x800 => out.extend_from_slice(TABLE[code as usize].folded()),
                _ => drop(wide(c, &mut out)),
            }
        }
        String::from_utf8(out).expect("folded text is UTF-8")
    }

    /// Found by fuzzing: Ⱥ and Ⱦ, whose small letters take a byte more, were folded to nothing, so that a word could be empty.
    #[test]
    fn no_letter_or_digit_folds_to_nothing() {
        for c in '\0'..=char::MAX {
            let mut folded = Vec::new();
            let class = match TABLE.get(c as usize) {
                Some(entry) => {
                    folded.extend_from_slice(entry.folded());
                    entry.class
                }
                None => wide(c, &mut folded).0,
            };
            assert!(class as u8 > Class::Digit as u8 || !folded.is_empty(), "U+{:04X}", c as u32);
            assert!(std::str::from_utf8(&folded).is_ok(), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn classes_of_signs() {
        for (class, signs) in [
            (Class::Invisible, "\u{200B}\u{200F}\u{202A}\u{202E}\u{2060}\u{2069}\u{FEFF}"),
            (Class::Mark, "\u{FE00}\u{FE0F}\u{FE20}\u{FE2F}\u{20D0}\u{20FF}"),
            (Class::Newline, "\u{2028}\u{2029}"),
            (Class::Space, "\u{2000}\u{200A}\u{202F}\u{205F}\u{3000}"),
            (Class::Hyphen, "\u{2010}\u{2011}"),
            (Class::Apostrophe, "\u{2018}\u{2019}\u{201B}\u{2032}"),
            (Class::QuoteOpen, "\u{201C}\u{201E}\u{201F}\u{2039}"),
            (Class::QuoteClose, "\u{201D}\u{203A}"),
            (Class::Stop, "\u{2026}"),
        ] {
            for sign in signs.chars() {
                assert_eq!(wide(sign, &mut Vec::new()), (class, false), "U+{:04X}", sign as u32);
            }
        }
    }

    #[test]
    fn spellings_of_one_word_fold_to_one_form() {
        for (a, b) in [
            ("أإآٱا", "ااااا"),
            ("القطرى", "القطري"),
            ("مسئول", "مسؤول"),
            ("مُؤامَرةٌ", "مؤامره"),
            ("مـــؤامرة", "مؤامره"),
            ("ﻣﺆﺍﻣﺮﺓ", "مؤامره"),
            ("ﻻ", "لا"),
            ("کتاب یک", "كتاب يك"),
            ("١٢٣ ۴۵", "123 45"),
            ("Café NAÏVE", "cafe naive"),
            ("ｆｕｌｌ", "full"),
            ("مصا\u{200d}در", "مصادر"),
        ] {
            assert_eq!(folded(a), folded(b), "{a} / {b}");
        }
    }
}

//! The one pass over the text: folds, cuts tokens, pairs quotation marks and keeps every position.

mod address;
mod quotes;

use super::abbreviation::is_abbreviated;
use super::class::{self, Class, Entry};
use super::folded::Folded;
use super::span::{ByteSpan, CharSpan};
use super::swar;
use super::token::{Disguise, Quotation, Token, flag, gap};
use super::undisguise;

pub use quotes::LONGEST_QUOTATION;

/// The tokens of one text. Reused from text to text, so that a batch allocates nothing per text.
#[derive(Debug, Default)]
pub struct Scan {
    /// In reading order.
    pub tokens: Vec<Token>,
    /// In the order in which they close.
    pub quotations: Vec<Quotation>,
    /// Bits of [`gap`]: what stands after the last token.
    pub tail: u16,
    /// What folding had to undo.
    pub disguise: Disguise,
    /// Length of the text in code points.
    pub chars: u32,
    folded: Folded,
    /// What a character above U+07FF folds to.
    wide: Vec<u8>,
}

impl Scan {
    /// The folded form of a token, UTF-8.
    #[inline]
    pub fn folded(&self, token: &Token) -> &[u8] {
        self.folded.get(token.folded_start, token.folded_end)
    }

    /// The folded form of a token with at least 16 bytes of anything behind it, and its length.
    #[inline]
    pub(crate) fn padded(&self, token: &Token) -> (&[u8], usize) {
        (self.folded.padded(token.folded_start), (token.folded_end - token.folded_start) as usize)
    }

    /// Reads `text`, replacing what was read before. At most `u32::MAX` bytes are looked at.
    pub fn read(&mut self, text: &str) {
        self.tokens.clear();
        self.quotations.clear();
        self.folded.start(text.len());
        self.disguise = Disguise::default();
        Pass { scan: self, bytes: text.as_bytes(), gap: 0, open: None, double: None, single: None }.run(text);
        undisguise::join_spaced(&mut self.tokens, &mut self.quotations, &mut self.disguise);
    }
}

/// A token that is not closed yet.
#[derive(Clone, Copy)]
struct Open {
    byte: u32,
    char: u32,
    folded: u32,
    flags: u8,
    /// Whether any digit stands in it.
    has_digit: bool,
}

impl Open {
    fn is_arabic(&self) -> bool {
        self.flags & flag::ARABIC != 0
    }
}

struct Pass<'a> {
    scan: &'a mut Scan,
    bytes: &'a [u8],
    gap: u16,
    open: Option<Open>,
    /// Token at which a double quotation opened.
    double: Option<u32>,
    /// Token at which a single quotation opened.
    single: Option<u32>,
}

impl Pass<'_> {
    fn run(mut self, text: &str) {
        let bytes = &text.as_bytes()[..text.len().min(u32::MAX as usize)];
        let table = &**class::TABLE;
        let (mut at, mut chars) = (0, 0);
        while at < bytes.len() {
            let lead = bytes[at];
            if lead == b' ' {
                self.close(at as u32, chars);
                self.gap |= gap::SPACE;
                (at, chars) = (at + 1, chars + 1);
                continue;
            }
            if lead.is_ascii_alphabetic() {
                let length = self.ascii_letters(bytes, at, chars);
                (at, chars) = (at + length, chars + length as u32);
                continue;
            }
            let (class, next) = if lead < 0xE0 {
                let (code, next) = match lead < 0x80 {
                    true => (lead as usize, at + 1),
                    false => ((lead as usize & 0x1F) << 6 | (bytes[at + 1] as usize & 0x3F), at + 2),
                };
                let entry = &table[code];
                if entry.class == Class::Arabic {
                    let length = self.arabic_letters(table, bytes, at, chars);
                    (at, chars) = (at + 2 * length, chars + length as u32);
                    continue;
                }
                if entry.class as u8 <= Class::Digit as u8 {
                    self.letter(entry.class, at as u32, chars);
                    self.scan.folded.push(entry.bytes, entry.len as usize);
                } else if code == 0x654 {
                    self.hamza_above();
                }
                (entry.class, next)
            } else {
                self.wide_char(text, at, chars)
            };
            if class as u8 > Class::Digit as u8 && self.sign(class, bytes, at, next, chars) {
                (at, chars) = self.address(text, at, chars);
                continue;
            }
            at = next;
            chars += 1;
        }
        self.close(bytes.len() as u32, chars);
        self.scan.tail = self.gap;
        self.scan.chars = chars;
    }

    /// Takes a run of ASCII letters, eight at a time. Returns its length.
    #[inline]
    fn ascii_letters(&mut self, bytes: &[u8], at: usize, chars: u32) -> usize {
        self.letter(if bytes[at].is_ascii_uppercase() { Class::Upper } else { Class::Lower }, at as u32, chars);
        let mut end = at;
        while let Some(eight) = bytes.get(end..end + 8) {
            let lower = u64::from_le_bytes(eight.try_into().expect("eight bytes")) | swar::LOWER_CASE;
            let letters = swar::leading_letters(lower);
            self.scan.folded.push(lower.to_le_bytes(), letters);
            end += letters;
            if letters < 8 {
                return end - at;
            }
        }
        while let Some(byte) = bytes.get(end).filter(|b| b.is_ascii_alphabetic()) {
            self.scan.folded.push([byte | 0x20], 1);
            end += 1;
        }
        end - at
    }

    /// Takes a run of Arabic letters. Returns how many.
    #[inline]
    fn arabic_letters(&mut self, table: &[Entry; 0x800], bytes: &[u8], at: usize, chars: u32) -> usize {
        self.letter(Class::Arabic, at as u32, chars);
        let mut count = 0;
        for pair in bytes[at..].chunks_exact(2) {
            let lead = pair[0] as usize;
            if lead & 0xE0 != 0xC0 {
                break;
            }
            let entry = &table[(lead & 0x1F) << 6 | (pair[1] as usize & 0x3F)];
            if entry.class != Class::Arabic {
                break;
            }
            self.scan.folded.push(entry.bytes, 2);
            count += 1;
        }
        count
    }

    /// A character above U+07FF. It may fold to several letters.
    fn wide_char(&mut self, text: &str, at: usize, chars: u32) -> (Class, usize) {
        let Some(c) = text[at..].chars().next() else { return (Class::Other, text.len()) };
        self.scan.wide.clear();
        let (class, is_form) = class::wide(c, &mut self.scan.wide);
        if class as u8 <= Class::Digit as u8 {
            self.letter(class, at as u32, chars);
            self.scan.folded.push_longer(&self.scan.wide);
            self.scan.disguise.forms += is_form as u32;
        }
        (class, at + c.len_utf8())
    }

    /// A letter or digit opens a token or goes on with it; a change between Arabic and other scripts cuts.
    #[inline]
    fn letter(&mut self, class: Class, at: u32, chars: u32) {
        if let Some(open) = &mut self.open {
            if open.is_arabic() == (class == Class::Arabic) {
                open.has_digit |= class == Class::Digit;
                return;
            }
            self.close(at, chars);
        }
        let flags = match class {
            Class::Arabic => flag::ARABIC,
            Class::Digit => flag::NUMBER,
            Class::Upper => flag::LATIN | flag::CAPITAL,
            _ => flag::LATIN,
        };
        let folded = self.scan.folded.len() as u32;
        self.open = Some(Open { byte: at, char: chars, folded, flags, has_digit: class == Class::Digit });
    }

    /// و and ي followed by a combining hamza are ؤ and ئ.
    fn hamza_above(&mut self) {
        let Some(open) = self.open else { return };
        if let [.., a, b] = self.scan.folded.since_mut(open.folded)
            && ["و", "ي"].iter().any(|letter| [*a, *b] == letter.as_bytes())
        {
            [*a, *b] = [0xD8, 0xA1]; // ء
        }
    }

    /// A character that is no letter. True when a web address starts here.
    #[inline]
    fn sign(&mut self, class: Class, bytes: &[u8], at: usize, next: usize, chars: u32) -> bool {
        match class {
            Class::Mark => return false,
            Class::Tatweel | Class::Invisible => {
                if self.open.is_some() {
                    match class {
                        Class::Tatweel => self.scan.disguise.tatweel += 1,
                        _ => self.scan.disguise.invisible += 1,
                    }
                }
                return false;
            }
            Class::Stop | Class::Comma | Class::NumberSeparator if self.inside_number(bytes, next) => return false,
            Class::Other if bytes[at] == b':' && self.inside_number(bytes, next) => {
                self.open.iter_mut().for_each(|open| open.flags |= flag::HOUR);
                return false;
            }
            Class::Apostrophe => return self.apostrophe(bytes, at, next, chars),
            Class::Other if self.inside_word(bytes, at, next) => {
                self.scan.disguise.signs += 1;
                return false;
            }
            _ => {}
        }
        if self.open.is_some() {
            if matches!(bytes[at], b':' | b'.') && self.starts_address(bytes, at) {
                return true;
            }
            self.close(at as u32, chars);
        }
        let sign = match class {
            Class::Space => gap::SPACE,
            Class::Newline if bytes[at] == b'\r' && bytes.get(next) == Some(&b'\n') => gap::SPACE,
            Class::Newline => match self.gap & gap::NEWLINE {
                0 => gap::NEWLINE,
                _ => gap::BLANK,
            },
            Class::Stop if self.gap == 0 && self.is_abbreviated() => 0,
            Class::Stop => gap::STOP,
            Class::Question => gap::QUESTION,
            Class::Exclaim => gap::EXCLAIM,
            Class::Comma => gap::COMMA,
            Class::Percent => gap::PERCENT,
            Class::Hyphen if self.gap & gap::SPACE == 0 => 0,
            Class::QuoteOpen => self.quote(true),
            Class::QuoteClose => self.quote(self.double.is_none()),
            Class::QuoteEither => self.quote(self.double.is_none() || self.surely_opens(bytes, next)),
            _ => match bytes[at] {
                b':' => gap::COLON | gap::OTHER,
                b'/' => gap::STROKE | gap::OTHER,
                b'[' | b']' => gap::SQUARE | gap::OTHER,
                _ => gap::OTHER,
            },
        };
        self.gap |= sign;
        self.end_quotations(sign);
        false
    }

    fn inside_number(&self, bytes: &[u8], next: usize) -> bool {
        let next_is_digit = match bytes.get(next) {
            Some(b'0'..=b'9') => true,
            Some(0xD9) => matches!(bytes.get(next + 1), Some(0xA0..=0xA9)),
            Some(0xDB) => matches!(bytes.get(next + 1), Some(0xB0..=0xB9)),
            _ => false,
        };
        next_is_digit && self.open.is_some_and(|o| o.flags & flag::NUMBER != 0)
    }

    /// A sign that no spelling puts between two letters.
    fn inside_word(&self, bytes: &[u8], at: usize, next: usize) -> bool {
        matches!(bytes[at], b'*' | b'~' | b'^' | 0xC2) && self.open.is_some() && bytes.get(next).is_some_and(opens_letter)
    }

    /// Whether the last token is written short, so that a full stop right behind it is its own.
    fn is_abbreviated(&self) -> bool {
        let is_short = |t: &Token| !t.is(flag::NUMBER) && is_abbreviated(self.scan.folded(t), t.is(flag::ARABIC));
        self.scan.tokens.last().is_some_and(is_short)
    }

    #[inline]
    fn undisguise(&mut self, open: &Open, end: u32) {
        let folded = &mut self.scan.folded;
        if undisguise::is_stretched(folded.since(open.folded), open.is_arabic()) && undisguise::squeeze(folded, open.folded) {
            self.scan.disguise.stretched += 1;
        }
        if open.flags & flag::LATIN != 0 {
            if open.has_digit {
                self.scan.disguise.digits += undisguise::letters_for_digits(folded.since_mut(open.folded));
            }
            let word = &self.bytes[open.byte as usize..end as usize];
            if !word.is_ascii() && undisguise::mixes_alphabets(word) {
                self.scan.disguise.look_alikes += 1;
            }
        }
    }

    #[inline]
    fn close(&mut self, byte: u32, char: u32) {
        let Some(open) = self.open.take() else { return };
        self.undisguise(&open, byte);
        let mut folded_end = self.scan.folded.len() as u32;
        if self.scan.folded.since(open.folded).ends_with(b"'s") {
            folded_end -= 2;
        }
        self.scan.tokens.push(Token {
            bytes: ByteSpan::new(open.byte, byte),
            chars: CharSpan::new(open.char, char),
            folded_start: open.folded,
            folded_end,
            gap: self.gap,
            flags: open.flags,
        });
        self.gap = 0;
    }
}

/// Whether a byte begins a letter, of two bytes at most.
fn opens_letter(byte: &u8) -> bool {
    byte.is_ascii_alphabetic() || (0xC3..0xE0).contains(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut scan = Scan::default();
        scan.read(text);
        scan.tokens.iter().map(|t| String::from_utf8_lossy(scan.folded(t)).into_owned()).collect()
    }

    #[test]
    fn tokens_of_hard_cases() {
        for (text, expected) in [
            ("", ""),
            ("القطرى، آل ثانى", "القطري ال ثاني"),
            ("لـ\"انفراد\"", "ل انفراد"),
            ("the government's so-called “plan”", "the government so called plan"),
            ("don't can’t workers' rights", "don't can't workers rights"),
            ("3.5 per cent, 1,200 and ١٢٫٥", "35 per cent 1200 and 125"),
            ("at 4:20, in 10: 3", "at 420 in 10 3"),
            ("و15 شخصا", "و 15 شخصا"),
            ("see https://example.org/a?b=ج now", "see https now"),
            ("مصا\u{200f}در مُـطَّلِعة", "مصادر مطلعه"),
            ("و\u{654}", "ء"),
            ("a sесrеt mееting", "a secret meeting"),
            ("shaaaame III coool", "shame iii col"),
            ("s3cret p1ot covid19 G7 F16 3rd", "secret piot covid19 g7 f16 3rd"),
            ("sec*ret م*ؤامرة 5*3 a * b", "secret مءامره 5 3 a b"),
            ("a s e c r e t plan, the U.S.A.", "asecret plan the u s a"),
            ("خطة م ؤ ا م ر ة كبرى", "خطه مءامره كبري"),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn spans_cut_the_source_words() {
        let text = "قال: «مصادرُ» said “Émile’s plan”";
        let mut scan = Scan::default();
        scan.read(text);
        let cut: Vec<&str> = scan.tokens.iter().map(|t| &text[t.bytes.range()]).collect();
        assert_eq!(cut, ["قال", "مصادرُ", "said", "Émile’s", "plan"]);
        let chars: Vec<char> = text.chars().collect();
        for (t, word) in scan.tokens.iter().zip(&cut) {
            let by_char: String = chars[t.chars.start as usize..t.chars.end as usize].iter().collect();
            assert_eq!(by_char, **word);
        }
        let quoted: Vec<bool> = scan.tokens.iter().map(|t| t.is(flag::QUOTED)).collect();
        assert_eq!(quoted, [false, true, false, true, true]);
    }
}

//! Pairs quotation marks.

use super::{Pass, opens_letter};
use crate::text::token::{Quotation, flag, gap};

/// Longest quotation, in words; a mark left open for longer is taken as stray.
pub const LONGEST_QUOTATION: u32 = 150;

impl Pass<'_> {
    /// Inside a word or behind a number (the 80's) an apostrophe belongs to it; at its edges it may be a single quotation mark.
    pub(super) fn apostrophe(&mut self, bytes: &[u8], at: usize, next: usize, chars: u32) -> bool {
        let letter_follows = bytes.get(next).is_some_and(opens_letter);
        if self.open.is_some_and(|o| o.flags & (flag::LATIN | flag::NUMBER) != 0) && letter_follows {
            self.scan.folded.push([b'\''], 1);
            return false;
        }
        let after_word = self.open.is_some();
        self.close(at as u32, chars);
        if letter_follows && !after_word {
            self.single = Some(self.scan.tokens.len() as u32);
            self.gap |= gap::QUOTE_OPEN;
        } else if let Some(start) = self.single.take() {
            self.quotation(start);
            self.gap |= gap::QUOTE_CLOSE;
        }
        false
    }

    /// Whether a mark that could open or close a quotation opens one for sure: between a space and a letter or digit. The
    /// one before was stray then.
    pub(super) fn surely_opens(&self, bytes: &[u8], next: usize) -> bool {
        let opens_word = |b: &u8| b.is_ascii_digit() || opens_letter(b);
        self.gap & (gap::SPACE | gap::NEWLINE) != 0 && bytes.get(next).is_some_and(opens_word)
    }

    /// Takes a double mark. Returns what it is in the gap.
    pub(super) fn quote(&mut self, opens: bool) -> u16 {
        if opens {
            self.double = Some(self.scan.tokens.len() as u32);
            return gap::QUOTE_OPEN;
        }
        if let Some(start) = self.double.take() {
            self.quotation(start);
        }
        gap::QUOTE_CLOSE
    }

    fn quotation(&mut self, start: u32) {
        let end = self.scan.tokens.len() as u32;
        if start < end && end - start <= LONGEST_QUOTATION && !self.is_attribute(start) {
            self.scan.tokens[start as usize..].iter_mut().for_each(|t| t.flags |= flag::QUOTED);
            self.scan.quotations.push(Quotation { start, end });
        }
    }

    /// A line ends what was quoted in it, and an empty line all; not what is opened after it.
    pub(super) fn end_quotations(&mut self, sign: u16) {
        if sign & (gap::BLANK | gap::NEWLINE) != 0 {
            self.single = None;
        }
        if sign == gap::BLANK {
            self.double = None;
        }
    }

    /// Whether the mark before a token opens the value of an attribute of markup: width="640".
    fn is_attribute(&self, start: u32) -> bool {
        let before = &self.bytes[..self.scan.tokens[start as usize].bytes.start as usize];
        before.ends_with(b"=\"") || before.ends_with(b"='")
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Scan;

    /// The words of each quotation, one after another.
    fn quoted(text: &str) -> Vec<String> {
        let mut scan = Scan::default();
        scan.read(text);
        let words = |start: u32, end: u32| {
            let folded = scan.tokens[start as usize..end as usize].iter().map(|t| String::from_utf8_lossy(scan.folded(t)));
            folded.collect::<Vec<_>>().join(" ")
        };
        scan.quotations.iter().map(|q| words(q.start, q.end)).collect()
    }

    #[test]
    fn pairs_of_marks() {
        let long = format!("\"open {} close\"", "word ".repeat(200));
        let cases: &[(&str, &[&str])] = &[
            ("he said \"we go\" and “they stay” and «ونبقى»", &["we go", "they stay", "ونبقي"]),
            ("\"he said 'go' to us\"", &["go", "he said go to us"]),
            // Stray and endless marks quote nothing.
            ("the workers' demands were 'em all", &[]),
            ("he said \"open and never closed", &[]),
            (&long, &[]),
            ("\"a first line\n\nand another\"", &[]),
            // Between a space and a letter a mark opens, whatever was open before.
            ("plan\" weak. He said \"we go\" at \"9\" here", &["we go", "9"]),
            ("<td width=\"640\" align='left'>", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), *expected, "{text}");
        }
    }
}

//! Sentences and passages, from what stands between the tokens.

use std::ops::Range;

use super::scan::Scan;
use super::token::{Token, flag, gap};

/// A sentence: never crosses a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
    /// Bits of [`gap`] that closed it.
    pub closed_by: u16,
}

/// A paragraph, or a run of sentences of a long one: the unit that the propaganda head reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
    /// First sentence.
    pub first_sentence: u32,
    /// Sentence after the last.
    pub last_sentence: u32,
}

impl Passage {
    /// Its tokens, as indices.
    pub fn tokens(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its sentences, as indices.
    pub fn sentences(&self) -> Range<usize> {
        self.first_sentence as usize..self.last_sentence as usize
    }

    /// Length in words.
    pub fn words(&self) -> u32 {
        self.end - self.start
    }
}

/// A paragraph longer than this is cut at sentence ends, words. Annotated paragraphs end at about 130.
const LONG: u32 = 120;
/// Longest sentence, words: what goes on without an end is no sentence, and work grows with the square of its length.
const MOST: u32 = 500;
/// Cut pieces reach at least this length, words.
const PIECE: u32 = 50;
/// A shorter paragraph (a headline, a crosshead) joins the one that follows, words.
const SHORT: u32 = 8;

/// Sentences and passages of one text; reused from text to text.
#[derive(Debug, Default)]
pub struct Segments {
    /// In reading order, without gaps.
    pub sentences: Vec<Sentence>,
    /// In reading order, without gaps.
    pub passages: Vec<Passage>,
}

impl Segments {
    /// Cuts what `scan` holds, replacing what was cut before.
    pub fn cut(&mut self, scan: &Scan) {
        self.sentences.clear();
        self.passages.clear();
        if scan.tokens.is_empty() {
            return;
        }
        let paragraph_break = if is_wrapped(scan) { gap::BLANK } else { gap::NEWLINE };
        let mut passage = Passage { start: 0, end: 0, first_sentence: 0, last_sentence: 0 };
        let mut sentence_start = 0;
        for at in 1..=scan.tokens.len() {
            let gap = scan.tokens.get(at).map_or(gap::BLANK | gap::NEWLINE | scan.tail, |t| t.gap);
            let ends_paragraph = gap & paragraph_break != 0;
            let is_full = at as u32 - sentence_start >= MOST;
            if !ends_paragraph && !is_full && !ends_sentence(scan, at) {
                continue;
            }
            self.sentences.push(Sentence { start: sentence_start, end: at as u32, closed_by: gap });
            sentence_start = at as u32;
            passage.end = at as u32;
            passage.last_sentence = self.sentences.len() as u32;
            let remaining_is_long = passage.words() >= PIECE && paragraph_words_left(scan, at, paragraph_break) >= PIECE;
            if (ends_paragraph && passage.words() >= SHORT) || (!ends_paragraph && remaining_is_long) {
                self.passages.push(passage);
                let next_sentence = passage.last_sentence;
                passage =
                    Passage { start: at as u32, end: at as u32, first_sentence: next_sentence, last_sentence: next_sentence };
            }
        }
        if passage.words() > 0 {
            match self.passages.last_mut() {
                Some(last) => (last.end, last.last_sentence) = (passage.end, passage.last_sentence),
                None => self.passages.push(passage),
            }
        }
    }
}

/// Words from `at` to the end of its paragraph, counted up to what matters; nothing is left of a paragraph that was not long.
fn paragraph_words_left(scan: &Scan, at: usize, paragraph_break: u16) -> u32 {
    let is_break = |t: &Token| t.gap & paragraph_break != 0;
    let before = scan.tokens[..at].iter().rev().take(LONG as usize).take_while(|t| !is_break(t)).count() as u32;
    let after = scan.tokens[at..].iter().take(LONG as usize).take_while(|t| !is_break(t)).count() as u32;
    if before + after > LONG { after } else { 0 }
}

/// Whether a sentence ends before token `at`.
fn ends_sentence(scan: &Scan, at: usize) -> bool {
    let token = &scan.tokens[at];
    if token.gap & gap::SENTENCE != 0 {
        // Inside a quotation that goes on in lower case ("Why?" he asked) the sentence goes on too.
        return !(token.gap & gap::QUOTE_CLOSE != 0 && token.is(flag::LATIN) && !token.is(flag::CAPITAL));
    }
    if token.gap & gap::STOP == 0 {
        return false;
    }
    let separated = token.gap & (gap::SPACE | gap::QUOTE_CLOSE | gap::QUOTE_OPEN | gap::NEWLINE) != 0;
    let opens = token.flags & (flag::ARABIC | flag::CAPITAL | flag::NUMBER) != 0 || token.gap & gap::QUOTE_OPEN != 0;
    opens && (separated || token.is(flag::ARABIC))
}

/// Whether single line breaks come from wrapping at a column, not from paragraphs: most of them stand in mid-sentence and the
/// lines are about as long as one another.
fn is_wrapped(scan: &Scan) -> bool {
    let (mut breaks, mut unfinished, mut longest, mut line_start) = (0u32, 0u32, 0u32, 0u32);
    for pair in scan.tokens.windows(2) {
        let [previous, token] = pair else { continue };
        if token.gap & gap::NEWLINE == 0 {
            continue;
        }
        longest = longest.max(previous.chars.end - line_start);
        line_start = token.chars.start;
        if token.gap & gap::BLANK == 0 {
            breaks += 1;
            unfinished += (token.gap & (gap::STOP | gap::SENTENCE | gap::OTHER) == 0) as u32;
        }
    }
    breaks >= 4 && longest <= 100 && f64::from(unfinished) > 0.6 * f64::from(breaks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> (Scan, Segments) {
        let (mut scan, mut segments) = (Scan::default(), Segments::default());
        scan.read(text);
        segments.cut(&scan);
        (scan, segments)
    }

    #[test]
    fn sentence_counts_of_hard_cases() {
        for (text, expected) in [
            ("", 0),
            ("One. Two! Three? Four", 4),
            ("Dr. Smith met Gen. J. R. Jones at 3.5 km. He left.", 2),
            ("“Why now?” he asked. She left.", 2),
            ("Why now? nobody asked. She left.", 3),
            ("“Why now?” Nobody asked. She left.", 3),
            ("قال د. أحمد إن العمل تم. وأضاف.ثم عاد؟ نعم", 4),
            ("see example.org for more", 1),
            ("A line\nAnother line", 2),
        ] {
            assert_eq!(cut(text).1.sentences.len(), expected, "{text}");
        }
    }

    #[test]
    fn segments_tile_the_tokens() {
        let paragraph = "Ten words stand in this one sentence of the paragraph. ".repeat(30);
        let text = format!("A short headline\n\n{paragraph}\n\n{paragraph}\nend");
        let (scan, segments) = cut(&text);
        let mut at = 0;
        for p in &segments.passages {
            assert_eq!(p.start, at);
            assert!(p.words() <= LONG, "{p:?}");
            at = p.end;
        }
        assert_eq!(at as usize, scan.tokens.len());
        assert_eq!(segments.passages.iter().map(|p| p.sentences().len()).sum::<usize>(), segments.sentences.len());
        assert!(segments.passages.len() > 6);
    }

    #[test]
    fn no_sentence_is_endless() {
        let (scan, segments) = cut(&"word ".repeat(5_000));
        assert!(segments.sentences.iter().all(|s| s.end - s.start <= MOST));
        assert_eq!(segments.sentences.last().map(|s| s.end as usize), Some(scan.tokens.len()));
    }

    #[test]
    fn wrapped_lines_are_not_paragraphs() {
        let wrapped = "The committee said on Monday that it had\nreviewed all of the documents which were\nsent by the \
                       office and that it would now\nprepare a report for the next meeting of\nthe council in the spring.\n";
        assert_eq!(cut(wrapped).1.passages.len(), 1);
        let lines = "The committee said on Monday that it met.\n".repeat(5);
        assert_eq!(cut(&lines).1.passages.len(), 5);
    }
}

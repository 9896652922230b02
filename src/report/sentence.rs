//! A sentence cut at its marks, ready to be shown.

use std::ops::Range;

use crate::features::extract::SentenceRead;

/// A stretch of a sentence.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    /// Between marks.
    Plain(&'a str),
    /// Words left out between two stretches.
    Gap,
    /// A mark, by its place in the list of marks.
    Mark(usize),
}

/// A sentence with the punctuation around its words.
pub fn bounds(text: &str, sentences: &[SentenceRead], number: usize) -> Range<usize> {
    let words = sentences[number].bytes.range();
    let before = number.checked_sub(1).map_or(0, |n| sentences[n].bytes.range().end);
    let after = sentences.get(number + 1).map_or(text.len(), |s| s.bytes.range().start);
    let opens = |c: char| matches!(c, '«' | '“' | '‘' | '‹' | '"' | '\'' | '(' | '[' | '¿' | '¡');
    let outside = |c: char| c.is_whitespace() || c.is_alphanumeric();
    let start = text[before..words.start].char_indices().rev().take_while(|(_, c)| opens(*c)).last().map(|(i, _)| before + i);
    let tail = &text[words.end..after];
    let end = tail.find(|c| outside(c) || (opens(c) && c != '"' && c != '\'')).unwrap_or(tail.len());
    start.unwrap_or(words.start)..words.end + end
}

/// Cuts a sentence at its marks, those that have a place, in reading order and apart from one another; a long stretch without marks keeps the words next to them.
pub fn pieces<'a>(text: &'a str, sentence: Range<usize>, marks: &[Option<Range<usize>>]) -> Vec<Piece<'a>> {
    const LONG: usize = 40;
    const KEPT: usize = 15;
    let mut pieces = Vec::new();
    let plain = |pieces: &mut Vec<Piece<'a>>, range: Range<usize>| {
        let stretch = &text[range];
        let starts = word_starts(stretch);
        if starts.len() > LONG {
            let gap = starts[KEPT]..starts[starts.len() - KEPT];
            pieces.extend([Piece::Plain(&stretch[..gap.start]), Piece::Gap, Piece::Plain(&stretch[gap.end..])]);
        } else if !stretch.is_empty() {
            pieces.push(Piece::Plain(stretch));
        }
    };
    let mut at = sentence.start;
    for (number, place) in marks.iter().enumerate().filter_map(|(n, place)| place.as_ref().map(|p| (n, p))) {
        plain(&mut pieces, at..place.start);
        pieces.push(Piece::Mark(number));
        at = place.end;
    }
    plain(&mut pieces, at..sentence.end.max(at));
    pieces
}

/// Where the words of a stretch begin.
fn word_starts(stretch: &str) -> Vec<usize> {
    let spaces = stretch.char_indices().map(|(at, c)| (at, c.is_whitespace()));
    let mut starts = Vec::new();
    let mut after_space = true;
    for (at, space) in spaces {
        if after_space && !space {
            starts.push(at);
        }
        after_space = space;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;

    #[test]
    fn punctuation_belongs_to_its_sentence() {
        let text = "He left. \"Why now?\" she asked (twice). «قال ذلك».";
        let sentences = Engine::built_in().score(text).extract.sentences;
        let all: Vec<&str> = (0..sentences.len()).map(|n| &text[bounds(text, &sentences, n)]).collect();
        assert_eq!(all, ["He left.", "\"Why now?\" she asked (twice).", "«قال ذلك»."]);
    }

    #[test]
    fn pieces_are_the_sentence() {
        let text = "one two three";
        let marks = [Some(0..3), None, Some(8..13)];
        assert_eq!(pieces(text, 0..13, &marks), [Piece::Mark(0), Piece::Plain(" two "), Piece::Mark(2)]);
        assert_eq!(pieces(text, 0..13, &[]), [Piece::Plain(text)]);
    }

    #[test]
    fn long_stretches_without_marks_are_shortened() {
        let text = format!("He walked {}and ended", "the long road ".repeat(200));
        let pieces = pieces(&text, 0..text.len(), &[]);
        let [Piece::Plain(first), Piece::Gap, Piece::Plain(last)] = pieces[..] else { panic!("{pieces:?}") };
        assert!(first.starts_with("He walked the") && last.ends_with("and ended"));
        assert_eq!((first.split_whitespace().count(), last.split_whitespace().count()), (15, 15));
    }
}

//! Signs that no word shows but the shape of the text: figures, speech, and words held at arm's length in quotation marks.

mod numbers;
mod quotations;

use crate::lexicon::{Forms, Index, Indicator, Match};
use crate::text::{Scan, Sentence};

/// A sentence and what the packs found in it.
pub struct Read<'a> {
    /// The text.
    pub scan: &'a Scan,
    /// Its forms.
    pub forms: &'a Forms,
    /// Packs of its language.
    pub index: &'a Index,
    /// The sentence.
    pub sentence: Sentence,
    /// What the packs found in it.
    pub matches: &'a [Match],
}

/// A sign and its tokens, from the first to behind the last.
pub struct Sign {
    /// Of what.
    pub indicator: Indicator,
    /// First token.
    pub start: u32,
    /// Token behind the last.
    pub end: u32,
    /// Whether the author speaks, though the words stand in quotation marks.
    pub by_author: bool,
}

#[cfg(test)]
mod tests {
    use crate::Engine;

    /// Whether exactly these words of each text are evidence of an indicator.
    pub fn assert_found(indicator: &str, cases: &[(&str, &[&str])]) {
        for (text, words) in cases {
            let explained = Engine::built_in().score(text);
            let evidence = explained.extract.evidence.iter().filter(|e| e.indicator.id() == indicator);
            let found: Vec<&str> = evidence.map(|e| &text[e.bytes.range()]).collect();
            assert_eq!(found, *words, "{text}");
        }
    }
}

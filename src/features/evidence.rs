//! One occurrence of an indicator, with its place in the source text.

use crate::lexicon::Indicator;
use crate::text::{ByteSpan, CharSpan};

/// Words in which a report should answer who, when and where.
pub const LEAD: u32 = 50;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The author of the text.
    Author,
    /// Somebody between quotation marks.
    Quoted,
}

impl Voice {
    /// Name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Voice::Author => "author",
            Voice::Quoted => "quoted",
        }
    }
}

/// One occurrence of an indicator.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// Of what.
    pub indicator: Indicator,
    /// Group of the pack index that found it; `None` for what the text's structure shows.
    pub group: Option<u32>,
    /// Strength 1–3, or a learned weight of either sign.
    pub weight: f64,
    /// Place in bytes of the source.
    pub bytes: ByteSpan,
    /// Place in code points of the source.
    pub chars: CharSpan,
    /// Passage it stands in.
    pub passage: u32,
    /// Sentence it stands in.
    pub sentence: u32,
    /// Whether it begins among the first [`LEAD`] words of the text.
    pub lead: bool,
    /// Who says it.
    pub voice: Voice,
    /// Whether a negation stands close before it. Marked, never flipped: a denial repeats what it denies.
    pub negated: bool,
}

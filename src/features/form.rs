//! The shape of the text: controls, with no evidence of their own.

use super::counts::share;
use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::Family;

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "form.quoted_share",
        family: Family::Form,
        measure: Measure::Shape { unit: "share of words", value: |c| share(c.quoted_words, c.words) },
        propaganda: Push::Open,
        credibility: Push::Up,
        meaning: "words inside quotation marks",
    },
    Feature {
        name: "form.questions",
        family: Family::Form,
        measure: Measure::Shape { unit: "share of sentences", value: |c| share(c.questions, c.sentences) },
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "sentences that end in a question mark",
    },
    Feature {
        name: "form.exclamations",
        family: Family::Form,
        measure: Measure::Shape { unit: "share of sentences", value: |c| share(c.exclamations, c.sentences) },
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "sentences that end in an exclamation mark",
    },
    Feature {
        name: "form.sentence_length",
        family: Family::Form,
        measure: Measure::Shape { unit: "words", value: |c| share(c.words, c.sentences).min(80.0) },
        propaganda: Push::Open,
        credibility: Push::Open,
        meaning: "mean length of sentences, at most 80",
    },
    Feature {
        name: "form.capitalised",
        family: Family::Form,
        measure: Measure::Shape { unit: "share of words", value: |c| share(c.capitalised, c.words) },
        propaganda: Push::Open,
        credibility: Push::Open,
        meaning: "capitalised words inside sentences",
    },
    Feature {
        name: "form.negated",
        family: Family::Form,
        measure: Measure::Shape { unit: "share of evidence", value: |c| share(c.negated, c.evidence) },
        propaganda: Push::Open,
        credibility: Push::Open,
        meaning: "evidence that follows a negation",
    },
];

//! Wording whose weight was learned from labelled text: one visible feature per head, and the words that annotators may mark.

use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::{Family, Indicator};

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "learned.propaganda",
        family: Family::LearnedWording,
        measure: Measure::Learned { of: Indicator::of("learned.propaganda"), saturates: true },
        propaganda: Push::Up,
        credibility: Push::Unread,
        meaning: "wording that labelled propaganda uses more (or less) than other text",
    },
    Feature {
        name: "learned.marked",
        family: Family::LearnedWording,
        measure: Measure::Chance { of: Indicator::of("learned.marked") },
        propaganda: Push::Up,
        credibility: Push::Unread,
        meaning: "words that annotators may mark: the chance that they mark any",
    },
    Feature {
        name: "learned.credibility",
        family: Family::LearnedWording,
        measure: Measure::Learned { of: Indicator::of("learned.credibility"), saturates: false },
        propaganda: Push::Unread,
        credibility: Push::Up,
        meaning: "wording that well-sourced reports use more (or less) than other text",
    },
];

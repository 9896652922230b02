//! Wording whose weight was learned from labelled text, as one visible feature per head.

use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::{Family, Indicator};

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "learned.propaganda",
        family: Family::LearnedWording,
        measure: Measure::Learned { of: Indicator::of("learned.propaganda") },
        propaganda: Push::Up,
        credibility: Push::Open,
        meaning: "wording that labelled propaganda uses more (or less) than other text",
    },
    Feature {
        name: "learned.credibility",
        family: Family::LearnedWording,
        measure: Measure::Learned { of: Indicator::of("learned.credibility") },
        propaganda: Push::Open,
        credibility: Push::Up,
        meaning: "wording that well-sourced reports use more (or less) than other text",
    },
];

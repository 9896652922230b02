//! How statements are introduced.

use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::{Family, Indicator};

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "attribution.neutral",
        family: Family::Attribution,
        measure: Measure::rate(&[Indicator::of("attribution.neutral")]),
        propaganda: Push::Down,
        credibility: Push::Up,
        meaning: "neutral verbs of saying",
    },
    Feature {
        name: "attribution.assertive",
        family: Family::Attribution,
        measure: Measure::rate(&[Indicator::of("attribution.assertive")]),
        propaganda: Push::Open,
        credibility: Push::Open,
        meaning: "verbs that present a claim as settled",
    },
    Feature {
        name: "attribution.doubting",
        family: Family::Attribution,
        measure: Measure::rate(&[Indicator::of("attribution.doubting")]),
        propaganda: Push::Up,
        credibility: Push::Open,
        meaning: "verbs that cast doubt on a claim",
    },
];

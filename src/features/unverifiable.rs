//! Claims that nobody could check.

use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::{Family, Indicator};

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "unverifiable.secrecy",
        family: Family::UnverifiableClaims,
        measure: Measure::rate(&[Indicator::of("unverifiable.secrecy")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "secret or closed events",
    },
    Feature {
        name: "unverifiable.hearsay",
        family: Family::UnverifiableClaims,
        measure: Measure::rate(&[Indicator::of("unverifiable.hearsay")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "rumour and hearsay",
    },
    Feature {
        name: "unverifiable.agentless",
        family: Family::UnverifiableClaims,
        measure: Measure::rate(&[Indicator::of("unverifiable.agentless")]),
        propaganda: Push::Open,
        credibility: Push::Down,
        meaning: "decisions with nobody who took them",
    },
    Feature {
        name: "unverifiable.sweeping",
        family: Family::UnverifiableClaims,
        measure: Measure::rate(&[Indicator::of("unverifiable.sweeping")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "sweeping quantifiers",
    },
    Feature {
        name: "unverifiable.prophecy",
        family: Family::UnverifiableClaims,
        measure: Measure::rate(&[Indicator::of("unverifiable.prophecy")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "predictions stated as facts",
    },
    Feature {
        name: "unverifiable.hedge",
        family: Family::UnverifiableClaims,
        measure: Measure::rate(&[Indicator::of("unverifiable.hedge")]),
        propaganda: Push::Open,
        credibility: Push::Open,
        meaning: "careful language",
    },
];

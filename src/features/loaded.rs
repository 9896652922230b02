//! Words with a strong emotional charge: by kind in the author's voice, together in quoted voice.

use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::{Family, Indicator};

const KINDS: &[Indicator] = &[
    Indicator::of("loaded.name_calling"),
    Indicator::of("loaded.glorification"),
    Indicator::of("loaded.demonisation"),
    Indicator::of("loaded.violence"),
    Indicator::of("loaded.fear"),
    Indicator::of("loaded.outrage"),
    Indicator::of("loaded.intensifier"),
    Indicator::of("loaded.superlative"),
    Indicator::of("loaded.exaggeration"),
    Indicator::of("loaded.belittling"),
];

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "loaded.name_calling",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.name_calling")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "labels and insults, in the author's voice",
    },
    Feature {
        name: "loaded.glorification",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.glorification")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "praise and glorification, in the author's voice",
    },
    Feature {
        name: "loaded.demonisation",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.demonisation")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "evil, treason, dehumanising words, in the author's voice",
    },
    Feature {
        name: "loaded.violence",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.violence")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "violence in vivid words, in the author's voice",
    },
    Feature {
        name: "loaded.fear",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.fear")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "danger, threat, catastrophe, in the author's voice",
    },
    Feature {
        name: "loaded.outrage",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.outrage")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "moral outrage and scandal, in the author's voice",
    },
    Feature {
        name: "loaded.intensifier",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.intensifier")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "intensifiers, in the author's voice",
    },
    Feature {
        name: "loaded.superlative",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.superlative")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "superlatives, in the author's voice",
    },
    Feature {
        name: "loaded.exaggeration",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.exaggeration")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "inflated wording, in the author's voice",
    },
    Feature {
        name: "loaded.belittling",
        family: Family::LoadedTerms,
        measure: Measure::author(&[Indicator::of("loaded.belittling")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "belittling and ridicule, in the author's voice",
    },
    Feature {
        name: "loaded.quoted",
        family: Family::LoadedTerms,
        measure: Measure::quoted(KINDS),
        propaganda: Push::Open,
        credibility: Push::Open,
        meaning: "loaded terms of any kind inside quotation marks",
    },
    Feature {
        name: "loaded.scare_quotes",
        family: Family::LoadedTerms,
        measure: Measure::rate(&[Indicator::of("loaded.scare_quotes")]),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "one to three charged words in quotation marks",
    },
];

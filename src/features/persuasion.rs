//! Further persuasion techniques with lexical handles.

use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::{Family, Indicator};

/// What stands in 2 % of passages at most and is too rare, each by itself, for labels to tell its weight. Counted together it
/// has one; each kind is still marked, and counted for those who ask for features.
const INSINUATION: &[Indicator] = &[
    Indicator::of("intent.motive"),
    Indicator::of("intent.hostile"),
    Indicator::of("intent.plot"),
    Indicator::of("intent.pretext"),
    Indicator::of("intent.proxy"),
    Indicator::of("persuasion.flag_waving"),
    Indicator::of("persuasion.fear_appeal"),
    Indicator::of("persuasion.urgency"),
    Indicator::of("persuasion.call"),
    Indicator::of("persuasion.whataboutism"),
    Indicator::of("persuasion.conversation_killer"),
    Indicator::of("persuasion.absolute"),
    Indicator::of("persuasion.rhetorical_question"),
    Indicator::of("persuasion.popularity"),
    Indicator::of("persuasion.authority"),
    Indicator::of("persuasion.hypocrisy"),
    Indicator::of("persuasion.doubt"),
    Indicator::of("persuasion.false_choice"),
    Indicator::of("persuasion.causal"),
    Indicator::of("persuasion.association"),
    Indicator::of("persuasion.values"),
];

/// Kinds of ascribed motives at the head of [`INSINUATION`].
const MOTIVES: usize = 5;
/// The techniques of this family.
const TECHNIQUES: &[Indicator] = INSINUATION.split_at(MOTIVES).1;

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "persuasion.flag_waving",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.flag_waving")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "appeal to nation, people or group pride, in the author's voice",
    },
    Feature {
        name: "persuasion.fear_appeal",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.fear_appeal")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "what will befall us if nothing is done, in the author's voice",
    },
    Feature {
        name: "persuasion.urgency",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.urgency")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "act now, before it is too late, in the author's voice",
    },
    Feature {
        name: "persuasion.call",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.call")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "slogans and calls to the reader, in the author's voice",
    },
    Feature {
        name: "persuasion.whataboutism",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.whataboutism")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "what about the others, in the author's voice",
    },
    Feature {
        name: "persuasion.conversation_killer",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.conversation_killer")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "words that end a discussion, in the author's voice",
    },
    Feature {
        name: "persuasion.absolute",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.absolute")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "always, never, all, none as proof, in the author's voice",
    },
    Feature {
        name: "persuasion.rhetorical_question",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.rhetorical_question")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "questions that assert their answer, in the author's voice",
    },
    Feature {
        name: "persuasion.popularity",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.popularity")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "everybody agrees, in the author's voice",
    },
    Feature {
        name: "persuasion.authority",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.authority")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "unnamed authorities as proof, in the author's voice",
    },
    Feature {
        name: "persuasion.hypocrisy",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.hypocrisy")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "double standards, you too, in the author's voice",
    },
    Feature {
        name: "persuasion.doubt",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.doubt")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "doubt cast on somebody's credibility, in the author's voice",
    },
    Feature {
        name: "persuasion.false_choice",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.false_choice")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "either this or that, nothing else, in the author's voice",
    },
    Feature {
        name: "persuasion.causal",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.causal")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "one cause for a complex thing, in the author's voice",
    },
    Feature {
        name: "persuasion.association",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.association")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "guilt by association, in the author's voice",
    },
    Feature {
        name: "persuasion.values",
        family: Family::OtherPersuasion,
        measure: Measure::author(&[Indicator::of("persuasion.values")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "appeal to values as proof, in the author's voice",
    },
    Feature {
        name: "persuasion.quoted",
        family: Family::OtherPersuasion,
        measure: Measure::quoted(TECHNIQUES),
        propaganda: Push::Open,
        credibility: Push::Open,
        meaning: "persuasion techniques of any kind inside quotation marks",
    },
    Feature {
        name: "persuasion.insinuation",
        family: Family::OtherPersuasion,
        measure: Measure::author(INSINUATION),
        propaganda: Push::Up,
        credibility: Push::Down,
        meaning: "ascribed motives and persuasion techniques of any kind, in the author's voice",
    },
];

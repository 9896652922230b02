//! Motives that the author ascribes to others. The heads read them together with persuasion techniques, as
//! `persuasion.insinuation`.

use super::measure::Measure;
use super::registry::{Feature, Push};
use crate::lexicon::{Family, Indicator};

/// The features of the family.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "intent.motive",
        family: Family::AttributedIntent,
        measure: Measure::rate(&[Indicator::of("intent.motive")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "motives stated about another party",
    },
    Feature {
        name: "intent.hostile",
        family: Family::AttributedIntent,
        measure: Measure::rate(&[Indicator::of("intent.hostile")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "motives with a hostile goal",
    },
    Feature {
        name: "intent.plot",
        family: Family::AttributedIntent,
        measure: Measure::rate(&[Indicator::of("intent.plot")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "plots, schemes and agendas",
    },
    Feature {
        name: "intent.pretext",
        family: Family::AttributedIntent,
        measure: Measure::rate(&[Indicator::of("intent.pretext")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "pretexts and covers",
    },
    Feature {
        name: "intent.proxy",
        family: Family::AttributedIntent,
        measure: Measure::rate(&[Indicator::of("intent.proxy")]),
        propaganda: Push::Unread,
        credibility: Push::Unread,
        meaning: "tools and agents of a hidden hand",
    },
    Feature {
        name: "intent.declared",
        family: Family::AttributedIntent,
        measure: Measure::rate(&[Indicator::of("intent.declared")]),
        propaganda: Push::Down,
        credibility: Push::Up,
        meaning: "aims and attempts told in neutral words",
    },
];

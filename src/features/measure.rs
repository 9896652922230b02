//! How a feature's value comes from counts, and how much of it each evidence carries.

use super::counts::Counts;
use super::evidence::{Evidence, Voice};
use crate::lexicon::Indicator;

/// What a count of evidence is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// A hundred words of the text.
    HundredWords,
    /// The statements that are attributed to somebody, named or not.
    Attributions,
}

/// A chance above this one counts as this one: certainty would outweigh all else without end.
const SUREST: f64 = 0.95;

/// Rule for a feature's value. Rates and shares of evidence enter as their square roots, see [`Counts::row`].
#[derive(Clone, Copy, Debug)]
pub enum Measure {
    /// Evidence counted and divided: each evidence carries its own part of the value.
    Evidence {
        /// What counts.
        of: &'static [Indicator],
        /// In whose voice; `None` for both.
        voice: Option<Voice>,
        /// Whether strength 1–3 weighs, or each evidence counts once.
        weigh_strength: bool,
        /// The divisor.
        per: Per,
    },
    /// Weights learned from labelled text: each different stem and pair counts once, and their sum is divided by the square
    /// root of how many there are, so that a long text is as easily told as a short one and no further.
    Learned {
        /// The learned indicator.
        of: Indicator,
        /// Whether strong sums count for less and less: v becomes ±ln(1 + 2|v|). Sums of log-odds of neighbouring words, which
        /// are not independent, are too sure of themselves.
        saturates: bool,
    },
    /// 1 if any evidence of `of` stands in the lead of the text, 0 if none does.
    Lead {
        /// What counts.
        of: &'static [Indicator],
    },
    /// Each evidence has a chance p; the value is that of any, 1 − Π(1 − p), as if they were independent. Their parts of it are
    /// as −ln(1 − p), which adds up.
    Chance {
        /// The indicator.
        of: Indicator,
    },
    /// A property of the text's shape, with no evidence of its own.
    Shape {
        /// Unit for people.
        unit: &'static str,
        /// From counts to value.
        value: fn(&Counts) -> f64,
    },
}

impl Measure {
    /// Evidence of `of` in any voice, per 100 words.
    pub const fn rate(of: &'static [Indicator]) -> Measure {
        Measure::Evidence { of, voice: None, weigh_strength: false, per: Per::HundredWords }
    }

    /// Evidence of `of` in the author's voice, weighed by strength, per 100 words.
    pub const fn author(of: &'static [Indicator]) -> Measure {
        Measure::Evidence { of, voice: Some(Voice::Author), weigh_strength: true, per: Per::HundredWords }
    }

    /// Evidence of `of` in quoted voice, weighed by strength, per 100 words.
    pub const fn quoted(of: &'static [Indicator]) -> Measure {
        Measure::Evidence { of, voice: Some(Voice::Quoted), weigh_strength: true, per: Per::HundredWords }
    }

    /// What `evidence` adds to the count of this measure, before division.
    pub fn weight(&self, evidence: &Evidence) -> f64 {
        match *self {
            Measure::Evidence { voice: Some(voice), .. } if voice != evidence.voice => 0.0,
            Measure::Evidence { weigh_strength: true, .. } | Measure::Learned { .. } => evidence.weight,
            Measure::Chance { .. } => -(-evidence.weight.min(SUREST)).ln_1p(),
            Measure::Lead { .. } => f64::from(u8::from(evidence.lead)),
            Measure::Evidence { .. } => 1.0,
            Measure::Shape { .. } => 0.0,
        }
    }

    /// What a count is multiplied with to give the value.
    pub fn scale(&self, counts: &Counts) -> f64 {
        match *self {
            Measure::Evidence { per: Per::Attributions, .. } => 1.0 / counts.attributions.max(1.0),
            Measure::Learned { .. } => 1.0 / f64::from(counts.wordings.max(1)).sqrt(),
            Measure::Chance { .. } => 1.0,
            _ => 100.0 / f64::from(counts.words.max(1)),
        }
    }
}

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

/// Rule for a feature's value. Rates and shares of evidence enter as their square roots, see [`Measure::value`].
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

    /// The value of the feature, from `sum`, what all evidence of `counts` adds to it.
    pub fn value(&self, sum: f64, counts: &Counts) -> f64 {
        match *self {
            // The square root makes the second sign count for less than the first, and the sampling variance of a rate
            // depend on the text's length only.
            Measure::Evidence { per, .. } => (sum * per.scale(counts)).sqrt(),
            Measure::Learned { saturates, .. } => {
                let mean = sum * (1.0 / f64::from(counts.wordings.max(1)).sqrt());
                if saturates { mean.signum() * (2.0 * mean.abs()).ln_1p() } else { mean }
            }
            Measure::Lead { .. } => f64::from(u8::from(sum > 0.0)),
            Measure::Chance { .. } => -(-sum).exp_m1(),
            Measure::Shape { value, .. } => value(counts),
        }
    }
}

impl Per {
    /// What a sum is multiplied with.
    fn scale(self, counts: &Counts) -> f64 {
        match self {
            Per::HundredWords => 100.0 / f64::from(counts.words.max(1)),
            Per::Attributions => 1.0 / counts.attributions.max(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: Indicator = Indicator::of("loaded.fear");
    const EVIDENCE: Measure = Measure::author(&[OF]);

    #[test]
    fn values_of_sums() {
        let counts = Counts { words: 400, attributions: 8.0, wordings: 25, ..Counts::default() };
        let nothing = Counts::default();
        let share = Measure::Evidence { of: &[OF], voice: None, weigh_strength: false, per: Per::Attributions };
        let learned = |saturates| Measure::Learned { of: OF, saturates };
        let shape = Measure::Shape { unit: "words", value: |counts| f64::from(counts.words) };
        for (measure, sum, counts, expected) in [
            (EVIDENCE, 9.0, &counts, 1.5),
            (EVIDENCE, 0.0, &nothing, 0.0),
            (share, 2.0, &counts, 0.5),
            (share, 0.0, &nothing, 0.0),
            (learned(false), -10.0, &counts, -2.0),
            (learned(true), -10.0, &counts, -(5.0_f64.ln())),
            (learned(true), 10.0, &counts, 5.0_f64.ln()),
            (learned(true), 3.0, &nothing, 7.0_f64.ln()),
            (Measure::Lead { of: &[OF] }, 0.0, &counts, 0.0),
            (Measure::Lead { of: &[OF] }, 3.0, &counts, 1.0),
            (Measure::Chance { of: OF }, 4.0_f64.ln(), &counts, 0.75),
            (shape, 1.0, &counts, 400.0),
        ] {
            let value = measure.value(sum, counts);
            assert!((value - expected).abs() < 1e-12, "{measure:?} of {sum}: {value}, not {expected}");
        }
    }
}

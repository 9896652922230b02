//! The registry of features: name, family, unit, expected direction and meaning of every column of the matrix.

use std::sync::LazyLock;

use super::measure::{Measure, Per};
use super::{attribution, form, intent, learned, loaded, persuasion, sourcing, unverifiable};
use crate::lexicon::{Family, Indicator};

/// Which way a feature is expected to push a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Push {
    /// Towards more propaganda indicators, or towards better sourcing.
    Up,
    /// The other way.
    Down,
    /// A control: no expectation.
    Open,
    /// The head does not read it.
    Unread,
}

/// One column of the matrix.
#[derive(Debug)]
pub struct Feature {
    /// Name in models, JSON and CSV.
    pub name: &'static str,
    /// Heading under which it is shown.
    pub family: Family,
    /// How its value comes from counts.
    pub measure: Measure,
    /// Expected push on the `propaganda` head.
    pub propaganda: Push,
    /// Expected push on the `credibility` head.
    pub credibility: Push,
    /// What it means, in a line.
    pub meaning: &'static str,
}

impl Feature {
    /// Expected push on a head, by its place among `propaganda`, `credibility`.
    pub fn push(&self, head: usize) -> Push {
        [self.propaganda, self.credibility][head]
    }

    /// Unit of the value, for people.
    pub fn unit(&self) -> &'static str {
        match self.measure {
            Measure::Evidence { per: Per::HundredWords, weigh_strength: true, .. } => "√ strength per 100 words",
            Measure::Evidence { per: Per::HundredWords, .. } => "√ per 100 words",
            Measure::Evidence { per: Per::Attributions, .. } => "√ share of attributions",
            Measure::Learned { saturates: true, .. } => "± ln(1 + 2 · weight per √ weighted stems and pairs)",
            Measure::Learned { .. } => "weight per √ weighted stems and pairs",
            Measure::Chance { .. } => "chance of any mark",
            Measure::Lead { .. } => "yes or no",
            Measure::Shape { unit, .. } => unit,
        }
    }
}

/// Every feature, in matrix column order.
pub static FEATURES: LazyLock<Vec<&'static Feature>> = LazyLock::new(|| {
    [
        sourcing::FEATURES,
        attribution::FEATURES,
        unverifiable::FEATURES,
        loaded::FEATURES,
        intent::FEATURES,
        persuasion::FEATURES,
        learned::FEATURES,
        form::FEATURES,
    ]
    .into_iter()
    .flatten()
    .collect()
});

/// Column of a feature by name.
pub fn column(name: &str) -> Option<usize> {
    FEATURES.iter().position(|f| f.name == name)
}

/// For each indicator: the columns its evidence adds to.
pub static COLUMNS_OF: LazyLock<Vec<Vec<usize>>> = LazyLock::new(|| {
    let adds = |feature: &Feature, indicator| match feature.measure {
        Measure::Evidence { of, .. } | Measure::Lead { of } => of.contains(&indicator),
        Measure::Learned { of, .. } | Measure::Chance { of } => of == indicator,
        Measure::Shape { .. } => false,
    };
    (0..crate::lexicon::indicator::INDICATORS.len())
        .map(|i| (0..FEATURES.len()).filter(|&c| adds(FEATURES[c], Indicator(i as u8))).collect())
        .collect()
});

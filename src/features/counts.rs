//! What is counted in a stretch of text: everything adds up, so a document's counts are the sums of its passages'.

use super::evidence::Evidence;
use super::registry::{COLUMNS_OF, FEATURES};
use crate::lexicon::Indicator;

/// Counts of a passage or a document.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Tokens.
    pub words: u32,
    /// Tokens inside quotation marks.
    pub quoted_words: u32,
    /// Sentences.
    pub sentences: u32,
    /// Sentences that end in a question mark.
    pub questions: u32,
    /// Sentences that end in an exclamation mark.
    pub exclamations: u32,
    /// Capitalised words inside sentences.
    pub capitalised: u32,
    /// Different stems and pairs with a learned weight. A document's own number, not the sum over its passages.
    pub wordings: u32,
    /// Evidence of any kind but learned wording.
    pub evidence: u32,
    /// The same, after a negation.
    pub negated: u32,
    /// Statements attributed to somebody, named or not.
    pub attributions: f64,
    /// Sum of evidence weights for each feature.
    pub sums: Vec<f64>,
}

const ATTRIBUTIONS: [Indicator; 5] = [
    Indicator::of("anonymous.bare"),
    Indicator::of("anonymous.adjective"),
    Indicator::of("anonymous.role"),
    Indicator::of("named.person"),
    Indicator::of("named.institution"),
];

impl Counts {
    /// Sets everything to zero.
    pub fn clear(&mut self) {
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        sums.resize(FEATURES.len(), 0.0);
        *self = Counts { sums, ..Counts::default() };
    }

    /// Counts one evidence.
    pub fn add_evidence(&mut self, evidence: &Evidence) {
        for &column in &COLUMNS_OF[evidence.indicator.0 as usize] {
            self.sums[column] += FEATURES[column].measure.weight(evidence);
        }
        if evidence.indicator.family() != crate::lexicon::Family::LearnedWording {
            self.evidence += 1;
            self.negated += u32::from(evidence.negated);
        }
        if ATTRIBUTIONS.contains(&evidence.indicator) {
            self.attributions += 1.0;
        }
    }

    /// Counts the learned wording of a stretch: its sum, and how many different stems and pairs have a weight.
    pub fn learn(&mut self, indicator: Indicator, sum: f64, different: u32) {
        for &column in &COLUMNS_OF[indicator.0 as usize] {
            self.sums[column] += sum;
        }
        self.wordings = different;
    }

    /// Adds the counts of another stretch; all but `wordings` add up.
    pub fn add(&mut self, other: &Counts) {
        self.words += other.words;
        self.quoted_words += other.quoted_words;
        self.sentences += other.sentences;
        self.questions += other.questions;
        self.exclamations += other.exclamations;
        self.capitalised += other.capitalised;
        self.evidence += other.evidence;
        self.negated += other.negated;
        self.attributions += other.attributions;
        self.sums.resize(FEATURES.len(), 0.0);
        for (sum, more) in self.sums.iter_mut().zip(&other.sums) {
            *sum += more;
        }
    }

    /// The feature row of this stretch, appended to `row` in column order.
    pub fn row(&self, row: &mut Vec<f64>) {
        row.extend(FEATURES.iter().enumerate().map(|(column, feature)| feature.measure.value(self.sums[column], self)));
    }
}

/// `part` of `whole`, 0 of nothing.
pub fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

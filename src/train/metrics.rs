//! Figures of merit, each with a bootstrap interval over groups.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::bootstrap::{Resamples, SAMPLES, interval};
use crate::sources::interval::wilson;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Value on all rows.
    pub value: f64,
    /// 2.5 % and 97.5 % points over resampled groups.
    pub interval: [f64; 2],
}

/// Scored rows with their truth.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Probabilities of the positive class.
    pub scores: Vec<f64>,
    /// Truth.
    pub labels: Vec<bool>,
    /// Groups that are resampled together.
    pub groups: Vec<String>,
}

/// Names of the figures, in the order of display.
pub const NAMES: [&str; 6] = ["auc", "average_precision", "accuracy", "macro_f1", "brier", "ece"];
/// Equal-width bins of the calibration error, the reliability diagram and the histograms.
pub const BINS: usize = 10;

impl Scored {
    /// All figures at a decision threshold, without intervals.
    pub fn values(&self, threshold: f64) -> BTreeMap<&'static str, f64> {
        let all: Vec<usize> = (0..self.labels.len()).collect();
        NAMES.into_iter().zip(self.values_of(&all, threshold)).collect()
    }

    /// All figures at a decision threshold.
    pub fn figures(&self, threshold: f64) -> BTreeMap<&'static str, Figure> {
        let all: Vec<usize> = (0..self.labels.len()).collect();
        self.with_intervals(self.values_of(&all, threshold), |rows| self.values_of(rows, threshold))
    }

    /// What the figures of `other` on the same rows are greater by, at a threshold for each; the same resamples serve both.
    pub fn differences(&self, other: &Scored, thresholds: [f64; 2]) -> BTreeMap<&'static str, Figure> {
        let difference = |rows: &[usize]| {
            let (ours, theirs) = (self.values_of(rows, thresholds[0]), other.values_of(rows, thresholds[1]));
            std::array::from_fn(|at| theirs[at] - ours[at])
        };
        let all: Vec<usize> = (0..self.labels.len()).collect();
        self.with_intervals(difference(&all), difference)
    }

    /// Figures with their intervals over resampled groups.
    fn with_intervals(
        &self,
        values: [f64; NAMES.len()],
        of: impl Fn(&[usize]) -> [f64; NAMES.len()] + Sync,
    ) -> BTreeMap<&'static str, Figure> {
        let resamples = Resamples::of(&self.groups);
        let samples: Vec<[f64; NAMES.len()]> = (0..SAMPLES).into_par_iter().map(|number| of(&resamples.rows(number))).collect();
        let figure = |at: usize| Figure { value: values[at], interval: interval(samples.iter().map(|s| s[at])) };
        NAMES.into_iter().enumerate().map(|(at, name)| (name, figure(at))).collect()
    }

    fn values_of(&self, rows: &[usize], threshold: f64) -> [f64; NAMES.len()] {
        let scores: Vec<f64> = rows.iter().map(|&i| self.scores[i]).collect();
        let labels: Vec<bool> = rows.iter().map(|&i| self.labels[i]).collect();
        let confusion = Confusion::at(&scores, &labels, threshold);
        [
            auc(&scores, &labels),
            average_precision(&scores, &labels),
            confusion.accuracy(),
            confusion.macro_f1(),
            brier(&scores, &labels),
            ece(&scores, &labels),
        ]
    }
}

/// Area under the ROC curve: the chance that a positive row scores above a negative one, ties counted half.
pub fn auc(scores: &[f64], labels: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let (mut rank_sum, mut at) = (0.0, 0);
    while at < order.len() {
        let mut end = at;
        while end < order.len() && scores[order[end]] == scores[order[at]] {
            end += 1;
        }
        let mean_rank = (at + end + 1) as f64 / 2.0;
        rank_sum += mean_rank * order[at..end].iter().filter(|&&i| labels[i]).count() as f64;
        at = end;
    }
    let positives = labels.iter().filter(|l| **l).count() as f64;
    let negatives = labels.len() as f64 - positives;
    (rank_sum - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

/// Mean precision over the positives, as scikit-learn's `average_precision_score`.
pub fn average_precision(scores: &[f64], labels: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let positives = labels.iter().filter(|l| **l).count() as f64;
    let (mut sum, mut hits, mut at) = (0.0, 0.0, 0);
    while at < order.len() {
        let mut end = at;
        let before = hits;
        while end < order.len() && scores[order[end]] == scores[order[at]] {
            hits += f64::from(u8::from(labels[order[end]]));
            end += 1;
        }
        sum += (hits - before) / positives * hits / end as f64;
        at = end;
    }
    sum
}

/// Rows by truth and by what is said of them at a threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// `[truth][said]`, 1 for the positive class.
    pub rows: [[usize; 2]; 2],
}

impl Confusion {
    /// Decides that rows from `threshold` on are positive.
    pub fn at(scores: &[f64], labels: &[bool], threshold: f64) -> Confusion {
        let mut rows = [[0; 2]; 2];
        for (&score, &label) in scores.iter().zip(labels) {
            rows[usize::from(label)][usize::from(score >= threshold)] += 1;
        }
        Confusion { rows }
    }

    /// Rows that are of a class.
    pub fn actual(&self, class: usize) -> usize {
        self.rows[class][0] + self.rows[class][1]
    }

    /// Rows that are said to be of a class.
    pub fn said(&self, class: usize) -> usize {
        self.rows[0][class] + self.rows[1][class]
    }

    /// Share of a class that is found; `None` if there is nothing to find.
    pub fn recall(&self, class: usize) -> Option<f64> {
        share(self.rows[class][class], self.actual(class))
    }

    /// Share of what is said to be of a class that is; `None` if nothing is said to be.
    pub fn precision(&self, class: usize) -> Option<f64> {
        share(self.rows[class][class], self.said(class))
    }

    /// Harmonic mean of precision and recall of a class; 0 where it neither stands nor is said.
    pub fn f1(&self, class: usize) -> f64 {
        share(2 * self.rows[class][class], self.said(class) + self.actual(class)).unwrap_or(0.0)
    }

    /// Mean of both classes' F1.
    pub fn macro_f1(&self) -> f64 {
        (self.f1(0) + self.f1(1)) / 2.0
    }

    /// Share of rows that are said to be what they are.
    pub fn accuracy(&self) -> f64 {
        share(self.rows[0][0] + self.rows[1][1], self.actual(0) + self.actual(1)).unwrap_or(f64::NAN)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Mean squared distance of probability and truth.
pub fn brier(scores: &[f64], labels: &[bool]) -> f64 {
    let square = |(s, l): (&f64, &bool)| (s - f64::from(u8::from(*l))).powi(2);
    scores.iter().zip(labels).map(square).sum::<f64>() / labels.len() as f64
}

/// Rows whose scores fall into one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// Rows of the negative and of the positive class.
    pub rows: [usize; 2],
    /// Sum of their scores.
    pub scores: f64,
}

impl Bin {
    /// Rows of both classes.
    pub fn n(&self) -> usize {
        self.rows[0] + self.rows[1]
    }

    /// Mean score; NaN without rows.
    pub fn predicted(&self) -> f64 {
        self.scores / self.n() as f64
    }

    /// Share of positives; NaN without rows.
    pub fn observed(&self) -> f64 {
        self.rows[1] as f64 / self.n() as f64
    }

    /// 95 % interval of that share (Wilson 1927); `None` without rows.
    pub fn interval(&self) -> Option<(f64, f64)> {
        wilson(self.rows[1] as u64, self.n() as u64)
    }
}

/// Rows by score, in [`BINS`] bins of equal width from 0 to 1; a score on an edge belongs to the upper one.
pub fn bins(scores: &[f64], labels: &[bool]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for (&score, &label) in scores.iter().zip(labels) {
        let bin = &mut bins[((score * BINS as f64) as usize).min(BINS - 1)];
        bin.rows[usize::from(label)] += 1;
        bin.scores += score;
    }
    bins
}

/// Expected calibration error over ten equal-width bins: mean distance of predicted and observed share, weighted by rows.
pub fn ece(scores: &[f64], labels: &[bool]) -> f64 {
    let distance = |bin: &Bin| (bin.scores - bin.rows[1] as f64).abs();
    bins(scores, labels).iter().map(distance).sum::<f64>() / labels.len() as f64
}

/// Cuts on either side that a threshold's macro-F1 is averaged over.
const NEIGHBOURS: usize = 7;

/// The cut of 0.05, 0.06 … 0.95 around which macro-F1 is best, the smallest of equals. The single best cut is partly luck: on
/// rows that it was not chosen on, the middle of a good stretch does better.
pub fn best_threshold(scores: &[f64], labels: &[bool]) -> f64 {
    let cuts: Vec<f64> = (5..=95).map(|p| f64::from(p) / 100.0).collect();
    let f1: Vec<f64> = cuts.iter().map(|cut| Confusion::at(scores, labels, *cut).macro_f1()).collect();
    let around = |at: usize| {
        let near = &f1[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(f1.len())];
        near.iter().sum::<f64>() / near.len() as f64
    };
    let best = (0..cuts.len()).max_by(|a, b| around(*a).total_cmp(&around(*b)).then(b.cmp(a)));
    best.map_or(0.5, |at| cuts[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_lies_in_a_good_stretch() {
        // Cuts from 0.21 to 0.80 are equally right: the smallest that has only such neighbours is taken, not 0.21.
        let scores = [0.1, 0.15, 0.2, 0.8, 0.85, 0.9];
        let labels = [false, false, false, true, true, true];
        let threshold = best_threshold(&scores, &labels);
        assert!((threshold - 0.28).abs() < 1e-12, "{threshold}");
    }

    /// Expected values from scikit-learn 1.9: roc_auc_score, average_precision_score, accuracy_score, f1_score(macro),
    /// brier_score_loss on the same eight rows.
    #[test]
    fn figures_equal_scikit_learn() {
        let scores = [0.1, 0.4, 0.35, 0.8, 0.65, 0.9, 0.4, 0.2];
        let labels = [false, false, true, true, false, true, true, false];
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} / {b}");
        close(auc(&scores, &labels), 0.781_25);
        close(average_precision(&scores, &labels), 0.816_666_666_666_666_7);
        let confusion = Confusion::at(&scores, &labels, 0.5);
        assert_eq!(confusion.rows, [[3, 1], [2, 2]]);
        close(confusion.accuracy(), 0.625);
        close(confusion.macro_f1(), 0.619_047_619_047_619);
        close(brier(&scores, &labels), 0.183_125);
        // By hand, bin by bin: (0.1 + 0.2 + 0.65 + |0.8 − 1| + 0.65 + 0.2 + 0.1) / 8.
        close(ece(&scores, &labels), 0.2625);
    }

    #[test]
    fn a_difference_is_paired() {
        let n = 300;
        let labels: Vec<bool> = (0..n).map(|i| i % 2 == 0).collect();
        let score =
            |better: f64| (0..n).map(|i| f64::from(i * 37 % 100) / 250.0 + if i % 2 == 0 { better } else { 0.0 }).collect();
        let groups: Vec<String> = (0..n).map(|i| i.to_string()).collect();
        let [weak, strong] = [0.1, 0.2].map(|b| Scored { scores: score(b), labels: labels.clone(), groups: groups.clone() });
        let same = weak.differences(&weak, [0.3, 0.3]);
        assert!(same.values().all(|figure| figure.value == 0.0 && figure.interval == [0.0, 0.0]));
        let auc = weak.differences(&strong, [0.3, 0.3])["auc"];
        let apart = weak.figures(0.3)["auc"].interval;
        assert!(auc.value > 0.1 && auc.interval[0] > 0.0, "{auc:?}");
        assert!(auc.interval[1] - auc.interval[0] < apart[1] - apart[0], "{auc:?} is no narrower than {apart:?}");
    }

    #[test]
    fn intervals_hold_the_value() {
        let n = 200;
        let labels: Vec<bool> = (0..n).map(|i| i % 3 == 0).collect();
        let scores: Vec<f64> = (0..n).map(|i| if i % 3 == 0 { 0.7 } else { 0.2 } + (i * 7 % 50) as f64 / 100.0 - 0.2).collect();
        let scored = Scored { scores, labels, groups: (0..n).map(|i| (i / 2).to_string()).collect() };
        for (name, figure) in scored.figures(0.5) {
            assert!(figure.interval[0] <= figure.value && figure.value <= figure.interval[1], "{name}: {figure:?}");
        }
    }
}

//! Figures of merit, each with a bootstrap interval over groups.

use std::collections::BTreeMap;

use rayon::prelude::*;

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
/// Bootstrap samples.
const SAMPLES: usize = 500;
/// Equal-width bins of the calibration error.
const BINS: usize = 10;

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
        let resamples: Vec<Vec<usize>> = self.resamples().collect();
        let samples: Vec<[f64; NAMES.len()]> = resamples.par_iter().map(|rows| of(rows)).collect();
        let interval = |at: usize| {
            let mut list: Vec<f64> = samples.iter().map(|s| s[at]).filter(|v| v.is_finite()).collect();
            list.sort_by(f64::total_cmp);
            let point = |q: f64| list.get(((list.len() as f64 - 1.0) * q).round() as usize).copied().unwrap_or(f64::NAN);
            [point(0.025), point(0.975)]
        };
        NAMES.into_iter().enumerate().map(|(at, name)| (name, Figure { value: values[at], interval: interval(at) })).collect()
    }

    fn values_of(&self, rows: &[usize], threshold: f64) -> [f64; NAMES.len()] {
        let scores: Vec<f64> = rows.iter().map(|&i| self.scores[i]).collect();
        let labels: Vec<bool> = rows.iter().map(|&i| self.labels[i]).collect();
        let (accuracy, macro_f1) = decisions(&scores, &labels, threshold);
        [
            auc(&scores, &labels),
            average_precision(&scores, &labels),
            accuracy,
            macro_f1,
            brier(&scores, &labels),
            ece(&scores, &labels),
        ]
    }

    /// Resampled row sets: groups drawn with replacement by a fixed generator, so that figures are the same every time.
    fn resamples(&self) -> impl Iterator<Item = Vec<usize>> {
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, group) in self.groups.iter().enumerate() {
            members.entry(group).or_default().push(row);
        }
        let members: Vec<Vec<usize>> = members.into_values().collect();
        let mut state = 0x5EED_u64;
        (0..SAMPLES).map(move |_| {
            let draw = |_| members[(split_mix(&mut state) % members.len() as u64) as usize].iter().copied();
            (0..members.len()).flat_map(draw).collect()
        })
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014).
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
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

/// Accuracy and macro-F1 of deciding at `threshold`.
pub fn decisions(scores: &[f64], labels: &[bool], threshold: f64) -> (f64, f64) {
    let mut table = [[0.0f64; 2]; 2];
    for (&score, &label) in scores.iter().zip(labels) {
        table[usize::from(label)][usize::from(score >= threshold)] += 1.0;
    }
    let f1 = |c: usize| {
        let predicted = table[0][c] + table[1][c];
        let actual = table[c][0] + table[c][1];
        if predicted + actual == 0.0 { 0.0 } else { 2.0 * table[c][c] / (predicted + actual) }
    };
    ((table[0][0] + table[1][1]) / labels.len() as f64, (f1(0) + f1(1)) / 2.0)
}

/// Mean squared distance of probability and truth.
pub fn brier(scores: &[f64], labels: &[bool]) -> f64 {
    let square = |(s, l): (&f64, &bool)| (s - f64::from(u8::from(*l))).powi(2);
    scores.iter().zip(labels).map(square).sum::<f64>() / labels.len() as f64
}

/// Expected calibration error over ten equal-width bins: mean distance of predicted and observed share, weighted by rows.
pub fn ece(scores: &[f64], labels: &[bool]) -> f64 {
    let mut bins = [(0.0f64, 0.0f64); BINS];
    for (&score, &label) in scores.iter().zip(labels) {
        let bin = &mut bins[((score * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += score;
        bin.1 += f64::from(u8::from(label));
    }
    bins.iter().map(|(predicted, observed)| (predicted - observed).abs()).sum::<f64>() / labels.len() as f64
}

/// Cuts on either side that a threshold's macro-F1 is averaged over.
const NEIGHBOURS: usize = 7;

/// The cut of 0.05, 0.06 … 0.95 around which macro-F1 is best, the smallest of equals. The single best cut is partly luck: on
/// rows that it was not chosen on, the middle of a good stretch does better.
pub fn best_threshold(scores: &[f64], labels: &[bool]) -> f64 {
    let cuts: Vec<f64> = (5..=95).map(|p| f64::from(p) / 100.0).collect();
    let f1: Vec<f64> = cuts.iter().map(|cut| decisions(scores, labels, *cut).1).collect();
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
        let (accuracy, f1) = decisions(&scores, &labels, 0.5);
        close(accuracy, 0.625);
        close(f1, 0.619_047_619_047_619);
        close(brier(&scores, &labels), 0.183_125);
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

//! What needs no reading of the text: figures that a model must beat before its own mean anything.

use std::collections::BTreeMap;

use super::judged::Judged;
use super::metrics::{self, Figure, NAMES, Scored};

/// A way to score that reads no word.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// What it goes by.
    pub name: &'static str,
    /// Its scores of the rows.
    pub scored: Scored,
    /// Where it decides.
    pub threshold: f64,
    /// Whether its scores are probabilities, so that figures of calibration mean something.
    pub is_probability: bool,
}

/// Weight of the share of all rows in an outlet's share of positives, rows.
const PRIOR: f64 = 2.0;

impl Baseline {
    /// Those that the rows allow: always the majority, and the length; the outlet where there are two or more.
    pub fn all(judged: &Judged, threshold: f64) -> Vec<Baseline> {
        let mut all = vec![majority(judged, threshold), length(judged)];
        all.extend(outlet(judged));
        all
    }

    /// Its figures; none that mean nothing.
    pub fn figures(&self) -> BTreeMap<&'static str, Figure> {
        let mut figures = self.scored.figures(self.threshold);
        figures.retain(|name, _| self.is_probability || !matches!(*name, "brier" | "ece"));
        figures
    }
}

/// The share of the positive class for every row.
fn majority(judged: &Judged, threshold: f64) -> Baseline {
    let scored = Scored { scores: vec![judged.prevalence(); judged.len()], ..judged.scored.clone() };
    Baseline { name: "majority", scored, threshold, is_probability: true }
}

/// Ranks of the lengths in 0..1, so that the threshold cuts at the quantile that the share of positives names.
fn length(judged: &Judged) -> Baseline {
    let lengths: Vec<f64> = judged.words.iter().map(|&w| f64::from(w)).collect();
    let longer_is_positive = metrics::auc(&lengths, &judged.scored.labels) >= 0.5;
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by(|&a, &b| lengths[a].total_cmp(&lengths[b]));
    let mut ranks = vec![0.0; lengths.len()];
    for (rank, row) in order.into_iter().enumerate() {
        let share = (rank as f64 + 0.5) / lengths.len() as f64;
        ranks[row] = if longer_is_positive { share } else { 1.0 - share };
    }
    let scored = Scored { scores: ranks, ..judged.scored.clone() };
    Baseline { name: "length only", scored, threshold: 1.0 - judged.prevalence(), is_probability: false }
}

/// The share of positives among the outlet's rows in the other folds, drawn towards that of all rows.
fn outlet(judged: &Judged) -> Option<Baseline> {
    let mut of_outlet: BTreeMap<(&str, u32), [f64; 2]> = BTreeMap::new();
    for (row, source) in judged.sources.iter().enumerate().filter(|(_, source)| !source.is_empty()) {
        let counts = of_outlet.entry((source, judged.folds[row])).or_default();
        counts[0] += 1.0;
        counts[1] += f64::from(u8::from(judged.scored.labels[row]));
    }
    let outlets: std::collections::BTreeSet<&str> = of_outlet.keys().map(|(source, _)| *source).collect();
    if outlets.len() < 2 {
        return None;
    }
    let prevalence = judged.prevalence();
    let score = |row: usize| {
        let (source, fold) = (judged.sources[row].as_str(), judged.folds[row]);
        let others = of_outlet.range((source, 0)..=(source, u32::MAX)).filter(|((_, f), _)| *f != fold && !source.is_empty());
        let [n, positives] = others.fold([0.0; 2], |sum, (_, c)| [sum[0] + c[0], sum[1] + c[1]]);
        (positives + PRIOR * prevalence) / (n + PRIOR)
    };
    let scored = Scored { scores: (0..judged.len()).map(score).collect(), ..judged.scored.clone() };
    Some(Baseline { name: "outlet only", scored, threshold: prevalence, is_probability: true })
}

/// Names of figures that a baseline has, in the order of display.
pub fn names_of(figures: &BTreeMap<&'static str, Figure>) -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().filter(|name| figures.contains_key(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::judged::tests::eight;

    #[test]
    fn baselines_go_by_what_they_say() {
        let judged = eight();
        let all = Baseline::all(&judged, 0.5);
        assert_eq!(all.iter().map(|b| b.name).collect::<Vec<_>>(), ["majority", "length only", "outlet only"]);
        assert_eq!(all[0].scored.scores, [0.5; 8]);
        // Positives have 30, 40, 60 and 70 words: 10 of 16 pairs are in the order of length.
        assert_eq!(metrics::auc(&all[1].scored.scores, &judged.scored.labels), 0.625);
        // Of the north's rows in fold 1 (one of two positive) for its rows in fold 0, and the other way round.
        assert_eq!(all[2].scored.scores, [0.5; 8]);
        let one_outlet = Judged { sources: vec!["north".into(); 8], ..judged };
        assert_eq!(Baseline::all(&one_outlet, 0.5).len(), 2);
    }

    #[test]
    fn an_outlet_that_is_always_positive_is_told_apart() {
        let mut judged = eight();
        judged.scored.labels = vec![true, true, true, true, false, false, false, false];
        let outlet = Baseline::all(&judged, 0.5).pop().unwrap();
        assert_eq!(outlet.scored.scores, [0.75, 0.75, 0.75, 0.75, 0.25, 0.25, 0.25, 0.25]);
        assert_eq!(outlet.figures()["auc"].value, 1.0);
    }
}

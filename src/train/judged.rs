//! Rows with scores from a model that did not see them: what a judgement of the model rests on.

use rustc_hash::FxHashMap;

use super::folds;
use super::metrics::Scored;
use crate::matrix::Matrix;

/// Scored rows and what else is known of each.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Scores, truth and groups.
    pub scored: Scored,
    /// Length of each row's text, words.
    pub words: Vec<u32>,
    /// Outlet of each row, empty where unknown.
    pub sources: Vec<String>,
    /// Fold of each row: baselines that are learned are learned from the others.
    pub folds: Vec<u32>,
    /// Hash of each row's text.
    pub ids: Vec<String>,
}

/// Rows that stand in several folds though they are the same: what was learned from one is judged by its twin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Twins {
    /// Rows whose text stands in another fold as well.
    pub over_folds: usize,
    /// Rows whose text has another label elsewhere.
    pub other_label: usize,
}

impl Judged {
    /// The rows of a matrix with their scores.
    pub fn of(matrix: &Matrix, scores: Vec<f64>) -> Judged {
        Judged {
            scored: Scored { scores, labels: matrix.labels.clone(), groups: matrix.groups.clone() },
            words: matrix.words.clone(),
            sources: matrix.sources.clone(),
            folds: matrix.folds.clone(),
            ids: matrix.ids.clone(),
        }
    }

    /// Folds by group, for rows that came without.
    pub fn fold(&mut self, count: u32) {
        self.folds = folds::by_group(&self.scored.groups, count);
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.scored.labels.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows of the positive class.
    pub fn positives(&self) -> usize {
        self.scored.labels.iter().filter(|label| **label).count()
    }

    /// Share of the positive class.
    pub fn prevalence(&self) -> f64 {
        self.positives() as f64 / self.len() as f64
    }

    /// Tenth of lengths that each row is in, 0 to 9.
    pub fn length_tenths(&self) -> Vec<usize> {
        let mut sorted = self.words.clone();
        sorted.sort_unstable();
        let rank = |words: u32| sorted.partition_point(|w| *w < words);
        self.words.iter().map(|w| rank(*w) * 10 / sorted.len()).collect()
    }

    /// Rows that are the same text.
    pub fn twins(&self) -> Twins {
        let mut texts: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        self.ids.iter().enumerate().for_each(|(row, id)| texts.entry(id).or_default().push(row));
        let differ = |rows: &[usize], of: &dyn Fn(usize) -> u32| rows.iter().any(|row| of(*row) != of(rows[0]));
        let mut twins = Twins::default();
        for rows in texts.values().filter(|rows| rows.len() > 1) {
            twins.over_folds += if differ(rows, &|row| self.folds[row]) { rows.len() } else { 0 };
            twins.other_label += if differ(rows, &|row| u32::from(self.scored.labels[row])) { rows.len() } else { 0 };
        }
        twins
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Eight rows of two outlets: the scores of `metrics`' comparison with scikit-learn.
    pub fn eight() -> Judged {
        let texts = |list: [&str; 8]| list.map(str::to_owned).to_vec();
        Judged {
            scored: Scored {
                scores: vec![0.1, 0.4, 0.35, 0.8, 0.65, 0.9, 0.4, 0.2],
                labels: vec![false, false, true, true, false, true, true, false],
                groups: texts(["a", "b", "c", "d", "e", "f", "g", "h"]),
            },
            words: vec![10, 20, 30, 40, 50, 60, 70, 80],
            sources: texts(["north", "north", "north", "north", "south", "south", "south", "south"]),
            folds: vec![0, 1, 0, 1, 0, 1, 0, 1],
            ids: texts(["1", "2", "3", "4", "5", "6", "7", "8"]),
        }
    }

    #[test]
    fn twins_are_counted_where_they_do_harm() {
        let mut judged = eight();
        assert_eq!(judged.twins(), Twins::default());
        judged.ids[2] = "1".into(); // the same fold, another label
        judged.ids[3] = "6".into(); // the same fold, the same label
        judged.ids[4] = "8".into(); // another fold, the same label
        assert_eq!(judged.twins(), Twins { over_folds: 2, other_label: 2 });
    }

    #[test]
    fn tenths_hold_equal_lengths_together() {
        let judged = Judged { words: vec![5, 5, 9, 30], ..Judged::default() };
        assert_eq!(judged.length_tenths(), [0, 0, 5, 7]);
    }
}

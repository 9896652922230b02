//! Rows with scores from a model that did not see them: what a judgement of the model rests on.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::metrics::Scored;
use crate::features::FEATURES;
use crate::features::measure::{Measure, Per};
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
    /// Hash of which signs each row shows and how often; 0 where they are too few to know a text by.
    pub signs: Vec<u64>,
}

/// Different signs that two texts must share to be taken for near copies; with fewer, chance does it.
const LEAST_SIGNS: usize = 6;
/// Most that the lengths of near copies differ from one to the next, share of the shorter.
const LENGTHS: f64 = 0.05;

/// Rows that stand in the data several times: what was learned from one is judged by its twin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Twins {
    /// Rows whose text stands elsewhere as well.
    pub rows: usize,
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
            signs: (0..matrix.len()).map(|row| signs(matrix, row)).collect(),
        }
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
        self.count(texts.into_values())
    }

    /// Rows of different texts that show the same signs equally often, six kinds of signs or more, and are about as long: mostly
    /// reprints with a word changed. Judged by counts, since a matrix holds no text.
    pub fn near_twins(&self) -> Twins {
        let mut alike: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let known = self.signs.iter().enumerate().filter(|(_, signs)| **signs != 0);
        known.for_each(|(row, signs)| alike.entry(*signs).or_default().push(row));
        let close = |a: &usize, b: &usize| f64::from(self.words[*b]) <= f64::from(self.words[*a]) * (1.0 + LENGTHS);
        let stretches = alike.into_values().flat_map(|mut rows| {
            rows.sort_by_key(|&row| self.words[row]);
            rows.chunk_by(close).map(<[usize]>::to_vec).collect::<Vec<_>>()
        });
        self.count(stretches.filter(|rows| rows.iter().any(|&row| self.ids[row] != self.ids[rows[0]])))
    }

    fn count(&self, sets: impl Iterator<Item = Vec<usize>>) -> Twins {
        let differ = |rows: &[usize], of: &dyn Fn(usize) -> u32| rows.iter().any(|row| of(*row) != of(rows[0]));
        let mut twins = Twins::default();
        for rows in sets.filter(|rows| rows.len() > 1) {
            twins.rows += rows.len();
            twins.over_folds += if differ(&rows, &|row| self.folds[row]) { rows.len() } else { 0 };
            twins.other_label += if differ(&rows, &|row| u32::from(self.scored.labels[row])) { rows.len() } else { 0 };
        }
        twins
    }
}

/// Hash of the signs of a row and of how often it shows each. Learned wording takes no part: its values differ between folds.
fn signs(matrix: &Matrix, row: usize) -> u64 {
    let is_rate = |column: usize| matches!(FEATURES[column].measure, Measure::Evidence { per: Per::HundredWords, .. });
    // A rate is √(100 · strength / words); this is the strength that was counted, in tenths.
    let strength = |column: usize| (matrix.values[[row, column]].powi(2) * f64::from(matrix.words[row]) / 10.0).round() as u32;
    let counts = (0..FEATURES.len()).filter(|&column| is_rate(column)).map(|column| (column, strength(column)));
    let signs: Vec<(usize, u32)> = counts.filter(|(_, strength)| *strength > 0).collect();
    if signs.len() < LEAST_SIGNS { 0 } else { FxBuildHasher.hash_one(&signs) }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::matrix::Row;
    use crate::text::Lang;

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
            signs: vec![0; 8],
        }
    }

    #[test]
    fn twins_are_counted_where_they_do_harm() {
        let mut judged = eight();
        assert_eq!(judged.twins(), Twins::default());
        judged.ids[2] = "1".into(); // the same fold, another label
        judged.ids[3] = "6".into(); // the same fold, the same label
        judged.ids[4] = "8".into(); // another fold, the same label
        assert_eq!(judged.twins(), Twins { rows: 6, over_folds: 2, other_label: 2 });
    }

    #[test]
    fn near_twins_show_the_same_signs_in_about_as_many_words() {
        let row = |id: &str, words: u32, signs: usize| {
            let mut values = vec![0.0; FEATURES.len()];
            let rates = (0..FEATURES.len())
                .filter(|&c| matches!(FEATURES[c].measure, Measure::Evidence { per: Per::HundredWords, .. }))
                .take(signs);
            rates.enumerate().for_each(|(at, c)| values[c] = (100.0 * (at + 1) as f64 / f64::from(words)).sqrt());
            let text = |s: &str| s.to_owned();
            Row { id: text(id), label: words > 101, group: text(id), source: text(""), fold: words % 2, words, values }
        };
        let rows = vec![row("1", 100, 6), row("2", 103, 6), row("3", 120, 6), row("4", 100, 5), row("5", 100, 5)];
        let matrix = Matrix::new(Lang::En, rows);
        let judged = Judged::of(&matrix, vec![0.5; 5]);
        assert_eq!(judged.near_twins(), Twins { rows: 2, over_folds: 2, other_label: 2 }, "one is longer, two show too little");
        assert_eq!(judged.twins(), Twins::default());
    }

    #[test]
    fn tenths_hold_equal_lengths_together() {
        let judged = Judged { words: vec![5, 5, 9, 30], ..Judged::default() };
        assert_eq!(judged.length_tenths(), [0, 0, 5, 7]);
    }
}

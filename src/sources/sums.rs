//! Sums that come out the same in whatever order they are added: whole numbers of billionths.

use std::collections::BTreeMap;

use super::interval::median_ranks;
use crate::model::file::Band;

/// Billionths in 1.
const UNIT: f64 = 1e9;
/// Steps of the scores' distribution: the median is exact to half of one.
const STEPS: f64 = 1000.0;

/// A sum of numbers of any sign, each below 10⁶.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum(i128);

impl Sum {
    /// Adds a number.
    pub fn add(&mut self, value: f64) {
        self.0 += (value * UNIT).round() as i128;
    }

    /// The sum divided by `n`.
    pub fn mean(&self, n: u64) -> f64 {
        self.0 as f64 / UNIT / n.max(1) as f64
    }
}

/// Number, sum and squares of scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// How many.
    pub n: u64,
    sum: u128,
    squares: u128,
}

impl Moments {
    /// Adds a score, 0 to 1.
    pub fn add(&mut self, score: f64) {
        let billionths = (score * UNIT).round() as u128;
        self.n += 1;
        self.sum += billionths;
        self.squares += billionths * billionths;
    }

    /// Adds all of another's.
    pub fn merge(&mut self, other: &Moments) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Their mean; 0 for none.
    pub fn mean(&self) -> f64 {
        self.sum as f64 / UNIT / self.n.max(1) as f64
    }

    /// Sum of their squared distances from the mean.
    pub fn deviation(&self) -> f64 {
        let n = u128::from(self.n.max(1));
        (n * self.squares - self.sum * self.sum) as f64 / (n as f64 * UNIT * UNIT)
    }
}

/// The scores of one head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Number, sum and squares.
    pub moments: Moments,
    /// How many scores round to each step.
    steps: BTreeMap<u16, u64>,
    /// How many are in the low band, and in the high one.
    pub bands: [u64; 2],
}

impl Scores {
    /// Adds a score and its band.
    pub fn add(&mut self, score: f64, band: Band) {
        self.moments.add(score);
        *self.steps.entry((score * STEPS).round() as u16).or_default() += 1;
        match band {
            Band::Low => self.bands[0] += 1,
            Band::High => self.bands[1] += 1,
            Band::Medium => {}
        }
    }

    /// The median, between the two scores in the middle where there are two.
    pub fn median(&self) -> f64 {
        let n = self.moments.n;
        (self.ranked(n.div_ceil(2)) + self.ranked(n / 2 + 1)) / 2.0
    }

    /// The 95 % interval of the median, if there are scores enough for one.
    pub fn median_interval(&self) -> Option<(f64, f64)> {
        median_ranks(self.moments.n).map(|(low, high)| (self.ranked(low), self.ranked(high)))
    }

    /// How many scores fall into each of `bins` equal parts of 0 to 1.
    pub fn histogram(&self, bins: usize) -> Vec<u64> {
        let mut counts = vec![0; bins];
        for (step, n) in &self.steps {
            counts[(usize::from(*step) * bins / STEPS as usize).min(bins - 1)] += n;
        }
        counts
    }

    /// The score with `rank`, from 1, in rising order; the highest beyond.
    fn ranked(&self, rank: u64) -> f64 {
        let mut seen = 0;
        let reached = self.steps.iter().find(|(_, n)| {
            seen += **n;
            seen >= rank
        });
        reached.or(self.steps.last_key_value()).map_or(0.0, |(step, _)| f64::from(*step) / STEPS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(values: &[f64]) -> Scores {
        let mut scores = Scores::default();
        values.iter().for_each(|v| scores.add(*v, if *v < 0.3 { Band::Low } else { Band::High }));
        scores
    }

    #[test]
    fn figures_by_hand() {
        let s = scores(&[0.2, 0.4, 0.9]);
        assert_eq!((s.moments.mean(), s.median(), s.bands), (0.5, 0.4, [1, 2]));
        assert!((s.moments.deviation() - 0.26).abs() < 1e-12, "0.09 + 0.01 + 0.16");
        assert_eq!(scores(&[0.2, 0.4, 0.6, 0.9]).median(), 0.5);
        assert_eq!(s.median_interval(), None);
        let nine: Vec<f64> = (1..=9).map(|i| f64::from(i) / 10.0).collect();
        assert_eq!(scores(&nine).median_interval(), Some((0.2, 0.8)), "ranks 2 and 8 of 9");
        assert_eq!(scores(&[0.0, 0.0994, 0.1, 0.5, 1.0]).histogram(10), [2, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
        assert_eq!((Scores::default().median(), Scores::default().moments.mean()), (0.0, 0.0));
    }
}

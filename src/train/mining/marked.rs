//! How likely annotators mark a stem: the share of its occurrences inside gold spans, drawn towards the stems rated like it by hand.
//!
//! Of a stem with n occurrences, k of them marked, the log-odds are r + w: r is that of its rating, w its own and maximises
//! `k(r + w) − n·ln(1 + e^(r + w)) − w²/2`. So a stem that was never seen has the chance of its rating, and one that is seen
//! often has its own. r is where the w of a rating's stems cancel out, held by one prior stem at the average log-odds r₀:
//! `Σw = r − r₀`.

use std::collections::BTreeMap;

use super::Mine;
use crate::model::logistic::sigmoid;

/// Halvings of the interval that r is sought in, and Newton steps to a w.
const HALVINGS: u32 = 40;
const STEPS: u32 = 30;
/// Log-odds beyond which r is not sought, and the longest step to a w.
const BOUND: f64 = 12.0;
const STRIDE: f64 = 2.0;

/// Occurrences of a stem outside and inside gold spans.
type Seen = [f64; 2];

/// Chance of each stem from the texts at `rows`, 0 where it is below `least`. All 0 without gold spans.
pub fn chances(mine: &Mine, rows: &[usize], least: f64) -> Vec<f64> {
    let mut seen: Vec<Seen> = vec![[0.0; 2]; mine.terms.list.len()];
    for &row in rows {
        for one in &mine.texts[row].uses {
            let [outside, inside] = one.spans.map(f64::from);
            seen[one.term as usize][0] += outside;
            seen[one.term as usize][1] += inside;
        }
    }
    let mut chances = vec![0.0; seen.len()];
    let mut by_rating: BTreeMap<Option<i8>, Vec<usize>> = BTreeMap::new();
    let mut all = [0.0; 2];
    for (at, term) in mine.terms.list.iter().enumerate().filter(|(_, term)| term.parts.is_none()) {
        all = [all[0] + seen[at][0], all[1] + seen[at][1]];
        by_rating.entry(term.rating).or_default().push(at);
    }
    if all.contains(&0.0) {
        return chances;
    }
    let average = (all[1] / all[0]).ln();
    for stems in by_rating.values() {
        let rating = log_odds(stems, &seen, average);
        for &at in stems {
            let chance = sigmoid(rating + own(seen[at], rating));
            chances[at] = if chance >= least { chance } else { 0.0 };
        }
    }
    chances
}

/// The r of `stems` that share a rating.
fn log_odds(stems: &[usize], seen: &[Seen], average: f64) -> f64 {
    let (mut low, mut high) = (-BOUND, BOUND);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        let sum: f64 = stems.iter().map(|&at| own(seen[at], middle)).sum();
        // Every w falls as r grows, so there is one root.
        if sum > middle - average { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The w of a stem, given r.
fn own([outside, inside]: Seen, rating: f64) -> f64 {
    let n = outside + inside;
    let mut w = 0.0;
    for _ in 0..STEPS {
        let p = sigmoid(rating + w);
        let step = (inside - n * p - w) / (n * p * (1.0 - p) + 1.0);
        w += step.clamp(-STRIDE, STRIDE);
        if step.abs() < 1e-9 {
            break;
        }
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_has_the_chance_of_its_rating_until_it_is_seen() {
        let seen = [[0.0, 0.0], [2.0, 2.0], [400.0, 100.0], [30.0, 10.0], [3.0, 0.0]];
        let stems: Vec<usize> = (0..seen.len()).collect();
        let rating = log_odds(&stems, &seen, -2.0);
        let chance = |at: usize| sigmoid(rating + own(seen[at], rating));
        assert_eq!(own(seen[0], rating), 0.0);
        assert!((chance(2) - 0.2).abs() < 0.01, "{}", chance(2));
        assert!(chance(0) < chance(1) && chance(1) < 0.5, "{} {}", chance(0), chance(1));
        assert!(chance(4) < chance(0), "{} {}", chance(4), chance(0));
        let sum: f64 = seen.iter().map(|s| own(*s, rating)).sum();
        assert!((sum - (rating + 2.0)).abs() < 1e-6, "{sum} {rating}");
    }
}

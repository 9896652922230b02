//! Weights of terms one by one: naive-Bayes log-odds, shrunk towards what is thought of a term before its own counts are seen.
//!
//! For a term with mass p in positive and q in negative texts, P and Q texts (a further text counts for less than one), n = p + q and prior mass a:
//!
//! - a stem starts from π, the log-odds of all stems that were rated like it by hand (0 for the unrated):
//!   `g·[ln((p + a/2·e^(π/2)) / P) − ln((q + a/2·e^(−π/2)) / Q)] + (1 − g)·π` with g = n/(n + a);
//! - a pair gets what it says beyond its stems, whose weights stand beside it: `g·[ln((p + a/2) / P) − ln((q + a/2) / Q) − s/2]`
//!   with s the sum of its stems' weights.

use super::{GROUPS, Mine, Support};
use crate::train::ratings::RANGE;

/// Prior mass a.
const PRIOR: f64 = 2.0;
/// Part of its stems' weights that is taken off a pair's.
const PARTS: f64 = 0.5;

/// Weight of each term from the texts at `rows`.
pub fn weights(mine: &Mine, rows: &[usize], support: &[Support]) -> Vec<f64> {
    let texts =
        |label: bool| rows.iter().map(|&r| &mine.texts[r]).filter(move |t| t.label == label).map(|t| t.weight).sum::<f64>();
    let [negatives, positives] = [false, true].map(|label| texts(label).max(1.0));
    let odds = |p: f64, q: f64| (p / positives).ln() - (q / negatives).ln();
    let priors = priors(mine, support, odds);
    let mut weights = vec![0.0; mine.terms.list.len()];
    for (number, term) in mine.terms.list.iter().enumerate() {
        let Support { mass: [q, p], groups } = support[number];
        let grip = (p + q) / (p + q + PRIOR);
        weights[number] = match (term.parts, term.rating) {
            (None, None) if groups < GROUPS => 0.0,
            (None, rating) => {
                let prior = rating.map_or(0.0, |r| priors[(r - RANGE[0]) as usize]);
                let tilt = PRIOR / 2.0 * (prior / 2.0).exp();
                let against = PRIOR / 2.0 * (-prior / 2.0).exp();
                grip * odds(p + tilt, q + against) + (1.0 - grip) * prior
            }
            (Some(_), _) if groups < GROUPS => 0.0,
            (Some(stems), _) => {
                let stems: f64 = stems.iter().map(|&s| weights[s as usize]).sum();
                grip * (odds(p + PRIOR / 2.0, q + PRIOR / 2.0) - PARTS * stems)
            }
        };
    }
    weights
}

/// Log-odds of the stems of each rating taken together; 0 for rating 0.
fn priors(mine: &Mine, support: &[Support], odds: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let [least, most] = RANGE;
    let pooled = |rating: i8| {
        let of_rating = mine.terms.list.iter().zip(support).filter(|(term, _)| term.rating == Some(rating));
        let [q, p] = of_rating.fold([1.0, 1.0], |sum, (_, s)| [sum[0] + s.mass[0], sum[1] + s.mass[1]]);
        if rating == 0 || p + q <= 2.0 { 0.0 } else { odds(p, q) }
    };
    (least..=most).map(pooled).collect()
}

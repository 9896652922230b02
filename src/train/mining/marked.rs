//! How likely annotators mark a stem: its share inside gold spans, shrunk towards that of the stems rated like it by hand.

use super::Mine;

/// Prior occurrences.
const PRIOR: f64 = 3.0;
/// A chance below this multiple of the average word's is not kept: it tells nothing.
const NOTABLE: f64 = 2.5;

/// Chance of each stem from the texts at `rows`, 0 where it is not notable. All 0 without gold spans.
pub fn chances(mine: &Mine, rows: &[usize]) -> Vec<f64> {
    let mut seen = vec![[0.0; 2]; mine.terms.list.len()];
    for &row in rows {
        for one in &mine.texts[row].uses {
            let [outside, inside] = one.spans.map(f64::from);
            seen[one.term as usize][0] += outside;
            seen[one.term as usize][1] += inside;
        }
    }
    let stems = || mine.terms.list.iter().zip(&seen).filter(|(term, _)| term.parts.is_none());
    let share = |rating: Option<Option<i8>>| {
        let like = stems().filter(|(term, _)| rating.is_none_or(|r| term.rating == r));
        let [outside, inside] = like.fold([0.0, 0.0], |sum, (_, s)| [sum[0] + s[0], sum[1] + s[1]]);
        if inside == 0.0 { 0.0 } else { inside / (inside + outside) }
    };
    let average = share(None);
    let mut by_rating = std::collections::BTreeMap::new();
    let chance = |(term, [outside, inside]): (&super::terms::Term, &[f64; 2])| {
        if term.parts.is_some() || average == 0.0 {
            return 0.0;
        }
        let prior: f64 = *by_rating.entry(term.rating).or_insert_with(|| share(Some(term.rating)));
        let chance = (inside + PRIOR * prior) / (inside + outside + PRIOR);
        if chance >= NOTABLE * average { chance } else { 0.0 }
    };
    mine.terms.list.iter().zip(&seen).map(chance).collect()
}

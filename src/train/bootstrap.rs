//! Groups drawn again: how far a figure moves with the choice of texts.

use std::collections::BTreeMap;

/// Samples of a bootstrap of figures.
pub const SAMPLES: usize = 500;
/// Where the generator starts: fixed, so that intervals are the same every time.
const SEED: u64 = 0x5EED;
/// Step of SplitMix64's state.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Rows by group, to draw groups from with replacement.
#[derive(Clone, Debug)]
pub struct Resamples {
    members: Vec<Vec<usize>>,
}

impl Resamples {
    /// Groups of rows, by name.
    pub fn of(groups: &[String]) -> Resamples {
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, group) in groups.iter().enumerate() {
            members.entry(group).or_default().push(row);
        }
        Resamples { members: members.into_values().collect() }
    }

    /// Rows of sample `number`: as many groups as there are, each drawn from all of them.
    pub fn rows(&self, number: usize) -> Vec<usize> {
        let groups = self.members.len() as u64;
        // The state moves by a constant with each draw, so that samples can be drawn in any order, and on any thread.
        let mut state = SEED.wrapping_add((number as u64).wrapping_mul(groups).wrapping_mul(STEP));
        let draw = |_| self.members[(split_mix(&mut state) % groups) as usize].iter().copied();
        (0..groups).flat_map(draw).collect()
    }

    /// How often each of `rows` rows stands in sample `number`.
    pub fn counts(&self, number: usize, rows: usize) -> Vec<f64> {
        let mut counts = vec![0.0; rows];
        self.rows(number).into_iter().for_each(|row| counts[row] += 1.0);
        counts
    }
}

/// The 95 % interval of resampled values: their 2.5 % and 97.5 % points. Values that are not finite (a sample of one class) are
/// left out; NaN if there are no others.
pub fn interval(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let mut list: Vec<f64> = values.filter(|v| v.is_finite()).collect();
    list.sort_by(f64::total_cmp);
    let point = |q: f64| list.get(((list.len() as f64 - 1.0) * q).round() as usize).copied().unwrap_or(f64::NAN);
    [point(0.025), point(0.975)]
}

/// SplitMix64 (Steele, Lea & Flood 2014).
pub fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(STEP);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_drawn_whole_and_differently_each_time() {
        let groups: Vec<String> = (0..60).map(|row| format!("g{}", row / 3)).collect();
        let resamples = Resamples::of(&groups);
        let mut seen = Vec::new();
        for number in 0..20 {
            let counts = resamples.counts(number, groups.len());
            assert_eq!(counts.iter().sum::<f64>(), 60.0);
            assert!(counts.chunks(3).all(|group| group[0] == group[1] && group[1] == group[2]));
            assert!(!seen.contains(&counts), "sample {number} is new");
            assert_eq!(counts, resamples.counts(number, groups.len()), "and the same when asked again");
            seen.push(counts);
        }
    }

    #[test]
    fn an_interval_holds_the_middle_of_the_values() {
        assert_eq!(interval((0..=1000).map(f64::from)), [25.0, 975.0]);
        assert_eq!(interval([f64::NAN, 2.0, f64::INFINITY].into_iter()), [2.0, 2.0]);
        assert!(interval(std::iter::empty()).iter().all(|v| v.is_nan()));
    }
}

//! The stems and pairs of stems that texts hold, numbered in the order of their first appearance.

use rustc_hash::FxHashMap;

use crate::train::ratings::Ratings;

/// A stem or a pair of neighbouring stems.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its key in [`crate::lexicon::learned`].
    pub key: u64,
    /// Its stem or stems, with a space between.
    pub spelling: String,
    /// The numbers of a pair's stems.
    pub parts: Option<[u32; 2]>,
    /// What a stem was rated by hand, if it was.
    pub rating: Option<i8>,
}

/// Numbered terms.
#[derive(Debug, Default)]
pub struct Terms {
    /// By number.
    pub list: Vec<Term>,
    numbers: FxHashMap<u64, u32>,
}

impl Terms {
    /// The number of a key. A new one is spelled by `describe`: its spelling and the keys of its stems, which for a pair
    /// must have numbers already.
    pub fn number(&mut self, key: u64, ratings: &Ratings, describe: impl FnOnce() -> (String, Vec<u64>)) -> u32 {
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let (spelling, stems) = describe();
        let parts = match stems[..] {
            [first, second] => Some([self.numbers[&first], self.numbers[&second]]),
            _ => None,
        };
        let rating = if parts.is_none() { ratings.of(key) } else { None };
        let number = self.list.len() as u32;
        self.list.push(Term { key, spelling, parts, rating });
        self.numbers.insert(key, number);
        number
    }
}

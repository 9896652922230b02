//! The stems and pairs of stems that texts hold, numbered in the order of their first appearance.

use rustc_hash::FxHashMap;

use crate::lexicon::learned::Stems;
use crate::train::ratings::Ratings;

/// A stem or a pair of neighbouring stems.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its stem or stems, hashed.
    pub stems: Stems,
    /// The same spelled, with a space between.
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
    numbers: FxHashMap<Stems, u32>,
}

impl Terms {
    /// The number of a term, which `spell` spells if it is new; the stems of a pair must have numbers already.
    pub fn number(&mut self, stems: Stems, ratings: &Ratings, spell: impl FnOnce() -> String) -> u32 {
        if let Some(&number) = self.numbers.get(&stems) {
            return number;
        }
        let (parts, rating) = match stems {
            Stems::One(stem) => (None, ratings.of(stem)),
            Stems::Two(first, second) => (Some([first, second].map(|stem| self.numbers[&Stems::One(stem)])), None),
        };
        let number = self.list.len() as u32;
        self.list.push(Term { stems, spelling: spell(), parts, rating });
        self.numbers.insert(stems, number);
        number
    }
}

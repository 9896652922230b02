//! The most marked articles, in bounded memory.

use crate::model::file::Band;

/// How many are kept.
const KEPT: usize = 20;
/// Texts of fewer words have wide intervals, and stand in the list only if there are no longer ones.
pub(super) const LONG_ENOUGH: u32 = 40;

/// An article that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// Row of the table, from 1, the header not counted.
    pub row: u64,
    /// Its outlet; empty if not named.
    pub source: String,
    /// Its title, or how its text begins; empty if the table has neither.
    pub title: String,
    /// Its address, if that begins with `http://` or `https://`.
    pub url: Option<String>,
    /// Its length, words.
    pub words: u32,
    /// By head.
    pub scores: [f64; 2],
    /// By head.
    pub bands: [Band; 2],
}

/// The articles with the highest keys so far; of equal keys, the first rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Most {
    kept: Vec<(f64, Marked)>,
}

impl Most {
    /// Takes note of an article, if its key is among the highest. `marked` is built only then.
    pub fn offer(&mut self, key: f64, row: u64, marked: impl FnOnce() -> Marked) {
        let better = |other: &(f64, Marked)| key > other.0 || (key == other.0 && row < other.1.row);
        if self.kept.len() == KEPT && !self.kept.last().is_some_and(better) {
            return;
        }
        let at = self.kept.iter().position(better).unwrap_or(self.kept.len());
        self.kept.insert(at, (key, marked()));
        self.kept.truncate(KEPT);
    }

    /// Those kept, the highest key first.
    pub fn finish(self) -> Vec<Marked> {
        self.kept.into_iter().map(|(_, marked)| marked).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_are_kept_in_order() {
        let mut most = Most::default();
        let key = |row: u64| ((row * 37) % 50) as f64 / 50.0; // every key twice
        for row in 1..=100 {
            let marked = || Marked {
                row,
                source: String::new(),
                title: String::new(),
                url: None,
                words: 50,
                scores: [0.0; 2],
                bands: [Band::Low; 2],
            };
            most.offer(key(row), row, marked);
        }
        let rows: Vec<u64> = most.finish().iter().map(|m| m.row).collect();
        let mut wanted: Vec<u64> = (1..=100).collect();
        wanted.sort_by(|a, b| key(*b).total_cmp(&key(*a)).then(a.cmp(b)));
        assert_eq!(rows, wanted[..KEPT]);
    }
}

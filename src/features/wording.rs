//! Learned wording in a stretch of text. Each stem or pair counts once, however often it stands there: its weight is shared
//! among its occurrences, so that they add up.

use crate::lexicon::Indicator;
use crate::lexicon::learned::{self, Learned};
use crate::text::{Scan, Sentence};

/// Reusable memory: where the learned stems and pairs of a stretch stand.
#[derive(Debug, Default)]
pub struct Wording {
    keys: Vec<u64>,
    hits: Vec<Hit>,
}

#[derive(Clone, Copy, Debug)]
struct Hit {
    key: u64,
    sentence: u32,
    start: u32,
    end: u32,
    weight: f64,
    marked: f64,
}

/// Where a piece of learned wording stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Number of its sentence.
    pub sentence: u32,
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
}

impl Wording {
    /// Forgets the stretch before.
    pub fn clear(&mut self) {
        self.hits.clear();
    }

    /// Reads a sentence of the stretch.
    pub fn read(&mut self, learned: &Learned, scan: &Scan, sentence: Sentence, number: u32) {
        learned::keys(scan, sentence, |start, end, key| {
            if let Some(wording) = learned.get(key) {
                let (weight, marked) = (wording.weight, wording.marked);
                self.hits.push(Hit { key, sentence: number, start, end, weight, marked });
            }
        });
    }

    /// Ends the stretch: calls `visit` with each place and its part of the weight. Returns how many different stems and
    /// pairs have a weight. Names never have one, so an exchanged name does not change the number.
    pub fn finish(&mut self, mut visit: impl FnMut(Place, f64)) -> u32 {
        self.keys.clear();
        self.keys.extend(self.hits.iter().filter(|hit| hit.weight != 0.0).map(|hit| hit.key));
        self.keys.sort_unstable();
        for hit in self.hits.iter().filter(|hit| hit.weight != 0.0) {
            let from = self.keys.partition_point(|key| *key < hit.key);
            let times = self.keys[from..].iter().take_while(|key| **key == hit.key).count();
            visit(Place { sentence: hit.sentence, start: hit.start, end: hit.end }, hit.weight / times as f64);
        }
        self.keys.dedup();
        self.keys.len() as u32
    }

    /// The words of the stretch that annotators may mark, and how likely each is.
    pub fn marks(&self) -> impl Iterator<Item = (Place, f64)> {
        let marked = self.hits.iter().filter(|hit| hit.marked > 0.0);
        marked.map(|hit| (Place { sentence: hit.sentence, start: hit.start, end: hit.end }, hit.marked))
    }
}

/// The indicators of learned wording, in the order of the heads.
pub const LEARNED: [Indicator; 2] = [Indicator::of("learned.propaganda"), Indicator::of("learned.credibility")];
/// A word that annotators may mark.
pub const MARKED: Indicator = Indicator::of("learned.marked");

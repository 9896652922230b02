//! Wording learned from labelled text: stems and pairs of stems with a weight each, as data beside the packs.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::stem;
use crate::error::{Error, Result};
use crate::text::{Scan, Sentence, flag, gap};

/// Learned weights of one language and head.
#[derive(Debug, Default, Clone)]
pub struct Learned {
    weights: FxHashMap<u64, f64>,
}

/// The hash of a folded form or stem.
pub fn hash(form: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form);
    hasher.finish()
}

/// The key of two neighbouring stems.
pub fn pair(first: u64, second: u64) -> u64 {
    (first.rotate_left(21) ^ second).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Calls `visit(start, end, key)` for each stem and each pair of neighbouring stems of a sentence.
/// Numbers and web addresses have none, and a pair does not reach across a comma or bracket.
pub fn keys(scan: &Scan, sentence: Sentence, mut visit: impl FnMut(u32, u32, u64)) {
    let mut previous = None;
    for at in sentence.start..sentence.end {
        let token = &scan.tokens[at as usize];
        if token.flags & (flag::NUMBER | flag::ADDRESS) != 0 {
            previous = None;
            continue;
        }
        let key = hash(stem::stem(scan.folded(token), token.is(flag::ARABIC)));
        visit(at, at + 1, key);
        if let Some(first) = previous.filter(|_| token.gap & gap::BREAKS_PHRASE == 0) {
            visit(at - 1, at + 1, pair(first, key));
        }
        previous = Some(key);
    }
}

impl Learned {
    /// Weights by key.
    pub fn new(weights: impl IntoIterator<Item = (u64, f64)>) -> Learned {
        Learned { weights: weights.into_iter().collect() }
    }

    /// Reads lines of `stem[ stem]<TAB>weight`; `#` opens a comment.
    pub fn parse(file: &str, text: &str) -> Result<Learned> {
        let mut weights = FxHashMap::default();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |reason: &str| Error::Pack { file: file.into(), line: number + 1, reason: reason.into() };
            let mut fields = line.split('\t');
            let (Some(stems), Some(weight)) = (fields.next(), fields.next()) else {
                return Err(fail("expected `stem<TAB>weight`"));
            };
            let weight: f64 = weight.parse().map_err(|_| fail("the weight is not a number"))?;
            if !weight.is_finite() {
                return Err(fail("the weight is not finite"));
            }
            let key = match stems.split_once(' ') {
                Some((first, second)) => pair(hash(first.as_bytes()), hash(second.as_bytes())),
                None => hash(stems.as_bytes()),
            };
            weights.insert(key, weight);
        }
        Ok(Learned { weights })
    }

    /// Number of weighted stems and pairs.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Calls `visit(start, end, weight)` for each weighted stem or pair of a sentence.
    pub fn find(&self, scan: &Scan, sentence: Sentence, mut visit: impl FnMut(u32, u32, f64)) {
        if self.weights.is_empty() {
            return;
        }
        keys(scan, sentence, |start, end, key| {
            if let Some(&weight) = self.weights.get(&key) {
                visit(start, end, weight);
            }
        });
    }
}

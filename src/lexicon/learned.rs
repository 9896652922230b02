//! Wording learned from labelled text: stems and pairs of stems with a weight each, as data beside the packs.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::stem;
use crate::error::{Error, Result};
use crate::text::{Scan, Sentence, Token, flag, gap};

/// What was learned about a stem or a pair of neighbouring stems.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wording {
    /// What its presence adds, in log-odds of either sign.
    pub weight: f64,
    /// The chance that annotators mark the word, 0 to 1; 0 where nothing is known.
    pub marked: f64,
}

/// Learned weights of one language and head.
#[derive(Debug, Default, Clone)]
pub struct Learned {
    wording: FxHashMap<u64, Wording>,
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

/// The key of a token's stem.
pub fn stem_key(scan: &Scan, token: &Token) -> u64 {
    hash(stem::stem(scan.folded(token), token.is(flag::ARABIC)))
}

/// A token's stem, spelled.
pub fn spell(scan: &Scan, token: &Token) -> String {
    String::from_utf8_lossy(stem::stem(scan.folded(token), token.is(flag::ARABIC))).into_owned()
}

/// Calls `visit(start, end, key)` for each stem and each pair of neighbouring stems of a sentence.
/// Numbers and web addresses have none, nor have capitalised words inside a sentence, which are mostly names; and a pair does
/// not reach across a comma or bracket.
pub fn keys(scan: &Scan, sentence: Sentence, mut visit: impl FnMut(u32, u32, u64)) {
    let mut previous = None;
    for at in sentence.start..sentence.end {
        let token = &scan.tokens[at as usize];
        let name = token.is(flag::CAPITAL) && at > sentence.start;
        if name || token.flags & (flag::NUMBER | flag::ADDRESS) != 0 {
            previous = None;
            continue;
        }
        let key = stem_key(scan, token);
        visit(at, at + 1, key);
        if let Some(first) = previous.filter(|_| token.gap & gap::BREAKS_PHRASE == 0) {
            visit(at - 1, at + 1, pair(first, key));
        }
        previous = Some(key);
    }
}

impl Learned {
    /// Wording by key.
    pub fn new(wording: impl IntoIterator<Item = (u64, Wording)>) -> Learned {
        Learned { wording: wording.into_iter().collect() }
    }

    /// Reads lines of `stem[ stem]<TAB>weight[<TAB>marked]`; `#` opens a comment.
    pub fn parse(file: &str, text: &str) -> Result<Learned> {
        let mut wording = FxHashMap::default();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |reason: &str| Error::Pack { file: file.into(), line: number + 1, reason: reason.into() };
            let mut fields = line.split('\t');
            let (Some(stems), Some(weight)) = (fields.next(), fields.next()) else {
                return Err(fail("expected `stem<TAB>weight` or `stem<TAB>weight<TAB>chance of a mark`"));
            };
            let number = |field: &str, what: &str| match field.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(value),
                Ok(_) => Err(fail(&format!("the {what} is not finite"))),
                Err(_) => Err(fail(&format!("the {what} is not a number"))),
            };
            let marked = fields.next().map_or(Ok(0.0), |field| number(field, "chance of a mark"))?;
            if !(0.0..=1.0).contains(&marked) {
                return Err(fail("the chance of a mark is not between 0 and 1"));
            }
            let key = match stems.split_once(' ') {
                Some((first, second)) => pair(hash(first.as_bytes()), hash(second.as_bytes())),
                None => hash(stems.as_bytes()),
            };
            wording.insert(key, Wording { weight: number(weight, "weight")?, marked });
        }
        Ok(Learned { wording })
    }

    /// Number of stems and pairs that something was learned about.
    pub fn len(&self) -> usize {
        self.wording.len()
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.wording.is_empty()
    }

    /// What was learned about a key.
    pub fn get(&self, key: u64) -> Option<Wording> {
        self.wording.get(&key).copied()
    }
}

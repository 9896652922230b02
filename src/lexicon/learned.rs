//! Wording learned from labelled text: stems and pairs of stems with a weight each, as data beside the packs.

use bitcode::{Decode, Encode};

use super::hash::{self, Table};
use super::stem;
use crate::error::{Error, Result};
use crate::text::{Scan, Sentence, Token, flag, gap};

/// What was learned about a stem or a pair of neighbouring stems, in thousandths, so that sums are exact in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Wording {
    /// What its presence adds, in thousandths of log-odds of either sign.
    pub weight: i32,
    /// The chance that annotators mark the word, in thousandths; 0 where nothing is known.
    pub marked: u16,
}

/// Thousandths to a number.
pub fn from_thousandths(value: impl Into<f64>) -> f64 {
    value.into() / 1000.0
}

/// A stem, or two neighbouring ones, by their hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stems {
    /// One.
    One(u64),
    /// Two.
    Two(u64, u64),
}

/// What a learned lexicon knows of a stem, in one word: its number, and whether it opens or closes any pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct StemRef(u32);

impl Default for StemRef {
    fn default() -> Self {
        StemRef::UNKNOWN
    }
}

impl StemRef {
    /// A stem that nothing was learned about.
    pub const UNKNOWN: StemRef = StemRef(StemRef::NUMBER);
    const OPENS: u32 = 1 << 31;
    const CLOSES: u32 = 1 << 30;
    const NUMBER: u32 = StemRef::CLOSES - 1;

    /// Its number in the lexicon, if it has one.
    #[inline]
    pub fn number(self) -> Option<u32> {
        let number = self.0 & StemRef::NUMBER;
        (number != StemRef::NUMBER).then_some(number)
    }
}

/// Learned weights of one language and head.
#[derive(Debug, Default, Clone, PartialEq, Encode, Decode)]
pub struct Learned {
    stems: Table,
    refs: Vec<StemRef>,
    pairs: Table,
    /// By number: of stems, then of pairs.
    wording: Vec<Wording>,
    entries: usize,
}

/// The hash of a token's stem.
pub fn stem_key(scan: &Scan, token: &Token) -> u64 {
    hash::hash(stem::stem(scan.folded(token), token.is(flag::ARABIC)))
}

/// A token's stem, spelled.
pub fn spell(scan: &Scan, token: &Token) -> String {
    String::from_utf8_lossy(stem::stem(scan.folded(token), token.is(flag::ARABIC))).into_owned()
}

/// Whether the token at `at` is wording: numbers and web addresses are not, nor are capitalised words inside a sentence, which
/// are mostly names.
#[inline]
pub fn is_wording(token: &Token, at: u32, sentence: Sentence) -> bool {
    let name = token.is(flag::CAPITAL) && at > sentence.start;
    !name && token.flags & (flag::NUMBER | flag::ADDRESS) == 0
}

/// Whether a token and the one before it make a pair: not across a comma or bracket.
#[inline]
pub fn joins(token: &Token) -> bool {
    token.gap & gap::BREAKS_PHRASE == 0
}

/// Calls `visit(start, end, stems)` for each stem and each pair of neighbouring stems of a sentence.
pub fn stems(scan: &Scan, sentence: Sentence, mut visit: impl FnMut(u32, u32, Stems)) {
    let mut previous = None;
    for at in sentence.start..sentence.end {
        let token = &scan.tokens[at as usize];
        if !is_wording(token, at, sentence) {
            previous = None;
            continue;
        }
        let stem = stem_key(scan, token);
        visit(at, at + 1, Stems::One(stem));
        if let Some(first) = previous.filter(|_| joins(token)) {
            visit(at - 1, at + 1, Stems::Two(first, stem));
        }
        previous = Some(stem);
    }
}

impl Learned {
    /// Wording by stems; of equal ones the last counts.
    pub fn new(entries: impl IntoIterator<Item = (Stems, Wording)>) -> Learned {
        let (singles, pairs): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(stems, _)| matches!(stems, Stems::One(_)));
        let mut learned = Learned::default();
        for (stems, wording) in singles {
            if let Stems::One(stem) = stems {
                let number = learned.number(stem);
                learned.wording[number as usize] = wording;
            }
        }
        let mut by_number = Vec::with_capacity(pairs.len());
        for (stems, wording) in pairs {
            if let Stems::Two(first, second) = stems {
                let (first, second) = (learned.number(first), learned.number(second));
                learned.refs[first as usize].0 |= StemRef::OPENS;
                learned.refs[second as usize].0 |= StemRef::CLOSES;
                by_number.push((hash::of_pair(first.into(), second.into()), wording));
            }
        }
        for (pair, wording) in by_number {
            let fresh = learned.wording.len() as u32;
            let number = learned.pairs.get_or_insert(pair, fresh);
            match number == fresh {
                true => learned.wording.push(wording),
                false => learned.wording[number as usize] = wording,
            }
        }
        learned.entries = learned.wording.iter().filter(|w| **w != Wording::default()).count();
        learned
    }

    fn number(&mut self, stem: u64) -> u32 {
        let fresh = self.refs.len() as u32;
        let number = self.stems.get_or_insert(stem, fresh);
        if number == fresh {
            self.refs.push(StemRef(fresh));
            self.wording.push(Wording::default());
        }
        number
    }

    /// Reads lines of `stem[ stem]<TAB>weight[<TAB>marked]`, kept to the third decimal; `#` opens a comment.
    ///
    /// # Errors
    /// Names the line that is none of these.
    pub fn parse(file: &str, text: &str) -> Result<Learned> {
        let mut entries = Vec::new();
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
                Ok(value) if value.abs() <= MOST => Ok((value * 1000.0).round()),
                Ok(_) => Err(fail(&format!("the {what} is not between -{MOST} and {MOST}"))),
                Err(_) => Err(fail(&format!("the {what} is not a number"))),
            };
            let marked = fields.next().map_or(Ok(0.0), |field| number(field, "chance of a mark"))?;
            if !(0.0..=1000.0).contains(&marked) {
                return Err(fail("the chance of a mark is not between 0 and 1"));
            }
            let key = match stems.split_once(' ') {
                Some((first, second)) => Stems::Two(hash::hash(first.as_bytes()), hash::hash(second.as_bytes())),
                None => Stems::One(hash::hash(stems.as_bytes())),
            };
            entries.push((key, Wording { weight: number(weight, "weight")? as i32, marked: marked as u16 }));
        }
        Ok(Learned::new(entries))
    }

    /// Number of stems and pairs that something was learned about.
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// How many numbers stems and pairs have.
    pub fn numbers(&self) -> usize {
        self.wording.len()
    }

    /// What is known of a stem by its hash.
    pub fn stem(&self, stem: u64) -> StemRef {
        self.stems.get(stem).map_or(StemRef::UNKNOWN, |number| self.refs[number as usize])
    }

    /// The number of a pair, if anything was learned about it.
    #[inline]
    pub fn pair(&self, first: StemRef, second: StemRef) -> Option<u32> {
        if first.0 & StemRef::OPENS == 0 || second.0 & StemRef::CLOSES == 0 {
            return None;
        }
        self.pairs.get(hash::of_pair(first.number()?.into(), second.number()?.into()))
    }

    /// What was learned about a number.
    #[inline]
    pub fn wording(&self, number: u32) -> Wording {
        self.wording[number as usize]
    }
}

/// Largest weight, log-odds.
const MOST: f64 = 1000.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Segments;

    #[test]
    fn stems_and_pairs_of_a_sentence() {
        let (mut scan, mut segments) = (Scan::default(), Segments::default());
        // A name, a number and a comma part what stands beside them.
        scan.read("Old bridges of Paris fell, 12 new roads stayed");
        segments.cut(&scan);
        let words =
            ["old", "bridges", "of", "fell", "new", "roads", "stayed"].map(|word| hash::hash(stem::stem(word.as_bytes(), false)));
        let [old, bridges, of, fell, new, roads, stayed] = words;
        let mut found = Vec::new();
        stems(&scan, segments.sentences[0], |start, end, stems| found.push((start, end, stems)));
        let expected = [
            (0, 1, Stems::One(old)),
            (1, 2, Stems::One(bridges)),
            (0, 2, Stems::Two(old, bridges)),
            (2, 3, Stems::One(of)),
            (1, 3, Stems::Two(bridges, of)),
            (4, 5, Stems::One(fell)),
            (6, 7, Stems::One(new)),
            (7, 8, Stems::One(roads)),
            (6, 8, Stems::Two(new, roads)),
            (8, 9, Stems::One(stayed)),
            (7, 9, Stems::Two(roads, stayed)),
        ];
        assert_eq!(found, expected);
    }
}

//! Sketches of sets of words: a bit for each, shared with others. Where two sketches have no bit in common, the sets have no word
//! in common; so one operation rules out most steps of the trie.

use super::trie::{Atom, Special};
use crate::text::{Token, flag, gap};

/// A set of words of the packs and of properties of a token.
pub type Sketch = u128;

/// Bits that words share; the ones above stand for properties.
const WORD_BITS: u32 = 123;
/// Every token, and the end of a sentence.
pub const ANY: Sketch = 1 << 127;
const NUMBER: Sketch = 1 << 126;
const NAME: Sketch = 1 << 125;
const COMMA: Sketch = 1 << 124;
const QUOTE: Sketch = 1 << 123;

/// A gap of up to so many tokens is followed by a token that [`reach`] has seen.
const REACHED_GAP: u8 = REACH as u8 - 1;
/// Tokens that a reach looks at.
const REACH: usize = 4;

/// The properties in a sketch, without its words.
pub fn properties(sketch: Sketch) -> Sketch {
    sketch & (ANY | NUMBER | NAME | COMMA | QUOTE)
}

/// The bit of a word, by its number.
pub fn of_word(word: u32) -> Sketch {
    1 << ((u64::from(word.wrapping_mul(0x9E37_79B1)) * u64::from(WORD_BITS)) >> 32)
}

/// A set of atoms: a bit for each, by its number, shared with others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtomSketch([u64; 4]);

impl AtomSketch {
    /// The sketch of these atoms.
    pub fn of(atoms: &[Atom]) -> AtomSketch {
        let mut sketch = AtomSketch::default();
        for &atom in atoms {
            let (word, bit) = Self::place(atom);
            sketch.0[word] |= bit;
        }
        sketch
    }

    /// Whether an atom may be among them.
    #[inline]
    pub fn may_hold(&self, atom: Atom) -> bool {
        let (word, bit) = Self::place(atom);
        self.0[word] & bit != 0
    }

    #[inline]
    fn place(atom: Atom) -> (usize, u64) {
        ((atom / 64 % 4) as usize, 1 << (atom % 64))
    }
}

/// What a step that is no atom asks of the token it looks at. A gap asks nothing of it, see [`after_gap`]; that a sentence starts
/// is asked before any sketch is.
pub fn of_special(special: Special) -> Sketch {
    match special {
        Special::Gap(_) | Special::Start => 0,
        Special::Any => ANY,
        Special::Number => NUMBER,
        Special::Name => NAME,
        Special::Comma => COMMA,
        Special::Quote => QUOTE,
    }
}

/// Whether all that a gap of so many tokens may lead to is in the [`reach`] of the token it looks at.
pub fn is_reached(width: u8) -> bool {
    width <= REACHED_GAP
}

/// What a step asks of the [`reach`] of the token it looks at, if it is a gap and `next` may stand behind it.
pub fn after_gap(special: Special, next: Sketch) -> Sketch {
    match special {
        Special::Gap(width) if is_reached(width) => next,
        Special::Gap(_) => ANY,
        _ => 0,
    }
}

/// What a token is besides its words.
#[inline]
pub fn of_token(token: &Token, opens_sentence: bool) -> Sketch {
    let mut sketch = ANY;
    if token.flags & (flag::NUMBER | flag::CAPITAL) != 0 || token.gap & (gap::COMMA | gap::QUOTE_OPEN) != 0 {
        sketch |= if token.is(flag::NUMBER) { NUMBER } else { 0 };
        sketch |= if token.is(flag::CAPITAL) && !opens_sentence { NAME } else { 0 };
        sketch |= if token.gap & gap::COMMA != 0 { COMMA } else { 0 };
        sketch |= if token.gap & gap::QUOTE_OPEN != 0 { QUOTE } else { 0 };
    }
    sketch
}

/// For each token of a sentence what it or one of the next three is, into `out`.
pub fn reach(tokens: &[Sketch], out: &mut Vec<Sketch>) {
    out.clear();
    out.extend_from_slice(tokens);
    for step in [1, REACH / 2] {
        for at in 0..out.len().saturating_sub(step) {
            out[at] |= out[at + step];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reach_holds_four_tokens() {
        let tokens: Vec<Sketch> = (0..7).map(|at| 1 << at).collect();
        let mut out = Vec::new();
        reach(&tokens, &mut out);
        assert_eq!(out, [0b1111, 0b11110, 0b111100, 0b1111000, 0b1110000, 0b1100000, 0b1000000]);
    }

    #[test]
    fn a_sketch_of_atoms_holds_its_own_and_few_others() {
        let atoms: Vec<Atom> = (0..35).map(|at| at * 1_009).collect();
        let sketch = AtomSketch::of(&atoms);
        assert!(atoms.iter().all(|atom| sketch.may_hold(*atom)));
        let others = (0..10_000).filter(|atom| !atoms.contains(atom) && sketch.may_hold(*atom)).count();
        assert!(others < 2_000, "{others} of 10,000 take an atom's bit");
        assert!((0..10_000).all(|atom| !AtomSketch::default().may_hold(atom)));
    }

    #[test]
    fn words_have_one_bit_below_those_of_properties() {
        for word in 0..10_000 {
            assert_eq!(of_word(word).count_ones(), 1);
            assert_eq!(properties(of_word(word)), 0);
        }
    }
}

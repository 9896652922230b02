//! Hashes of folded words, and tables from them to numbers.
//!
//! A word's hash is a polynomial over its bytes, so that the hashes of all its parts follow from those of its beginnings: the
//! readings of an Arabic word need no pass over the letters each. Two words are taken for one if all 64 bits agree; among a
//! million words that is expected once in 10⁷ lexicons.

use bitcode::{Decode, Encode};

/// Base of the polynomial: odd, so that no power of it vanishes.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Longest word whose parts are hashed, bytes.
pub const LONGEST: usize = 64;

/// Hash of a folded form or stem, never 0.
pub fn hash(form: &[u8]) -> u64 {
    finish(form.iter().fold(0, |sum, byte| step(sum, *byte)))
}

/// Hash of an ordered pair of numbers, never 0.
pub fn of_pair(first: u64, second: u64) -> u64 {
    finish(first.wrapping_mul(BASE).rotate_left(23) ^ second)
}

fn step(sum: u64, byte: u8) -> u64 {
    sum.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1)
}

/// Spreads the polynomial over all bits: tables read the low ones.
fn finish(sum: u64) -> u64 {
    let mixed = (sum ^ sum >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed ^ mixed >> 32) | 1
}

/// `BASE` to the power of each length.
const POWERS: [u64; LONGEST + 1] = {
    let mut powers = [1u64; LONGEST + 1];
    let mut at = 1;
    while at <= LONGEST {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
};

/// The hashes of all parts of one word of at most [`LONGEST`] bytes.
pub struct Parts {
    sums: [u64; LONGEST + 1],
}

impl Parts {
    /// Reads a word; `None` if it is too long to be one.
    pub fn of(form: &[u8]) -> Option<Parts> {
        if form.len() > LONGEST {
            return None;
        }
        let mut sums = [0; LONGEST + 1];
        for (at, byte) in form.iter().enumerate() {
            sums[at + 1] = step(sums[at], *byte);
        }
        Some(Parts { sums })
    }

    /// [`hash`] of the bytes from `start` to `end`.
    pub fn hash(&self, start: usize, end: usize) -> u64 {
        finish(self.sums[end].wrapping_sub(self.sums[start].wrapping_mul(POWERS[end - start])))
    }
}

/// Numbers by hash: open addressing, at most half full.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub struct Table {
    slots: Vec<Slot>,
    used: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Encode, Decode)]
struct Slot {
    /// 0 where nothing is.
    hash: u64,
    value: u32,
}

impl Table {
    /// The number of a hash.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize >> 1 & mask;
        loop {
            let slot = &self.slots[at];
            if slot.hash == hash {
                return Some(slot.value);
            }
            if slot.hash == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a hash; `fresh` becomes it if there is none yet.
    pub fn get_or_insert(&mut self, hash: u64, fresh: u32) -> u32 {
        debug_assert_ne!(hash, 0, "hashes are odd");
        if 2 * self.used >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize >> 1 & mask;
        while self.slots[at].hash != 0 {
            if self.slots[at].hash == hash {
                return self.slots[at].value;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { hash, value: fresh };
        self.used += 1;
        fresh
    }

    fn grow(&mut self) {
        let fresh = vec![Slot::default(); (2 * self.slots.len()).max(16)];
        let old = std::mem::replace(&mut self.slots, fresh);
        self.used = 0;
        for slot in old.into_iter().filter(|slot| slot.hash != 0) {
            self.get_or_insert(slot.hash, slot.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hash_like_words() {
        let word = "والمءامرات".as_bytes();
        let parts = Parts::of(word).expect("short");
        for start in 0..word.len() {
            for end in start..=word.len() {
                assert_eq!(parts.hash(start, end), hash(&word[start..end]));
            }
        }
        assert!(Parts::of(&[b'a'; LONGEST + 1]).is_none());
    }

    #[test]
    fn a_table_finds_what_it_holds_and_nothing_else() {
        let mut table = Table::default();
        assert_eq!(table.get(hash(b"a")), None);
        for number in 0..1000u32 {
            assert_eq!(table.get_or_insert(hash(&number.to_le_bytes()), number), number);
        }
        assert_eq!(table.get_or_insert(hash(&7u32.to_le_bytes()), 2000), 7);
        assert!((0..1000u32).all(|n| table.get(hash(&n.to_le_bytes())) == Some(n)));
        assert!((1000..2000u32).all(|n| table.get(hash(&n.to_le_bytes())).is_none()));
    }
}

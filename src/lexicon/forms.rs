//! What the lexicon says of each form that texts hold, looked up once and remembered: one table access per token.

use super::index::Index;
use super::learned::{Learned, StemRef};
use super::sketch::{self, AtomSketch, Sketch};
use super::trie::{Atom, NO_NODE, Node};
use super::{hash, stem};
use crate::text::{Scan, flag};

/// What is known of a form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// Its place in [`Forms::memberships`].
    membership: u32,
    /// Its stem in the learned lexicons of the heads.
    pub stems: [StemRef; 2],
}

/// The atoms of a form. Most forms have none, and many have the same.
#[derive(Clone, Copy, Debug)]
pub struct Membership {
    /// Its atoms that lead on inside terms, as a stretch of [`Forms::atoms`].
    atoms: (u32, u32),
    /// A sketch of them.
    pub(super) atom_sketch: AtomSketch,
    /// A sketch of the words behind them.
    pub(super) sketch: Sketch,
    /// Where its atoms lead from the root of the trie, as a stretch of [`Forms::roots`].
    roots: (u32, u32),
    /// Whether it negates what follows.
    pub negates: bool,
    /// Whether it announces a name in quotation marks: the film, dubbed.
    pub is_titled: bool,
    /// Whether a number behind it is its name: page 12.
    pub is_numbered: bool,
}

/// Reusable memory: the forms of the texts so far, and those of the current one.
#[derive(Debug, Default)]
pub struct Forms {
    slots: Vec<Slot>,
    /// How many slots are taken.
    known: usize,
    memberships: Vec<Membership>,
    /// Their places, by a hash of all their atoms.
    by_atoms: hash::Table,
    atoms: Vec<Atom>,
    roots: Vec<Root>,
    /// The form of each token of the current text.
    of_token: Vec<Form>,
}

/// A node to which a form leads from the root.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    pub node: Node,
    /// What may stand next: anything, where a term ends.
    pub next: Sketch,
    /// What may stand next after a gap.
    pub after_gap: Sketch,
}

/// A form of up to 16 bytes by its bytes, a longer one by two hashes.
type Key = [u64; 2];

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    form: Form,
}

/// Forms remembered before all are forgotten: bounds memory on endless input. The slots double at 2¹⁸, which a text of a page stays
/// below.
const MOST: usize = (1 << 18) - (1 << 12);

impl Forms {
    /// Looks up every token of a text.
    pub fn look_up(&mut self, index: &Index, learned: &[Learned; 2], scan: &Scan) {
        if self.known > MOST {
            *self = Forms::default();
        }
        self.of_token.clear();
        for token in &scan.tokens {
            let key = key_of(scan.padded(token));
            let form = match self.find(key) {
                Some(form) => form,
                None => self.add(key, index, learned, scan.folded(token), token.is(flag::ARABIC)),
            };
            self.of_token.push(form);
        }
    }

    /// What is known of the form of a token of the current text.
    #[inline]
    pub fn of(&self, token: u32) -> &Form {
        &self.of_token[token as usize]
    }

    /// What atoms a token of the current text belongs to.
    #[inline]
    pub fn membership(&self, token: u32) -> &Membership {
        &self.memberships[self.of(token).membership as usize]
    }

    /// The atoms of a membership that lead on inside terms, ascending.
    #[inline]
    pub(super) fn atoms(&self, of: &Membership) -> &[Atom] {
        &self.atoms[of.atoms.0 as usize..of.atoms.1 as usize]
    }

    /// The nodes to which a token leads from the root.
    #[inline]
    pub(super) fn roots(&self, token: u32) -> &[Root] {
        let (from, to) = self.membership(token).roots;
        &self.roots[from as usize..to as usize]
    }

    #[inline]
    fn find(&self, key: Key) -> Option<Form> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = place(key) & mask;
        loop {
            let slot = &self.slots[at];
            if slot.key == key {
                return Some(slot.form);
            }
            if slot.key == [0; 2] {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn add(&mut self, key: Key, index: &Index, learned: &[Learned; 2], form: &[u8], arabic: bool) -> Form {
        let stem = hash::hash(stem::stem(form, arabic));
        let membership = self.membership_of(index, form, arabic);
        let form = Form { membership, stems: [0, 1].map(|head| learned[head].stem(stem)) };
        self.known += 1;
        if 2 * self.known > self.slots.len() {
            self.grow();
        }
        self.put(Slot { key, form });
        form
    }

    /// The place of a form's membership, made if it is the first of its kind.
    fn membership_of(&mut self, index: &Index, form: &[u8], arabic: bool) -> u32 {
        let (first_atom, first_root) = (self.atoms.len(), self.roots.len());
        let sketch = index.atoms_of(form, arabic, &mut self.atoms);
        let (trie, atoms) = (&index.trie, &self.atoms[first_atom..]);
        let all = atoms
            .iter()
            .fold(hash::of_pair(sketch as u64, (sketch >> 64) as u64), |sum, atom| hash::of_pair(sum, u64::from(*atom)));
        let fresh = self.memberships.len() as u32;
        let place = self.by_atoms.get_or_insert(all, fresh);
        if place != fresh {
            self.atoms.truncate(first_atom);
            return place;
        }
        let nodes = atoms.iter().map(|atom| trie.from_root[*atom as usize]).filter(|node| *node != NO_NODE);
        self.roots.extend(nodes.map(|node| {
            let info = trie.node(node);
            Root { node, next: if info.accepts() { sketch::ANY } else { 0 } | info.next, after_gap: info.after_gap }
        }));
        let belongs = |class: Option<Atom>| class.is_some_and(|class| atoms.binary_search(&class).is_ok());
        let [negates, is_titled, is_numbered] = [index.negation, index.titled, index.numbered].map(belongs);
        let mut kept = first_atom;
        for at in first_atom..self.atoms.len() {
            if trie.goes_on(self.atoms[at]) {
                self.atoms[kept] = self.atoms[at];
                kept += 1;
            }
        }
        self.atoms.truncate(kept);
        self.memberships.push(Membership {
            atoms: (first_atom as u32, kept as u32),
            atom_sketch: AtomSketch::of(&self.atoms[first_atom..]),
            sketch,
            roots: (first_root as u32, self.roots.len() as u32),
            negates,
            is_titled,
            is_numbered,
        });
        fresh
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = place(slot.key) & mask;
        while self.slots[at].key != [0; 2] {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    fn grow(&mut self) {
        let fresh = vec![Slot::default(); (2 * self.slots.len()).max(1 << 10)];
        let old = std::mem::replace(&mut self.slots, fresh);
        old.into_iter().filter(|slot| slot.key != [0; 2]).for_each(|slot| self.put(slot));
    }
}

fn place([first, second]: Key) -> usize {
    let mixed = (first ^ second.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 32) as usize
}

/// The key of a folded form; `padded` holds at least 16 bytes more than its length says.
#[inline]
fn key_of((padded, len): (&[u8], usize)) -> Key {
    let load = |at: usize| u64::from_le_bytes(padded[at..at + 8].try_into().expect("eight bytes"));
    let mask = |bytes: usize| if bytes >= 8 { u64::MAX } else { (1 << (8 * bytes)) - 1 };
    match len {
        0..=8 => [load(0) & mask(len), 0],
        9..=16 => [load(0), load(8) & mask(len - 8)],
        // No form of up to 16 bytes has this top byte, which UTF-8 never holds.
        _ => [hash::hash(&padded[..len]), 0xFF << 56 | load(0) >> 8 ^ load(len - 8) >> 9],
    }
}

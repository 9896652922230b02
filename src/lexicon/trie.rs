//! The trie of terms: from what was read, by atoms and by steps that are no atoms, to what it means.

use std::num::TryFromIntError;
use std::ops::BitOr;

use bitcode::{Decode, Encode};

use super::sketch::{self, AtomSketch, Sketch};
use crate::error::Result;

/// An interchangeable set of words.
pub type Atom = u32;
/// A place in the trie of terms; [`NO_NODE`] is none.
pub(super) type Node = u32;
/// Where no step leads.
pub(super) const NO_NODE: Node = Node::MAX;

/// What reaching a node means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct Accept {
    pub group: u32,
    /// The end of an exception, not of a term.
    pub exception: bool,
}

/// A step that is no atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) enum Special {
    Gap(u8),
    Any,
    Number,
    Name,
    Comma,
    Quote,
    Start,
}

/// The trie of terms.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Trie {
    nodes: Vec<NodeInfo>,
    /// Atoms that lead on, ascending within a node, and where they lead.
    atoms: Vec<Atom>,
    targets: Vec<Node>,
    specials: Vec<(Special, Node)>,
    accepts: Vec<Accept>,
    /// Where an atom leads from the root.
    pub from_root: Vec<Node>,
    goes_on: Vec<bool>,
    /// Steps by atoms, of all nodes: a bit for each, shared with others.
    steps: Vec<u64>,
}

/// Where a node's steps and meanings stand in the trie's arrays; all that most visits need to read.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode)]
pub(super) struct NodeInfo {
    /// What may stand next: a sketch that rules out most tokens by one operation.
    pub next: Sketch,
    /// What may stand next after a gap.
    pub after_gap: Sketch,
    first_atom: u32,
    first_special: u32,
    first_accept: u32,
    atoms: u16,
    specials: u8,
    accepts: u8,
}

impl NodeInfo {
    /// What a token must be for a term to open with it as anything but a word.
    pub fn openings(&self) -> Sketch {
        sketch::properties(self.next)
    }

    /// Whether a term ends here.
    #[inline]
    pub fn accepts(&self) -> bool {
        self.accepts != 0
    }
}

impl Trie {
    /// Appends a node: atoms in ascending order with their targets, specials, meanings; `of_atom` sketches the words of an atom.
    ///
    /// # Errors
    /// If it has more of any than a trie can hold.
    pub fn push(
        &mut self,
        atoms: &[(Atom, Node)],
        specials: &[(Special, Node)],
        accepts: &[Accept],
        of_atom: &[Sketch],
    ) -> Result<(), TryFromIntError> {
        let of_atoms = atoms.iter().map(|edge| of_atom[edge.0 as usize]);
        let of_specials = specials.iter().map(|edge| sketch::of_special(edge.0));
        self.nodes.push(NodeInfo {
            next: of_atoms.chain(of_specials).fold(0, BitOr::bitor),
            after_gap: 0,
            first_atom: self.atoms.len() as u32,
            first_special: self.specials.len() as u32,
            first_accept: self.accepts.len() as u32,
            atoms: atoms.len().try_into()?,
            specials: specials.len().try_into()?,
            accepts: accepts.len().try_into()?,
        });
        self.atoms.extend(atoms.iter().map(|edge| edge.0));
        self.targets.extend(atoms.iter().map(|edge| edge.1));
        self.specials.extend_from_slice(specials);
        self.accepts.extend_from_slice(accepts);
        Ok(())
    }

    /// What a node holds.
    #[inline]
    pub fn node(&self, node: Node) -> &NodeInfo {
        &self.nodes[node as usize]
    }

    /// What reaching a node means.
    #[inline]
    pub fn accepts(&self, node: &NodeInfo) -> &[Accept] {
        &self.accepts[node.first_accept as usize..][..node.accepts as usize]
    }

    /// Steps from a node that are no atoms.
    #[inline]
    pub fn specials(&self, node: &NodeInfo) -> &[(Special, Node)] {
        &self.specials[node.first_special as usize..][..node.specials as usize]
    }

    /// Calls `visit` with each node to which any of `atoms`, which are ascending and of which `sketch` is one, leads.
    #[inline]
    pub fn follow(&self, node: &NodeInfo, atoms: &[Atom], sketch: &AtomSketch, mut visit: impl FnMut(Node)) {
        let edges = &self.atoms[node.first_atom as usize..][..node.atoms as usize];
        let targets = &self.targets[node.first_atom as usize..][..node.atoms as usize];
        if edges.len() <= atoms.len() {
            for (at, edge) in edges.iter().enumerate() {
                if sketch.may_hold(*edge) && atoms.binary_search(edge).is_ok() {
                    visit(targets[at]);
                }
            }
        } else {
            for atom in atoms {
                if self.may_step(node.first_atom, *atom)
                    && let Ok(at) = edges.binary_search(atom)
                {
                    visit(targets[at]);
                }
            }
        }
    }

    /// Whether an atom may lead on from the node whose steps begin at `first`.
    #[inline]
    fn may_step(&self, first: u32, atom: Atom) -> bool {
        let (word, bit) = step_bit(first, atom, self.steps.len());
        self.steps[word] & bit != 0
    }

    /// Whether an atom leads on from any node but the root.
    #[inline]
    pub fn goes_on(&self, atom: Atom) -> bool {
        self.goes_on[atom as usize]
    }

    /// Prepares the trie for atoms up to `atoms`, when all nodes are there; `from_root` leads from the root, whose own list of
    /// atoms is empty: it is far longer than any other, and looked up by atom.
    pub fn finish(&mut self, atoms: usize, from_root: &[(Atom, Node)]) {
        self.from_root = vec![NO_NODE; atoms];
        from_root.iter().for_each(|&(atom, target)| self.from_root[atom as usize] = target);
        self.goes_on = vec![false; atoms];
        self.atoms.iter().for_each(|atom| self.goes_on[*atom as usize] = true);
        self.steps = vec![0; (self.atoms.len() * BITS_PER_STEP / 64).next_power_of_two()];
        for at in 0..self.nodes.len() {
            let node = self.nodes[at];
            for &atom in &self.atoms[node.first_atom as usize..][..node.atoms as usize] {
                let (word, bit) = step_bit(node.first_atom, atom, self.steps.len());
                self.steps[word] |= bit;
            }
            let after = |&(special, next): &(Special, Node)| sketch::after_gap(special, self.node(next).next);
            self.nodes[at].after_gap = self.specials(&self.nodes[at]).iter().map(after).fold(0, BitOr::bitor);
        }
    }
}

/// Bits of [`Trie::steps`] for each step.
const BITS_PER_STEP: usize = 16;

/// Word and bit of a step among `words`, a power of two.
#[inline]
fn step_bit(first: u32, atom: Atom, words: usize) -> (usize, u64) {
    let mixed = (u64::from(first) << 32 | u64::from(atom)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed >> 38) as usize & (words - 1), 1 << (mixed >> 32 & 63))
}

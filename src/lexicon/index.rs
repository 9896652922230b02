//! Packs compiled into one index per language: written forms to atoms, and a trie of atom sequences.
//!
//! An *atom* is a set of interchangeable words: a single word, an alternative or a class. A token carries the atoms its form
//! belongs to; a term is a path of atoms, gaps and assertions through the trie. All lists lie end to end in a few arrays:
//! what one node or stem owns is the stretch up to where the next one's begins.

use std::num::TryFromIntError;
use std::ops::BitOr;

use super::clitics::{self, Kind};
use super::compile;
use super::hash::{self, Parts, Table};
use super::indicator::Indicator;
use super::pack::Pack;
use super::sketch::{self, AtomSketch, Sketch};
use bitcode::{Decode, Encode};

use crate::error::Result;
use crate::text::Lang;

/// An interchangeable set of words.
pub type Atom = u32;
/// A place in the trie of terms; [`NO_NODE`] is none.
pub(super) type Node = u32;
/// Where no step leads.
pub(super) const NO_NODE: Node = Node::MAX;

/// What the index keeps of a group, for evidence.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct GroupInfo {
    /// What its matches are evidence of.
    pub indicator: Indicator,
    /// 1 to 3.
    pub strength: u8,
    /// Why it matters.
    pub why: String,
    /// Pack file and line.
    pub origin: (String, usize),
}

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

/// Lists end to end: the list of `n` is `items[starts[n]..starts[n + 1]]`.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(super) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Lists { starts: vec![0], items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// Appends the next list.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.starts.push(self.items.len() as u32);
    }

    /// The list of `n`.
    #[inline]
    pub fn of(&self, n: u32) -> &[T] {
        &self.items[self.starts[n as usize] as usize..self.starts[n as usize + 1] as usize]
    }
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

/// Everything that packs of one language say, ready for matching.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Index {
    /// The language.
    pub lang: Lang,
    /// Groups, by the number that matches carry.
    pub groups: Vec<GroupInfo>,
    pub(super) trie: Trie,
    /// The atom of class `negation`, if a pack defines it.
    pub(super) negation: Option<Atom>,
    /// The atom of class `titled`, words that announce a name in quotation marks (company, film, entitled, dubbed), if a pack defines it.
    pub(super) titled: Option<Atom>,
    /// The atom of class `numbered`, nouns that a number names (page 12, article 4, flight 370), if a pack defines it.
    pub(super) numbered: Option<Atom>,
    /// Names of persons, places and groups, folded: never read as an affixed form of a term (ماكرون is not ماكر + ون).
    pub(super) names: Table,
    /// Stems and foreign forms, numbered.
    pub(super) stems: Table,
    /// The words that a stem may be part of.
    pub(super) words_of: Lists<(Kind, u32)>,
    /// The atoms that a word belongs to.
    pub(super) atoms_of_word: Lists<Atom>,
    pub(super) terms: usize,
}

impl Index {
    /// Compiles the packs of `lang` among `packs`. Classes of every pack are visible to all. `names` is a gazetteer: a name a
    /// line, `#` opens a comment.
    ///
    /// # Errors
    /// If a term cannot be read or stands twice in a family.
    pub fn build(lang: Lang, packs: &[Pack], names: &str) -> Result<Index> {
        compile::compile(lang, packs, names)
    }

    /// Number of terms, exceptions not counted.
    pub fn terms(&self) -> usize {
        self.terms
    }

    /// Whether a folded form is a listed name, with or without و before it.
    pub fn is_name(&self, form: &[u8]) -> bool {
        let is_listed = |form| self.names.get(hash::hash(form)).is_some();
        is_listed(form) || form.strip_prefix("و".as_bytes()).is_some_and(is_listed)
    }

    /// The atoms of a folded form, appended to `out` in ascending order. Returns a sketch of the words behind those that lead on
    /// inside terms.
    pub(super) fn atoms_of(&self, form: &[u8], arabic: bool, out: &mut Vec<Atom>) -> Sketch {
        let from = out.len();
        let mut sketch = 0;
        let mut take = |word: u32| {
            let atoms = self.atoms_of_word.of(word);
            out.extend_from_slice(atoms);
            if atoms.iter().any(|atom| self.trie.goes_on(*atom)) {
                sketch |= sketch::of_word(word);
            }
        };
        if arabic {
            self.words_of_arabic(form, take);
        } else if let Some(stem) = self.stems.get(hash::hash(form)) {
            self.words_of.of(stem).iter().for_each(|&(_, word)| take(word));
        }
        if out.len() > from + 1 {
            out[from..].sort_unstable();
            let mut kept = from + 1;
            for at in from + 1..out.len() {
                if out[at] != out[kept - 1] {
                    out[kept] = out[at];
                    kept += 1;
                }
            }
            out.truncate(kept);
        }
        sketch
    }

    fn words_of_arabic(&self, form: &[u8], mut take: impl FnMut(u32)) {
        let Some(parts) = Parts::of(form) else { return };
        // The word as a whole, or behind و.
        let is_name = [0, 2].map(|from| form.len() > from && self.names.get(parts.hash(from, form.len())).is_some());
        clitics::readings(form, |stem, reading| {
            if stem.start <= 2 && is_name[stem.start / 2] && stem.end < form.len() {
                return;
            }
            let Some(number) = self.stems.get(parts.hash(stem.start, stem.end)) else { return };
            for &(kind, word) in self.words_of.of(number) {
                if reading.fits(kind, stem.len() / 2) {
                    take(word);
                }
            }
        });
    }
}

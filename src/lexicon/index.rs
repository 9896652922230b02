//! Packs compiled into one index per language: written forms to atoms, and a trie of atom sequences.
//!
//! An *atom* is a set of interchangeable words: a single word, an alternative or a class. A token carries the atoms its form
//! belongs to; a term is a path of atoms, gaps and assertions through the trie. All lists lie end to end in a few arrays:
//! what one node or stem owns is the stretch up to where the next one's begins.

use super::clitics::{self, Kind};
use super::compile;
use super::hash::{self, Parts, Table};
use super::indicator::Indicator;
use super::pack::Pack;
use super::sketch::{self, Sketch};
use super::trie::{Atom, Trie};
use bitcode::{Decode, Encode};

use crate::error::Result;
use crate::text::Lang;

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

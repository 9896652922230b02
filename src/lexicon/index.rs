//! Packs compiled into one index per language: written forms to atoms, and a trie of atom sequences.
//!
//! An *atom* is a set of interchangeable words: a single word, an alternative or a class. A token carries the atoms its form
//! belongs to; a term is a path of atoms, gaps and assertions through the trie.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::clitics::{self, Kind};
use super::indicator::Indicator;
use super::inflect;
use super::pack::{Group, Located, Pack};
use super::term::{self, Element, Word};
use crate::error::{Error, Result};
use crate::text::{Lang, Scan};

/// An interchangeable set of words.
pub type Atom = u32;

/// What the index keeps of a group, for evidence.
#[derive(Clone, Debug)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accept {
    pub group: u32,
    /// The end of an exception, not of a term.
    pub exception: bool,
}

/// A step that is no atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    Gap(u8),
    Any,
    Number,
    Name,
    Comma,
    Quote,
    Start,
}

/// A place in the trie of terms.
#[derive(Default, Debug)]
pub(super) struct Node {
    pub atoms: Vec<(Atom, u32)>,
    pub specials: Vec<(Special, u32)>,
    pub accepts: Vec<Accept>,
}

impl Node {
    pub(super) fn follow(&self, atom: Atom) -> Option<u32> {
        self.atoms.binary_search_by_key(&atom, |e| e.0).ok().map(|at| self.atoms[at].1)
    }
}

/// Everything that packs of one language say, ready for matching.
#[derive(Debug)]
pub struct Index {
    /// The language.
    pub lang: Lang,
    /// Groups, by the number that matches carry.
    pub groups: Vec<GroupInfo>,
    pub(super) nodes: Vec<Node>,
    /// The atom of class `negation`, if a pack defines it.
    pub(super) negation: Option<Atom>,
    /// The atom of class `titled`, nouns whose names stand in quotation marks (company, newspaper, film), if a pack defines it.
    pub(super) titled: Option<Atom>,
    /// Names of persons, places and groups, folded: never read as an affixed form of a term (ماكرون is not ماكر + ون).
    names: FxHashSet<Box<[u8]>>,
    forms: FxHashMap<Box<[u8]>, Vec<(Kind, u32)>>,
    word_atoms: Vec<Vec<Atom>>,
    terms: usize,
}

impl Index {
    /// Compiles the packs of `lang` among `packs`. Classes of every pack are visible to all. `names` is a gazetteer: a name a
    /// line, `#` opens a comment.
    pub fn build(lang: Lang, packs: &[Pack], names: &str) -> Result<Index> {
        let packs: Vec<&Pack> = packs.iter().filter(|p| p.lang == lang).collect();
        let mut builder = Builder::new(lang);
        builder.names(names);
        builder.classes(&packs)?;
        for pack in packs {
            for group in &pack.groups {
                builder.group(pack, group)?;
            }
        }
        Ok(builder.finish())
    }

    /// Number of terms, exceptions not counted.
    pub fn terms(&self) -> usize {
        self.terms
    }

    /// Whether a folded form is a listed name, with or without و before it.
    pub fn is_name(&self, form: &[u8]) -> bool {
        self.names.contains(form) || form.strip_prefix("و".as_bytes()).is_some_and(|rest| self.names.contains(rest))
    }

    /// The atoms of a folded form, appended to `out` in ascending order.
    pub(super) fn atoms_of(&self, form: &[u8], arabic: bool, out: &mut Vec<Atom>) {
        let from = out.len();
        let mut take = |word: u32| out.extend_from_slice(&self.word_atoms[word as usize]);
        if arabic {
            let is_name = [0, 2].map(|from| form.get(from..).is_some_and(|rest| self.names.contains(rest)));
            clitics::readings(form, |stem, reading| {
                let from = reading.prefix_len();
                if from <= 2 && is_name[from / 2] && from + stem.len() < form.len() {
                    return;
                }
                for &(kind, word) in self.forms.get(stem).into_iter().flatten() {
                    if reading.fits(kind, stem.len() / 2) {
                        take(word);
                    }
                }
            });
        } else {
            self.forms.get(form).into_iter().flatten().for_each(|&(_, word)| take(word));
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
    }
}

struct Builder {
    index: Index,
    words: FxHashMap<Word, u32>,
    atoms: FxHashMap<Vec<u32>, Atom>,
    classes: BTreeMap<String, Vec<Word>>,
}

impl Builder {
    fn new(lang: Lang) -> Builder {
        let index = Index {
            lang,
            groups: Vec::new(),
            nodes: vec![Node::default()],
            negation: None,
            titled: None,
            names: FxHashSet::default(),
            forms: FxHashMap::default(),
            word_atoms: Vec::new(),
            terms: 0,
        };
        Builder { index, words: FxHashMap::default(), atoms: FxHashMap::default(), classes: BTreeMap::new() }
    }

    fn names(&mut self, gazetteer: &str) {
        let mut scan = Scan::default();
        for line in gazetteer.lines() {
            scan.read(line.split('#').next().unwrap_or_default());
            self.index.names.extend(scan.tokens.iter().map(|t| scan.folded(t).into()));
        }
    }

    fn classes(&mut self, packs: &[&Pack]) -> Result<()> {
        for pack in packs {
            for (name, members) in &pack.classes {
                let line = members.first().map_or(1, |m| m.line);
                let fail = |reason| Error::Pack { file: pack.file.clone(), line, reason };
                let texts: Vec<&str> = members.iter().map(|m| m.text.as_str()).collect();
                let words = term::parse_class(&texts).map_err(|e| fail(format!("class `{name}`: {e}")))?;
                if self.classes.insert(name.clone(), words).is_some() {
                    return Err(fail(format!("class `{name}` is defined twice")));
                }
            }
        }
        let mut atom_of = |class: &str| self.classes.get(class).cloned().map(|words| self.atom(&words));
        (self.index.negation, self.index.titled) = (atom_of("negation"), atom_of("titled"));
        Ok(())
    }

    fn group(&mut self, pack: &Pack, group: &Group) -> Result<()> {
        let number = self.index.groups.len() as u32;
        self.index.groups.push(GroupInfo {
            indicator: group.indicator,
            strength: group.strength,
            why: group.why.clone(),
            origin: (pack.file.clone(), group.line),
        });
        for (terms, exception) in [(&group.terms, false), (&group.except, true)] {
            for term in terms {
                self.term(pack, term, Accept { group: number, exception })?;
            }
        }
        self.index.terms += group.terms.len();
        Ok(())
    }

    fn term(&mut self, pack: &Pack, term: &Located, accept: Accept) -> Result<()> {
        let fail = |reason| Error::Pack { file: pack.file.clone(), line: term.line, reason };
        let variants = term::parse(&term.text, &|name| self.classes.get(name).cloned())
            .map_err(|e| fail(format!("`{}`: {e}", term.text)))?;
        for variant in variants {
            let node = variant.iter().fold(0, |node, element| self.step(node, element));
            let family = |a: &Accept| self.index.groups[a.group as usize].indicator.family();
            let accepts = &self.index.nodes[node as usize].accepts;
            let clash = accepts.iter().find(|a| !a.exception && !accept.exception && family(a) == family(&accept));
            if let Some(other) = clash {
                let (file, line) = &self.index.groups[other.group as usize].origin;
                return Err(fail(format!("`{}` is already a term of the group at {file}:{line}", term.text)));
            }
            self.index.nodes[node as usize].accepts.push(accept);
        }
        Ok(())
    }

    /// The node one element further, made if it is not there.
    fn step(&mut self, node: u32, element: &Element) -> u32 {
        let fresh = self.index.nodes.len() as u32;
        let special = match element {
            Element::Words(words) => {
                let atom = self.atom(words);
                let edges = &mut self.index.nodes[node as usize].atoms;
                match edges.binary_search_by_key(&atom, |e| e.0) {
                    Ok(at) => return edges[at].1,
                    Err(at) => edges.insert(at, (atom, fresh)),
                }
                self.index.nodes.push(Node::default());
                return fresh;
            }
            Element::Gap(width) => Special::Gap(*width),
            Element::Any => Special::Any,
            Element::Number => Special::Number,
            Element::Name => Special::Name,
            Element::Comma => Special::Comma,
            Element::Quote => Special::Quote,
            Element::Start => Special::Start,
        };
        let edges = &mut self.index.nodes[node as usize].specials;
        if let Some(edge) = edges.iter().find(|e| e.0 == special) {
            return edge.1;
        }
        edges.push((special, fresh));
        self.index.nodes.push(Node::default());
        fresh
    }

    fn atom(&mut self, words: &[Word]) -> Atom {
        let mut ids: Vec<u32> = words.iter().map(|w| self.word(w)).collect();
        ids.sort_unstable();
        ids.dedup();
        if let Some(&atom) = self.atoms.get(&ids) {
            return atom;
        }
        let atom = self.atoms.len() as Atom;
        for &id in &ids {
            self.index.word_atoms[id as usize].push(atom);
        }
        self.atoms.insert(ids, atom);
        atom
    }

    fn word(&mut self, word: &Word) -> u32 {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let id = self.index.word_atoms.len() as u32;
        self.index.word_atoms.push(Vec::new());
        self.words.insert(word.clone(), id);
        for (stem, kind) in clitics::stems(word) {
            let spellings = if kind == Kind::FOREIGN { inflect::forms(word) } else { vec![stem] };
            for spelling in spellings {
                self.index.forms.entry(spelling.into_bytes().into()).or_default().push((kind, id));
            }
        }
        id
    }

    fn finish(self) -> Index {
        self.index
    }
}

//! From packs to an [`Index`].

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::clitics::{self, Kind};
use super::hash::{self, Table};
use super::index::{GroupInfo, Index, Lists};
use super::inflect;
use super::pack::{Group, Located, Pack};
use super::sketch;
use super::term::{self, Element, Word};
use super::trie::{Accept, Atom, Node, Special, Trie};
use crate::error::{Error, Result};
use crate::text::{Lang, Scan};

/// Compiles the packs of `lang` among `packs`, with the names of a gazetteer.
pub fn compile(lang: Lang, packs: &[Pack], names: &str) -> Result<Index> {
    let packs: Vec<&Pack> = packs.iter().filter(|p| p.lang == lang).collect();
    let mut builder = Builder { nodes: vec![Growing::default()], ..Builder::default() };
    builder.classes(&packs)?;
    for pack in packs {
        for group in &pack.groups {
            builder.group(pack, group)?;
        }
    }
    builder.finish(lang, names_of(names))
}

/// The names of a gazetteer, each by itself.
fn names_of(gazetteer: &str) -> Table {
    let (mut names, mut scan) = (Table::default(), Scan::default());
    for line in gazetteer.lines() {
        scan.read(line.split('#').next().unwrap_or_default());
        for token in &scan.tokens {
            names.get_or_insert(hash::hash(scan.folded(token)), 0);
        }
    }
    names
}

/// A node of the trie while terms are added.
#[derive(Default)]
struct Growing {
    atoms: Vec<(Atom, Node)>,
    specials: Vec<(Special, Node)>,
    accepts: Vec<Accept>,
}

#[derive(Default)]
struct Builder {
    groups: Vec<GroupInfo>,
    nodes: Vec<Growing>,
    negation: Option<Atom>,
    titled: Option<Atom>,
    numbered: Option<Atom>,
    classes: BTreeMap<String, Vec<Word>>,
    words: FxHashMap<Word, u32>,
    atoms: FxHashMap<Vec<u32>, Atom>,
    stems: Table,
    words_of: Vec<Vec<(Kind, u32)>>,
    atoms_of_word: Vec<Vec<Atom>>,
    terms: usize,
}

impl Builder {
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
        let atom_of = |class: &str| self.classes.get(class).cloned().map(|words| self.atom(&words));
        [self.negation, self.titled, self.numbered] = ["negation", "titled", "numbered"].map(atom_of);
        Ok(())
    }

    fn group(&mut self, pack: &Pack, group: &Group) -> Result<()> {
        let number = self.groups.len() as u32;
        self.groups.push(GroupInfo {
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
        self.terms += group.terms.len();
        Ok(())
    }

    fn term(&mut self, pack: &Pack, term: &Located, accept: Accept) -> Result<()> {
        let fail = |reason| Error::Pack { file: pack.file.clone(), line: term.line, reason };
        let variants = term::parse(&term.text, &|name| self.classes.get(name).cloned())
            .map_err(|e| fail(format!("`{}`: {e}", term.text)))?;
        for variant in variants {
            let node = variant.iter().fold(0, |node, element| self.step(node, element));
            let family = |a: &Accept| self.groups[a.group as usize].indicator.family();
            let accepts = &self.nodes[node as usize].accepts;
            let clash = accepts.iter().find(|a| !a.exception && !accept.exception && family(a) == family(&accept));
            if let Some(other) = clash {
                let (file, line) = &self.groups[other.group as usize].origin;
                return Err(fail(format!("`{}` is already a term of the group at {file}:{line}", term.text)));
            }
            self.nodes[node as usize].accepts.push(accept);
        }
        Ok(())
    }

    /// The node one element further, made if it is not there.
    fn step(&mut self, node: Node, element: &Element) -> Node {
        let fresh = self.nodes.len() as Node;
        let special = match element {
            Element::Words(words) => {
                let atom = self.atom(words);
                let edges = &mut self.nodes[node as usize].atoms;
                match edges.binary_search_by_key(&atom, |e| e.0) {
                    Ok(at) => return edges[at].1,
                    Err(at) => edges.insert(at, (atom, fresh)),
                }
                self.nodes.push(Growing::default());
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
        let edges = &mut self.nodes[node as usize].specials;
        if let Some(edge) = edges.iter().find(|e| e.0 == special) {
            return edge.1;
        }
        edges.push((special, fresh));
        self.nodes.push(Growing::default());
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
            self.atoms_of_word[id as usize].push(atom);
        }
        self.atoms.insert(ids, atom);
        atom
    }

    fn word(&mut self, word: &Word) -> u32 {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let id = self.atoms_of_word.len() as u32;
        self.atoms_of_word.push(Vec::new());
        self.words.insert(word.clone(), id);
        for (stem, kind) in clitics::stems(word) {
            let spellings = if kind == Kind::FOREIGN { inflect::forms(word) } else { vec![stem] };
            for spelling in spellings {
                let number = self.stems.get_or_insert(hash::hash(spelling.as_bytes()), self.words_of.len() as u32);
                if number as usize == self.words_of.len() {
                    self.words_of.push(Vec::new());
                }
                self.words_of[number as usize].push((kind, id));
            }
        }
        id
    }

    fn finish(mut self, lang: Lang, names: Table) -> Result<Index> {
        let mut trie = Trie::default();
        let mut of_atom = vec![0; self.atoms.len()];
        for (words, &atom) in &self.atoms {
            of_atom[atom as usize] = words.iter().fold(0, |sketch, word| sketch | sketch::of_word(*word));
        }
        let from_root = std::mem::take(&mut self.nodes[0].atoms);
        for node in &self.nodes {
            let full =
                |_| Error::Pack { file: lang.code().into(), line: 0, reason: "too many terms go on alike from one word".into() };
            trie.push(&node.atoms, &node.specials, &node.accepts, &of_atom).map_err(full)?;
        }
        trie.finish(self.atoms.len(), &from_root);
        Ok(Index {
            lang,
            groups: self.groups,
            trie,
            negation: self.negation,
            titled: self.titled,
            numbered: self.numbered,
            names,
            stems: self.stems,
            words_of: lists(self.words_of),
            atoms_of_word: lists(self.atoms_of_word),
            terms: self.terms,
        })
    }
}

fn lists<T>(of: Vec<Vec<T>>) -> Lists<T> {
    let mut out = Lists::default();
    of.into_iter().for_each(|list| out.push(list));
    out
}

//! Finds the terms of an index in a scanned text.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::index::{Accept, Atom, Index, Node, Special};
use crate::text::{Scan, Sentence, flag, gap};

/// A term found: which group, and which tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Number of the group in [`Index::groups`].
    pub group: u32,
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
    /// Whether a negation stands close before it.
    pub negated: bool,
}

/// Reusable memory of the matcher: the atoms of the current text's tokens, and those of forms seen before.
#[derive(Debug, Default)]
pub struct Matcher {
    memo: FxHashMap<Box<[u8]>, (u32, u32)>,
    memo_atoms: Vec<Atom>,
    token_atoms: Vec<(u32, u32)>,
    raw: Vec<Raw>,
}

#[derive(Clone, Copy, Debug)]
struct Raw {
    accept: Accept,
    start: u32,
    end: u32,
    /// Tokens that the term names itself, gaps not counted.
    named: u32,
}

/// How far before a match a negation is looked for, tokens.
const NEGATION_REACH: u32 = 3;
/// Forms remembered before the memo is emptied: bounds memory on endless input.
const MEMO_FORMS: usize = 200_000;

/// What may stand between the last word and the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing that breaks a phrase.
    Tight,
    /// Anything inside the sentence.
    Loose,
}

struct Walk<'a> {
    index: &'a Index,
    scan: &'a Scan,
    atoms: &'a [Atom],
    tokens: &'a [(u32, u32)],
    sentence: Sentence,
    start: u32,
    raw: &'a mut Vec<Raw>,
}

impl Matcher {
    /// Looks up every token of the text; its sentences can then be matched.
    pub fn look_up(&mut self, index: &Index, scan: &Scan) {
        if self.memo.len() > MEMO_FORMS {
            self.memo.clear();
            self.memo_atoms.clear();
        }
        self.token_atoms.clear();
        for token in &scan.tokens {
            let form = scan.folded(token);
            let range = match self.memo.get(form) {
                Some(&range) => range,
                None => {
                    let from = self.memo_atoms.len() as u32;
                    index.atoms_of(form, token.is(flag::ARABIC), &mut self.memo_atoms);
                    let range = (from, self.memo_atoms.len() as u32);
                    self.memo.insert(form.into(), range);
                    range
                }
            };
            self.token_atoms.push(range);
        }
    }

    /// Appends the matches inside `sentence` to `out`, in reading order. Within a family they do not overlap.
    pub fn find(&mut self, index: &Index, scan: &Scan, sentence: Sentence, out: &mut Vec<Match>) {
        self.raw.clear();
        for start in sentence.start..sentence.end {
            let mut walk =
                Walk { index, scan, atoms: &self.memo_atoms, tokens: &self.token_atoms, sentence, start, raw: &mut self.raw };
            walk.from(&index.nodes[0], start, 0, Joint::Loose);
        }
        if !self.raw.is_empty() {
            let from = out.len();
            self.settle(index, out);
            for found in &mut out[from..] {
                found.negated = self.is_negated(index, sentence, found.start);
            }
        }
    }

    /// Drops exceptions and, within a family, all but the best of overlapping matches.
    fn settle(&mut self, index: &Index, out: &mut Vec<Match>) {
        let family = |raw: &Raw| index.groups[raw.accept.group as usize].indicator.family();
        let strength = |raw: &Raw| index.groups[raw.accept.group as usize].strength;
        let exceptions: Vec<Raw> = self.raw.iter().filter(|r| r.accept.exception).copied().collect();
        self.raw.retain(|r| {
            let is_excepted = |e: &Raw| e.accept.group == r.accept.group && e.start <= r.start && r.end <= e.end;
            !r.accept.exception && !exceptions.iter().any(is_excepted)
        });
        // Most words of its own first; then the tighter one, the one that says more at its end, the stronger.
        self.raw.sort_by_key(|r| (u32::MAX - r.named, r.end - r.start, u32::MAX - r.end, u8::MAX - strength(r), r.accept.group));
        let from = out.len();
        for raw in &self.raw {
            let overlaps = |m: &Match| {
                m.start < raw.end && raw.start < m.end && index.groups[m.group as usize].indicator.family() == family(raw)
            };
            if !out[from..].iter().any(overlaps) {
                out.push(Match { group: raw.accept.group, start: raw.start, end: raw.end, negated: false });
            }
        }
        out[from..].sort_by_key(|m| (m.start, m.end, m.group));
    }

    fn is_negated(&self, index: &Index, sentence: Sentence, at: u32) -> bool {
        self.holds(index.negation, at.saturating_sub(NEGATION_REACH).max(sentence.start)..at)
    }

    /// Whether the word before the token at `at` is one whose name may follow in quotation marks: the company, the film.
    pub fn is_titled(&self, index: &Index, sentence: Sentence, at: u32) -> bool {
        self.holds(index.titled, at.saturating_sub(1).max(sentence.start)..at)
    }

    /// Whether any of the tokens belongs to a class.
    fn holds(&self, class: Option<Atom>, mut tokens: Range<u32>) -> bool {
        let Some(class) = class else { return false };
        tokens.any(|token| {
            let (from, to) = self.token_atoms[token as usize];
            self.memo_atoms[from as usize..to as usize].binary_search(&class).is_ok()
        })
    }
}

impl Walk<'_> {
    fn from(&mut self, node: &Node, at: u32, named: u32, joint: Joint) {
        for &accept in &node.accepts {
            self.raw.push(Raw { accept, start: self.start, end: at, named });
        }
        if at >= self.sentence.end {
            return;
        }
        let index = self.index;
        for &(special, next) in &node.specials {
            self.special(special, &index.nodes[next as usize], at, named, joint);
        }
        if !self.joins(at, joint) {
            return;
        }
        let (from, to) = self.tokens[at as usize];
        let atoms = self.atoms;
        for &atom in &atoms[from as usize..to as usize] {
            if let Some(next) = node.follow(atom) {
                self.from(&index.nodes[next as usize], at + 1, named + 1, Joint::Tight);
            }
        }
    }

    fn special(&mut self, special: Special, next: &Node, at: u32, named: u32, joint: Joint) {
        let token = &self.scan.tokens[at as usize];
        let in_sentence = at > self.sentence.start;
        match special {
            Special::Gap(width) => {
                let last = (at + u32::from(width)).min(self.sentence.end - 1);
                (at..=last).for_each(|to| self.from(next, to, named, Joint::Loose));
            }
            Special::Any if self.joins(at, joint) => self.from(next, at + 1, named, Joint::Tight),
            Special::Number if token.is(flag::NUMBER) && self.joins(at, joint) => {
                self.from(next, at + 1, named + 1, Joint::Tight);
            }
            Special::Name if token.is(flag::CAPITAL) && in_sentence && self.joins(at, joint) => {
                self.from(next, at + 1, named + 1, Joint::Tight);
            }
            Special::Comma if token.gap & gap::COMMA != 0 => self.from(next, at, named, Joint::Loose),
            Special::Quote if token.gap & gap::QUOTE_OPEN != 0 => self.from(next, at, named, Joint::Loose),
            Special::Start if !in_sentence => self.from(next, at, named, joint),
            _ => {}
        }
    }

    fn joins(&self, at: u32, joint: Joint) -> bool {
        joint == Joint::Loose || at == self.start || self.scan.tokens[at as usize].gap & gap::BREAKS_PHRASE == 0
    }
}

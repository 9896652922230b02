//! Finds the terms of an index in a scanned text.

use super::forms::Forms;
use super::index::Index;
use super::sketch::{self, Sketch};
use super::trie::{Accept, Node, Special};
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

/// Reusable memory of the matcher.
#[derive(Debug, Default)]
pub struct Matcher {
    /// What each token of the sentence is.
    tokens: Vec<Sketch>,
    /// What it or one of the next few is.
    reach: Vec<Sketch>,
    raw: Vec<Raw>,
    exceptions: Vec<Raw>,
    /// Of which families a match stands on each token of the sentence, one bit each.
    taken: Vec<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Raw {
    accept: Accept,
    start: u32,
    end: u32,
    /// Tokens that the term names itself, gaps not counted.
    named: u32,
}

/// The node where every term begins.
const ROOT: Node = 0;
/// How far before a match a negation is looked for, tokens.
const NEGATION_REACH: u32 = 3;

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
    forms: &'a Forms,
    sentence: Sentence,
    tokens: &'a [Sketch],
    reach: &'a [Sketch],
    start: u32,
    raw: &'a mut Vec<Raw>,
}

impl Matcher {
    /// Appends the matches inside `sentence`, whose text `forms` has looked up, to `out` in reading order. Within a family
    /// they do not overlap.
    pub fn find(&mut self, index: &Index, scan: &Scan, forms: &Forms, sentence: Sentence, out: &mut Vec<Match>) {
        self.raw.clear();
        self.tokens.clear();
        self.tokens.extend(
            (sentence.start..sentence.end)
                .map(|at| sketch::of_token(&scan.tokens[at as usize], at == sentence.start) | forms.membership(at).sketch),
        );
        sketch::reach(&self.tokens, &mut self.reach);
        let (tokens, reach) = (&self.tokens[..], &self.reach[..]);
        let mut walk = Walk { index, scan, forms, sentence, tokens, reach, start: sentence.start, raw: &mut self.raw };
        for &(special, next) in index.trie.specials(index.trie.node(ROOT)) {
            if special == Special::Start {
                walk.from(next, sentence.start, 0, Joint::Loose);
            }
        }
        let openings = index.trie.node(ROOT).openings();
        for start in sentence.start..sentence.end {
            walk.start = start;
            let at = (start - sentence.start) as usize;
            if openings & tokens[at] != 0 {
                for &(special, next) in index.trie.specials(index.trie.node(ROOT)) {
                    walk.special(special, next, start, 0, Joint::Loose);
                }
            }
            let (following, reached) = (*tokens.get(at + 1).unwrap_or(&sketch::ANY), *reach.get(at + 1).unwrap_or(&0));
            for root in forms.roots(start) {
                if (root.next & following) | (root.after_gap & reached) != 0 {
                    walk.from(root.node, start + 1, 1, Joint::Tight);
                }
            }
        }
        if !self.raw.is_empty() {
            let from = out.len();
            self.settle(index, sentence, out);
            for found in &mut out[from..] {
                found.negated = is_negated(forms, sentence, found.start);
            }
        }
    }

    /// Drops exceptions and, within a family, all but the best of overlapping matches. Takes time in proportion to what was found, however
    /// many ways a term with gaps has to be found.
    fn settle(&mut self, index: &Index, sentence: Sentence, out: &mut Vec<Match>) {
        let group = |raw: &Raw| &index.groups[raw.accept.group as usize];
        self.exceptions.clear();
        self.exceptions.extend(self.raw.iter().filter(|r| r.accept.exception));
        if !self.exceptions.is_empty() {
            reach_on(&mut self.exceptions);
            let exceptions = &self.exceptions;
            self.raw.retain(|r| !r.accept.exception && !is_excepted(exceptions, r));
        }
        // Most words of its own first; then the tighter one, the one that says more at its end, the stronger.
        self.raw.sort_by_key(|r| {
            (u32::MAX - r.named, r.end - r.start, u32::MAX - r.end, u8::MAX - group(r).strength, r.accept.group)
        });
        self.taken.clear();
        self.taken.resize((sentence.end - sentence.start) as usize, 0);
        let from = out.len();
        for raw in &self.raw {
            let family = 1 << group(raw).indicator.family() as u16;
            let taken = &mut self.taken[(raw.start - sentence.start) as usize..(raw.end - sentence.start) as usize];
            if taken.iter().all(|families| families & family == 0) {
                taken.iter_mut().for_each(|families| *families |= family);
                out.push(Match { group: raw.accept.group, start: raw.start, end: raw.end, negated: false });
            }
        }
        out[from..].sort_by_key(|m| (m.start, m.end, m.group));
    }
}

/// Sorts exceptions by group and start, and lets each reach as far as those of its group that begin before it.
fn reach_on(exceptions: &mut [Raw]) {
    exceptions.sort_unstable_by_key(|e| (e.accept.group, e.start));
    for at in 1..exceptions.len() {
        let before = exceptions[at - 1];
        if before.accept.group == exceptions[at].accept.group {
            exceptions[at].end = exceptions[at].end.max(before.end);
        }
    }
}

/// Whether a match lies inside one of the exceptions of its group, which [`reach_on`] has sorted.
fn is_excepted(exceptions: &[Raw], found: &Raw) -> bool {
    let before = exceptions.partition_point(|e| (e.accept.group, e.start) <= (found.accept.group, found.start));
    exceptions[..before].last().is_some_and(|e| e.accept.group == found.accept.group && found.end <= e.end)
}

fn is_negated(forms: &Forms, sentence: Sentence, at: u32) -> bool {
    let mut before = at.saturating_sub(NEGATION_REACH).max(sentence.start)..at;
    before.any(|token| forms.membership(token).negates)
}

impl Walk<'_> {
    fn from(&mut self, node: Node, at: u32, named: u32, joint: Joint) {
        let trie = &self.index.trie;
        let info = trie.node(node);
        for &accept in trie.accepts(info) {
            self.raw.push(Raw { accept, start: self.start, end: at, named });
        }
        let place = (at - self.sentence.start) as usize;
        let Some(&token) = self.tokens.get(place) else { return };
        if (info.next & token) | (info.after_gap & self.reach[place]) == 0 {
            return;
        }
        for &(special, next) in trie.specials(info) {
            self.special(special, next, at, named, joint);
        }
        if self.joins(at, joint) {
            let token = self.forms.membership(at);
            trie.follow(info, self.forms.atoms(token), &token.atom_sketch, |next| {
                self.from(next, at + 1, named + 1, Joint::Tight)
            });
        }
    }

    fn special(&mut self, special: Special, next: Node, at: u32, named: u32, joint: Joint) {
        let token = &self.scan.tokens[at as usize];
        let in_sentence = at > self.sentence.start;
        match special {
            Special::Gap(width) => {
                let last = (at + u32::from(width)).min(self.sentence.end - 1);
                let info = self.index.trie.node(next);
                let (wanted, after_gap) = (info.next, info.after_gap);
                // Nothing behind the gap is what may stand there: most gaps end so.
                if sketch::is_reached(width) && wanted & self.reach[(at - self.sentence.start) as usize] == 0 && after_gap == 0 {
                    return;
                }
                for to in at..=last {
                    let place = (to - self.sentence.start) as usize;
                    if (wanted & self.tokens[place]) | (after_gap & self.reach[place]) != 0 {
                        self.from(next, to, named, Joint::Loose);
                    }
                }
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
            _ => {}
        }
    }

    fn joins(&self, at: u32, joint: Joint) -> bool {
        joint == Joint::Loose || at == self.start || self.scan.tokens[at as usize].gap & gap::BREAKS_PHRASE == 0
    }
}

//! Runs the examples that packs carry: every hit must be found by its group, no miss may be.

use super::forms::Forms;
use super::index::Index;
use super::learned::Learned;
use super::matcher::Matcher;
use super::pack::{Located, Pack};
use crate::text::{Scan, Segments};

/// An example that did not do what its pack says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Pack and line.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// What happened.
    pub reason: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Checks the examples of all `packs` of the index's language. Empty when all is well.
pub fn check(index: &Index, packs: &[Pack]) -> Vec<Broken> {
    let mut broken = Vec::new();
    let mut finder = Finder::default();
    let groups = packs.iter().filter(|p| p.lang == index.lang).flat_map(|p| p.groups.iter().map(move |g| (p, g)));
    for (number, (pack, group)) in groups.enumerate() {
        let mut report = |example: &Located, reason: String| {
            broken.push(Broken { file: pack.file.clone(), line: example.line, reason });
        };
        if group.hits.is_empty() || group.misses.is_empty() {
            let header = Located { text: String::new(), line: group.line };
            report(&header, "a group needs at least one hit and one miss".into());
        }
        for hit in &group.hits {
            let found = finder.groups_in(index, &hit.text);
            if !found.contains(&(number as u32)) {
                let instead: Vec<&str> = found.iter().map(|&g| index.groups[g as usize].indicator.id()).collect();
                report(hit, format!("not found by {}: \"{}\" (found: {})", group.indicator.id(), hit.text, instead.join(", ")));
            }
        }
        for miss in &group.misses {
            if finder.groups_in(index, &miss.text).contains(&(number as u32)) {
                report(miss, format!("found by {} though it is a miss: \"{}\"", group.indicator.id(), miss.text));
            }
        }
    }
    broken
}

#[derive(Default)]
struct Finder {
    scan: Scan,
    segments: Segments,
    forms: Forms,
    matcher: Matcher,
}

impl Finder {
    fn groups_in(&mut self, index: &Index, text: &str) -> Vec<u32> {
        self.scan.read(text);
        self.segments.cut(&self.scan);
        self.forms.look_up(index, &[Learned::default(), Learned::default()], &self.scan);
        let mut matches = Vec::new();
        for &sentence in &self.segments.sentences {
            self.matcher.find(index, &self.scan, &self.forms, sentence, &mut matches);
        }
        matches.iter().map(|m| m.group).collect()
    }
}

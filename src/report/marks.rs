//! The most telling sentences with their evidence: what every report for people shows.

use super::style;
use crate::Engine;
use crate::features::{Evidence, Voice};
use crate::lexicon::Family;
use crate::model::Explained;
use crate::text::ByteSpan;

/// A sentence with its evidence.
#[derive(Debug)]
pub struct Sentence<'a> {
    /// The source text of the sentence.
    pub text: &'a str,
    /// Evidence in reading order.
    pub marks: Vec<Mark<'a>>,
}

/// One piece of evidence inside a sentence.
#[derive(Debug)]
pub struct Mark<'a> {
    /// The exact words.
    pub text: &'a str,
    /// Its place in the sentence, bytes.
    pub range: std::ops::Range<usize>,
    /// Id of the indicator.
    pub indicator: &'static str,
    /// Its family.
    pub family: Family,
    /// Why it matters, where a pack says it.
    pub why: Option<&'a str>,
    /// Inside quotation marks.
    pub quoted: bool,
    /// After a negation.
    pub negated: bool,
    /// What it adds to the log-odds of propaganda and credibility.
    pub contribution: [f64; 2],
}

/// A word of a sentence as shown: clean, in brackets where evidence begins and ends.
#[derive(Debug)]
pub struct Piece {
    /// With brackets, without styles.
    pub text: String,
    /// Columns.
    pub width: usize,
    /// Family of the evidence that it is part of.
    pub family: Option<Family>,
}

/// Learned words shown per sentence: there are many small ones.
const LEARNED: usize = 2;
/// Smaller contributions of learned words are not shown, log-odds.
const LEAST: f64 = 0.02;
/// Marks shown per sentence.
const MARKS: usize = 12;

/// The sentences whose evidence moves the scores most, strongest first; at most `most`.
pub fn telling_sentences<'a>(engine: &'a Engine, text: &'a str, explained: &Explained, most: usize) -> Vec<Sentence<'a>> {
    let contributions = explained.evidence_contributions(&engine.models);
    let extract = &explained.extract;
    let mut per_sentence: Vec<Vec<(&Evidence, [f64; 2])>> = vec![Vec::new(); extract.sentences.len()];
    for (evidence, contribution) in extract.evidence.iter().zip(contributions) {
        per_sentence[evidence.sentence as usize].push((evidence, contribution));
    }
    let weight = |list: &[(&Evidence, [f64; 2])]| -> f64 {
        let authored = list.iter().filter(|(e, _)| e.indicator.family() != Family::LearnedWording);
        authored.map(|(_, [p, c])| p.abs() + c.abs()).sum()
    };
    let mut order: Vec<usize> = (0..per_sentence.len()).filter(|&s| weight(&per_sentence[s]) > 0.0).collect();
    order.sort_by(|&a, &b| weight(&per_sentence[b]).total_cmp(&weight(&per_sentence[a])).then(a.cmp(&b)));
    order.truncate(most);
    order.into_iter().map(|at| sentence(engine, text, explained, at, std::mem::take(&mut per_sentence[at]))).collect()
}

fn sentence<'a>(
    engine: &'a Engine,
    text: &'a str,
    explained: &Explained,
    at: usize,
    mut found: Vec<(&Evidence, [f64; 2])>,
) -> Sentence<'a> {
    let bytes = explained.extract.sentences[at].bytes;
    let is_learned = |e: &Evidence| e.indicator.family() == Family::LearnedWording;
    let strength = |c: &[f64; 2]| c[0].abs() + c[1].abs();
    found.sort_by(|a, b| is_learned(a.0).cmp(&is_learned(b.0)).then(strength(&b.1).total_cmp(&strength(&a.1))));
    let authored: Vec<ByteSpan> = found.iter().filter(|f| !is_learned(f.0)).map(|f| f.0.bytes).collect();
    let is_covered = |e: &Evidence| authored.iter().any(|a| a.start < e.bytes.end && e.bytes.start < a.end);
    found.retain(|(e, c)| !is_learned(e) || (strength(c) >= LEAST && !is_covered(e)));
    found.truncate((authored.len() + LEARNED).min(MARKS));
    found.sort_by_key(|(e, _)| (e.bytes.start, e.bytes.end));
    let start = bytes.start as usize;
    let marks = found.into_iter().map(|(e, contribution)| {
        let lang = explained.extract.passages[e.passage as usize].lang;
        Mark {
            text: &text[e.bytes.range()],
            range: e.bytes.start as usize - start..e.bytes.end as usize - start,
            indicator: e.indicator.id(),
            family: e.indicator.family(),
            why: e.group.map(|g| engine.lexicons.of(lang).index.groups[g as usize].why.as_str()),
            quoted: e.voice == Voice::Quoted,
            negated: e.negated,
            contribution,
        }
    });
    Sentence { text: &text[bytes.range()], marks: marks.collect() }
}

impl Sentence<'_> {
    /// The words of the sentence, ready to be wrapped. Of marks that overlap, the longest is shown.
    pub fn pieces(&self) -> Vec<Piece> {
        let shown = self.shown();
        let mut pieces = Vec::new();
        let mut at = 0;
        for word in self.text.split_whitespace() {
            let start = at + self.text[at..].find(word).unwrap_or(0);
            let end = start + word.len();
            at = end;
            let mark = shown.iter().find(|m| m.range.start < end && start < m.range.end);
            let opens = mark.is_some_and(|m| m.range.start >= start);
            let closes = mark.is_some_and(|m| m.range.end <= end);
            let text = format!("{}{}{}", if opens { "[" } else { "" }, style::clean(word), if closes { "]" } else { "" });
            pieces.push(Piece { width: style::width(&text), text, family: mark.map(|m| m.family) });
        }
        pieces
    }

    fn shown(&self) -> Vec<&Mark<'_>> {
        let mut by_length: Vec<&Mark> = self.marks.iter().collect();
        by_length.sort_by_key(|m| std::cmp::Reverse(m.range.len()));
        let mut shown: Vec<&Mark> = Vec::new();
        for mark in by_length {
            if !shown.iter().any(|m| m.range.start < mark.range.end && mark.range.start < m.range.end) {
                shown.push(mark);
            }
        }
        shown
    }
}

/// Evidence of a family in one voice.
pub fn count(explained: &Explained, family: Family, quoted: bool) -> usize {
    let is = |e: &&Evidence| e.indicator.family() == family && (e.voice == Voice::Quoted) == quoted;
    explained.extract.evidence.iter().filter(is).count()
}

//! Which sentences tell most about a text, and which of their words to mark.

use std::ops::Range;

use super::sentence::{self, Piece};
use crate::Engine;
use crate::features::{Evidence, Voice};
use crate::lexicon::{Family, Indicator};
use crate::model::Explained;
use crate::text::Lang;

/// How much to show.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Sentences at most; all that hold evidence, in reading order, if `None`.
    pub sentences: Option<usize>,
    /// Marks per sentence at most.
    pub marks: usize,
    /// Of these, learned wording at most: it has many terms of little weight each.
    pub learned: usize,
    /// Learned wording weaker than this share of the document's strongest evidence stays unmarked.
    pub faint: f64,
    /// Evidence that adds less stays unmarked: below 0.005 it would show as 0.00.
    pub least: f64,
}

impl Choice {
    /// What a reader takes in at a glance.
    pub const GLANCE: Choice = Choice { sentences: Some(4), marks: 6, learned: 2, faint: 0.1, least: 0.005 };
    /// Everything that still reads as a sentence.
    pub const ALL: Choice = Choice { sentences: None, marks: 12, learned: 3, faint: 0.05, least: 0.0 };
    /// Everything that a page can mark in a whole text.
    pub const PAGE: Choice = Choice { sentences: None, marks: usize::MAX, learned: 6, faint: 0.03, least: 0.0 };
}

/// A sentence with its evidence.
#[derive(Debug)]
pub struct Telling<'a> {
    /// Place in the text, from 1.
    pub number: usize,
    /// Its words and marks, in reading order.
    pub pieces: Vec<Piece<'a>>,
    /// Its language.
    pub lang: Lang,
    /// What all its evidence adds to propaganda and credibility.
    pub parts: [f64; 2],
    /// The strongest marks, in reading order.
    pub marks: Vec<Mark<'a>>,
    /// Marks left out, other than learned wording.
    pub weaker: usize,
}

/// Words that are evidence: of one indicator, or of several that overlap.
#[derive(Debug)]
pub struct Mark<'a> {
    /// The words.
    pub text: &'a str,
    /// Its number in the sentence, from 1. A whole quotation has none: its quotation marks show it, and other marks stand in it.
    pub number: Option<usize>,
    /// What it is evidence of, strongest first; never empty.
    pub reasons: Vec<Reason<'a>>,
    pub(super) bytes: Range<usize>,
}

/// One evidence of a mark.
#[derive(Clone, Debug)]
pub struct Reason<'a> {
    /// Of what.
    pub indicator: Indicator,
    /// Who says it.
    pub voice: Voice,
    /// Whether a negation stands before it.
    pub negated: bool,
    /// What it adds to propaganda and credibility.
    pub parts: [f64; 2],
    /// What the indicator means, in a line.
    pub meaning: &'static str,
    /// Why it matters, where the pack says so.
    pub why: Option<&'a str>,
}

/// A sentence of less than this share of the strongest one's weight tells nothing more.
const FAINT: f64 = 0.2;

fn strength(parts: [f64; 2]) -> f64 {
    parts[0].abs() + parts[1].abs()
}

fn sum(parts: &[[f64; 2]], evidence: &[usize]) -> [f64; 2] {
    evidence.iter().fold([0.0; 2], |sum, &e| [sum[0] + parts[e][0], sum[1] + parts[e][1]])
}

impl Mark<'_> {
    /// The family it is shown under: that of its strongest evidence.
    pub fn family(&self) -> Family {
        self.reasons[0].indicator.family()
    }

    /// Whether any of its evidence stands after a negation.
    pub fn negated(&self) -> bool {
        self.reasons.iter().any(|r| r.negated)
    }

    fn strength(&self) -> f64 {
        self.reasons.iter().map(|r| strength(r.parts)).sum()
    }
}

/// The evidence of each sentence, by its number in the text.
fn by_sentence(explained: &Explained) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); explained.extract.sentences.len()];
    for (at, evidence) in explained.extract.evidence.iter().enumerate() {
        found[evidence.sentence as usize].push(at);
    }
    found
}

/// The marks of a whole text in reading order, whole quotations left out, and how many others were too weak.
pub fn of_text<'a>(engine: &'a Engine, text: &'a str, explained: &Explained, choice: Choice) -> (Vec<Mark<'a>>, usize) {
    let parts = explained.evidence_contributions(&engine.models);
    let faint = choice.faint * parts.iter().map(|&p| strength(p)).fold(0.0, f64::max);
    let (mut marks, mut weaker) = (Vec::new(), 0);
    for evidence in by_sentence(explained) {
        let found = evidence.iter().map(|&e| located(engine, explained, &parts, e)).collect();
        let (chosen, left) = choose(text, found, choice, faint);
        marks.extend(chosen.into_iter().filter(|mark| mark.number.is_some()));
        weaker += left;
    }
    (marks, weaker)
}

/// An evidence with its place and its reason.
fn located<'a>(engine: &'a Engine, explained: &Explained, parts: &[[f64; 2]], at: usize) -> (Range<usize>, Reason<'a>) {
    let evidence = &explained.extract.evidence[at];
    let lang = explained.extract.passages[evidence.passage as usize].lang;
    let why = evidence.group.map(|g| engine.lexicons.of(lang).index.groups[g as usize].why.as_str());
    (evidence.bytes.range(), reason(evidence, parts[at], why))
}

/// The sentences whose evidence weighs most, strongest first.
pub fn telling<'a>(engine: &'a Engine, text: &'a str, explained: &Explained, choice: Choice) -> Vec<Telling<'a>> {
    let extract = &explained.extract;
    let parts = explained.evidence_contributions(&engine.models);
    let found = by_sentence(explained);
    // Learned wording is one feature with many small terms of either sign: what counts is what they come to together.
    let weight = |sentence: usize| {
        let is_learned = |e: &usize| extract.evidence[*e].indicator.family() == Family::LearnedWording;
        let (learned, others): (Vec<usize>, Vec<usize>) = found[sentence].iter().partition(|e| is_learned(e));
        others.iter().map(|&e| strength(parts[e])).sum::<f64>() + strength(sum(&parts, &learned))
    };
    let mut ranked: Vec<(usize, f64)> = (0..found.len()).map(|s| (s, weight(s))).filter(|(_, w)| *w > 0.0).collect();
    if let Some(most) = choice.sentences {
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let least = ranked.first().map_or(0.0, |r| r.1 * FAINT);
        ranked.retain(|r| r.1 >= least);
        ranked.truncate(most);
    }
    let faint = choice.faint * parts.iter().map(|&p| strength(p)).fold(0.0, f64::max);
    let show = |(number, _): &(usize, f64)| {
        let lang = extract.passages[extract.sentences[*number].passage as usize].lang;
        let evidence = found[*number].iter().map(|&e| located(engine, explained, &parts, e)).collect();
        let (marks, weaker) = choose(text, evidence, choice, faint);
        let places: Vec<Option<Range<usize>>> = marks.iter().map(|m| m.number.map(|_| m.bytes.clone())).collect();
        let pieces = sentence::pieces(text, sentence::bounds(text, &extract.sentences, *number), &places);
        Telling { number: number + 1, pieces, lang, parts: sum(&parts, &found[*number]), marks, weaker }
    };
    ranked.iter().map(show).filter(|t| !t.marks.is_empty()).collect()
}

fn reason<'a>(evidence: &Evidence, parts: [f64; 2], why: Option<&'a str>) -> Reason<'a> {
    let meaning = match (evidence.indicator.id(), evidence.weight > 0.0) {
        ("learned.propaganda", true) => "labelled propaganda uses it more",
        ("learned.propaganda", false) => "labelled propaganda uses it less",
        ("learned.credibility", true) => "well-sourced reports use it more",
        ("learned.credibility", false) => "well-sourced reports use it less",
        _ => evidence.indicator.definition().meaning,
    };
    Reason { indicator: evidence.indicator, voice: evidence.voice, negated: evidence.negated, parts, meaning, why }
}

/// The marks of one sentence, and how many were too weak. Evidence that overlaps makes one mark; learned wording is marked only
/// where nothing else is.
fn choose<'a>(text: &'a str, found: Vec<(Range<usize>, Reason<'a>)>, choice: Choice, faint: f64) -> (Vec<Mark<'a>>, usize) {
    const QUOTATION: Indicator = Indicator::of("named.quotation");
    let (mut marks, mut whole, mut learned): (Vec<Mark>, Vec<Mark>, Vec<Mark>) = Default::default();
    for (bytes, reason) in found {
        let family = reason.indicator.family();
        let mark = Mark { text: "", number: None, reasons: vec![reason], bytes };
        match marks.last_mut() {
            _ if mark.reasons[0].indicator == QUOTATION => whole.push(mark),
            _ if family == Family::LearnedWording => learned.push(mark),
            Some(last) if mark.bytes.start < last.bytes.end => {
                last.bytes.end = last.bytes.end.max(mark.bytes.end);
                last.reasons.extend(mark.reasons);
            }
            _ => marks.push(mark),
        }
    }
    let all = marks.len() + whole.len();
    learned.sort_by(|a, b| b.strength().total_cmp(&a.strength()));
    let mut room = choice.learned;
    for mark in learned {
        let apart = |m: &Mark| mark.bytes.end <= m.bytes.start || m.bytes.end <= mark.bytes.start;
        if room > 0 && mark.strength() >= faint && marks.iter().all(apart) {
            marks.push(mark);
            room -= 1;
        }
    }
    marks.extend(whole);
    marks.retain(|m| m.strength() >= choice.least);
    marks.sort_by(|a, b| b.strength().total_cmp(&a.strength()));
    marks.truncate(choice.marks);
    marks.sort_by_key(|m| (m.bytes.start, m.bytes.end));
    let mut numbers = 1..;
    for mark in &mut marks {
        mark.number = if mark.reasons[0].indicator == QUOTATION { None } else { numbers.next() };
        mark.text = &text[mark.bytes.clone()];
        mark.reasons.sort_by(|a, b| strength(b.parts).total_cmp(&strength(a.parts)));
        let strongest = mark.reasons[0].clone();
        mark.reasons.retain(|r| strength(r.parts) >= choice.least);
        if mark.reasons.is_empty() {
            mark.reasons.push(strongest);
        }
    }
    let shown = marks.iter().filter(|m| m.family() != Family::LearnedWording).count();
    (marks, all - shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, choice: Choice) -> Vec<String> {
        let engine = Engine::built_in();
        let explained = engine.score(text);
        let show = |t: &Telling| {
            let piece = |p: &Piece| match p {
                Piece::Plain(text) => text.to_string(),
                Piece::Gap => "… ".into(),
                Piece::Mark(at) => format!("‹{}›", t.marks[*at].text),
            };
            t.pieces.iter().map(piece).collect::<String>()
        };
        telling(&engine, text, &explained, choice).iter().map(show).collect()
    }

    const TEXT: &str = "The council met on Monday. \"Informed sources revealed a secret meeting in a bid to undermine the reform!\" \
                        The weather was fine that day and nothing else was said.";

    #[test]
    fn overlapping_evidence_makes_one_mark_and_punctuation_stays() {
        let sentences = shown(TEXT, Choice::ALL);
        let first = sentences.iter().find(|s| s.contains("reform")).expect("the sentence with evidence");
        assert!(first.starts_with('"') && first.ends_with('"'), "{first}");
        assert!(first.contains("secret meeting›") && !first.contains("‹‹"), "{first}");
        assert_eq!(first.replace(['‹', '›'], ""), TEXT.split_once("Monday. ").unwrap().1.split_once(" The").unwrap().0);
    }

    #[test]
    fn marks_keep_to_their_number() {
        let text = "Informed sources revealed a shameful secret plot of corrupt puppets, a sinister betrayal ".repeat(9);
        let engine = Engine::built_in();
        let explained = engine.score(&text);
        for choice in [Choice::GLANCE, Choice::ALL] {
            let told = telling(&engine, &text, &explained, choice);
            assert!(told[0].marks.len() == choice.marks && told[0].weaker > 0);
            let learned = |m: &&Mark| m.family() == Family::LearnedWording;
            assert!(told[0].marks.iter().filter(learned).count() <= choice.learned);
        }
    }

    #[test]
    fn long_stretches_without_marks_are_shortened() {
        let text = format!("He walked{} and then informed sources revealed it.", " along the long road".repeat(200));
        let sentence = shown(&text, Choice { learned: 0, ..Choice::GLANCE }).remove(0);
        assert!(sentence.split_whitespace().count() < 60 && sentence.contains(" … "), "{sentence}");
    }
}

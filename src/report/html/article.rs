//! The text of a report: passages in their own direction, cut at the words that are evidence.

use std::ops::Range;

use crate::Engine;
use crate::lexicon::Family;
use crate::model::Explained;
use crate::report::facts;
use crate::report::marks::{self, Choice, Mark};
use crate::report::safe;
use crate::report::words::{Words, dir};
use crate::text::Lang;

/// Text shown at most, bytes; scores rest on all of it.
const SHOWN: usize = 400_000;
/// Marks shown at most.
const MARKS: usize = 2_000;

/// A passage ready to be shown.
pub struct Passage {
    /// From 1.
    pub number: usize,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// Code of its language.
    pub lang: &'static str,
    /// Its share of persuasion, as a step from 0 to 9, for the colour.
    pub heat: usize,
    /// What its step says in words.
    pub label: String,
    /// Its words, in reading order.
    pub pieces: Vec<Piece>,
}

/// A stretch of a passage.
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they are evidence of.
    pub mark: Option<MarkView>,
}

/// Marked words.
pub struct MarkView {
    /// Its number in the report, from 1.
    pub number: usize,
    /// Class of its family.
    pub class: &'static str,
    /// Whether it stands in quotation marks or after a negation.
    pub quoted: bool,
    /// See `quoted`.
    pub negated: bool,
}

/// Why words are marked.
pub struct Why {
    /// Number of the mark.
    pub number: usize,
    /// The words.
    pub text: String,
    /// Their direction and language.
    pub dir: &'static str,
    /// See `dir`.
    pub lang: &'static str,
    /// One for each indicator.
    pub reasons: Vec<ReasonView>,
}

/// One evidence of marked words.
pub struct ReasonView {
    /// Class of its family.
    pub class: &'static str,
    /// Name of its family.
    pub family: &'static str,
    /// Its indicator.
    pub indicator: &'static str,
    /// What that means.
    pub meaning: &'static str,
    /// Why it matters, in English, where the pack says so.
    pub why: Option<String>,
    /// How it is said.
    pub circumstances: Vec<&'static str>,
    /// What it adds to propaganda and credibility.
    pub propaganda: String,
    /// See `propaganda`.
    pub credibility: String,
}

/// The text with its marks.
pub struct Article {
    /// In reading order.
    pub passages: Vec<Passage>,
    /// One for each mark.
    pub whys: Vec<Why>,
    /// Whether the end of the text is left out.
    pub cut: bool,
    /// Evidence that is not marked, other than learned wording.
    pub weaker: usize,
}

/// The class of a family on pages.
pub fn class(family: Family) -> &'static str {
    match family {
        Family::AnonymousSourcing => "anonymous",
        Family::NamedSourcing => "named",
        Family::Attribution => "attribution",
        Family::UnverifiableClaims => "unverifiable",
        Family::LoadedTerms => "loaded",
        Family::AttributedIntent => "intent",
        Family::OtherPersuasion => "persuasion",
        Family::LearnedWording => "learned",
        Family::Form => "form",
    }
}

/// Lays out a text.
pub fn article(engine: &Engine, text: &str, explained: &Explained, words: Words) -> Article {
    let (mut marks, weaker) = marks::of_text(engine, text, explained, Choice::PAGE);
    marks.truncate(MARKS);
    let mut article = Article { passages: Vec::new(), whys: Vec::new(), cut: false, weaker };
    let mut marks = marks.iter().peekable();
    for (at, (bytes, lang)) in paragraphs(text, explained).into_iter().enumerate() {
        if bytes.start > SHOWN {
            article.cut = true;
            break;
        }
        let bytes = bytes.start..char_boundary(text, bytes.end.min(SHOWN));
        let mut pieces = Vec::new();
        let mut from = bytes.start;
        while let Some(mark) = marks.next_if(|mark| mark.bytes.start < bytes.end) {
            if mark.bytes.start < from || mark.bytes.end > bytes.end {
                continue;
            }
            let number = article.whys.len() + 1;
            pieces.push(Piece { text: safe::block(&text[from..mark.bytes.start]), mark: None });
            pieces.push(Piece { text: safe::block(mark.text), mark: Some(mark_view(mark, number)) });
            article.whys.push(why(mark, number, lang, words));
            from = mark.bytes.end;
        }
        pieces.push(Piece { text: safe::block(text[from..bytes.end].trim_end()), mark: None });
        let score = explained.passages.get(at).copied();
        article.passages.push(Passage {
            number: at + 1,
            dir: dir(lang),
            lang: lang.code(),
            heat: score.map_or(0, |score| ((score * 10.0) as usize).min(9)),
            label: words.fill("passage {}: {}", &[&(at + 1).to_string(), &score.map_or("–".into(), facts::percent)]),
            pieces,
        });
    }
    article
}

fn mark_view(mark: &Mark, number: usize) -> MarkView {
    let quoted = mark.reasons[0].voice == crate::features::Voice::Quoted;
    MarkView { number, class: class(mark.family()), quoted, negated: mark.negated() }
}

fn why(mark: &Mark, number: usize, lang: Lang, words: Words) -> Why {
    let reasons = mark.reasons.iter().map(|reason| {
        let family = reason.indicator.family();
        let quoted = reason.voice == crate::features::Voice::Quoted && family != Family::LearnedWording;
        let said = [(quoted, "quoted"), (reason.negated, "after a negation")];
        ReasonView {
            class: class(family),
            family: words.say(family.title()),
            indicator: reason.indicator.id(),
            meaning: words.say(reason.meaning),
            why: reason.why.map(str::to_owned),
            circumstances: said.into_iter().filter(|(is, _)| *is).map(|(_, how)| words.say(how)).collect(),
            propaganda: facts::signed(reason.parts[0]).trim().to_owned(),
            credibility: facts::signed(reason.parts[1]).trim().to_owned(),
        }
    });
    Why { number, text: safe::inline(mark.text), dir: dir(lang), lang: lang.code(), reasons: reasons.collect() }
}

/// The text cut into its passages, with the punctuation around them: all of it, in order. One piece if nothing was read.
fn paragraphs(text: &str, explained: &Explained) -> Vec<(Range<usize>, Lang)> {
    let passages = &explained.extract.passages;
    let lang = explained.extract.lang.unwrap_or(Lang::En);
    if passages.is_empty() {
        return vec![(0..text.len(), lang)];
    }
    let mut starts = vec![0];
    for pair in passages.windows(2) {
        let gap = pair[0].bytes.range().end..pair[1].bytes.range().start;
        let between = &text[gap.clone()];
        // A line may also end in U+0085 or U+2028, which take more than a byte.
        let line = between.rmatch_indices('\n').next().or_else(|| between.match_indices(char::is_whitespace).next());
        starts.push(gap.start + line.map_or(between.len(), |(at, space)| at + space.len()));
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).zip(passages).map(|((start, end), passage)| (*start..end, passage.lang)).collect()
}

fn char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

//! Reads one text: evidence, passages and the rows of both heads.

use super::counts::Counts;
use super::evidence::{Evidence, LEAD, Voice};
use super::registry::FEATURES;
use super::structure;
use super::wording::{LEARNED, MARKED, Place, Reader, Wording};
use crate::lexicon::{Forms, Indicator, Match, Matcher};
use crate::lexicons::Lexicons;
use crate::text::language::{self, Detected};
use crate::text::{ByteSpan, CharSpan, Disguise, Lang, Passage, Scan, Segments, flag, gap};

/// Whether a text could be read, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Read.
    Ok,
    /// Fewer words than asked for.
    TooShort,
    /// Prose in a language without packs, by its ISO 639-3 code, `und` where that cannot be told.
    UnsupportedLanguage(&'static str),
    /// No prose at all.
    NotText,
}

impl Status {
    /// Name in JSON and CSV.
    pub fn key(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::TooShort => "too_short",
            Status::UnsupportedLanguage(_) => "unsupported_language",
            Status::NotText => "not_text",
        }
    }
}

/// A passage as read.
#[derive(Clone, Debug)]
pub struct PassageRead {
    /// Place in bytes.
    pub bytes: ByteSpan,
    /// Place in code points.
    pub chars: CharSpan,
    /// Its language, by script: what stands in the other script is read with that language's packs and model.
    pub lang: Lang,
    /// Its length, words.
    pub words: u32,
    /// Its feature row, [`FEATURES`]`.len()` values.
    pub row: Vec<f64>,
}

/// A sentence as read, for showing it.
#[derive(Clone, Copy, Debug)]
pub struct SentenceRead {
    /// Place in bytes.
    pub bytes: ByteSpan,
    /// Passage it stands in.
    pub passage: u32,
}

/// What one text holds.
#[derive(Clone, Debug)]
pub struct Extract {
    /// Whether the rest means anything.
    pub status: Status,
    /// Main language.
    pub lang: Option<Lang>,
    /// Its length, words.
    pub words: u32,
    /// All passages, in reading order.
    pub passages: Vec<PassageRead>,
    /// All sentences, in reading order.
    pub sentences: Vec<SentenceRead>,
    /// All evidence, in reading order.
    pub evidence: Vec<Evidence>,
    /// Counts of the whole document.
    pub counts: Counts,
    /// What folding had to undo.
    pub disguise: Disguise,
}

impl Extract {
    /// The row of the document as one stretch: what the credibility head reads.
    pub fn document_row(&self) -> Vec<f64> {
        let mut row = Vec::with_capacity(FEATURES.len());
        self.counts.row(&mut row);
        row
    }

    /// The word-weighted mean of the passages' rows: what the propaganda head reads.
    pub fn pooled_row(&self) -> Vec<f64> {
        let mut row = vec![0.0; FEATURES.len()];
        for (passage, weight) in self.weighted_passages() {
            for (sum, value) in row.iter_mut().zip(&passage.row) {
                *sum += weight * value;
            }
        }
        row
    }

    /// The passages with their share of the words.
    pub fn weighted_passages(&self) -> impl Iterator<Item = (&PassageRead, f64)> {
        let words = f64::from(self.words.max(1));
        self.passages.iter().map(move |p| (p, f64::from(p.words) / words))
    }
}

/// What a caller may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Take this language without looking.
    pub lang: Option<Lang>,
    /// Shorter texts get status `too_short`, words.
    pub min_words: u32,
    /// Whether to keep every evidence. Counting them is enough for scores and contributions, and faster.
    pub evidence: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { lang: None, min_words: 8, evidence: true }
    }
}

/// Reads texts one after another with reused memory. One per thread.
#[derive(Debug, Default)]
pub struct Extractor {
    scan: Scan,
    segments: Segments,
    forms: [Forms; Lang::ALL.len()],
    /// Which lexicons the forms were looked up in.
    lexicons: u64,
    matcher: Matcher,
    matches: Vec<Match>,
    evidence: Vec<Evidence>,
    passage_counts: Counts,
    /// Learned wording of the passage, for the propaganda head.
    passage_wording: Wording,
    /// Learned wording of the document, for the credibility head.
    document_wording: Wording,
}

impl Extractor {
    /// Reads `text`.
    pub fn extract(&mut self, lexicons: &Lexicons, text: &str, options: Options) -> Extract {
        if self.lexicons != lexicons.version() {
            self.forms = Default::default();
            self.lexicons = lexicons.version();
        }
        self.scan.read(text);
        self.segments.cut(&self.scan);
        let mut extract = Extract {
            status: Status::Ok,
            lang: options.lang,
            words: 0,
            passages: Vec::with_capacity(self.segments.passages.len()),
            sentences: Vec::new(),
            evidence: Vec::new(),
            counts: Counts::default(),
            disguise: self.scan.disguise,
        };
        extract.counts.clear();
        if options.lang.is_none() {
            match language::detect(text, &self.scan) {
                Detected::Supported(lang) => extract.lang = Some(lang),
                Detected::Other(code) => extract.status = Status::UnsupportedLanguage(code),
                Detected::NotText => extract.status = Status::NotText,
            }
        }
        let Some(lang) = extract.lang else { return extract };
        self.read_passages(lexicons, lang, options.evidence, &mut extract);
        if options.evidence {
            extract.sentences = self.sentences();
            extract.evidence = std::mem::take(&mut self.evidence);
            extract.evidence.sort_unstable_by_key(|e| (e.bytes.start, e.bytes.end, e.indicator));
        }
        if extract.words < options.min_words.max(1) {
            extract.status = Status::TooShort;
        }
        extract
    }

    fn sentences(&self) -> Vec<SentenceRead> {
        let of_passage = |(passage, cut): (usize, &Passage)| {
            self.segments.sentences[cut.sentences()].iter().map(move |sentence| {
                let [first, last] = [sentence.start, sentence.end - 1].map(|at| &self.scan.tokens[at as usize]);
                SentenceRead { bytes: first.bytes.to(last.bytes), passage: passage as u32 }
            })
        };
        self.segments.passages.iter().enumerate().flat_map(of_passage).collect()
    }

    fn read_passages(&mut self, lexicons: &Lexicons, lang: Lang, keep: bool, extract: &mut Extract) {
        let mut looked_up = [false; Lang::ALL.len()];
        let mut of_document = std::mem::take(&mut self.document_wording);
        of_document.start();
        for number in 0..self.segments.passages.len() {
            let passage = self.segments.passages[number];
            let tokens = &self.scan.tokens[passage.tokens()];
            let own = language::script(tokens).unwrap_or(lang);
            let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
            let mut read = PassageRead {
                bytes: first.bytes.to(last.bytes),
                chars: first.chars.to(last.chars),
                lang: own,
                words: passage.words(),
                row: Vec::with_capacity(FEATURES.len()),
            };
            let lexicon = lexicons.of(own);
            if !std::mem::replace(&mut looked_up[own as usize], true) {
                self.forms[own as usize].look_up(&lexicon.index, &lexicon.learned, &self.scan);
            }
            self.passage_counts.clear();
            self.count(passage);
            self.find(lexicons, own, passage, number as u32, keep);
            self.find_wording(lexicons, own, passage, number as u32, &mut of_document, keep);
            extract.words += read.words;
            self.passage_counts.row(&mut read.row);
            extract.counts.add(&self.passage_counts);
            extract.passages.push(read);
        }
        extract.counts.learn(LEARNED[1], of_document.sum(), of_document.different());
        for (place, weight) in of_document.places() {
            let passage = extract.passages.partition_point(|p| p.bytes.end <= self.scan.tokens[place.start as usize].bytes.start);
            self.evidence.push(evidence(&self.scan, LEARNED[1], None, weight, place, passage as u32, false));
        }
        self.document_wording = of_document;
    }

    /// Evidence of one passage but learned wording, counted and, if `keep` says so, kept.
    fn find(&mut self, lexicons: &Lexicons, lang: Lang, passage: Passage, number: u32, keep: bool) {
        let lexicon = lexicons.of(lang);
        let forms = &self.forms[lang as usize];
        let (scan, counts, kept) = (&self.scan, &mut self.passage_counts, &mut self.evidence);
        for at in passage.sentences() {
            let sentence = self.segments.sentences[at];
            let evidence = |indicator, group, weight, start, end, negated| {
                evidence(scan, indicator, group, weight, Place { sentence: at as u32, start, end }, number, negated)
            };
            let mut count = |evidence: Evidence| {
                counts.add_evidence(&evidence);
                if keep {
                    kept.push(evidence);
                }
            };
            self.matches.clear();
            self.matcher.find(&lexicon.index, scan, forms, sentence, &mut self.matches);
            let read = structure::Read { scan, forms, index: &lexicon.index, sentence, matches: &self.matches };
            for found in self.matches.iter().filter(|found| !read.stands_in_name(found)) {
                let group = &lexicon.index.groups[found.group as usize];
                let weight = f64::from(group.strength);
                count(evidence(group.indicator, Some(found.group), weight, found.start, found.end, found.negated));
            }
            for sign in read.numbers().chain(read.quotations()) {
                let found = evidence(sign.indicator, None, 1.0, sign.start, sign.end, false);
                count(if sign.by_author { Evidence { voice: Voice::Author, ..found } } else { found });
            }
        }
    }

    /// Learned wording of one passage for the propaganda head, counted and, if `keep` says so, kept; what the credibility head
    /// reads is gathered for the end of the document.
    fn find_wording(
        &mut self,
        lexicons: &Lexicons,
        lang: Lang,
        passage: Passage,
        number: u32,
        of_document: &mut Wording,
        keep: bool,
    ) {
        let (scan, wording) = (&self.scan, &mut self.passage_wording);
        let [propaganda, credibility] = [0, 1].map(|head| Reader {
            learned: &lexicons.of(lang).learned[head],
            head,
            scan,
            forms: &self.forms[lang as usize],
            lang,
        });
        wording.start();
        for at in passage.sentences() {
            let sentence = self.segments.sentences[at];
            wording.read(propaganda, sentence, at as u32, keep);
            of_document.read(credibility, sentence, at as u32, keep);
        }
        self.passage_counts.learn(LEARNED[0], wording.sum(), wording.different());
        let evidence = |indicator, place, weight| evidence(scan, indicator, None, weight, place, number, false);
        for (place, chance) in wording.marks() {
            let mark = evidence(MARKED, place, chance);
            self.passage_counts.add_evidence(&mark);
            self.evidence.extend(keep.then_some(mark));
        }
        self.evidence.extend(wording.places().map(|(place, weight)| evidence(LEARNED[0], place, weight)));
    }

    fn count(&mut self, passage: Passage) {
        let counts = &mut self.passage_counts;
        counts.words = passage.words();
        counts.sentences = passage.sentences().len() as u32;
        for sentence in &self.segments.sentences[passage.sentences()] {
            counts.questions += u32::from(sentence.closed_by & gap::QUESTION != 0);
            counts.exclamations += u32::from(sentence.closed_by & gap::EXCLAIM != 0);
            for at in sentence.start..sentence.end {
                let token = &self.scan.tokens[at as usize];
                counts.quoted_words += u32::from(token.is(flag::QUOTED));
                counts.capitalised += u32::from(token.is(flag::CAPITAL) && at > sentence.start);
            }
        }
    }
}

fn evidence(
    scan: &Scan,
    indicator: Indicator,
    group: Option<u32>,
    weight: f64,
    place: Place,
    passage: u32,
    negated: bool,
) -> Evidence {
    let Place { sentence, start, end } = place;
    let (first, last) = (&scan.tokens[start as usize], &scan.tokens[end as usize - 1]);
    let voice = if first.is(flag::QUOTED) && last.is(flag::QUOTED) { Voice::Quoted } else { Voice::Author };
    let (bytes, chars) = (first.bytes.to(last.bytes), first.chars.to(last.chars));
    let lead = start < LEAD;
    Evidence { indicator, group, weight, bytes, chars, passage, sentence, lead, voice, negated }
}

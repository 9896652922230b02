//! Learns which wording speaks for a label, with names kept out: [`odds`] from short passages, where gold spans and ratings
//! by hand help the few words there are; [`ridge`] from whole articles, whose many words must be weighed together.

mod marked;
mod odds;
mod ridge;
mod terms;

use rustc_hash::FxHashMap;

use super::data::Text;
use super::names::Names;
use super::ratings::Ratings;
use crate::error::Result;
use crate::lexicon::learned::{self, Learned, Stems, Wording, from_thousandths};
use crate::text::{Scan, Segments, Token};
use terms::Terms;

/// Frequencies are per so many words, about a passage.
const UNIT: f64 = 30.0;
/// A stem or pair must stand in the texts of at least so many groups.
const GROUPS: u32 = 3;
/// Weight of a word inside a gold span, and outside one in a text that has some.
const SPAN: [f64; 2] = [4.0, 1.0];
/// Smaller weights are dropped.
const LEAST: f64 = 0.02;
/// What a further text counts for against a judged one: it is of another kind, often clearer than what is judged.
const EXTRA: f64 = 0.4;
/// A gold span of more words marks a statement, not its words; they are no more likely to be marked elsewhere.
const PHRASE: usize = 4;
/// Median length from which texts are articles rather than passages, words.
const ARTICLE: usize = 100;

/// One text's use of a term.
#[derive(Debug, Clone, Copy)]
struct Use {
    term: u32,
    /// Frequency per [`UNIT`] words; more inside gold spans.
    mass: f64,
    /// Occurrences outside and inside gold spans of at most [`PHRASE`] words; zero in texts where nobody looked for spans.
    spans: [u32; 2],
}

/// What a text says about each of its terms: computed once per text.
#[derive(Debug, Clone)]
struct Counted {
    /// In the order of their terms.
    uses: Vec<Use>,
    label: bool,
    group: u32,
    /// What it counts for, 1 or [`EXTRA`]; only [`odds`] looks at it.
    weight: f64,
}

/// What is kept of all that the texts teach.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    /// Most stems and pairs: those that say most and are seen most.
    pub most: usize,
    /// Least chance of a mark, 0 to 1, from which a stem is marked.
    pub marked_from: f64,
}

/// Counted texts and the terms they hold.
#[derive(Debug, Default)]
pub struct Mine {
    texts: Vec<Counted>,
    terms: Terms,
    /// Whether they are articles rather than passages.
    articles: bool,
}

/// What the texts at hand say about a term.
#[derive(Debug, Clone, Copy, Default)]
struct Support {
    /// In negative and in positive texts, by the weight of the text.
    mass: [f64; 2],
    /// Groups that hold it.
    groups: u32,
}

impl Mine {
    /// Counts the terms of `texts`. Names count for nothing: those of the gazetteer, what follows an Arabic title, and English
    /// words in capitals, at the start of a sentence too if the texts seldom write them small.
    pub fn count(texts: &[Text], names: &Names, ratings: &Ratings) -> Mine {
        let mut mine = Mine::default();
        let mut groups: FxHashMap<&str, u32> = FxHashMap::default();
        let (mut scan, mut segments) = (Scan::default(), Segments::default());
        let names = names.with_capitals_of(texts);
        let mut lengths = Vec::with_capacity(texts.len());
        for text in texts {
            scan.read(&text.text);
            segments.cut(&scan);
            lengths.push(scan.tokens.len());
            let unit = UNIT / scan.tokens.len().max(1) as f64;
            // A text without a label for persuasion holds no words that persuade, whoever looked.
            let looked_at = !text.spans.is_empty() || !text.label;
            let touches = |span: &[u32; 2], first: &Token, last: &Token| span[0] < last.chars.end && first.chars.start < span[1];
            let words_in = |span: &[u32; 2]| scan.tokens.iter().filter(|t| touches(span, t, t)).count();
            let phrases: Vec<&[u32; 2]> = text.spans.iter().filter(|span| words_in(span) <= PHRASE).collect();
            let next = groups.len() as u32;
            let group = *groups.entry(&text.group).or_insert(next);
            let mut uses: FxHashMap<u32, Use> = FxHashMap::default();
            for &sentence in &segments.sentences {
                learned::stems(&scan, sentence, |start, end, stems| {
                    if (start..end).any(|at| names.holds(&scan, sentence, at)) {
                        return;
                    }
                    let tokens = &scan.tokens[start as usize..end as usize];
                    let number = mine
                        .terms
                        .number(stems, ratings, || tokens.iter().map(|t| learned::spell(&scan, t)).collect::<Vec<_>>().join(" "));
                    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
                    let inside = text.spans.iter().any(|span| touches(span, first, last));
                    let marked = phrases.iter().any(|span| touches(span, first, last));
                    let one = uses.entry(number).or_insert(Use { term: number, mass: 0.0, spans: [0; 2] });
                    one.mass += unit * if text.spans.is_empty() { 1.0 } else { SPAN[usize::from(!inside)] };
                    one.spans[usize::from(marked)] += u32::from(looked_at);
                });
            }
            let mut uses: Vec<Use> = uses.into_values().collect();
            uses.sort_unstable_by_key(|u| u.term);
            let weight = if text.extra { EXTRA } else { 1.0 };
            mine.texts.push(Counted { uses, label: text.label, group, weight });
        }
        lengths.sort_unstable();
        mine.articles = lengths.get(lengths.len() / 2).is_some_and(|median| *median >= ARTICLE);
        // Rated words that no text holds: what is thought of them is all there is to know.
        for (key, spelling) in ratings.stems().filter(|(key, _)| !names.has(*key)) {
            mine.terms.number(Stems::One(key), ratings, || spelling.to_string());
        }
        mine
    }

    fn support(&self, rows: &[usize]) -> Vec<Support> {
        let mut support = vec![Support::default(); self.terms.list.len()];
        let mut last_group = vec![u32::MAX; support.len()];
        let mut order: Vec<&Counted> = rows.iter().map(|&r| &self.texts[r]).collect();
        order.sort_by_key(|t| t.group);
        for text in order {
            for one in &text.uses {
                let (entry, last) = (&mut support[one.term as usize], &mut last_group[one.term as usize]);
                entry.mass[usize::from(text.label)] += text.weight * one.mass;
                entry.groups += u32::from(*last != text.group);
                *last = text.group;
            }
        }
        support
    }

    /// What the texts at `rows` teach, by term number.
    ///
    /// # Errors
    /// If the solver fails.
    pub fn wording(&self, rows: &[usize], keep: Keep) -> Result<Vec<(u32, Wording)>> {
        let support = self.support(rows);
        let weights = match self.articles {
            true => ridge::weights(self, rows, &support)?,
            false => odds::weights(self, rows, &support),
        };
        let marked = marked::chances(self, rows, keep.marked_from);
        let mut wording: Vec<(u32, Wording, f64)> = (0..support.len())
            .map(|at| {
                let weight = if weights[at].abs() < LEAST { 0 } else { (weights[at] * 1000.0).round() as i32 };
                let [q, p] = support[at].mass;
                let says = from_thousandths(weight.abs()) * (1.0 + p + q).sqrt();
                (at as u32, Wording { weight, marked: (marked[at] * 1000.0).round() as u16 }, says)
            })
            .filter(|(_, wording, _)| *wording != Wording::default())
            .collect();
        wording.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        wording.truncate(keep.most);
        Ok(wording.into_iter().map(|(term, wording, _)| (term, wording)).collect())
    }

    /// [`Mine::wording`] ready for reading texts.
    ///
    /// # Errors
    /// If the solver fails.
    pub fn learned(&self, rows: &[usize], keep: Keep) -> Result<Learned> {
        let by_stems = |(term, wording)| (self.terms.list[term as usize].stems, wording);
        Ok(Learned::new(self.wording(rows, keep)?.into_iter().map(by_stems)))
    }

    /// What all texts teach as the lines of a lexicon file, strongest weight first.
    ///
    /// # Errors
    /// If the solver fails.
    pub fn to_tsv(&self, keep: Keep, heading: &str) -> Result<String> {
        let rows: Vec<usize> = (0..self.texts.len()).collect();
        let spell = |(term, wording): (u32, Wording)| (self.terms.list[term as usize].spelling.as_str(), wording);
        let mut lines: Vec<(&str, Wording)> = self.wording(&rows, keep)?.into_iter().map(spell).collect();
        lines.sort_by(|a, b| b.1.weight.cmp(&a.1.weight).then(a.0.cmp(b.0)));
        let mut out: String = heading.lines().map(|l| format!("# {l}\n")).collect();
        for (stems, Wording { weight, marked }) in lines {
            out += &format!("{stems}\t{}", from_thousandths(weight));
            if marked > 0 {
                out += &format!("\t{}", from_thousandths(marked));
            }
            out.push('\n');
        }
        Ok(out)
    }
}

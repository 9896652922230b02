//! Rows counted into outlets, languages and days.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::article::{Article, Outcome, Scored, day};
use super::columns::{Columns, Names};
use super::days::ByDay;
use super::most::{LONG_ENOUGH, Marked, Most};
use super::quality::{Quality, Reasons};
use super::summary::Summary;
use super::sums::{Scores, Sum};
use crate::error::{Error, Result};
use crate::lexicon::Family;
use crate::model::Head;
use crate::read::{Row, Table};
use crate::text::Lang;

/// Rows read together.
const CHUNK_ROWS: usize = 1024;
/// Bytes read together.
const CHUNK_BYTES: usize = 4 << 20;
/// A column with more different values does not name outlets.
const MOST_OUTLETS: usize = 20_000;
/// Longest title, characters, and longest address, bytes, that are kept.
const LONGEST_TITLE: usize = 140;
const LONGEST_URL: usize = 2000;

/// Sums over the scored articles of one outlet, or of all, in one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub words: u64,
    /// By head.
    pub heads: [Scores; 2],
    /// By head and family.
    pub pushes: [[Sum; Family::ALL.len()]; 2],
    /// By family.
    pub marks: [Sum; Family::ALL.len()],
}

impl Sums {
    fn add(&mut self, scored: &Scored) {
        self.words += u64::from(scored.words);
        for head in 0..2 {
            self.heads[head].add(scored.scores[head], scored.bands[head]);
            self.pushes[head].iter_mut().zip(scored.pushes[head]).for_each(|(sum, v)| sum.add(v));
        }
        self.marks.iter_mut().zip(scored.marks).for_each(|(sum, v)| sum.add(v));
    }

    /// Number of articles.
    pub fn n(&self) -> u64 {
        self.heads[0].moments.n
    }
}

/// Rows of one outlet.
#[derive(Clone, Debug, Default)]
pub(super) struct OutletTally {
    /// Rows, and how they ended.
    pub quality: Quality,
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// By language, for the scored ones.
    pub langs: [Option<Box<Sums>>; 2],
}

/// Everything of one language.
#[derive(Debug, Default)]
pub(super) struct LangTally {
    pub all: Sums,
    pub days: ByDay,
    /// Long texts, then all texts; most propaganda, then least credibility.
    pub most: [[Most; 2]; 2],
    /// Texts too short for the first of these.
    pub short: u64,
}

/// The whole table.
#[derive(Debug)]
pub(super) struct Tally {
    pub quality: Quality,
    pub reasons: Reasons,
    pub first: Option<Date>,
    pub last: Option<Date>,
    pub outlets: BTreeMap<String, OutletTally>,
    pub langs: [LangTally; 2],
}

/// Reads a scored table to its end. `tell` hears of each row that could not be used, and of each day that could not be read.
///
/// # Errors
/// [`Error::Table`] if the table was not scored, lacks a column that was asked for, or has more than 20,000 outlets; [`Error::Io`].
pub fn summarise(mut table: Table, names: &Names, mut tell: impl FnMut(Error)) -> Result<Summary> {
    let columns = Columns::find(&table, names)?;
    let path = table.name().to_owned();
    let counted = |column: Option<usize>| column.map(|_| 0);
    let quality = Quality {
        duplicates: counted(columns.text),
        unnamed: counted(columns.source),
        undated: counted(columns.date),
        ..Quality::default()
    };
    let tally = Tally {
        quality,
        reasons: Reasons::default(),
        first: None,
        last: None,
        outlets: BTreeMap::new(),
        langs: Default::default(),
    };
    let mut counter =
        Counter { columns, format: names.date_format.clone(), seen: HashSet::new(), seen_in: HashSet::new(), tally };
    while let Some(rows) = table.next_chunk(CHUNK_ROWS, CHUNK_BYTES)? {
        for row in &rows {
            let trouble = counter.count(row);
            if counter.tally.outlets.len() > MOST_OUTLETS {
                let reason =
                    format!("has more than {MOST_OUTLETS} different outlets: name the right column with --source-column");
                return Err(Error::table(path, reason));
            }
            for reason in trouble {
                counter.tally.reasons.add(row.number, &reason);
                tell(Error::Row { path: path.clone(), row: row.number, reason });
            }
        }
    }
    Ok(Summary::of(path, &counter.columns, counter.tally))
}

struct Counter {
    columns: Columns,
    format: Option<String>,
    /// Fingerprints of the texts, and of texts within their outlet.
    seen: HashSet<u64>,
    seen_in: HashSet<(String, u64)>,
    tally: Tally,
}

impl Counter {
    /// Counts a row; gives what was wrong with it.
    fn count(&mut self, row: &Row) -> Vec<String> {
        let article = match Article::read(row, &self.columns) {
            Ok(article) => article,
            Err(reason) => {
                self.tally.quality.rows += 1;
                self.tally.quality.refused += 1;
                return vec![reason];
            }
        };
        let mut trouble = Vec::new();
        let day = self.columns.date.and_then(|at| {
            day(&row.get(at), self.format.as_deref()).unwrap_or_else(|reason| {
                trouble.push(reason);
                None
            })
        });
        let again = article.text.is_some_and(|text| !self.seen.insert(text));
        let again_here = article.text.is_some_and(|text| !self.seen_in.insert((article.source.clone(), text)));
        note(&mut self.tally.quality, &article, day, again);
        self.tally.first = self.tally.first.into_iter().chain(day).min();
        self.tally.last = self.tally.last.into_iter().chain(day).max();
        if self.columns.source.is_some() && !article.source.is_empty() {
            let outlet = self.tally.outlets.entry(article.source.clone()).or_insert_with(|| OutletTally {
                quality: Quality { duplicates: self.tally.quality.duplicates.map(|_| 0), ..Quality::default() },
                ..OutletTally::default()
            });
            note(&mut outlet.quality, &article, day, again_here);
            outlet.first = outlet.first.into_iter().chain(day).min();
            outlet.last = outlet.last.into_iter().chain(day).max();
            if let Outcome::Scored(scored) = &article.outcome {
                outlet.langs[scored.lang as usize].get_or_insert_default().add(scored);
            }
        }
        match &article.outcome {
            Outcome::Scored(scored) => self.add(row, &article.source, scored, day),
            Outcome::Refused(reason) => self.tally.reasons.add(row.number, reason),
            Outcome::Unscored(_) => {}
        }
        trouble
    }

    /// Counts a scored row into its language.
    fn add(&mut self, row: &Row, source: &str, scored: &Scored, day: Option<Date>) {
        let lang = &mut self.tally.langs[scored.lang as usize];
        lang.all.add(scored);
        if let Some(day) = day {
            let heads = lang.days.entry(day).or_default();
            heads.iter_mut().zip(scored.scores).for_each(|(moments, score)| moments.add(score));
        }
        let long = scored.words >= LONG_ENOUGH;
        lang.short += u64::from(!long);
        let columns = &self.columns;
        let marked = || Marked {
            row: row.number,
            source: source.to_owned(),
            title: title(row, columns),
            url: columns.url.and_then(|at| address(&row.get(at))),
            words: scored.words,
            scores: scored.scores,
            bands: scored.bands,
        };
        let keys = [scored.scores[Head::Propaganda as usize], -scored.scores[Head::Credibility as usize]];
        for (at, list) in lang.most.iter_mut().enumerate() {
            if long || at == 1 {
                list.iter_mut().zip(keys).for_each(|(most, key)| most.offer(key, row.number, marked));
            }
        }
    }
}

/// Counts how an article ended.
fn note(quality: &mut Quality, article: &Article, day: Option<Date>, again: bool) {
    quality.rows += 1;
    let count = match &article.outcome {
        Outcome::Scored(_) => &mut quality.scored,
        Outcome::Unscored("too_short") => &mut quality.too_short,
        Outcome::Unscored("not_text") => &mut quality.not_text,
        Outcome::Unscored(_) => &mut quality.unsupported_language,
        Outcome::Refused(_) => &mut quality.refused,
    };
    *count += 1;
    let scored = matches!(article.outcome, Outcome::Scored(_));
    let add = |count: &mut Option<u64>, one: bool| count.iter_mut().for_each(|n| *n += u64::from(one));
    add(&mut quality.duplicates, again);
    add(&mut quality.unnamed, scored && article.source.is_empty());
    add(&mut quality.undated, scored && day.is_none());
}

/// The title of a row, or else the beginning of its text.
fn title(row: &Row, columns: &Columns) -> String {
    let shown = |column: Option<usize>| {
        let start: String = row.get(column?).chars().take(LONGEST_TITLE * 4).collect();
        let words = start.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then(|| match words.char_indices().nth(LONGEST_TITLE) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        })
    };
    shown(columns.title).or_else(|| shown(columns.text)).unwrap_or_default()
}

/// An address that a reader may be sent to.
fn address(cell: &str) -> Option<String> {
    let cell = cell.trim();
    let begins = |scheme: &str| cell.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let fit = (begins("http://") || begins("https://")) && cell.len() <= LONGEST_URL;
    (fit && !cell.contains(|c: char| c.is_whitespace() || c.is_control())).then(|| cell.to_owned())
}

/// Both languages with what was counted.
pub(super) fn languages(tally: [LangTally; 2]) -> impl Iterator<Item = (Lang, LangTally)> {
    Lang::ALL.into_iter().zip(tally).filter(|(_, tally)| tally.all.n() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_linked() {
        for (cell, linked) in [
            ("https://example.org/a?b=c", true),
            (" HTTP://example.org ", true),
            ("javascript:alert(1)", false),
            ("data:text/html,<script>", false),
            ("https://example.org/ b", false),
            ("//example.org", false),
            ("httpx://example.org", false),
            ("", false),
        ] {
            assert_eq!(address(cell).is_some(), linked, "{cell}");
        }
    }
}

//! One row of a scored table, checked.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

use super::columns::Columns;
use crate::lexicon::Family;
use crate::model::file::Band;
use crate::read::Row;
use crate::text::Lang;

/// Longest name of an outlet that is kept, characters: a cell that is longer names none.
const LONGEST_NAME: usize = 120;
/// Largest amount of a contribution or feature that is taken for real.
const LARGEST: f64 = 1e6;

/// A row as `batch` wrote it.
#[derive(Debug)]
pub(super) struct Article {
    /// Outlet, cleaned of outer blanks; empty if not named.
    pub source: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Fingerprint of the text, blanks aside.
    pub text: Option<u64>,
}

/// How a row ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// With scores.
    Scored(Box<Scored>),
    /// Without scores, for no fault: `too_short`, `unsupported_language`, `not_text`.
    Unscored(&'static str),
    /// Refused by `batch`, and why.
    Refused(String),
}

/// Scores and what explains them.
#[derive(Debug)]
pub(super) struct Scored {
    pub lang: Lang,
    pub words: u32,
    /// By head.
    pub scores: [f64; 2],
    /// By head.
    pub bands: [Band; 2],
    /// By head and family, log-odds.
    pub pushes: [[f64; Family::ALL.len()]; 2],
    /// By family, per 100 words.
    pub marks: [f64; Family::ALL.len()],
}

impl Article {
    /// Reads a row.
    ///
    /// # Errors
    /// The reason why the row cannot be used.
    pub fn read(row: &Row, columns: &Columns) -> Result<Article, String> {
        if let Some(fault) = &row.fault {
            return Err(fault.clone());
        }
        let outcome = match row.get(columns.status).as_ref() {
            "ok" => Outcome::Scored(Box::new(Scored::read(row, columns)?)),
            "too_short" => Outcome::Unscored("too_short"),
            "unsupported_language" => Outcome::Unscored("unsupported_language"),
            "not_text" => Outcome::Unscored("not_text"),
            "error" => Outcome::Refused(columns.note.map(|at| row.get(at).into_owned()).unwrap_or_default()),
            other => return Err(format!("tb_status is `{}`, which `batch` never writes", excerpt(other))),
        };
        let source = columns.source.map(|at| name(&row.get(at))).unwrap_or_default();
        Ok(Article { source, outcome, text: columns.text.and_then(|at| fingerprint(&row.get(at))) })
    }
}

impl Scored {
    fn read(row: &Row, columns: &Columns) -> Result<Scored, String> {
        let lang = row.get(columns.lang);
        let lang = Lang::from_code(&lang).ok_or_else(|| format!("tb_lang is `{}`, not ar or en", excerpt(&lang)))?;
        let words = row.get(columns.words);
        let words = words.trim().parse().map_err(|_| format!("tb_words is `{}`, not a whole number", excerpt(&words)))?;
        let mut scored = Scored {
            lang,
            words,
            scores: [0.0; 2],
            bands: [Band::Medium; 2],
            pushes: [[0.0; Family::ALL.len()]; 2],
            marks: [0.0; Family::ALL.len()],
        };
        for head in crate::model::Head::ALL {
            let (at, key) = (head as usize, head.key());
            let score = row.get(columns.scores[at]);
            let number = score.trim().parse().ok().filter(|s: &f64| (0.0..=1.0).contains(s));
            scored.scores[at] =
                number.ok_or_else(|| format!("{key}_score is `{}`, not a number from 0 to 1", excerpt(&score)))?;
            let band = row.get(columns.bands[at]);
            let known = [Band::Low, Band::Medium, Band::High].into_iter().find(|b| b.key() == band.trim());
            scored.bands[at] = known.ok_or_else(|| format!("{key}_band is `{}`, not low, medium or high", excerpt(&band)))?;
        }
        let number = |column: usize| {
            let cell = row.get(column);
            let number = cell.trim().parse().ok().filter(|v: &f64| v.abs() < LARGEST);
            number.ok_or_else(|| format!("`{}` is no number for a feature or contribution", excerpt(&cell)))
        };
        for (column, head, family) in &columns.contributions {
            scored.pushes[*head][*family] += number(*column)?;
        }
        for (column, family) in &columns.features {
            // Rates are kept as their square roots.
            scored.marks[*family] += number(*column)?.powi(2);
        }
        Ok(scored)
    }
}

/// The name of an outlet: blanks pressed together, cut where it is too long to be one.
fn name(cell: &str) -> String {
    let words = cell.chars().take(LONGEST_NAME * 4).collect::<String>();
    let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}

/// A fingerprint of a text's words; `None` without any.
fn fingerprint(text: &str) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let words = text.split_whitespace().inspect(|word| word.hash(&mut hasher)).count();
    (words > 0).then(|| hasher.finish())
}

/// A cell short enough for a message.
pub(super) fn excerpt(cell: &str) -> String {
    const LONGEST: usize = 40;
    match cell.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

/// The day that a cell names: by `format`, else `2026-01-31`, with a time after it or not, or as mail and feeds have it. `Ok(None)` for an
/// empty cell.
///
/// # Errors
/// The reason, for a cell that names no day from 1900 to 2100.
pub(super) fn day(cell: &str, format: Option<&str>) -> Result<Option<Date>, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    let western: String = cell.chars().take(80).map(western_digit).collect();
    let parsed = match format {
        Some(format) => Date::strptime(format, &western).ok(),
        None => iso(&western).or_else(|| feed(&western)),
    };
    let day = parsed.filter(|d| (1900..=2100).contains(&d.year()));
    day.map(Some).ok_or_else(|| {
        let cure = if format.is_some() {
            "not written as --date-format says"
        } else {
            "no day like 2026-01-31: name its form with --date-format"
        };
        format!("the date `{}` is {cure}", excerpt(cell))
    })
}

/// `2026-01-31`, `2026/01/31` or `20260131`, and anything after it that begins with no digit.
fn iso(text: &str) -> Option<Date> {
    let head = text
        .get(..10)
        .map(|h| h.replace('/', "-"))
        .filter(|h| h.as_bytes()[4] == b'-')
        .or_else(|| text.get(..8).map(String::from))?;
    let rest = &text[head.len()..];
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let format = if head.len() == 10 { "%Y-%m-%d" } else { "%Y%m%d" };
    Date::strptime(format, &head).ok()
}

/// `Sat, 31 Jan 2026 10:00:00 +0200`, as in mail and feeds.
fn feed(text: &str) -> Option<Date> {
    let words = text.split_once(", ").map_or(text, |(_, rest)| rest).split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    Date::strptime("%d %b %Y", &words).ok()
}

/// An Arabic or Persian digit as a Western one.
fn western_digit(c: char) -> char {
    match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let cases = [
            ("2026-01-31", None, Ok("2026-01-31")),
            (" 2026-01-31T23:59:00+05:00", None, Ok("2026-01-31")),
            ("2026/1/31", None, Err(())),
            ("2026/01/31 08:00", None, Ok("2026-01-31")),
            ("20260131", None, Ok("2026-01-31")),
            ("٢٠٢٦-٠١-٣١", None, Ok("2026-01-31")),
            ("Sat, 31 Jan 2026 10:00:00 +0200", None, Ok("2026-01-31")),
            ("31 Jan 2026", None, Ok("2026-01-31")),
            ("31/01/2026", None, Err(())),
            ("31/01/2026", Some("%d/%m/%Y"), Ok("2026-01-31")),
            ("2026-02-30", None, Err(())),
            ("2026-01-311", None, Err(())),
            ("0001-01-01", None, Err(())),
            ("yesterday", None, Err(())),
            ("🙂🙂🙂🙂", None, Err(())),
            ("<script>alert(1)</script>", None, Err(())),
            ("1769817600", None, Err(())),
        ];
        for (cell, format, wanted) in cases {
            let found = day(cell, format).map(|d| d.map(|d| d.to_string()).unwrap_or_default()).map_err(|_| ());
            assert_eq!(found, wanted.map(String::from), "{cell}");
        }
        assert_eq!(day("  ", None), Ok(None));
    }

    #[test]
    fn names_are_cleaned_and_cut() {
        assert_eq!(name("  The\n Daily\tSample "), "The Daily Sample");
        assert_eq!(name(&"x".repeat(1 << 20)).chars().count(), LONGEST_NAME + 1);
        assert_eq!(fingerprint("a  b\n"), fingerprint("a b"));
        assert_eq!(fingerprint(" \n"), None);
    }
}

//! What the numbers rest on: rows by how they ended, and reasons for refusal.

use std::collections::BTreeMap;

/// How the rows of the table ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Rows of the table.
    pub rows: u64,
    /// With scores.
    pub scored: u64,
    /// Too short to be scored.
    pub too_short: u64,
    /// In another language.
    pub unsupported_language: u64,
    /// No prose.
    pub not_text: u64,
    /// Refused by `batch` or here; their reasons stand in `reasons`.
    pub refused: u64,
    /// Texts that stand in the table more than once, without their first occurrence; `None` without a column of texts.
    pub duplicates: Option<u64>,
    /// Scored rows without an outlet's name; `None` without a column of outlets.
    pub unnamed: Option<u64>,
    /// Scored rows without a day, or with one that could not be read; `None` without a column of days.
    pub undated: Option<u64>,
    /// Reasons why rows were refused or days could not be read, the most frequent first.
    pub reasons: Vec<Reason>,
    /// Names of outlets that differ in capitals only: two names for one outlet, perhaps.
    pub alike: Vec<(String, String)>,
}

/// Why rows were refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The reason, of the first such row.
    pub text: String,
    /// How many rows.
    pub rows: u64,
    /// The first of them.
    pub first: Vec<u64>,
}

/// Reasons being gathered: those that differ in numbers or quoted cells only are one.
#[derive(Debug, Default)]
pub(super) struct Reasons(BTreeMap<String, Reason>);

/// Most different reasons, most rows named for each, and the longest text of one.
const KINDS: usize = 40;
const NAMED: usize = 5;
const LONGEST: usize = 200;

impl Reasons {
    /// Adds the reason of a row.
    pub fn add(&mut self, row: u64, reason: &str) {
        let text: String = if reason.trim().is_empty() { "no reason given" } else { reason }.chars().take(LONGEST).collect();
        let mut kind = shape(&text);
        if !self.0.contains_key(&kind) && self.0.len() >= KINDS {
            kind = "\u{10FFFF}".to_owned();
        }
        let other = if kind.starts_with('\u{10FFFF}') { "other reasons".to_owned() } else { text };
        let reason = self.0.entry(kind).or_insert_with(|| Reason { text: other, rows: 0, first: Vec::new() });
        reason.rows += 1;
        if reason.first.len() < NAMED {
            reason.first.push(row);
        }
    }

    /// All of them, the most frequent first.
    pub fn finish(self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.0.into_values().collect();
        reasons.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.first.cmp(&b.first)));
        reasons
    }
}

/// A reason with its numbers and what stands between back quotes taken out.
fn shape(reason: &str) -> String {
    let outside = reason.split('`').step_by(2).collect::<Vec<_>>().join("`");
    outside.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_one_shape_are_one() {
        let mut reasons = Reasons::default();
        for (row, reason) in [(3, ""), (5, "has 7 cells, the header 9"), (6, "score is `x`"), (9, "has 8 cells, the header 9")] {
            reasons.add(row, reason);
        }
        let found: Vec<_> = reasons.finish().into_iter().map(|r| (r.text, r.rows, r.first)).collect();
        let wanted = [
            ("has 7 cells, the header 9".to_owned(), 2, vec![5, 9]),
            ("no reason given".to_owned(), 1, vec![3]),
            ("score is `x`".to_owned(), 1, vec![6]),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn kinds_are_bounded() {
        let mut reasons = Reasons::default();
        (0..1000u64).for_each(|row| reasons.add(row, &"x".repeat(row as usize % 150)));
        let found = reasons.finish();
        assert!(found.len() == KINDS + 1 && found.iter().map(|r| r.rows).sum::<u64>() == 1000, "{}", found.len());
    }
}

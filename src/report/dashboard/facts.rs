//! What the figures rest on.

use super::words::{Words, count, fill, isolated, number};
use crate::sources::Summary;

/// Counts of rows and reasons.
pub struct Facts {
    /// First and last day, in a sentence.
    pub span: Option<String>,
    /// What is counted, and how many.
    pub counts: Vec<(String, String)>,
    /// Whether texts stand in the table twice.
    pub duplicates: bool,
    /// Reason, rows, first rows.
    pub reasons: Vec<(String, String, String)>,
    /// Names that differ in capitals only.
    pub alike: Vec<(String, String)>,
}

impl Facts {
    pub fn of(summary: &Summary, w: &Words) -> Facts {
        let q = &summary.quality;
        let mut counts = vec![(w.rows.clone(), Some(q.rows)), (w.scored.clone(), Some(q.scored))];
        for language in &summary.languages {
            counts.push((fill(&w.languages, &[("lang", w.lang(language.lang))]), Some(language.all.n)));
        }
        counts.extend([
            (w.too_short.clone(), Some(q.too_short)),
            (w.unsupported_language.clone(), Some(q.unsupported_language)),
            (w.not_text.clone(), Some(q.not_text)),
            (w.refused.clone(), Some(q.refused)),
            (w.duplicates.clone(), q.duplicates),
            (w.unnamed.clone(), q.unnamed),
            (w.undated.clone(), q.undated),
        ]);
        let known = |n: Option<u64>| n.map_or_else(|| w.unknown.clone(), |n| number(&count(n)));
        let reasons = q.reasons.iter().map(|reason| {
            let more = if reason.rows > reason.first.len() as u64 { ", …" } else { "" };
            let rows = reason.first.iter().map(|row| count(*row)).collect::<Vec<_>>().join(", ");
            (isolated(&reason.text), number(&count(reason.rows)), number(&(rows + more)))
        });
        let span = summary.days.map(|(first, last)| {
            let (first, last) = (number(&first.to_string()), number(&last.to_string()));
            fill(&w.span, &[("first", &first), ("last", &last)])
        });
        Facts {
            span,
            counts: counts.into_iter().map(|(what, n)| (what, known(n))).collect(),
            duplicates: q.duplicates.is_some_and(|n| n > 0),
            reasons: reasons.collect(),
            alike: q.alike.iter().map(|(a, b)| (isolated(a), isolated(b))).collect(),
        }
    }
}

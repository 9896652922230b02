//! Two models on the same rows.

use askama::Template;

use super::{figures, plots};
use crate::report::facts::thousands;
use crate::report::{plot, safe};
use crate::train::judged::Judged;
use crate::train::metrics::NAMES;

/// One of the two.
pub struct Side<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The rows with its scores.
    pub judged: &'a Judged,
    /// Where it decides.
    pub threshold: f64,
}

/// One figure of both.
struct Row {
    name: &'static str,
    meaning: &'static str,
    /// Value and interval of the first, of the second, and of what the second is greater by.
    cells: [(String, String); 3],
    /// Whether the interval of the difference leaves out zero.
    sure: bool,
}

#[derive(Template)]
#[template(path = "comparison.html")]
struct Page {
    plots: &'static str,
    names: [String; 2],
    rows_judged: String,
    positive: String,
    rows: Vec<Row>,
    /// Rows that both decide rightly, only the first, only the second, neither.
    decisions: [String; 4],
    roc: String,
    precision_recall: String,
    reliability: String,
}

/// The page of two models.
pub fn page(first: &Side, second: &Side) -> String {
    let [a, b] = [&first.judged.scored, &second.judged.scored];
    let figures = [a.figures(first.threshold), b.figures(second.threshold)];
    let differences = a.differences(b, [first.threshold, second.threshold]);
    let rows = NAMES.into_iter().map(|key| {
        let (name, meaning) = figures::told(key);
        let difference = differences[key];
        let signed = |v: f64| format!("{v:+.3}").replace('-', "−");
        let [low, high] = difference.interval;
        let apart = (signed(difference.value), format!("{} to {}", signed(low), signed(high)));
        let cells = [figures::written(figures[0][key]), figures::written(figures[1][key]), apart];
        Row { name, meaning, cells, sure: low > 0.0 || high < 0.0 }
    });
    let page = Page {
        plots: plot::STYLE,
        names: [safe::inline(first.name), safe::inline(second.name)],
        rows_judged: thousands(first.judged.len()),
        positive: format!("{} ({:.0} %)", thousands(first.judged.positives()), first.judged.prevalence() * 100.0),
        rows: rows.collect(),
        decisions: decisions(first, second).map(thousands),
        roc: plots::roc(&[a, b]),
        precision_recall: plots::precision_recall(&[a, b], first.judged.prevalence()),
        reliability: plots::reliability(&[a, b]),
    };
    page.render().unwrap_or_else(|error| format!("<!doctype html><title>{error}</title>"))
}

/// Rows that both decide rightly, only the first, only the second, neither.
pub fn decisions(first: &Side, second: &Side) -> [usize; 4] {
    let right = |side: &Side, row: usize| (side.judged.scored.scores[row] >= side.threshold) == side.judged.scored.labels[row];
    let mut counts = [0; 4];
    for row in 0..first.judged.len() {
        counts[usize::from(!right(second, row)) + 2 * usize::from(!right(first, row))] += 1;
    }
    counts
}

//! Two models on the same rows.

use std::collections::BTreeMap;

use askama::Template;

use super::strip::{scale, strip};
use super::{figures, plots, tables};
use crate::report::facts::thousands;
use crate::report::{plot, safe};
use crate::train::judged::Judged;
use crate::train::metrics::{Figure, NAMES};

/// One of the two.
pub struct Side<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The rows with its scores.
    pub judged: &'a Judged,
    /// Where it decides.
    pub threshold: f64,
    /// Whether it learned from the very file it is judged by.
    pub seen: bool,
}

/// One figure of both.
struct Row {
    name: &'static str,
    meaning: &'static str,
    /// Value and interval of the first, of the second, and of what the second is greater by.
    cells: [(String, String); 3],
    /// The difference around zero.
    strip: String,
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
    verdicts: Vec<(bool, String)>,
    rows: Vec<Row>,
    /// Rows that both decide rightly, only the first, only the second, neither.
    decisions: [String; 4],
    roc: String,
    precision_recall: String,
    reliability: String,
    tables: [String; 2],
}

/// The page of two models.
pub fn page(first: &Side, second: &Side) -> String {
    let [a, b] = [&first.judged.scored, &second.judged.scored];
    let figures = [a.figures(first.threshold), b.figures(second.threshold)];
    let differences = a.differences(b, [first.threshold, second.threshold]);
    let reach = differences.values().flat_map(|d| d.interval).map(f64::abs).fold(0.01, f64::max);
    let scale = scale((-reach, reach));
    let rows = NAMES.into_iter().map(|key| {
        let (name, meaning) = figures::told(key);
        let difference = differences[key];
        let [low, high] = difference.interval;
        let apart = (signed(difference.value), format!("{} to {}", signed(low), signed(high)));
        let cells = [figures::written(figures[0][key]), figures::written(figures[1][key]), apart];
        let series = if is_better(key, difference.value) { "s2" } else { "s1" };
        let strip = strip(&scale, series, difference.value, (low, high), 0.0);
        Row { name, meaning, cells, strip, sure: is_sure(&difference) }
    });
    let page = Page {
        plots: plot::STYLE,
        names: [safe::inline(first.name), safe::inline(second.name)],
        rows_judged: thousands(first.judged.len()),
        positive: format!("{} ({:.0} %)", thousands(first.judged.positives()), first.judged.prevalence() * 100.0),
        verdicts: verdicts([first, second], &differences),
        rows: rows.collect(),
        decisions: decisions(first, second).map(thousands),
        roc: plots::roc(&[a, b], &[], None),
        precision_recall: plots::precision_recall(&[a, b], &[], first.judged.prevalence(), None),
        reliability: plots::reliability(&[a, b]),
        tables: [first, second].map(|side| tables::tables(Some(&safe::inline(side.name)), &side.judged.scored, side.threshold)),
    };
    page.render().unwrap_or_else(|error| format!("<!doctype html><title>{error}</title>"))
}

/// With its sign; zero has none.
fn signed(value: f64) -> String {
    match format!("{value:+.3}") {
        zero if zero.ends_with("0.000") => "0.000".into(),
        other => other.replace('-', "−"),
    }
}

/// Whether the interval of a difference leaves out zero.
fn is_sure(difference: &Figure) -> bool {
    difference.interval[0] > 0.0 || difference.interval[1] < 0.0
}

/// Whether a difference speaks for the second model.
fn is_better(name: &str, difference: f64) -> bool {
    (difference > 0.0) != matches!(name, "brier" | "ece")
}

/// What the differences come to, and whether it is a warning.
fn verdicts(sides: [&Side; 2], differences: &BTreeMap<&'static str, Figure>) -> Vec<(bool, String)> {
    let mut verdicts = Vec::new();
    for side in sides.iter().filter(|side| side.seen) {
        let name = safe::inline(side.name);
        verdicts.push((true, format!("{name} learned from this very file: its figures are too good, and so is the comparison.")));
    }
    let told = |wanted: Option<bool>| {
        let said = |key: &&str| is_sure(&differences[*key]).then(|| is_better(key, differences[*key].value)) == wanted;
        NAMES.into_iter().filter(said).map(|key| figures::told(key).0).collect::<Vec<_>>().join(", ")
    };
    for (side, second) in sides.into_iter().zip([false, true]) {
        let by = told(Some(second));
        if !by.is_empty() {
            verdicts.push((false, format!("{} is better by {by}.", safe::inline(side.name))));
        }
    }
    let open = told(None);
    if !open.is_empty() {
        verdicts.push((false, format!("The two cannot be told apart by {open}.")));
    }
    verdicts
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::judged::tests::eight;

    #[test]
    fn a_verdict_needs_an_interval_without_zero() {
        let judged = eight();
        let side = |name, seen| Side { name, judged: &judged, threshold: 0.5, seen };
        let of = |value: f64, reach: f64| Figure { value, interval: [value - reach, value + reach] };
        let mut differences: BTreeMap<&'static str, Figure> = NAMES.into_iter().map(|name| (name, of(0.01, 0.02))).collect();
        differences.insert("auc", of(0.03, 0.01));
        differences.insert("brier", of(0.03, 0.01)); // more error
        let told = verdicts([&side("old", false), &side("new", true)], &differences);
        let told: Vec<(bool, &str)> = told.iter().map(|(bad, text)| (*bad, text.as_str())).collect();
        assert_eq!(
            told,
            [
                (true, "new learned from this very file: its figures are too good, and so is the comparison."),
                (false, "old is better by Brier score."),
                (false, "new is better by AUC."),
                (false, "The two cannot be told apart by average precision, accuracy, macro-F1, calibration error."),
            ]
        );
        assert_eq!([signed(0.0004), signed(-0.0004), signed(-0.25), signed(0.25)], ["0.000", "0.000", "−0.250", "+0.250"]);
    }
}

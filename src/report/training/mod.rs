//! The quality of a model as a page: how well its scores part the classes, how far they can be believed, what they rest on, and what
//! could make them look better than they are. It loads nothing and runs nothing.
//!
//! ```text
//! Judged + Model ─▶ figures, curves, coefficients, outlets, warnings ─templates/training.html─▶ page
//! two × Judged   ─▶ differences, curves                              ─templates/comparison.html─▶ page
//! ```

mod coefficients;
mod comparison;
mod figures;
mod learned;
mod outlets;
mod plots;
mod strip;
mod tables;
mod warnings;

use askama::Template;

use crate::model::Model;
use crate::report::facts::thousands;
use crate::report::{plot, safe};
use crate::train::baselines::Baseline;
use crate::train::coefficients::Coefficient;
use crate::train::judged::Judged;
use crate::train::learning::Point;
use crate::train::metrics::Confusion;
pub use comparison::{Side, decisions, page as comparison};

/// What a page tells.
pub struct Report<'a> {
    /// The model.
    pub model: &'a Model,
    /// The rows it is judged by.
    pub judged: &'a Judged,
    /// Score from which a row counts as positive.
    pub threshold: f64,
    /// The model's coefficients with their intervals.
    pub coefficients: &'a [Coefficient],
    /// Figures of models that learned from parts of the data, where they were made.
    pub learning: Option<&'a [Point]>,
    /// Whether the model learned from the very file it is judged by.
    pub seen: bool,
}

/// The page of a report.
pub fn page(report: &Report) -> String {
    let (model, judged, scored) = (report.model, report.judged, &report.judged.scored);
    let name = format!("{}-{}", model.head.key(), model.lang.code());
    let baselines = Baseline::all(judged, report.threshold);
    let figures = figures::table(judged, report.threshold, &baselines);
    let positive = if model.positive.is_empty() { "the positive class".into() } else { safe::inline(&model.positive) };
    let confusion = Confusion::at(&scored.scores, &scored.labels, report.threshold);
    let found = confusion.recall(1).unwrap_or(0.0);
    let on_roc = confusion.recall(0).map(|right| (1.0 - right, found));
    let on_recall = confusion.precision(1).map(|precision| (found, precision));
    let page = Page {
        plots: plot::STYLE,
        heading: format!("How good is {name}?"),
        meaning: model.head.meaning(),
        positive,
        how: if report.learning.is_some() { HELD_OUT } else { GIVEN },
        facts: facts(report),
        warnings: warnings::of(report, &baselines, &figures),
        roc: plots::roc(&[scored], &baselines, on_roc),
        precision_recall: plots::precision_recall(&[scored], &baselines, judged.prevalence(), on_recall),
        reliability: plots::reliability(&[scored]),
        histogram: plots::histogram(scored, report.threshold),
        keys: keys(&baselines),
        tables: tables::tables(None, scored, report.threshold),
        threshold: format!("{:.2}", report.threshold),
        confusion: decisions_of(&confusion),
        families: coefficients::by_family(report.coefficients),
        outlets: outlets::errors(judged, report.threshold),
        learning: report.learning.map(learned::Learning::of),
        figures,
    };
    page.render().unwrap_or_else(|error| format!("<!doctype html><title>{error}</title>"))
}

/// How the rows of a new model were kept from it.
const HELD_OUT: &str = "Each row was scored by a fit that saw neither it nor any row of its fold (grouped cross-validation).";
/// How the rows came to a finished model.
const GIVEN: &str = "Each row was scored by the finished model.";

#[derive(Template)]
#[template(path = "training.html")]
struct Page {
    plots: &'static str,
    heading: String,
    meaning: &'static str,
    positive: String,
    how: &'static str,
    facts: Vec<(&'static str, String)>,
    warnings: Vec<warnings::Warning>,
    figures: figures::Table,
    roc: String,
    precision_recall: String,
    reliability: String,
    histogram: String,
    /// Class of the key and name of each baseline that has a curve.
    keys: Vec<(&'static str, &'static str)>,
    tables: String,
    threshold: String,
    confusion: [Decided; 2],
    families: Vec<coefficients::Family>,
    outlets: outlets::Outlets,
    learning: Option<learned::Learning>,
}

/// A class as it was decided on.
struct Decided {
    label: &'static str,
    /// Rows called negative and positive.
    rows: [String; 2],
    found: String,
    precision: String,
    f1: String,
}

fn decisions_of(confusion: &Confusion) -> [Decided; 2] {
    let percent = |share: Option<f64>| share.map_or("–".into(), |share| format!("{:.1}\u{a0}%", share * 100.0));
    [(0, "negative"), (1, "positive")].map(|(class, label)| Decided {
        label,
        rows: confusion.rows[class].map(thousands),
        found: percent(confusion.recall(class)),
        precision: percent(confusion.precision(class)),
        f1: format!("{:.3}", confusion.f1(class)),
    })
}

/// Keys of the baselines' curves.
fn keys(baselines: &[Baseline]) -> Vec<(&'static str, &'static str)> {
    let there = |(name, _): &(&str, &str)| baselines.iter().any(|baseline| baseline.name == *name);
    plots::OF_BASELINES.into_iter().filter(there).map(|(name, series)| (series, name)).collect()
}

/// Counts at the head of a page.
fn facts(report: &Report) -> Vec<(&'static str, String)> {
    let (judged, model) = (report.judged, report.model);
    let distinct = |names: &[String]| names.iter().filter(|n| !n.is_empty()).collect::<std::collections::BTreeSet<_>>().len();
    let mut facts = vec![
        ("rows", thousands(judged.len())),
        ("positive", format!("{} ({:.0} %)", thousands(judged.positives()), judged.prevalence() * 100.0)),
        ("groups", thousands(distinct(&judged.scored.groups))),
        ("outlets", thousands(distinct(&judged.sources))),
        ("features that carry weight", model.features.len().to_string()),
        ("strength C", model.training.c.to_string()),
    ];
    facts.retain(|(what, n)| *what != "outlets" || n != "0");
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Head, Models};
    use crate::text::Lang;
    use crate::train::coefficients::of_file;
    use crate::train::judged::tests::eight;

    #[test]
    fn a_page_tells_its_rows_and_escapes_the_words_of_others() {
        const HOSTILE: &str = "</table><script>alert(1)</script>\u{202E}";
        let mut model = Models::built_in().of(Head::Propaganda, Lang::Ar).model.clone();
        model.positive = HOSTILE.into();
        let mut judged = eight();
        judged.sources.iter_mut().take(4).for_each(|source| *source = HOSTILE.into());
        let learning = [Point { share: 1.0, rows: 7.0, auc: 0.8, range: [0.7, 0.9], average_precision: 0.8 }; 2];
        let report = Report {
            model: &model,
            judged: &judged,
            threshold: 0.5,
            coefficients: &of_file(&model),
            learning: Some(&learning),
            seen: true,
        };
        let page = page(&report);
        assert!(!page.contains("<script") && !page.contains('\u{202E}'));
        for part in ["0.781", "<dd>8</dd>", "learned from this very file", "<svg", "loaded.fear"] {
            assert!(page.contains(part), "{part}");
        }
    }
}

//! Where the model errs: by outlet.

use std::collections::BTreeMap;

use super::strip::{scale, strip};
use crate::report::facts::thousands;
use crate::report::safe;
use crate::sources::interval::wilson;
use crate::train::judged::Judged;
use crate::train::metrics::{Confusion, auc};

/// Rows below which an outlet's shares say nothing, and rows of a class below which its AUC does not.
const FEW: usize = 10;
/// Outlets shown at most.
const SHOWN: usize = 40;

/// Errors by outlet, those with most rows first.
pub struct Outlets {
    pub rows: Vec<Outlet>,
    /// Outlets left out: with too few rows, or beyond what is shown.
    pub left_out: usize,
}

/// One outlet.
pub struct Outlet {
    pub name: String,
    pub n: String,
    pub positive: String,
    pub mean: String,
    /// Share of wrong decisions with its interval, beside that of all rows.
    pub strip: String,
    pub wrong: String,
    pub interval: String,
    pub false_alarms: String,
    pub missed: String,
    /// Area under the ROC curve, where there are enough rows of both classes.
    pub auc: String,
}

/// Errors at a threshold.
pub fn errors(judged: &Judged, threshold: f64) -> Outlets {
    let mut by_outlet: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, source) in judged.sources.iter().enumerate().filter(|(_, source)| !source.is_empty()) {
        by_outlet.entry(source).or_default().push(row);
    }
    let all = by_outlet.len();
    let mut outlets: Vec<(&str, Vec<usize>)> = by_outlet.into_iter().filter(|(_, rows)| rows.len() >= FEW).collect();
    outlets.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    outlets.truncate(SHOWN);
    let mean = 1.0 - Confusion::at(&judged.scored.scores, &judged.scored.labels, threshold).accuracy();
    let rows: Vec<Outlet> = outlets.iter().map(|(name, rows)| Outlet::of(name, rows, judged, threshold, mean)).collect();
    Outlets { left_out: all - rows.len(), rows }
}

impl Outlet {
    fn of(name: &str, rows: &[usize], judged: &Judged, threshold: f64, mean: f64) -> Outlet {
        let scores: Vec<f64> = rows.iter().map(|&row| judged.scored.scores[row]).collect();
        let labels: Vec<bool> = rows.iter().map(|&row| judged.scored.labels[row]).collect();
        let confusion = Confusion::at(&scores, &labels, threshold);
        let (n, alarms, missed) = (rows.len(), confusion.rows[0][1], confusion.rows[1][0]);
        let wrong = (alarms + missed) as f64 / n as f64;
        let (low, high) = wilson((alarms + missed) as u64, n as u64).unwrap_or((0.0, 1.0));
        let percent = |share: f64| format!("{:.0}\u{a0}%", share * 100.0);
        let told = confusion.actual(0).min(confusion.actual(1)) >= FEW;
        Outlet {
            name: safe::inline(name),
            n: thousands(n),
            positive: percent(confusion.actual(1) as f64 / n as f64),
            mean: percent(scores.iter().sum::<f64>() / n as f64),
            strip: strip(&scale((0.0, 1.0)), "s1", wrong, (low, high), mean),
            wrong: percent(wrong),
            interval: format!("{:.0}–{:.0}", low * 100.0, high * 100.0),
            false_alarms: alarms.to_string(),
            missed: missed.to_string(),
            auc: if told { format!("{:.2}", auc(&scores, &labels)) } else { "–".into() },
        }
    }
}

//! What could make figures look better than they are.

use super::Report;
use super::figures::Table;
use crate::report::facts::thousands;
use crate::train::baselines::Baseline;

/// A sentence, and whether it says that something is wrong.
pub struct Warning {
    pub bad: bool,
    pub text: String,
}

/// How near to the model's area a baseline may come before it is told.
const NEAR: f64 = 0.05;
/// Area of a baseline that tells much by itself.
const TELLING: f64 = 0.7;
/// Calibration error beyond which scores are no probabilities.
const UNCALIBRATED: f64 = 0.05;
/// Rows of a class below which figures are noise.
const FEW: usize = 50;

/// All that was looked for, with what was found.
pub fn of(report: &Report, baselines: &[Baseline], figures: &Table) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut tell = |bad: bool, text: String| warnings.push(Warning { bad, text });
    let judged = report.judged;
    if report.seen {
        tell(
            true,
            "The model learned from this very file: the figures are too good. Judge it on data that it has not seen.".into(),
        );
    }
    // Rows that no training touched are harmed by copies only in that they count twice.
    let held_out = report.learning.is_some();
    let (exact, near) = (judged.twins(), judged.near_twins());
    let (exact_harm, near_harm, place) = match held_out {
        true => (exact.over_folds, near.over_folds, "in another fold"),
        false => (exact.rows, near.rows, "elsewhere in the data"),
    };
    match exact_harm {
        0 if held_out => tell(false, "No text stands in two folds.".into()),
        0 => tell(false, "No text stands in the data twice.".into()),
        n if held_out => {
            tell(
                true,
                format!("{} rows are texts that stand in another fold as well: they judge what they taught.", thousands(n)),
            );
        }
        n => tell(true, format!("{} rows are texts that stand in the data again: intervals are too narrow.", thousands(n))),
    }
    let sign = "about as long, with the same six signs or more equally often";
    match near_harm {
        0 => tell(false, format!("No near copy of a text {place} was found ({sign}); edited reprints are mostly missed.")),
        // A few are chance, or the agency reports that all print.
        n => tell(n * 100 > judged.len(), format!("{} rows look like near copies of a text {place} ({sign}).", thousands(n))),
    }
    if exact.other_label > 0 {
        let n = thousands(exact.other_label);
        tell(true, format!("{n} rows are texts that have another label elsewhere: no model can be right about both."));
    }
    for (baseline, area) in baselines.iter().zip(&figures.baseline_auc).filter(|(b, _)| b.name != "majority") {
        let bad = *area >= TELLING || *area + NEAR >= figures.auc;
        let what = if baseline.name == "outlet only" { "Who published it" } else { "How long it is" };
        let verdict = if bad { "tells much of the answer" } else { "tells little" };
        tell(bad, format!("{what} {verdict}, without a word read: AUC {area:.3}, the model {:.3}.", figures.auc));
    }
    let names = ["outlet", "tenth of length"];
    for (name, within) in names.into_iter().zip(figures.within) {
        match within {
            Some(area) => {
                let bad = area + NEAR < figures.auc;
                tell(bad, format!("Between rows of one {name} the AUC is {area:.3}, between all rows {:.3}.", figures.auc));
            }
            None if judged.sources.iter().all(String::is_empty) && name == "outlet" => {
                tell(true, "No row names its outlet: whether the model knows outlets by their style cannot be told.".into());
            }
            None => tell(true, format!("No {name} holds both classes: the model may have learned it instead of the wording.")),
        }
    }
    let least = judged.positives().min(judged.len() - judged.positives());
    if least < FEW {
        tell(true, format!("The smaller class has {least} rows: mind the intervals."));
    }
    if figures.ece > UNCALIBRATED {
        tell(
            true,
            format!("Scores are {:.1} points from the observed shares on average: read them as ranks.", figures.ece * 100.0),
        );
    }
    warnings
}

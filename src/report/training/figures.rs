//! The figures of merit in a table, beside the baselines.

use crate::train::baselines::Baseline;
use crate::train::curves::auc_within;
use crate::train::judged::Judged;
use crate::train::metrics::{Figure, NAMES};

/// Figures of a model and of the baselines.
pub struct Table {
    /// Names of the baselines.
    pub baselines: Vec<&'static str>,
    /// One for each figure.
    pub rows: Vec<Row>,
    /// Area under the ROC curve: of the model, within outlets, within tenths of length.
    pub auc: f64,
    /// See `auc`; `None` where no stratum holds both classes.
    pub within: [Option<f64>; 2],
    /// Area of each baseline.
    pub baseline_auc: Vec<f64>,
    /// Expected calibration error.
    pub ece: f64,
    /// The same as written.
    pub written_ece: String,
}

/// One figure.
pub struct Row {
    pub name: &'static str,
    pub meaning: &'static str,
    pub value: String,
    pub interval: String,
    pub baselines: Vec<String>,
}

/// What a figure is called and what it means.
pub fn told(name: &str) -> (&'static str, &'static str) {
    match name {
        "auc" => ("AUC", "chance that a positive row scores above a negative one; 0.5 is a coin"),
        "average_precision" => ("average precision", "mean share of true positives as the list is read from the top"),
        "accuracy" => ("accuracy", "share decided rightly at the threshold"),
        "macro_f1" => ("macro-F1", "mean of both classes' F1 at the threshold"),
        "brier" => ("Brier score", "mean squared distance of score and truth; lower is better"),
        _ => ("calibration error", "mean distance of scores and observed shares (ECE, ten bins); lower is better"),
    }
}

/// A figure as written.
pub fn written(figure: Figure) -> (String, String) {
    let [low, high] = figure.interval;
    (format!("{:.3}", figure.value), format!("{low:.3}–{high:.3}"))
}

/// The table.
pub fn table(judged: &Judged, threshold: f64, baselines: &[Baseline]) -> Table {
    let scored = &judged.scored;
    let figures = scored.figures(threshold);
    let beside: Vec<_> = baselines.iter().map(Baseline::figures).collect();
    let mut rows: Vec<Row> = NAMES
        .into_iter()
        .map(|key| {
            let ((name, meaning), (value, interval)) = (told(key), written(figures[key]));
            let of_baseline = |figures: &std::collections::BTreeMap<_, Figure>| {
                figures.get(key).map_or("–".into(), |figure| format!("{:.3}", figure.value))
            };
            Row { name, meaning, value, interval, baselines: beside.iter().map(of_baseline).collect() }
        })
        .collect();
    let named: Vec<usize> = (0..judged.len()).filter(|row| !judged.sources[*row].is_empty()).collect();
    let within_outlets = auc_within(
        &named.iter().map(|row| scored.scores[*row]).collect::<Vec<_>>(),
        &named.iter().map(|row| scored.labels[*row]).collect::<Vec<_>>(),
        &named.iter().map(|row| &judged.sources[*row]).collect::<Vec<_>>(),
    );
    let within = [within_outlets, auc_within(&scored.scores, &scored.labels, &judged.length_tenths())];
    let meanings = [
        ("AUC within an outlet", "the same over pairs of rows of one outlet: what is left when the outlet cannot give it away"),
        ("AUC within a tenth of length", "the same over pairs of rows of about one length"),
    ];
    for ((name, meaning), value) in meanings.into_iter().zip(within) {
        if let Some(value) = value {
            let dashes = baselines.iter().map(|_| "–".into()).collect();
            rows.push(Row { name, meaning, value: format!("{value:.3}"), interval: "–".into(), baselines: dashes });
        }
    }
    Table {
        baselines: baselines.iter().map(|b| b.name).collect(),
        rows,
        auc: figures["auc"].value,
        within,
        baseline_auc: beside.iter().map(|figures| figures["auc"].value).collect(),
        ece: figures["ece"].value,
        written_ece: written(figures["ece"]).0,
    }
}

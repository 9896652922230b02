//! The numbers behind the curves.

use askama::Template;

use crate::report::facts::thousands;
use crate::train::metrics::{BINS, Confusion, Scored, bins};

/// The tables of a model.
#[derive(Template)]
#[template(path = "curves.html")]
struct Tables<'a> {
    /// Which model, where there are two.
    of: Option<&'a str>,
    cuts: Vec<Cut>,
    tenths: Vec<Tenth>,
}

/// The numbers behind the curves of a model, folded.
pub fn tables(of: Option<&str>, scored: &Scored, threshold: f64) -> String {
    let tables = Tables { of, cuts: cuts(scored, threshold), tenths: tenths(scored) };
    tables.render().unwrap_or_else(|error| error.to_string())
}

/// Decisions at one threshold.
struct Cut {
    threshold: String,
    /// Whether it is the model's own.
    own: bool,
    /// Rows called positive.
    called: String,
    /// Share of positives found.
    found: String,
    /// Share of negatives called positive.
    alarms: String,
    /// Share of those called positive that are so.
    precision: String,
    macro_f1: String,
}

/// Rows of one tenth of the scores.
struct Tenth {
    range: String,
    negatives: String,
    positives: String,
    predicted: String,
    observed: String,
    interval: String,
}

fn percent(share: Option<f64>) -> String {
    share.map_or("–".into(), |share| format!("{:.0}\u{a0}%", share * 100.0))
}

/// Decisions at 0.1, 0.2 … 0.9 and at the model's threshold.
fn cuts(scored: &Scored, threshold: f64) -> Vec<Cut> {
    let mut cuts: Vec<f64> = (1..10).map(|tenth| f64::from(tenth) / 10.0).filter(|cut| (cut - threshold).abs() > 1e-9).collect();
    cuts.push(threshold);
    cuts.sort_by(f64::total_cmp);
    let cut = |at: f64| {
        let confusion = Confusion::at(&scored.scores, &scored.labels, at);
        Cut {
            threshold: format!("{at:.2}"),
            own: at == threshold,
            called: thousands(confusion.said(1)),
            found: percent(confusion.recall(1)),
            alarms: percent(confusion.recall(0).map(|right| 1.0 - right)),
            precision: percent(confusion.precision(1)),
            macro_f1: format!("{:.3}", confusion.macro_f1()),
        }
    };
    cuts.into_iter().map(cut).collect()
}

/// Rows by tenth of the score.
fn tenths(scored: &Scored) -> Vec<Tenth> {
    let tenth = |(at, bin): (usize, &crate::train::metrics::Bin)| {
        let edge = |at: usize| 100 * at / BINS;
        let some = |share: f64| percent(Some(share).filter(|share| share.is_finite()));
        Tenth {
            range: format!("{}–{}\u{a0}%", edge(at), edge(at + 1)),
            negatives: thousands(bin.rows[0]),
            positives: thousands(bin.rows[1]),
            predicted: some(bin.predicted()),
            observed: some(bin.observed()),
            interval: bin.interval().map_or("–".into(), |(low, high)| format!("{:.0}–{:.0}", low * 100.0, high * 100.0)),
        }
    };
    bins(&scored.scores, &scored.labels).iter().enumerate().map(tenth).collect()
}

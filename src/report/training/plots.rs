//! Curves of one model or of two, the first as series 1, the second as series 2.

use crate::report::plot::{Axis, Frame, Svg};
use crate::train::curves::{self, BINS};
use crate::train::metrics::{Scored, auc, average_precision, ece};

const SIZE: (f64, f64) = (440.0, 340.0);
/// Points of a curve at most: more cannot be seen.
const POINTS: usize = 400;
const SERIES: [&str; 2] = ["s1", "s2"];

/// Figures of all models, for the name of a plot.
fn values(models: &[&Scored], of: impl Fn(&[f64], &[bool]) -> f64) -> String {
    models.iter().map(|m| format!("{:.3}", of(&m.scores, &m.labels))).collect::<Vec<_>>().join(" and ")
}

fn thinned(points: Vec<(f64, f64)>) -> impl Iterator<Item = (f64, f64)> {
    let (step, last) = (points.len().div_ceil(POINTS).max(1), points.len().saturating_sub(1));
    points.into_iter().enumerate().filter(move |(at, _)| at % step == 0 || *at == last).map(|(_, point)| point)
}

/// The ROC curve.
pub fn roc(models: &[&Scored]) -> String {
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, 1.0));
    let mut svg = Svg::new(SIZE, &format!("ROC curve: area under the curve {}", values(models, auc)));
    frame.draw(&mut svg, &Axis::percent("negatives that are false alarms"), &Axis::percent("positives found"));
    frame.curve(&mut svg, "reference", [(0.0, 0.0), (1.0, 1.0)]);
    for (model, series) in models.iter().zip(SERIES) {
        frame.curve(&mut svg, series, thinned(curves::roc(&model.scores, &model.labels)));
    }
    svg.finish()
}

/// The precision–recall curve; `prevalence` is what guessing reaches.
pub fn precision_recall(models: &[&Scored], prevalence: f64) -> String {
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, 1.0));
    let name = format!("Precision–recall curve: average precision {}", values(models, average_precision));
    let mut svg = Svg::new(SIZE, &name);
    frame.draw(&mut svg, &Axis::percent("positives found"), &Axis::percent("of those called positive, are so"));
    frame.curve(&mut svg, "reference", [(0.0, prevalence), (1.0, prevalence)]);
    for (model, series) in models.iter().zip(SERIES) {
        frame.curve(&mut svg, series, thinned(curves::precision_recall(&model.scores, &model.labels)));
    }
    svg.finish()
}

/// The reliability diagram: observed share of positives against the score, by tenths.
pub fn reliability(models: &[&Scored]) -> String {
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, 1.0));
    let mut svg = Svg::new(SIZE, &format!("Reliability diagram: calibration error {}", values(models, ece)));
    frame.draw(&mut svg, &Axis::percent("mean score"), &Axis::percent("share of positives observed"));
    frame.curve(&mut svg, "reference", [(0.0, 0.0), (1.0, 1.0)]);
    for (model, series) in models.iter().zip(SERIES) {
        let bins = curves::bins(&model.scores, &model.labels);
        let all = model.labels.len() as f64;
        for bin in bins.iter().filter(|bin| !bin.observed.is_nan()) {
            let n: usize = bin.rows.iter().sum();
            let (predicted, observed) = (bin.predicted * 100.0, bin.observed * 100.0);
            frame.span_up(&mut svg, series, bin.predicted, (bin.interval[0], bin.interval[1]));
            let tip = format!("{n} rows: mean score {predicted:.0} %, {observed:.0} % positive");
            frame.dot(&mut svg, series, (bin.predicted, bin.observed), 3.0 + 11.0 * (n as f64 / all).sqrt(), &tip);
        }
    }
    svg.finish()
}

/// Scores of both classes side by side, in tenths.
pub fn histogram(scored: &Scored, threshold: f64) -> String {
    let bins = curves::bins(&scored.scores, &scored.labels);
    let of_class = |class: usize| bins.iter().map(|bin| bin.rows[class]).sum::<usize>().max(1) as f64;
    let totals = [of_class(0), of_class(1)];
    let share = |at: usize, class: usize| bins[at].rows[class] as f64 / totals[class];
    let most = (0..BINS).flat_map(|at| [share(at, 0), share(at, 1)]).fold(0.05, f64::max);
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, most));
    let mut svg = Svg::new(SIZE, "Scores of the negative and of the positive class");
    let y = frame.y.ticks(4).into_iter().map(|v| (v, format!("{:.0} %", v * 100.0))).collect();
    frame.draw(&mut svg, &Axis::percent("score"), &Axis { title: "share of the class", ticks: y });
    for at in 0..BINS {
        let (from, half) = (at as f64 / BINS as f64, 0.5 / BINS as f64);
        for (class, series, name) in [(0, "s2", "negative"), (1, "s1", "positive")] {
            let left = from + class as f64 * half;
            let tip = format!("{} {name} rows ({:.0} % of them)", bins[at].rows[class], share(at, class) * 100.0);
            frame.bar(&mut svg, series, (left, left + half), share(at, class), &tip);
        }
    }
    frame.line_up(&mut svg, "reference", threshold);
    svg.finish()
}

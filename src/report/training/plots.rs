//! Curves of one model or of two, the first as series 1, the second as series 2; baselines as series 3 and 4.

use crate::report::plot::{Axis, Frame, Svg};
use crate::train::baselines::Baseline;
use crate::train::curves;
use crate::train::metrics::{BINS, Bin, Scored, auc, average_precision, bins, ece};

const SIZE: (f64, f64) = (440.0, 340.0);
/// Points of a curve at most: more cannot be seen.
const POINTS: usize = 400;
const SERIES: [&str; 2] = ["s1", "s2"];
/// Series of the baselines that have a curve, by name.
pub const OF_BASELINES: [(&str, &str); 2] = [("length only", "s3"), ("outlet only", "s4")];

/// Figures of all models, for the name of a plot.
fn values(models: &[&Scored], of: impl Fn(&[f64], &[bool]) -> f64) -> String {
    models.iter().map(|m| format!("{:.3}", of(&m.scores, &m.labels))).collect::<Vec<_>>().join(" and ")
}

fn thinned(points: Vec<(f64, f64)>) -> impl Iterator<Item = (f64, f64)> {
    let (step, last) = (points.len().div_ceil(POINTS).max(1), points.len().saturating_sub(1));
    points.into_iter().enumerate().filter(move |(at, _)| at % step == 0 || *at == last).map(|(_, point)| point)
}

/// Points of a curve from scores and labels.
type Curve = fn(&[f64], &[bool]) -> Vec<(f64, f64)>;

/// Curves by `of` of the baselines that rank rows, thin, then of the models.
fn draw(frame: &Frame, svg: &mut Svg, models: &[&Scored], baselines: &[Baseline], of: Curve) {
    for (name, series) in OF_BASELINES {
        for baseline in baselines.iter().filter(|baseline| baseline.name == name) {
            let class = format!("thin {series}");
            frame.curve(svg, &class, thinned(of(&baseline.scored.scores, &baseline.scored.labels)));
        }
    }
    for (model, series) in models.iter().zip(SERIES) {
        frame.curve(svg, series, thinned(of(&model.scores, &model.labels)));
    }
}

/// The ROC curve; with `decided`, the point (false alarms, found) at which the model decides.
pub fn roc(models: &[&Scored], baselines: &[Baseline], decided: Option<(f64, f64)>) -> String {
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, 1.0));
    let mut svg = Svg::new(SIZE, &format!("ROC curve: area under the curve {}", values(models, auc)));
    svg.describe("Positives found by negatives that are false alarms, at every threshold; the table below has the numbers.");
    frame.draw(&mut svg, &Axis::percent("negatives that are false alarms"), &Axis::percent("positives found"));
    frame.curve(&mut svg, "reference", [(0.0, 0.0), (1.0, 1.0)]);
    draw(&frame, &mut svg, models, baselines, curves::roc);
    if let Some((alarms, found)) = decided {
        let tip = format!("at the threshold: {:.0} % found, {:.0} % false alarms", found * 100.0, alarms * 100.0);
        frame.dot(&mut svg, "point s1", (alarms, found), 5.0, &tip);
    }
    svg.finish()
}

/// The precision–recall curve; `prevalence` is what guessing reaches. With `decided`, the point (found, precision) at which the model
/// decides.
pub fn precision_recall(models: &[&Scored], baselines: &[Baseline], prevalence: f64, decided: Option<(f64, f64)>) -> String {
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, 1.0));
    let name = format!("Precision–recall curve: average precision {}", values(models, average_precision));
    let mut svg = Svg::new(SIZE, &name);
    svg.describe("Precision by positives found, at every threshold; the table below has the numbers.");
    frame.draw(&mut svg, &Axis::percent("positives found"), &Axis::percent("of those called positive, are so"));
    frame.curve(&mut svg, "reference", [(0.0, prevalence), (1.0, prevalence)]);
    draw(&frame, &mut svg, models, baselines, curves::precision_recall);
    if let Some((found, precision)) = decided {
        let tip = format!("at the threshold: {:.0} % found, {:.0} % of calls right", found * 100.0, precision * 100.0);
        frame.dot(&mut svg, "point s1", (found, precision), 5.0, &tip);
    }
    svg.finish()
}

/// The reliability diagram: observed share of positives against the score, by tenths.
pub fn reliability(models: &[&Scored]) -> String {
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, 1.0));
    let mut svg = Svg::new(SIZE, &format!("Reliability diagram: calibration error {}", values(models, ece)));
    svg.describe("Observed share of positives by mean score, a dot for each tenth; the table below has the numbers.");
    frame.draw(&mut svg, &Axis::percent("mean score"), &Axis::percent("share of positives observed"));
    frame.curve(&mut svg, "reference", [(0.0, 0.0), (1.0, 1.0)]);
    for (model, series) in models.iter().zip(SERIES) {
        let all = model.labels.len() as f64;
        for bin in bins(&model.scores, &model.labels) {
            let Some(interval) = bin.interval() else { continue };
            let (n, predicted, observed) = (bin.n(), bin.predicted(), bin.observed());
            frame.span_up(&mut svg, series, predicted, interval);
            let tip = format!("{n} rows: mean score {:.0} %, {:.0} % positive", predicted * 100.0, observed * 100.0);
            frame.dot(&mut svg, series, (predicted, observed), 3.0 + 11.0 * (n as f64 / all).sqrt(), &tip);
        }
    }
    svg.finish()
}

/// How the scores of each class are spread, in tenths.
pub fn histogram(scored: &Scored, threshold: f64) -> String {
    let bins = bins(&scored.scores, &scored.labels);
    let of_class = |class: usize| bins.iter().map(|bin| bin.rows[class]).sum::<usize>().max(1) as f64;
    let totals = [of_class(0), of_class(1)];
    let share = |bin: &Bin, class: usize| bin.rows[class] as f64 / totals[class];
    let most = bins.iter().flat_map(|bin| [share(bin, 0), share(bin, 1)]).fold(0.05, f64::max);
    let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, most));
    let mut svg = Svg::new(SIZE, "Scores of the negative and of the positive class");
    svg.describe("Share of each class by tenth of the score; the table below has the numbers.");
    let y = frame.y.ticks(4).into_iter().map(|v| (v, format!("{:.0}\u{a0}%", v * 100.0))).collect();
    frame.draw(&mut svg, &Axis::percent("score"), &Axis { title: "share of the class", ticks: y });
    for (at, bin) in bins.iter().enumerate() {
        let (from, half) = (at as f64 / BINS as f64, 0.5 / BINS as f64);
        for (class, series, name) in [(0, "s2", "negative"), (1, "s1", "positive")] {
            let left = from + class as f64 * half;
            let tip = format!("{} {name} rows ({:.0} % of them)", bin.rows[class], share(bin, class) * 100.0);
            frame.bar(&mut svg, series, (left, left + half), share(bin, class), &tip);
        }
    }
    frame.line_up(&mut svg, "reference", threshold);
    svg.finish()
}

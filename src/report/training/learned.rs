//! The learning curve: would more data help?

use crate::report::facts::thousands;
use crate::report::plot::{Axis, Frame, Svg};
use crate::train::learning::Point;

const SIZE: (f64, f64) = (440.0, 340.0);
/// Narrowest stretch of areas that fills the frame, so that noise does not look like a slope.
const NARROWEST: f64 = 0.1;

/// The curve with its sentence and its table.
pub struct Learning {
    pub plot: String,
    pub sentence: String,
    /// Share of the groups, rows learned from, AUC, range of the draws, average precision.
    pub rows: Vec<[String; 5]>,
}

impl Learning {
    /// Of points by growing part.
    pub fn of(points: &[Point]) -> Learning {
        let (low, high) = points.iter().fold((1.0f64, 0.0f64), |(l, h), p| (l.min(p.range[0]), h.max(p.range[1])));
        let more = ((NARROWEST - (high - low)) / 2.0).max(0.01);
        let most = points.iter().map(|p| p.rows).fold(1.0, f64::max);
        let frame = Frame::new(SIZE, (0.0, most), ((low - more).max(0.0), (high + more).min(1.0)));
        let sentence = sentence(points);
        let mut svg = Svg::new(SIZE, &sentence);
        svg.describe("Area under the ROC curve by rows learned from; the table beside it has the numbers.");
        frame.draw(&mut svg, &Axis::numbers("rows learned from", &frame.x, 4), &Axis::numbers("AUC", &frame.y, 5));
        frame.curve(&mut svg, "s3", points.iter().map(|p| (p.rows, p.auc)));
        for p in points {
            frame.span_up(&mut svg, "s3", p.rows, (p.range[0], p.range[1]));
            frame.dot(&mut svg, "s3", (p.rows, p.auc), 4.0, &format!("{:.0} rows: AUC {:.3}", p.rows, p.auc));
        }
        let row = |p: &Point| {
            let range = format!("{:.3}–{:.3}", p.range[0], p.range[1]);
            let share = format!("{:.0}\u{a0}%", p.share * 100.0);
            [share, thousands(p.rows.round() as u64), format!("{:.3}", p.auc), range, format!("{:.3}", p.average_precision)]
        };
        Learning { plot: svg.finish(), sentence, rows: points.iter().map(row).collect() }
    }
}

/// What the last step says.
fn sentence(points: &[Point]) -> String {
    let [.., before, last] = points else { return "Too few rows for a curve.".into() };
    let gain = (last.auc - before.auc) / (last.rows / before.rows).log2();
    let (from, to) = (thousands(before.rows.round() as u64), thousands(last.rows.round() as u64));
    format!(
        "From {from} to {to} rows the AUC went from {:.3} to {:.3}: about {gain:+.3} for each doubling, if that goes on.",
        before.auc, last.auc
    )
    .replace('-', "−")
}

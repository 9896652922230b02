//! How the scores of a language are spread.

use super::words::{Words, count, fill, number, percent, percent_in};
use crate::model::Head;
use crate::report::plot::{Axis, Frame, Svg};
use crate::sources::{BINS, Stats};

const SIZE: (f64, f64) = (460.0, 300.0);

/// A histogram with its sentence.
pub struct Distribution {
    pub heading: String,
    pub plot: String,
    /// The same in words: number, mean, median, shares.
    pub caption: String,
}

impl Distribution {
    /// One for each score.
    pub fn both(all: &Stats, w: &Words) -> Vec<Distribution> {
        Head::ALL.map(|head| Distribution::of(head, all, w)).into()
    }

    fn of(head: Head, all: &Stats, w: &Words) -> Distribution {
        let figures = &all.heads[head as usize];
        let [low, high] = [figures.low, figures.high].map(|s| number(&percent_in(s.share, s.interval)));
        let (n, mean, median) = (number(&count(all.n)), number(&percent(figures.mean)), number(&percent(figures.median)));
        let gaps = [
            ("head", w.head_title(head)),
            ("n", n.as_str()),
            ("mean", &mean),
            ("median", &median),
            ("low", &low),
            ("high", &high),
        ];
        let caption = fill(&w.distribution, &gaps);
        let most = figures.histogram.iter().max().copied().unwrap_or(1).max(1);
        let frame = Frame::new(SIZE, (0.0, 1.0), (0.0, most as f64));
        let mut svg = Svg::new(SIZE, &caption);
        let mut y = Axis::numbers(&w.distribution_y, &frame.y, 4);
        y.ticks.retain(|(v, _)| v.fract() == 0.0);
        frame.draw(&mut svg, &Axis::percent(&w.distribution_axis), &y);
        let series = ["s1", "s2"][head as usize];
        for (at, n) in figures.histogram.iter().enumerate() {
            let (from, to) = (at as f64 / BINS as f64, (at + 1) as f64 / BINS as f64);
            let (f, t, n_shown) = (format!("{:.0}", from * 100.0), format!("{:.0}", to * 100.0), count(*n));
            let tip = fill(&w.bin, &[("from", &f), ("to", &t), ("n", &n_shown)]);
            frame.bar(&mut svg, series, (from, to), *n as f64, &tip);
        }
        frame.line_up(&mut svg, "reference", figures.mean);
        Distribution { heading: w.head_title(head).to_owned(), plot: svg.finish(), caption }
    }
}

//! Both scores of each outlet in one plane.

use super::words::{Words, count, fill, isolated, number, percent, percent_in};
use crate::report::plot::{Axis, Frame, Label, Svg, place};
use crate::sources::shrink::Estimate;
use crate::sources::{Outlet, Stats};

const SIZE: (f64, f64) = (500.0, 390.0);
/// Most dots, and most intervals: more would hide each other.
const DOTS: usize = 150;
const INTERVALS: usize = 40;
/// Longest name beside a dot, characters.
const LONGEST: usize = 24;
/// Narrowest stretch of scores that fills the frame.
const NARROWEST: f64 = 0.3;

/// The plot; `None` with fewer than two outlets that have intervals.
pub fn draw(outlets: &[(&Outlet, &Stats)], w: &Words) -> Option<String> {
    let estimates = outlets.iter().filter_map(|(o, s)| Some((*o, *s, s.heads[0].estimate?, s.heads[1].estimate?)));
    let mut dots: Vec<(&Outlet, &Stats, Estimate, Estimate)> = estimates.collect();
    dots.sort_by(|a, b| b.1.n.cmp(&a.1.n).then_with(|| a.0.name.cmp(&b.0.name)));
    dots.truncate(DOTS);
    if dots.len() < 2 {
        return None;
    }
    let most = dots[0].1.n as f64;
    let frame = Frame::new(SIZE, extent(dots.iter().map(|d| d.2)), extent(dots.iter().map(|d| d.3)));
    let mut svg = Svg::new(SIZE, &fill(&w.scatter_alt, &[("n", &count(dots.len() as u64))]));
    frame.draw(&mut svg, &percents(&w.propaganda_title, &frame.x), &percents(&w.credibility_title, &frame.y));
    for (_, _, p, c) in dots.iter().take(INTERVALS) {
        frame.span_across(&mut svg, "s3", (p.low, p.high), c.value);
        frame.span_up(&mut svg, "s3", p.value, (c.low, c.high));
    }
    let radius = |n: u64| 3.0 + 9.0 * (n as f64 / most).sqrt();
    for (outlet, stats, p, c) in &dots {
        let (n, name) = (count(stats.n), isolated(&outlet.name));
        let [ps, cs] = [p, c].map(|e| number(&percent_in(e.value, (e.low, e.high))));
        let tip = fill(&w.dot, &[("outlet", &name), ("n", &n), ("p", &ps), ("c", &cs)]);
        frame.dot(&mut svg, "s3", (p.value, c.value), radius(stats.n), &tip);
    }
    let names: Vec<String> = dots.iter().map(|d| cut(&d.0.name)).collect();
    let labels = dots.iter().zip(&names).map(|((_, stats, p, c), text)| Label {
        text,
        dot: frame.point((p.value, c.value)),
        radius: radius(stats.n),
    });
    let labels: Vec<Label> = labels.collect();
    let places = place(&labels, (frame.x.range.0, frame.y.range.1), (frame.x.range.1, frame.y.range.0));
    for (label, place) in labels.iter().zip(places) {
        if let Some((at, anchor)) = place {
            svg.text("label", at, anchor, label.text);
        }
    }
    Some(svg.finish())
}

/// The stretch of scores that holds all estimates and most of their intervals.
fn extent(estimates: impl Iterator<Item = Estimate>) -> (f64, f64) {
    const BEYOND: f64 = 0.08;
    let ends = estimates.map(|e| (e.low.max(e.value - BEYOND), e.high.min(e.value + BEYOND)));
    let (low, high) = ends.fold((1.0f64, 0.0f64), |(low, high), (l, h)| (low.min(l), high.max(h)));
    let more = ((NARROWEST - (high - low)) / 2.0).max(0.02);
    let (low, high) = (low - more, high + more);
    let shift = if low < 0.0 { -low } else { (1.0 - high).min(0.0) };
    ((low + shift).max(0.0), (high + shift).min(1.0))
}

/// Ticks in per cent.
fn percents<'a>(title: &'a str, scale: &crate::report::plot::Scale) -> Axis<'a> {
    let ticks = scale.ticks(5).into_iter().map(|v| (v, percent(v)));
    Axis { title, ticks: ticks.collect() }
}

fn cut(name: &str) -> String {
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

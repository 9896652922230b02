//! The frame of a plot: two scales, their ticks and titles.

use super::scale::Scale;
use super::svg::{Anchor, Svg};

/// Room left of the frame for the ticks and title of the vertical axis.
const LEFT: f64 = 52.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 12.0;
/// Room under the frame for the ticks and title of the horizontal axis.
const BOTTOM: f64 = 42.0;

/// What is written along an axis.
#[derive(Clone, Debug)]
pub struct Axis<'a> {
    /// What it measures.
    pub title: &'a str,
    /// Where there is a tick, and what is written there.
    pub ticks: Vec<(f64, String)>,
}

impl<'a> Axis<'a> {
    /// 0 to 100 %, for values from 0 to 1.
    pub fn percent(title: &'a str) -> Axis<'a> {
        let ticks = (0..=5).map(|i| (f64::from(i) / 5.0, format!("{}\u{a0}%", i * 20))).collect();
        Axis { title, ticks }
    }

    /// About `count` round numbers along `scale`.
    pub fn numbers(title: &'a str, scale: &Scale, count: usize) -> Axis<'a> {
        let ticks = scale.ticks(count);
        let decimals = Scale::decimals(&ticks);
        let written = |v: &f64| format!("{v:.decimals$}").replace('-', "−");
        Axis { title, ticks: ticks.iter().map(|v| (*v, written(v))).collect() }
    }
}

/// The part of a plot in which values stand.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Horizontal scale.
    pub x: Scale,
    /// Vertical scale; its range runs from the bottom to the top.
    pub y: Scale,
}

impl Frame {
    /// A frame for an image of `size`, over values `x` and `y` (lowest and highest).
    pub fn new(size: (f64, f64), x: (f64, f64), y: (f64, f64)) -> Frame {
        Frame { x: Scale::new(x, (LEFT, size.0 - RIGHT)), y: Scale::new(y, (size.1 - BOTTOM, TOP)) }
    }

    /// Place of a pair of values.
    pub fn point(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x.at(x), self.y.at(y))
    }

    /// Draws grid, ticks and titles.
    pub fn draw(&self, svg: &mut Svg, x: &Axis, y: &Axis) {
        let ((left, right), (bottom, top)) = (self.x.range, self.y.range);
        for (value, written) in &y.ticks {
            let at = self.y.at(*value);
            svg.line("grid", (left, at), (right, at));
            svg.text("tick", (left - 6.0, at + 4.0), Anchor::End, written);
        }
        for (value, written) in &x.ticks {
            let at = self.x.at(*value);
            svg.line("grid", (at, top), (at, bottom));
            svg.text("tick", (at, bottom + 16.0), Anchor::Middle, written);
        }
        svg.line("axis", (left, bottom), (right, bottom));
        svg.text("name", ((left + right) / 2.0, bottom + 35.0), Anchor::Middle, x.title);
        svg.text_upwards("name", (left - 41.0, (top + bottom) / 2.0), y.title);
    }
}

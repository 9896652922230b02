//! Plots as inline SVG: a few helpers that draw frames, curves, bars, dots and intervals, styled by one sheet.
//!
//! A plot is a string that an HTML page holds as it is. It loads nothing, runs nothing, escapes every text, and takes its colours
//! from [`STYLE`], so that it follows light, dark and print. Numbers run from left to right on pages in Arabic too. A plot is one
//! image to a screen reader: its name says what is shown; the page gives the same numbers as a table beside it.
//!
//! ```
//! use tabayyun::report::plot::{Axis, Frame, Svg};
//!
//! let frame = Frame::new((440.0, 300.0), (0.0, 1.0), (0.0, 1.0));
//! let mut svg = Svg::new((440.0, 300.0), "ROC curve: area under the curve 0.81");
//! frame.draw(&mut svg, &Axis::percent("false alarms"), &Axis::percent("found"));
//! frame.curve(&mut svg, "reference", [(0.0, 0.0), (1.0, 1.0)]);
//! frame.curve(&mut svg, "s1", [(0.0, 0.0), (0.2, 0.7), (1.0, 1.0)]);
//! assert!(svg.finish().starts_with("<svg "));
//! ```

mod axis;
mod label;
mod marks;
mod scale;
mod svg;

pub use axis::{Axis, Frame};
pub use label::{Label, place};
pub use scale::Scale;
pub use svg::{Anchor, Svg};

/// Style sheet of the plots, for the `<style>` of a page. Series are the classes `s1` to `s4`; `reference` is a line to compare with.
pub const STYLE: &str = include_str!("plot.css");

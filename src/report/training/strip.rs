//! A value with its interval on a line, to stand in a row of a table beside its numbers.

use crate::report::plot::{Scale, Svg};

const SIZE: (f64, f64) = (240.0, 18.0);

/// A scale for the strips of a table.
pub fn scale(domain: (f64, f64)) -> Scale {
    Scale::new(domain, (4.0, SIZE.0 - 4.0))
}

/// A dot with its interval, and a dashed line at what it is to be compared with.
pub fn strip(scale: &Scale, series: &str, value: f64, (low, high): (f64, f64), reference: f64) -> String {
    let middle = SIZE.1 / 2.0;
    let mut svg = Svg::decoration(SIZE);
    svg.line("grid", (scale.range.0, middle), (scale.range.1, middle));
    svg.line("reference", (scale.at(reference), 1.0), (scale.at(reference), SIZE.1 - 1.0));
    svg.line(&format!("whisker {series}"), (scale.at(low), middle), (scale.at(high), middle));
    svg.circle(&format!("point {series}"), (scale.at(value), middle), 4.0, "");
    svg.finish()
}

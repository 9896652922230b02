//! What the features weigh, by family, with intervals.

use crate::features::registry;
use crate::lexicon;
use crate::model::Model;
use crate::report::facts::signed;
use crate::report::plot::{Scale, Svg};

const STRIP: (f64, f64) = (240.0, 18.0);
/// Width of intervals: 95 %.
const Z: f64 = 1.959_964;

/// Features of a family, strongest first.
pub struct Family {
    pub title: &'static str,
    pub rows: Vec<Coefficient>,
}

/// What a feature weighs.
pub struct Coefficient {
    pub feature: String,
    pub meaning: &'static str,
    /// A dot with its interval, around zero.
    pub strip: String,
    /// Log-odds per standard deviation.
    pub weight: String,
    pub interval: String,
    /// Whether the interval holds zero.
    pub unsure: bool,
}

/// The families in the order of display; those without a feature left out.
pub fn by_family(model: &Model) -> Vec<Family> {
    let slope = model.calibration.slope;
    let of = |(at, w): (usize, &crate::model::file::Weight)| (w.coefficient * slope, Z * slope * variance(model, at + 1).sqrt());
    let weights: Vec<(f64, f64)> = model.features.iter().enumerate().map(of).collect();
    let reach = weights.iter().map(|(w, r)| w.abs() + r).fold(0.1, f64::max);
    let scale = Scale::new((-reach, reach), (4.0, STRIP.0 - 4.0));
    let mut families = Vec::new();
    for family in lexicon::Family::ALL {
        let mut rows: Vec<(f64, Coefficient)> = Vec::new();
        for (weight, (value, reach)) in model.features.iter().zip(&weights) {
            let Some(feature) = registry::column(&weight.feature).map(|column| &registry::FEATURES[column]) else { continue };
            if feature.family == family {
                let (low, high) = (value - reach, value + reach);
                rows.push((
                    value.abs(),
                    Coefficient {
                        feature: weight.feature.clone(),
                        meaning: feature.meaning,
                        strip: strip(&scale, *value, (low, high)),
                        weight: signed(*value).trim().to_owned(),
                        interval: format!("{} to {}", signed(low).trim(), signed(high).trim()),
                        unsure: low <= 0.0 && 0.0 <= high,
                    },
                ));
            }
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        if !rows.is_empty() {
            families.push(Family { title: family.title(), rows: rows.into_iter().map(|(_, row)| row).collect() });
        }
    }
    families
}

/// Variance of a coefficient; 0 is the intercept. The model keeps the lower triangle, row by row.
fn variance(model: &Model, at: usize) -> f64 {
    model.covariance[at * (at + 1) / 2 + at].max(0.0)
}

fn strip(scale: &Scale, value: f64, (low, high): (f64, f64)) -> String {
    let middle = STRIP.1 / 2.0;
    let series = if value > 0.0 { "s1" } else { "s2" };
    let mut svg = Svg::decoration(STRIP);
    svg.line("grid", (scale.range.0, middle), (scale.range.1, middle));
    svg.line("reference", (scale.at(0.0), 1.0), (scale.at(0.0), STRIP.1 - 1.0));
    svg.line(&format!("whisker {series}"), (scale.at(low), middle), (scale.at(high), middle));
    svg.circle(&format!("point {series}"), (scale.at(value), middle), 4.0, "");
    svg.finish()
}

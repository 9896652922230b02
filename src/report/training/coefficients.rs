//! What the features weigh, by family, with intervals.

use super::strip::{scale, strip};
use crate::features::registry;
use crate::lexicon;
use crate::report::facts::signed;
use crate::train::coefficients::Coefficient;

/// Features of a family, strongest first.
pub struct Family {
    pub title: &'static str,
    pub rows: Vec<Row>,
}

/// What a feature weighs.
pub struct Row {
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
pub fn by_family(coefficients: &[Coefficient]) -> Vec<Family> {
    let reach = coefficients.iter().flat_map(|c| c.interval).map(f64::abs).fold(0.1, f64::max);
    let scale = scale((-reach, reach));
    let mut sorted: Vec<&Coefficient> = coefficients.iter().collect();
    sorted.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let row = |family: lexicon::Family, c: &Coefficient| {
        let feature = registry::FEATURES[registry::column(&c.feature)?];
        let [low, high] = c.interval;
        let series = if c.value > 0.0 { "s1" } else { "s2" };
        (feature.family == family).then(|| Row {
            feature: c.feature.clone(),
            meaning: feature.meaning,
            strip: strip(&scale, series, c.value, (low, high), 0.0),
            weight: signed(c.value).trim().to_owned(),
            interval: format!("{} to {}", signed(low).trim(), signed(high).trim()),
            unsure: low <= 0.0 && 0.0 <= high,
        })
    };
    let family =
        |family: lexicon::Family| Family { title: family.title(), rows: sorted.iter().filter_map(|c| row(family, c)).collect() };
    lexicon::Family::ALL.into_iter().map(family).filter(|family| !family.rows.is_empty()).collect()
}

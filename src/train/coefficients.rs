//! Coefficients and how sure they are.

use rayon::prelude::*;

use super::Design;
use super::bootstrap::{Resamples, interval};
use crate::error::Result;
use crate::matrix::Matrix;
use crate::model::Model;
use crate::model::file::Weight;
use crate::model::logistic::{self, Fit};
use crate::sources::interval::Z;

/// Samples of the bootstrap: each is a fit.
pub const SAMPLES: usize = 200;

/// The coefficient of a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// The feature's name.
    pub feature: String,
    /// Change of calibrated log-odds per standard deviation of the feature.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
}

/// The coefficients of a model with intervals from the covariance in its file (normal approximation).
pub fn of_file(model: &Model) -> Vec<Coefficient> {
    let variance = |at: usize| {
        // Lower triangle by rows; row 0 is the intercept.
        let row = at + 1;
        model.covariance[row * (row + 1) / 2 + row]
    };
    let slope = model.calibration.slope;
    let coefficient = |(at, w): (usize, &Weight)| {
        let (value, reach) = (slope * w.coefficient, slope * Z * variance(at).max(0.0).sqrt());
        Coefficient { feature: w.feature.clone(), value, interval: [value - reach, value + reach] }
    };
    model.features.iter().enumerate().map(coefficient).collect()
}

/// The coefficients of a model with intervals from fits to [`SAMPLES`] resamplings of the groups that it was trained on, with the same
/// columns, standardisation, strength and calibration.
///
/// # Errors
/// If no sample can be fitted.
pub fn resampled(matrix: &Matrix, model: &Model) -> Result<Vec<Coefficient>> {
    let design = Design::of_model(model);
    let x = design.apply(matrix.values.view());
    let resamples = Resamples::of(&matrix.groups);
    let near = Fit { intercept: model.intercept, coefficients: model.features.iter().map(|w| w.coefficient).collect() };
    let fits: Vec<_> = (0..SAMPLES)
        .into_par_iter()
        .map(|number| {
            let counts = resamples.counts(number, matrix.len());
            logistic::refit(x.view(), &matrix.labels, &counts, model.training.c, &near)
        })
        .collect();
    // A sample may lack what a fit needs; all of them do not.
    let mut found = Vec::with_capacity(SAMPLES);
    let mut failed = None;
    for fit in fits {
        match fit {
            Ok(fit) => found.push(fit.coefficients),
            Err(error) => failed = Some(error),
        }
    }
    if let (true, Some(error)) = (found.is_empty(), failed) {
        return Err(error);
    }
    let slope = model.calibration.slope;
    let coefficient = |(at, w): (usize, &Weight)| Coefficient {
        feature: w.feature.clone(),
        value: slope * w.coefficient,
        interval: interval(found.iter().map(|coefficients| slope * coefficients[at])),
    };
    Ok(model.features.iter().enumerate().map(coefficient).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Head, Models};
    use crate::text::Lang;

    #[test]
    fn both_intervals_hold_the_coefficient_and_are_of_one_size() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("training-data/propaganda-ar.csv");
        let matrix = Matrix::read(&path).unwrap();
        let model = &Models::built_in().of(Head::Propaganda, Lang::Ar).model;
        let (drawn, filed) = (resampled(&matrix, model).unwrap(), of_file(model));
        let width = |c: &Coefficient| c.interval[1] - c.interval[0];
        for (a, b) in drawn.iter().zip(&filed) {
            assert_eq!((&a.feature, a.value), (&b.feature, b.value));
            assert!(a.interval[0] <= a.value && a.value <= a.interval[1], "{a:?}");
        }
        let ratios: Vec<f64> = drawn.iter().zip(&filed).map(|(a, b)| width(a) / width(b)).collect();
        let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
        assert!((0.5..1.5).contains(&mean), "bootstrap over curvature: {mean} of {ratios:?}");
    }
}

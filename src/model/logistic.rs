//! The solver: linfa's logistic regression with its traps minded, and the covariance of what it finds.
//!
//! linfa takes the majority class as positive, stops silently when it has not converged, and leaves the last digits to the
//! machine. So the result is oriented by its own labels, refined by Newton steps on the Hessian that the covariance needs
//! anyway, and refused when the gradient is still not zero.

use linfa::DatasetBase;
use linfa::traits::Fit as _;
use linfa_linalg::cholesky::InverseC;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, ArrayView2, Axis, s};

use crate::error::{Error, Result};

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + (-x).exp()) } else { x.exp() / (1.0 + x.exp()) }
}

/// A fitted regression on standardised columns.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Log-odds of a row of zeros.
    pub intercept: f64,
    /// One per column.
    pub coefficients: Array1<f64>,
    /// Covariance of (intercept, coefficients): the inverse Hessian of the penalised loss, (1 + columns)².
    pub covariance: Array2<f64>,
}

/// Iterations given to linfa.
const ITERATIONS: u64 = 500;
/// Gradient, per row, at which linfa stops: close enough for Newton steps, which double the right digits each.
const START: f64 = 1e-4;
/// Newton steps after it.
const STEPS: usize = 6;
/// Largest gradient component, per row, that counts as converged.
const TOLERANCE: f64 = 1e-9;

/// Fits `labels` on the columns of `x`, minimising Σ log-loss + |w|²/(2c); the intercept is not penalised. `c` is scikit-learn's C.
///
/// # Errors
/// If one class is missing, a value is not finite or the solver does not converge.
pub fn fit(x: ArrayView2<f64>, labels: &[bool], c: f64) -> Result<Fit> {
    let positives = labels.iter().filter(|l| **l).count();
    if positives == 0 || positives == labels.len() {
        let class = if positives == 0 { "positive" } else { "negative" };
        return Err(Error::Training(format!("no row of the {class} class among {}; both classes are needed", labels.len())));
    }
    if let Some(((row, column), _)) = x.indexed_iter().find(|(_, v)| !v.is_finite()) {
        return Err(Error::Training(format!("value at row {}, column {} is not finite", row + 1, column + 1)));
    }
    let (mut intercept, mut coefficients) = start(x, labels, c)?;
    let n = labels.len() as f64;
    let weights = vec![1.0; labels.len()];
    for step in 0..=STEPS {
        let (gradient, hessian) = derivatives(x, labels, &weights, c, intercept, &coefficients);
        let largest = gradient.iter().fold(0.0f64, |m, g| m.max(g.abs()));
        let covariance = hessian.invc().map_err(singular)?;
        if largest <= TOLERANCE * n {
            return Ok(Fit { intercept, coefficients, covariance });
        }
        if step == STEPS {
            return Err(Error::Training(format!("the solver did not converge (gradient {largest:.2e} over {n} rows)")));
        }
        let direction = covariance.dot(&gradient);
        intercept -= direction[0];
        coefficients -= &direction.slice(s![1..]);
    }
    unreachable!("the loop returns in its last step")
}

/// Where a fit begins.
#[derive(Clone, Debug)]
pub struct Start {
    /// Log-odds of a row of zeros.
    pub intercept: f64,
    /// One per column.
    pub coefficients: Array1<f64>,
}

/// Gradient, per row, at which a refit is close enough for an interval.
const CLOSE: f64 = 1e-6;
/// Newton steps of a refit: it begins near its end.
const REFIT_STEPS: usize = 12;

/// The coefficients for rows that count `weights` times each, from a start near them: what a bootstrap fits hundreds of times.
///
/// # Errors
/// If it does not converge.
pub fn refit(x: ArrayView2<f64>, labels: &[bool], weights: &[f64], c: f64, start: &Start) -> Result<Array1<f64>> {
    let Start { mut intercept, mut coefficients } = start.clone();
    let n: f64 = weights.iter().sum();
    for _ in 0..REFIT_STEPS {
        let (gradient, hessian) = derivatives(x, labels, weights, c, intercept, &coefficients);
        if gradient.iter().all(|g| g.abs() <= CLOSE * n) {
            return Ok(coefficients);
        }
        let direction = hessian.invc().map_err(singular)?.dot(&gradient);
        intercept -= direction[0];
        coefficients -= &direction.slice(s![1..]);
    }
    Err(Error::Training(format!("the solver did not converge on a resample of {n} rows")))
}

/// linfa's solution, oriented so that positive coefficients speak for label `true`.
fn start(x: ArrayView2<f64>, labels: &[bool], c: f64) -> Result<(f64, Array1<f64>)> {
    let targets = Array1::from_iter(labels.iter().copied());
    let dataset = DatasetBase::new(x, targets.view());
    let model = LogisticRegression::default()
        .alpha(1.0 / c)
        .max_iterations(ITERATIONS)
        .gradient_tolerance(START * labels.len() as f64)
        .fit(&dataset)
        .map_err(|e| Error::Training(e.to_string()))?;
    let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
    Ok((sign * model.intercept(), model.params() * sign))
}

/// Gradient and Hessian of the penalised loss in (intercept, coefficients); each row counts `weights` times.
fn derivatives(
    x: ArrayView2<f64>,
    labels: &[bool],
    weights: &[f64],
    c: f64,
    intercept: f64,
    w: &Array1<f64>,
) -> (Array1<f64>, Array2<f64>) {
    let p = (x.dot(w) + intercept).mapv_into(sigmoid);
    let rows = || p.iter().zip(weights);
    let residual = Array1::from_iter(rows().zip(labels).map(|((p, weight), &l)| weight * (p - f64::from(u8::from(l)))));
    let variance = Array1::from_iter(rows().map(|(p, weight)| weight * p * (1.0 - p)));
    let d = w.len();
    let mut gradient = Array1::zeros(d + 1);
    gradient[0] = residual.sum();
    gradient.slice_mut(s![1..]).assign(&(x.t().dot(&residual) + w / c));
    let weighted = &x * &variance.view().insert_axis(Axis(1));
    let mut hessian = Array2::zeros((d + 1, d + 1));
    hessian[[0, 0]] = variance.sum();
    let border = weighted.sum_axis(Axis(0));
    hessian.slice_mut(s![0, 1..]).assign(&border);
    hessian.slice_mut(s![1.., 0]).assign(&border);
    let mut inner = x.t().dot(&weighted);
    inner.diag_mut().mapv_inplace(|v| v + 1.0 / c);
    hessian.slice_mut(s![1.., 1..]).assign(&inner);
    (gradient, hessian)
}

fn singular(error: linfa_linalg::LinalgError) -> Error {
    Error::Training(format!("the columns do not determine the coefficients: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows whose first column speaks for the positive class; `positives` of 100 are positive.
    fn sample(positives: usize) -> (Array2<f64>, Vec<bool>) {
        let labels: Vec<bool> = (0..100).map(|i| i < positives).collect();
        let noise = |i: usize, j: usize| ((i * 37 + j * 101) % 83) as f64 / 83.0 - 0.5;
        let x = Array2::from_shape_fn((100, 3), |(i, j)| noise(i, j) + if j == 0 && labels[i] { 0.4 } else { 0.0 });
        (x, labels)
    }

    #[test]
    fn signs_stand_whatever_the_balance() {
        for positives in [40, 50, 60] {
            let (x, labels) = sample(positives);
            let fit = fit(x.view(), &labels, 1.0).expect("fits");
            assert!(fit.coefficients[0] > 0.5, "{positives}: {:?}", fit.coefficients);
            let negated: Vec<bool> = labels.iter().map(|l| !l).collect();
            let mirror = super::fit(x.view(), &negated, 1.0).expect("fits");
            assert!((mirror.coefficients[0] + fit.coefficients[0]).abs() < 1e-6);
            assert!((mirror.intercept + fit.intercept).abs() < 1e-6);
        }
    }

    #[test]
    fn covariance_is_the_inverse_hessian() {
        let (x, labels) = sample(50);
        let fit = fit(x.view(), &labels, 1.0).expect("fits");
        let (_, hessian) = derivatives(x.view(), &labels, &[1.0; 100], 1.0, fit.intercept, &fit.coefficients);
        let identity = fit.covariance.dot(&hessian);
        for ((i, j), v) in identity.indexed_iter() {
            assert!((v - f64::from(u8::from(i == j))).abs() < 1e-8, "{i},{j}: {v}");
        }
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let (x, labels) = sample(40);
        let whole = fit(x.view(), &labels, 1.0).expect("fits");
        let start = Start { intercept: whole.intercept, coefficients: whole.coefficients };
        let counts: Vec<f64> = (0..100).map(|row| (row % 3) as f64).collect();
        let rows: Vec<usize> = (0..100).flat_map(|row| std::iter::repeat_n(row, row % 3)).collect();
        let copied: Vec<bool> = rows.iter().map(|&row| labels[row]).collect();
        let anew = fit(x.select(Axis(0), &rows).view(), &copied, 1.0).expect("fits");
        let weighted = refit(x.view(), &labels, &counts, 1.0, &start).expect("fits");
        assert!((&weighted - &anew.coefficients).iter().all(|d| d.abs() < 1e-4), "{weighted} {}", anew.coefficients);
    }

    #[test]
    fn bad_data_is_refused_with_a_reason() {
        let (mut x, labels) = sample(50);
        let one_class = fit(x.view(), &[true; 100], 1.0).expect_err("one class").to_string();
        assert!(one_class.contains("no row of the negative class"), "{one_class}");
        x[[3, 1]] = f64::NAN;
        let nan = fit(x.view(), &labels, 1.0).expect_err("NaN").to_string();
        assert!(nan.contains("row 4, column 2"), "{nan}");
    }
}

//! The solver: linfa's logistic regression with its traps minded, and the covariance of what it finds.
//!
//! linfa takes the majority class as positive, stops silently when it has not converged, and leaves the last digits to the
//! machine. So the result is oriented by its own labels, refined by Newton steps, and refused when the gradient is still not zero.

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
}

/// A point from which Newton steps lead to the solution: linfa's own answer to a loose tolerance, in linfa's order and orientation.
#[derive(Clone, Debug)]
pub struct Start {
    /// Coefficients, then the intercept.
    parameters: Array1<f64>,
    /// 1 if positive parameters speak for label `true`, else −1.
    sign: f64,
}

impl Start {
    /// Coefficients that speak for label `true`, about as [`fit`] would find them.
    pub fn coefficients(&self) -> Array1<f64> {
        &self.parameters.slice(s![..-1]) * self.sign
    }

    /// The start of a fit on the columns `kept` alone.
    pub fn select(&self, kept: &[usize]) -> Start {
        let intercept = self.parameters.len() - 1;
        let parameters = kept.iter().chain([&intercept]).map(|&at| self.parameters[at]).collect();
        Start { parameters, sign: self.sign }
    }
}

/// Iterations given to linfa.
const ITERATIONS: u64 = 500;
/// Gradient, per row, at which linfa stops: near enough for Newton steps.
const START: f64 = 1e-3;
/// Newton steps after it.
const STEPS: usize = 40;
/// Largest gradient component, per row, that counts as converged.
const TOLERANCE: f64 = 1e-9;
/// The same where an interval is wanted, and no digits.
const CLOSE: f64 = 1e-6;
/// A Hessian serves for further steps as long as each leaves less than this share of the gradient.
const LEFT: f64 = 0.1;

/// Fits `labels` on the columns of `x`, minimising Σ log-loss + |w|²/(2c); the intercept is not penalised. `c` is scikit-learn's C.
///
/// # Errors
/// If one class is missing, a value is not finite or the solver does not converge.
pub fn fit(x: ArrayView2<f64>, labels: &[bool], c: f64) -> Result<Fit> {
    refine(x, labels, c, &approach(x, labels, c, None)?)
}

/// Comes near to the solution of [`fit`], from `near` where that is known.
///
/// # Errors
/// If one class is missing or a value is not finite.
pub fn approach(x: ArrayView2<f64>, labels: &[bool], c: f64, near: Option<Start>) -> Result<Start> {
    let positives = labels.iter().filter(|l| **l).count();
    if positives == 0 || positives == labels.len() {
        let class = if positives == 0 { "positive" } else { "negative" };
        return Err(Error::Training(format!("no row of the {class} class among {}; both classes are needed", labels.len())));
    }
    if let Some(((row, column), _)) = x.indexed_iter().find(|(_, v)| !v.is_finite()) {
        return Err(Error::Training(format!("value at row {}, column {} is not finite", row + 1, column + 1)));
    }
    let targets = Array1::from_iter(labels.iter().copied());
    let dataset = DatasetBase::new(x, targets.view());
    let solver =
        LogisticRegression::default().alpha(1.0 / c).max_iterations(ITERATIONS).gradient_tolerance(START * labels.len() as f64);
    let solver = match near {
        Some(near) => solver.initial_params(near.parameters),
        None => solver,
    };
    let model = solver.fit(&dataset).map_err(|e| Error::Training(e.to_string()))?;
    let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
    let parameters = model.params().iter().copied().chain([model.intercept()]).collect();
    Ok(Start { parameters, sign })
}

/// Goes on from `start` to the solution of [`fit`].
///
/// # Errors
/// If the columns do not determine the coefficients or the steps do not converge.
pub fn refine(x: ArrayView2<f64>, labels: &[bool], c: f64, start: &Start) -> Result<Fit> {
    let coefficients = start.coefficients();
    let near = Fit { intercept: start.sign * start.parameters[coefficients.len()], coefficients };
    let counts = vec![1.0; labels.len()];
    Loss { x, labels, counts: &counts, c }.least(near, TOLERANCE)
}

/// The fit to rows that count `counts` times each, from one near it: what a bootstrap makes hundreds of times.
///
/// # Errors
/// As [`refine`].
pub fn refit(x: ArrayView2<f64>, labels: &[bool], counts: &[f64], c: f64, near: &Fit) -> Result<Fit> {
    Loss { x, labels, counts, c }.least(near.clone(), CLOSE)
}

/// Covariance of (intercept, coefficients) of a fit: the inverse Hessian of the penalised loss, (1 + columns)².
///
/// # Errors
/// If the columns do not determine the coefficients.
pub fn covariance(x: ArrayView2<f64>, labels: &[bool], c: f64, fit: &Fit) -> Result<Array2<f64>> {
    let counts = vec![1.0; labels.len()];
    let loss = Loss { x, labels, counts: &counts, c };
    loss.hessian(&loss.chances(fit)).invc().map_err(singular)
}

/// The penalised loss of rows that count `counts` times each.
struct Loss<'x, 'a> {
    x: ArrayView2<'x, f64>,
    labels: &'a [bool],
    counts: &'a [f64],
    c: f64,
}

impl Loss<'_, '_> {
    /// The least of it, by Newton steps from a point near it.
    fn least(&self, mut at: Fit, tolerance: f64) -> Result<Fit> {
        let n: f64 = self.counts.iter().sum();
        let mut inverse: Option<Array2<f64>> = None;
        let mut before = f64::INFINITY;
        for _ in 0..STEPS {
            let chances = self.chances(&at);
            let gradient = self.gradient(&chances, &at);
            let largest = gradient.iter().fold(0.0f64, |m, g| m.max(g.abs()));
            if largest <= tolerance * n {
                return Ok(at);
            }
            if inverse.is_none() || largest > LEFT * before {
                inverse = Some(self.hessian(&chances).invc().map_err(singular)?);
            }
            before = largest;
            if let Some(inverse) = &inverse {
                let direction = inverse.dot(&gradient);
                at.intercept -= direction[0];
                at.coefficients -= &direction.slice(s![1..]);
            }
        }
        Err(Error::Training(format!("the solver did not converge (gradient {before:.2e} over {n} rows)")))
    }

    /// Chance of label `true` of each row.
    fn chances(&self, at: &Fit) -> Array1<f64> {
        (self.x.dot(&at.coefficients) + at.intercept).mapv_into(sigmoid)
    }

    /// Gradient in (intercept, coefficients).
    fn gradient(&self, chances: &Array1<f64>, at: &Fit) -> Array1<f64> {
        let rows = chances.iter().zip(self.labels).zip(self.counts);
        let residual = Array1::from_iter(rows.map(|((p, &label), count)| count * (p - f64::from(u8::from(label)))));
        let mut gradient = Array1::zeros(at.coefficients.len() + 1);
        gradient[0] = residual.sum();
        gradient.slice_mut(s![1..]).assign(&(self.x.t().dot(&residual) + &at.coefficients / self.c));
        gradient
    }

    /// Hessian in (intercept, coefficients).
    fn hessian(&self, chances: &Array1<f64>) -> Array2<f64> {
        let variance = Array1::from_iter(chances.iter().zip(self.counts).map(|(p, count)| count * p * (1.0 - p)));
        let weighted = &self.x * &variance.view().insert_axis(Axis(1));
        let d = self.x.ncols();
        let mut hessian = Array2::zeros((d + 1, d + 1));
        hessian[[0, 0]] = variance.sum();
        let border = weighted.sum_axis(Axis(0));
        hessian.slice_mut(s![0, 1..]).assign(&border);
        hessian.slice_mut(s![1.., 0]).assign(&border);
        let mut inner = self.x.t().dot(&weighted);
        inner.diag_mut().mapv_inplace(|v| v + 1.0 / self.c);
        hessian.slice_mut(s![1.., 1..]).assign(&inner);
        hessian
    }
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
        let loss = Loss { x: x.view(), labels: &labels, counts: &[1.0; 100], c: 1.0 };
        let hessian = loss.hessian(&loss.chances(&fit));
        let identity = covariance(x.view(), &labels, 1.0, &fit).expect("determined").dot(&hessian);
        for ((i, j), v) in identity.indexed_iter() {
            assert!((v - f64::from(u8::from(i == j))).abs() < 1e-8, "{i},{j}: {v}");
        }
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let (x, labels) = sample(40);
        let whole = fit(x.view(), &labels, 1.0).expect("fits");
        let counts: Vec<f64> = (0..100).map(|row| (row % 3) as f64).collect();
        let rows: Vec<usize> = (0..100).flat_map(|row| std::iter::repeat_n(row, row % 3)).collect();
        let copied: Vec<bool> = rows.iter().map(|&row| labels[row]).collect();
        let anew = fit(x.select(Axis(0), &rows).view(), &copied, 1.0).expect("fits");
        let weighted = refit(x.view(), &labels, &counts, 1.0, &whole).expect("fits");
        assert!(
            (&weighted.coefficients - &anew.coefficients).iter().all(|d| d.abs() < 1e-4),
            "{} {}",
            weighted.coefficients,
            anew.coefficients
        );
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

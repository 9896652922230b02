//! Weights of terms all together: logistic regression on which terms an article holds, with a ridge penalty.
//!
//! Each article is a row of 1/√d for every term it holds, d being how many different ones it has; the labels' log-loss plus
//! |w|²/(2C) is minimised by L-BFGS. A dense solver would need gigabytes for these columns; the rows are kept sparse.

use argmin::core::{CostFunction, Executor, Gradient, State as _};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

use super::{GROUPS, Mine, Support};
use crate::error::{Error, Result};
use crate::model::logistic::sigmoid;

/// Inverse strength of the penalty, scikit-learn's C.
const C: f64 = 1.0;
/// Steps that L-BFGS remembers, and the most it takes.
const MEMORY: usize = 7;
const STEPS: u64 = 200;
/// Norm of the gradient, per row, at which the weights are good to the three decimals that are kept.
const TOLERANCE: f64 = 1e-6;

/// Weight of each term from the texts at `rows`.
pub fn weights(mine: &Mine, rows: &[usize], support: &[Support]) -> Result<Vec<f64>> {
    let mut columns = vec![None; support.len()];
    let mut next = 0..;
    for (column, _) in columns.iter_mut().zip(support).filter(|(_, s)| s.groups >= GROUPS) {
        *column = next.next();
    }
    let row = |&at: &usize| {
        let text = &mine.texts[at];
        let terms: Vec<usize> = text.uses.iter().filter_map(|u| columns[u.term as usize]).collect();
        Row { value: 1.0 / (terms.len().max(1) as f64).sqrt(), terms, label: text.label }
    };
    let loss = Loss { rows: rows.iter().map(row).collect() };
    let width = columns.iter().flatten().count();
    let failed = |e: argmin::core::Error| Error::Training(format!("wording was not learned: {e}"));
    let search = MoreThuenteLineSearch::new();
    let solver = LBFGS::new(search, MEMORY).with_tolerance_grad(TOLERANCE * rows.len() as f64).map_err(failed)?;
    let start = vec![0.0; width + 1];
    let done = Executor::new(loss, solver).configure(|state| state.param(start).max_iters(STEPS)).run().map_err(failed)?;
    let best = done.state().get_best_param().ok_or_else(|| Error::Training("wording was not learned".into()))?;
    Ok(columns.iter().map(|column| column.map_or(0.0, |at: usize| best[at + 1])).collect())
}

struct Row {
    terms: Vec<usize>,
    value: f64,
    label: bool,
}

/// The penalised loss in (intercept, weights); the intercept is not penalised.
struct Loss {
    rows: Vec<Row>,
}

impl Loss {
    fn log_odds(&self, row: &Row, w: &[f64]) -> f64 {
        w[0] + row.value * row.terms.iter().map(|&t| w[t + 1]).sum::<f64>()
    }
}

impl CostFunction for Loss {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, w: &Vec<f64>) -> std::result::Result<f64, argmin::core::Error> {
        let of_row = |row: &Row| {
            let margin = if row.label { self.log_odds(row, w) } else { -self.log_odds(row, w) };
            if margin > 0.0 { (-margin).exp().ln_1p() } else { margin.exp().ln_1p() - margin }
        };
        let penalty = w[1..].iter().map(|w| w * w).sum::<f64>() / (2.0 * C);
        Ok(self.rows.iter().map(of_row).sum::<f64>() + penalty)
    }
}

impl Gradient for Loss {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, w: &Vec<f64>) -> std::result::Result<Vec<f64>, argmin::core::Error> {
        let mut gradient: Vec<f64> = w.iter().map(|w| w / C).collect();
        gradient[0] = 0.0;
        for row in &self.rows {
            let residual = sigmoid(self.log_odds(row, w)) - f64::from(u8::from(row.label));
            gradient[0] += residual;
            row.terms.iter().for_each(|&t| gradient[t + 1] += residual * row.value);
        }
        Ok(gradient)
    }
}

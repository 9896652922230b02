//! A model ready for use: log-odds, contributions and interval of a feature row.

use super::file::{Band, Model};
use super::logistic::sigmoid;
use crate::features::measure::Measure;
use crate::features::{Extract, FEATURES, registry};

/// A model laid out by matrix column.
#[derive(Clone, Debug)]
pub struct Scorer {
    /// The model.
    pub model: Model,
    /// Calibrated log-odds of the average training text.
    pub baseline: f64,
    weights: Vec<f64>,
    means: Vec<f64>,
    /// Variance of the log-odds from wording alone, times words.
    wording_variance: f64,
}

/// Variance of the square root of a Poisson rate per 100 words, times words: (100/n) / 4 · n.
const ROOT_RATE_VARIANCE: f64 = 25.0;
/// Width of intervals: 95 %.
const Z: f64 = 1.959_964;

impl Scorer {
    /// Lays out a model that [`Model::parse`] has checked.
    pub fn new(model: Model) -> Scorer {
        let mut weights = vec![0.0; FEATURES.len()];
        let mut means = vec![0.0; FEATURES.len()];
        for w in &model.features {
            if let Some(column) = registry::column(&w.feature) {
                weights[column] = model.calibration.slope * w.coefficient / w.sd;
                means[column] = w.mean;
            }
        }
        let is_rate = |column: usize| matches!(FEATURES[column].measure, Measure::Evidence { .. });
        let squares = (0..FEATURES.len()).filter(|&c| is_rate(c)).map(|c| weights[c] * weights[c]);
        Scorer {
            baseline: model.calibration.slope * model.intercept + model.calibration.offset,
            wording_variance: ROOT_RATE_VARIANCE * squares.sum::<f64>(),
            weights,
            means,
            model,
        }
    }

    /// Calibrated log-odds per unit of a feature's value.
    pub fn weight(&self, column: usize) -> f64 {
        self.weights[column]
    }

    /// What a feature's value adds to the log-odds of the average text.
    pub fn contribution(&self, column: usize, value: f64) -> f64 {
        self.weights[column] * (value - self.means[column])
    }

    /// Calibrated log-odds of a row.
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        self.baseline + row.iter().enumerate().map(|(column, &v)| self.contribution(column, v)).sum::<f64>()
    }

    /// The 95 % interval of the score whose log-odds are `log_odds`: uncertainty of the coefficients (their covariance) and
    /// of the wording (signs come and go by chance, the more so the shorter the text).
    pub fn interval(&self, row: &[f64], log_odds: f64, words: u32) -> [f64; 2] {
        let variance = self.coefficient_variance(row) + self.wording_variance / f64::from(words.max(1));
        let reach = Z * variance.max(0.0).sqrt();
        [sigmoid(log_odds - reach), sigmoid(log_odds + reach)]
    }

    /// z' Σ z with z = (1, standardised values), scaled to calibrated log-odds.
    fn coefficient_variance(&self, row: &[f64]) -> f64 {
        let z: Vec<f64> = std::iter::once(1.0)
            .chain(self.model.features.iter().map(|w| registry::column(&w.feature).map_or(0.0, |c| (row[c] - w.mean) / w.sd)))
            .collect();
        let mut sum = 0.0;
        let mut entries = self.model.covariance.iter();
        for i in 0..z.len() {
            for j in 0..=i {
                let twice = if i == j { 1.0 } else { 2.0 };
                sum += twice * entries.next().unwrap_or(&0.0) * z[i] * z[j];
            }
        }
        sum * self.model.calibration.slope * self.model.calibration.slope
    }

    /// The band of a score.
    pub fn band(&self, score: f64) -> Band {
        self.model.bands.of(score)
    }
}

/// Row that a head reads from an extract; zero in the columns that it does not read.
pub fn row_for(head: super::Head, extract: &Extract) -> Vec<f64> {
    let mut row = match head {
        super::Head::Propaganda => extract.pooled_row(),
        super::Head::Credibility => extract.document_row(),
    };
    for (value, feature) in row.iter_mut().zip(FEATURES.iter()) {
        if feature.push(head as usize) == registry::Push::Unread {
            *value = 0.0;
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::super::file::{Calibration, Weight};
    use super::super::{Head, Models};
    use super::*;
    use crate::text::Lang;

    /// A model of two features, the first a rate, the second not, whose log-odds and variances are easily written down.
    fn two_features() -> Scorer {
        let mut model = Models::built_in().of(Head::Propaganda, Lang::En).model.clone();
        let weight = |feature: &str, mean, sd, coefficient| Weight { feature: feature.into(), mean, sd, coefficient };
        model.features = vec![weight("loaded.fear", 1.0, 2.0, 3.0), weight("form.questions", 0.25, 0.5, -1.0)];
        model.covariance = vec![0.04, 0.01, 0.09, -0.02, 0.03, 0.16];
        model.intercept = 0.5;
        model.calibration = Calibration { slope: 0.8, offset: -0.1 };
        Scorer::new(model)
    }

    #[test]
    fn log_odds_and_interval_by_hand() {
        let scorer = two_features();
        let mut row = vec![0.0; FEATURES.len()];
        let column = |name| registry::column(name).expect("a feature");
        row[column("loaded.fear")] = 5.0;
        row[column("form.questions")] = 1.0;
        // Standardised: 2 and 1.5.
        let log_odds = 0.8 * (0.5 + 3.0 * 2.0 - 1.0 * 1.5) - 0.1;
        assert!((scorer.log_odds(&row) - log_odds).abs() < 1e-12);
        let coefficients: f64 = 0.04 + 0.09 * 4.0 + 0.16 * 2.25 + 2.0 * (0.01 * 2.0 - 0.02 * 1.5 + 0.03 * 2.0 * 1.5);
        for words in [0_u32, 1, 100, 400] {
            let wording = 25.0 * (0.8_f64 * 3.0 / 2.0).powi(2) / f64::from(words.max(1));
            let reach = 1.959_964 * (0.64 * coefficients + wording).sqrt();
            let interval = scorer.interval(&row, log_odds, words);
            for (found, expected) in interval.into_iter().zip([log_odds - reach, log_odds + reach]) {
                assert!((found - 1.0 / (1.0 + (-expected).exp())).abs() < 1e-12, "{words} words: {interval:?}");
            }
        }
    }
}

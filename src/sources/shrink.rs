//! Means of few articles drawn towards the mean of all outlets: empirical Bayes for groups of unequal size.
//!
//! The mean x of an outlet's n scores is taken as normal around the outlet's own level θ with variance v = σ²/n, and the levels as
//! normal around μ with variance τ² (Fay and Herriot 1979). σ² is pooled over outlets; τ² solves Σ (x − μ)² / (v + τ²) = k − 1, with μ the
//! mean weighted by 1 / (v + τ²). The estimate of an outlet is w·x + (1 − w)·μ with w = τ² / (τ² + v), and its mean squared error
//! g₁ + g₂ + 2·g₃ (Prasad and Rao 1990; variance of τ² from Datta, Rao and Smith 2005) counts that μ and τ² are estimates too.

use super::interval::student;

/// The scores of one outlet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// How many.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Sum of their squared distances from it.
    pub squares: f64,
}

/// How outlets differ, and the articles of one outlet from each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// μ, the mean of the outlets' levels.
    pub mean: f64,
    /// Standard deviation of the outlets' levels, τ.
    pub between: f64,
    /// Standard deviation of the articles of one outlet, σ.
    pub within: f64,
    /// Number of outlets.
    pub outlets: usize,
    /// Degrees of freedom of σ: articles less outlets.
    freedom: u64,
    mean_variance: f64,
    between_variance_error: f64,
}

/// An outlet's level, estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate, 0 to 1.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Weight of the outlet's own mean in it, 0 to 1; the rest is that of μ.
    pub weight: f64,
}

/// With fewer outlets there is no telling how outlets differ, and nothing is drawn anywhere.
const FEWEST: usize = 3;
/// Smallest variance that is taken for real: equal scores are equal by rounding.
const LEAST: f64 = 1e-8;

impl Spread {
    /// From the scores of all outlets. `None` if no outlet has two of them: then nothing tells chance from difference.
    pub fn of(groups: &[Group]) -> Option<Spread> {
        let groups: Vec<Group> = groups.iter().copied().filter(|g| g.n > 0).collect();
        let k = groups.len();
        let articles: u64 = groups.iter().map(|g| g.n).sum();
        let freedom = articles - k as u64;
        if freedom == 0 {
            return None;
        }
        let variance = (groups.iter().map(|g| g.squares).sum::<f64>() / freedom as f64).max(LEAST);
        let errors: Vec<f64> = groups.iter().map(|g| variance / g.n as f64).collect();
        let between = if k < FEWEST { 0.0 } else { between(&groups, &errors) };
        let (mean, precision) = weighted(&groups, &errors, between);
        let between_variance_error = 2.0 * k as f64 / (precision * precision);
        let (between, within) = (between.sqrt(), variance.sqrt());
        Some(Spread { mean, between, within, outlets: k, freedom, mean_variance: 1.0 / precision, between_variance_error })
    }

    /// Whether there are outlets enough to compare one with the others.
    pub fn shrinks(&self) -> bool {
        self.outlets >= FEWEST
    }

    /// The level of an outlet with `n` scores of mean `mean`; `n` at least 1.
    pub fn estimate(&self, n: u64, mean: f64) -> Estimate {
        let (error, between) = (self.within * self.within / n as f64, self.between * self.between);
        let total = between + error;
        let (weight, variance) = if !self.shrinks() {
            (1.0, error)
        } else {
            let weight = between / total;
            let g1 = weight * error;
            let g2 = (1.0 - weight).powi(2) * self.mean_variance;
            let g3 = error * error / total.powi(3) * self.between_variance_error;
            (weight, g1 + g2 + 2.0 * g3)
        };
        let value = weight * mean + (1.0 - weight) * self.mean;
        let half = student(self.freedom) * variance.sqrt();
        Estimate { value, low: (value - half).max(0.0), high: (value + half).min(1.0), weight }
    }
}

/// Mean weighted by 1 / (error + between), and the sum of the weights.
fn weighted(groups: &[Group], errors: &[f64], between: f64) -> (f64, f64) {
    let weights = errors.iter().map(|e| 1.0 / (e + between));
    let (sum, all) = groups.iter().zip(weights).fold((0.0, 0.0), |(sum, all), (g, w)| (sum + w * g.mean, all + w));
    (sum / all, all)
}

/// τ²: where the weighted squares of the means' distances are as many as there are outlets, less one. They fall as τ² grows.
fn between(groups: &[Group], errors: &[f64]) -> f64 {
    let excess = |between: f64| {
        let mean = weighted(groups, errors, between).0;
        let squares: f64 = groups.iter().zip(errors).map(|(g, e)| (g.mean - mean).powi(2) / (e + between)).sum();
        squares - (groups.len() - 1) as f64
    };
    if excess(0.0) <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if excess(middle) > 0.0 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(n: u64, mean: f64, sd: f64) -> Group {
        Group { n, mean, squares: sd * sd * (n - 1) as f64 }
    }

    /// Values of numpy and scipy, see `tests/data/sources.py`.
    #[test]
    fn as_scipy_has_them() {
        let groups = [group(50, 0.2, 0.1), group(4, 0.9, 0.12), group(1, 0.1, 0.0), group(200, 0.5, 0.09), group(12, 0.35, 0.11)];
        let spread = Spread::of(&groups).unwrap();
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 2e-4, "{found} {wanted}");
        near(spread.mean, 0.413254);
        near(spread.between, 0.307551);
        near(spread.within, 0.093249);
        let wanted = [
            (0.200391, 0.174424, 0.226359, 0.998165),
            (0.889065, 0.797256, 0.980873, 0.977534),
            (0.126373, 0.0, 0.309141, 0.91581),
            (0.49996, 0.486977, 0.512944, 0.999541),
            (0.350481, 0.29747, 0.403491, 0.992397),
        ];
        for (group, (value, low, high, weight)) in groups.iter().zip(wanted) {
            let estimate = spread.estimate(group.n, group.mean);
            near(estimate.value, value);
            near(estimate.low, low);
            near(estimate.high, high);
            near(estimate.weight, weight);
        }
    }

    #[test]
    fn small_samples_move_and_large_ones_stay() {
        let groups = [group(1000, 0.3, 0.2), group(1000, 0.5, 0.2), group(1000, 0.7, 0.2), group(2, 0.99, 0.01)];
        let spread = Spread::of(&groups).unwrap();
        let (large, small) = (spread.estimate(1000, 0.3), spread.estimate(2, 0.99));
        assert!((large.value - 0.3).abs() < 0.002 && large.weight > 0.99, "{large:?}");
        assert!(small.value < 0.95 && small.weight < 0.95 && small.high - small.low > 0.3, "{small:?}");
    }

    #[test]
    fn nothing_is_made_of_too_little() {
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(Spread::of(&[group(1, 0.3, 0.0), group(1, 0.8, 0.0)]), None, "one article each");
        let two = Spread::of(&[group(10, 0.3, 0.1), group(10, 0.5, 0.1)]).unwrap();
        assert_eq!(two.estimate(10, 0.3).weight, 1.0, "two outlets are not drawn together");
        let same = Spread::of(&[group(10, 0.3, 0.1), group(10, 0.3, 0.1), group(9, 0.31, 0.1)]).unwrap();
        let estimate = same.estimate(10, 0.3);
        assert!(
            same.between == 0.0 && estimate.weight == 0.0 && estimate.high > estimate.low,
            "outlets that do not differ are one"
        );
    }
}

//! From values to places on the paper.

/// A linear scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Value at either end.
    pub domain: (f64, f64),
    /// Place of either end, in units of the plot.
    pub range: (f64, f64),
}

impl Scale {
    /// A scale that takes `domain` to `range`. A domain without width, or that is not finite, becomes one around it.
    pub fn new(domain: (f64, f64), range: (f64, f64)) -> Scale {
        let (low, high) = domain;
        let domain = match high - low {
            width if !width.is_finite() => (0.0, 1.0),
            width if width.abs() < f64::EPSILON * low.abs().max(1.0) => (low - 0.5, low + 0.5),
            _ => domain,
        };
        Scale { domain, range }
    }

    /// Place of a value; values beyond the domain are put at its end.
    pub fn at(&self, value: f64) -> f64 {
        let share = ((value - self.domain.0) / (self.domain.1 - self.domain.0)).clamp(0.0, 1.0);
        self.range.0 + if share.is_nan() { 0.0 } else { share } * (self.range.1 - self.range.0)
    }

    /// Round values inside the domain, about `count` of them: multiples of 1, 2 or 5 times a power of ten.
    pub fn ticks(&self, count: usize) -> Vec<f64> {
        let (low, high) = (self.domain.0.min(self.domain.1), self.domain.0.max(self.domain.1));
        let rough = (high - low) / count.max(1) as f64;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough * 0.999).unwrap_or(rough);
        let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
        (first..=last).map(|i| i as f64 * step).collect()
    }

    /// Decimals that tell neighbouring `ticks` apart.
    pub fn decimals(ticks: &[f64]) -> usize {
        let step = ticks.windows(2).map(|w| w[1] - w[0]).fold(f64::INFINITY, f64::min);
        if step.is_finite() && step > 0.0 { (-(step + step * 1e-9).log10().floor()).clamp(0.0, 9.0) as usize } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let cases = [
            ((0.0, 1.0), 5, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0], 1),
            ((0.0, 97.0), 4, vec![0.0, 50.0], 0),
            ((-0.3, 0.5), 4, vec![-0.2, 0.0, 0.2, 0.4], 1),
            ((0.0, 12000.0), 3, vec![0.0, 5000.0, 10000.0], 0),
            ((3.0, 3.0), 2, vec![2.5, 3.0, 3.5], 1),
        ];
        for (domain, count, ticks, decimals) in cases {
            let found = Scale::new(domain, (0.0, 100.0)).ticks(count);
            assert!(
                found.len() == ticks.len() && found.iter().zip(&ticks).all(|(a, b)| (a - b).abs() < 1e-9),
                "{domain:?}: {found:?}"
            );
            assert_eq!(Scale::decimals(&found), decimals, "{domain:?}");
        }
    }

    #[test]
    fn places_stay_on_the_paper() {
        let scale = Scale::new((0.0, 10.0), (100.0, 0.0));
        for (value, place) in [(0.0, 100.0), (2.5, 75.0), (10.0, 0.0), (99.0, 0.0), (-1.0, 100.0), (f64::NAN, 100.0)] {
            assert_eq!(scale.at(value), place, "{value}");
        }
        assert_eq!(Scale::new((f64::NAN, 1.0), (0.0, 1.0)).domain, (0.0, 1.0));
    }
}

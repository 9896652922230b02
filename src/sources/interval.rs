//! Intervals for shares, means and medians. All are 95 %.

/// The 97.5 % point of the standard normal distribution.
pub const Z: f64 = 1.959963984540054;

/// Wilson's interval of a share: `count` of `n`. `None` if `n` is 0.
///
/// Wilson (1927). It stays inside 0 to 1 and is of use for a handful of articles too.
pub fn wilson(count: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (n, share) = (n as f64, count as f64 / n as f64);
    let centre = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(((centre - half).max(0.0), (centre + half).min(1.0)))
}

/// The 97.5 % point of Student's t distribution with `freedom` degrees of freedom, at least 1.
///
/// Exact for 1 and 2, beyond that the expansion 26.7.5 of Abramowitz and Stegun (1964), good to 0.004.
pub fn student(freedom: u64) -> f64 {
    match freedom {
        0 | 1 => 12.706204736432095,
        2 => 4.302652729696142,
        _ => {
            let (v, z) = (freedom as f64, Z);
            let z2 = z * z;
            let g1 = z * (z2 + 1.0) / 4.0;
            let g2 = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
            let g3 = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
            let g4 = z * ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0;
            z + g1 / v + g2 / v.powi(2) + g3 / v.powi(3) + g4 / v.powi(4)
        }
    }
}

/// Above this many values the binomial distribution is taken for normal.
const EXACT_UP_TO: u64 = 1000;

/// The ranks, from 1, of the two of `n` sorted values between which their population's median lies: the narrowest symmetric pair with a
/// confidence of at least 95 %, from the binomial distribution. `None` below 6 values, where even the whole range falls short of it.
pub fn median_ranks(n: u64) -> Option<(u64, u64)> {
    if n < 6 {
        return None;
    }
    let low = if n <= EXACT_UP_TO {
        // The largest rank below which values fall with a chance of at most 2.5 %.
        let mut chance = 0.5f64.powi(n as i32);
        let (mut below, mut rank) = (chance, 1);
        while below <= 0.025 {
            chance *= (n - rank + 1) as f64 / rank as f64;
            below += chance;
            rank += u64::from(below <= 0.025);
        }
        rank
    } else {
        (((n as f64 - Z * (n as f64).sqrt()) / 2.0).floor() as u64).max(1)
    };
    Some((low, n + 1 - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of scipy 1.17.1, see `tests/data/sources.py`.
    #[test]
    fn as_scipy_has_them() {
        for (count, n, low, high) in [
            (0, 1, 0.0, 0.7934506856227626),
            (0, 10, 0.0, 0.27753279986288924),
            (3, 10, 0.10779126740630095, 0.6032218525388553),
            (10, 10, 0.7224672001371107, 1.0),
            (450, 1000, 0.41941538407429674, 0.48096729177425873),
        ] {
            let (found_low, found_high) = wilson(count, n).unwrap();
            assert!((found_low - low).abs() < 1e-9 && (found_high - high).abs() < 1e-9, "{count}/{n}: {found_low} {found_high}");
        }
        assert_eq!(wilson(0, 0), None);
        for (freedom, point) in [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (10, 2.2281), (30, 2.0423), (1000, 1.9623)]
        {
            assert!((student(freedom) - point).abs() < 0.004, "{freedom}: {}", student(freedom));
        }
        for (n, ranks) in [(6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (20, (6, 15)), (100, (40, 61)), (1000, (469, 532))] {
            assert_eq!(median_ranks(n), Some(ranks), "{n}");
        }
        assert_eq!(median_ranks(5), None);
        let (low, high) = median_ranks(1002).unwrap();
        assert!((468..=470).contains(&low) && high == 1003 - low, "{low}");
    }
}

"""Reference values for src/sources/interval.rs and src/sources/shrink.rs: python3 tests/data/sources.py (numpy and scipy)."""

import numpy as np
from scipy import optimize, stats


def wilson(count, n):
    interval = stats.binomtest(count, n).proportion_ci(0.95, method="wilson")
    return float(interval.low), float(interval.high)


def median_ranks(n):
    """Largest l with P(X < l) <= 2.5 % for X ~ Binomial(n, 1/2), and its mirror image."""
    low = max(l for l in range(1, n) if stats.binom.cdf(l - 1, n, 0.5) <= 0.025)
    return low, n + 1 - low


def shrink(groups):
    n, mean, sd = (np.array(column, float) for column in zip(*groups))
    freedom = n.sum() - len(n)
    variance = (sd**2 * (n - 1)).sum() / freedom
    errors = variance / n

    def mu(tau2):
        return np.average(mean, weights=1 / (errors + tau2))

    tau2 = optimize.brentq(lambda t: ((mean - mu(t)) ** 2 / (errors + t)).sum() - (len(n) - 1), 0, 1, xtol=1e-15)
    precision = (1 / (errors + tau2)).sum()
    weight = tau2 / (tau2 + errors)
    g1, g2 = weight * errors, (1 - weight) ** 2 / precision
    g3 = errors**2 / (errors + tau2) ** 3 * 2 * len(n) / precision**2
    half = stats.t.ppf(0.975, freedom) * np.sqrt(g1 + g2 + 2 * g3)
    value = weight * mean + (1 - weight) * mu(tau2)
    rows = zip(value, np.maximum(value - half, 0), np.minimum(value + half, 1), weight)
    return float(mu(tau2)), float(np.sqrt(tau2)), float(np.sqrt(variance)), [tuple(round(float(x), 6) for x in row) for row in rows]


if __name__ == "__main__":
    print("wilson", [(c, n, *wilson(c, n)) for c, n in [(0, 1), (0, 10), (3, 10), (10, 10), (450, 1000)]])
    print("student", [(v, round(float(stats.t.ppf(0.975, v)), 4)) for v in (1, 2, 3, 4, 10, 30, 1000)])
    print("median", [(n, median_ranks(n)) for n in (6, 8, 9, 20, 100, 1000, 1002)])
    print("shrink", shrink([(50, 0.2, 0.1), (4, 0.9, 0.12), (1, 0.1, 0.0), (200, 0.5, 0.09), (12, 0.35, 0.11)]))

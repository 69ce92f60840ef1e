//! Counts that vary more than a Poisson law: tails and quantiles of the negative binomial with a given mean and
//! dispersion (variance = dispersion × mean).

use statrs::function::beta::beta_reg;
use statrs::function::gamma::{gamma_lr, gamma_ur};

/// Under this much over 1 the law is Poisson for every purpose.
const POISSON: f64 = 1e-9;

/// The probability of at most `count` when `mean` are expected.
pub(crate) fn at_most(count: f64, mean: f64, dispersion: f64) -> f64 {
    if count < 0.0 {
        return 0.0;
    }
    if mean <= 0.0 {
        return 1.0;
    }
    if dispersion - 1.0 < POISSON {
        return gamma_ur(count.floor() + 1.0, mean);
    }
    let size = mean / (dispersion - 1.0);
    beta_reg(size, count.floor() + 1.0, 1.0 / dispersion)
}

/// The probability of `count` or more when `mean` are expected.
pub(crate) fn at_least(count: f64, mean: f64, dispersion: f64) -> f64 {
    if count <= 0.0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    if dispersion - 1.0 < POISSON {
        return gamma_lr(count.ceil(), mean);
    }
    let size = mean / (dispersion - 1.0);
    beta_reg(count.ceil(), size, 1.0 - 1.0 / dispersion)
}

/// The smallest count that is not exceeded with probability `p`; nothing when the mean is out of range.
pub(crate) fn quantile(p: f64, mean: f64, dispersion: f64) -> Option<f64> {
    if !(mean.is_finite() && mean >= 0.0 && dispersion.is_finite() && mean < 1e12) {
        return None;
    }
    let (mut low, mut high) = (-1.0, (mean + 1.0).ceil());
    while at_most(high, mean, dispersion) < p {
        low = high;
        high *= 2.0;
        if high > 1e15 {
            return None;
        }
    }
    while high - low > 1.0 {
        let middle = ((low + high) / 2.0).floor();
        if at_most(middle, mean, dispersion) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

/// The exact interval of a Poisson mean after `count` events, at 95 % (Garwood 1936), by halving.
pub(crate) fn poisson_interval(count: f64) -> (f64, f64) {
    let low = if count <= 0.0 {
        0.0
    } else {
        halve(0.0, count, |mean| at_least(count, mean, 1.0) < 0.025)
    };
    let high = halve(count, count + 10.0 + 10.0 * (count + 1.0).sqrt(), |mean| {
        at_most(count, mean, 1.0) > 0.025
    });
    (low, high)
}

/// Where a condition that holds at first stops to hold.
fn halve(mut from: f64, mut to: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..80 {
        let middle = (from + to) / 2.0;
        if holds(middle) {
            from = middle;
        } else {
            to = middle;
        }
    }
    (from + to) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_add_up() {
        for (mean, dispersion) in [(5.0, 1.0), (5.0, 1.5), (0.3, 4.0), (4_000.0, 2.0)] {
            for count in [0.0, 1.0, 5.0, 17.0, 4_100.0] {
                let sum = at_most(count, mean, dispersion) + at_least(count + 1.0, mean, dispersion);
                assert!((sum - 1.0).abs() < 1e-9, "{mean} {dispersion} {count}: {sum}");
            }
        }
    }

    #[test]
    fn the_interval_of_ten_events_is_the_one_in_every_table() {
        // Garwood 1936: ten events, 4.80–18.39.
        let (low, high) = poisson_interval(10.0);
        assert!(
            (low - 4.795).abs() < 1e-3 && (high - 18.390).abs() < 1e-3,
            "{low} {high}"
        );
        assert!((poisson_interval(0.0).1 - 3.689).abs() < 1e-3);
    }

    #[test]
    fn odd_means_give_nothing() {
        assert_eq!(quantile(0.95, f64::NAN, 1.0), None);
        assert_eq!(quantile(0.95, f64::INFINITY, 1.0), None);
        assert_eq!(quantile(0.95, 0.0, 1.0), Some(0.0));
        assert_eq!(quantile(0.95, 5.0, 1.0), Some(9.0));
    }
}

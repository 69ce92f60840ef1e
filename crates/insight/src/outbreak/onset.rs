//! When a rise began, and how large it is: the day from which the reports stand out most (a likelihood ratio over all
//! days it could have begun on).

use crate::dispersion::poisson_interval;
use crate::figure::{Estimate, Figure};

/// A rise since a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Onset {
    /// How many days before the last one it began; 0 is the last day.
    pub days_back: usize,
    /// The reports since.
    pub reports: f64,
    /// The reports expected in the same time.
    pub expected: f64,
    /// The reports beyond what was expected, with its 95 % interval.
    pub excess: Figure,
    /// The reports over what was expected, with its 95 % interval.
    pub ratio: Figure,
}

/// Finds the beginning from daily counts, oldest first, whose last day is the last one, and the rate of a usual day.
pub fn find_onset(daily: &[f64], rate: f64) -> Onset {
    let (mut best, mut best_ratio) = (0, f64::NEG_INFINITY);
    let mut reports = 0.0;
    for (days_back, count) in daily.iter().rev().enumerate() {
        reports += count;
        let expected = rate * (days_back + 1) as f64;
        let ratio = likelihood_ratio(reports, expected);
        if ratio > best_ratio && *count > 0.0 {
            (best, best_ratio) = (days_back, ratio);
        }
    }
    let reports: f64 = daily.iter().rev().take(best + 1).sum();
    let expected = rate * (best + 1) as f64;
    let (low, high) = poisson_interval(reports);
    Onset {
        days_back: best,
        reports,
        expected,
        excess: Estimate::new(reports - expected, low - expected, high - expected),
        ratio: Estimate::new(reports / expected, low / expected, high / expected),
    }
}

fn likelihood_ratio(reports: f64, expected: f64) -> f64 {
    if reports > expected && expected > 0.0 {
        reports * (reports / expected).ln() - (reports - expected)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_the_rise_began() {
        let daily = [1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 4.0, 5.0, 6.0, 8.0];
        let onset = find_onset(&daily, 0.4);
        assert_eq!((onset.days_back, onset.reports), (3, 23.0));
        let excess = onset.excess.unwrap();
        assert!((excess.value() - 21.4).abs() < 1e-9 && excess.low() > 12.0 && excess.high() < 34.0);
        assert!(find_onset(&[], 0.4).excess.is_ok());
        assert!(find_onset(&[1.0], 0.0).ratio.is_err());
    }
}

//! The threshold of Farrington et al. 1996: the prediction interval on a scale where counts are nearly symmetric.

use statrs::distribution::{ContinuousCDF, Normal};

/// The scale on which the interval is symmetric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Counts as they are.
    None,
    /// The square root.
    Half,
    /// The power 2/3, for small counts; the usual choice.
    TwoThirds,
}

/// What a count is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// The lower end.
    pub lower: f64,
    /// A count above this is an alarm.
    pub upper: f64,
    /// The probability of the count or more.
    pub p: f64,
    /// How far the count is on the way from what was expected (0) to the threshold (1).
    pub score: f64,
}

/// The threshold for a count, from the mean expected, its standard error and the dispersion (variance over mean);
/// `alpha` is the one-sided rate of false alarms.
pub fn delta_threshold(
    mean: f64,
    error: f64,
    dispersion: f64,
    power: Power,
    alpha: f64,
    count: f64,
) -> Threshold {
    let normal = Normal::standard();
    let z = normal.inverse_cdf(1.0 - alpha);
    // The variance of a new count around the prediction, in units of the mean.
    let tau = dispersion + error * error / mean;
    let (exponent, deviation) = match power {
        Power::None => (1.0, (mean * tau).sqrt()),
        Power::Half => (0.5, (tau / 4.0).sqrt()),
        Power::TwoThirds => (2.0 / 3.0, (4.0 / 9.0 * mean.cbrt() * tau).sqrt()),
    };
    let center = mean.powf(exponent);
    let back = |scaled: f64| scaled.max(0.0).powf(1.0 / exponent);
    let upper = back(center + z * deviation);
    Threshold {
        lower: back(center - z * deviation),
        upper,
        p: 1.0 - normal.cdf((count.powf(exponent) - center) / deviation),
        score: exceedance(count, mean, upper),
    }
}

/// How far a count is on the way from `center` (0) to `upper` (1); 0 when there is no way.
pub fn exceedance(count: f64, center: f64, upper: f64) -> f64 {
    if upper > center {
        (count - center) / (upper - center)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_figures_to_the_digit() {
        // R surveillance 1.26, tests/testthat/test-farringtonFlexible.R: mean 5, error 0.2, dispersion 1, count 8.
        let published = [
            (Power::None, [1.307_312_8, 8.692_687_2, 0.090_724_6, 0.812_416_5]),
            (Power::Half, [1.989_109_7, 9.374_484_2, 0.118_998_6, 0.685_795_1]),
            (
                Power::TwoThirds,
                [1.808_447_7, 9.115_482_5, 0.109_472_7, 0.728_954_6],
            ),
        ];
        for (power, expected) in published {
            let found = delta_threshold(5.0, 0.2, 1.0, power, 0.05, 8.0);
            let found = [found.lower, found.upper, found.p, found.score];
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-7, "{power:?}: {found} {expected}");
            }
        }
    }
}

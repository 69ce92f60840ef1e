//! Farrington's algorithm, original and as improved by Noufaily et al. 2013: a quasi-Poisson regression over past years,
//! reweighted against past outbreaks, and a threshold for the newest count.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::farrington::{Power, delta_threshold, exceedance};
use super::glm::{Row, assign_weights, fit};
use super::reference::{Window, rows};
use crate::dispersion::{at_least, quantile};
use crate::gap::Gap;

/// How the threshold follows from the prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdMethod {
    /// The symmetric interval on the 2/3 power scale (Farrington).
    Delta,
    /// The quantile of the negative binomial law with the predicted mean (Noufaily).
    NegativeBinomial,
    /// The same with the mean at the upper end of its own interval (Muscatello and others), more cautious.
    NegativeBinomialUpper,
}

/// The settings of the algorithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Farrington {
    /// Periods of a year: 52, 12 or 365.
    pub year: usize,
    /// How many years to look back, at least 2.
    pub years: usize,
    /// Periods on each side of the same time of the year.
    pub half_window: usize,
    /// How many seasons a year has; 1 compares with the windows alone.
    pub seasons: usize,
    /// Periods just before that are left out.
    pub skipped: usize,
    /// Residuals over this are weighted down; nothing switches the reweighting off.
    pub reweight_over: Option<f64>,
    /// The trend is kept when its p-value is under this; 1 keeps it always.
    pub trend_under: f64,
    /// The one-sided rate of false alarms.
    pub alpha: f64,
    /// How the threshold is made.
    pub threshold: ThresholdMethod,
}

impl Farrington {
    /// The algorithm of 1996.
    pub fn original(year: usize, years: usize) -> Self {
        Self {
            year,
            years,
            half_window: 3,
            seasons: 1,
            skipped: 3,
            reweight_over: Some(1.0),
            trend_under: 0.05,
            alpha: 0.05,
            threshold: ThresholdMethod::Delta,
        }
    }

    /// The improvement of 2013.
    pub fn improved(year: usize, years: usize) -> Self {
        Self {
            seasons: 10,
            skipped: year / 2,
            reweight_over: Some(2.58),
            trend_under: 1.0,
            alpha: 0.01,
            threshold: ThresholdMethod::NegativeBinomial,
            ..Self::original(year, years)
        }
    }

    /// Periods needed before the one looked at.
    pub fn history(&self) -> usize {
        self.window().history()
    }

    fn window(&self) -> Window {
        Window {
            year: self.year,
            years: self.years,
            half: self.half_window,
            seasons: self.seasons,
            skipped: self.skipped,
        }
    }
}

/// One look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FarringtonPoint {
    /// What was expected.
    pub expected: f64,
    /// A count above this is an alarm.
    pub upper: f64,
    /// The probability of the count or more.
    pub p: f64,
    /// Variance over mean of the years before, at least 1.
    pub dispersion: f64,
    /// Whether a trend was kept.
    pub trend: bool,
    /// Whether it is an alarm.
    pub alarm: bool,
}

/// Looks at the count at `place`; `None` stands for a period that was not counted.
///
/// # Errors
/// When the history is too short or empty, or the regression does not settle.
pub fn farrington(
    counts: &[Option<f64>],
    place: usize,
    settings: &Farrington,
) -> Result<FarringtonPoint, Gap> {
    let window = settings.window();
    let usable = settings.year > 2 * settings.half_window + settings.seasons && settings.years > 1;
    if !(usable && settings.alpha > 0.0 && settings.alpha < 1.0) {
        return Err(Gap::OutOfRange);
    }
    let need = window.history() + 1;
    let count = counts.get(place).copied().flatten();
    if place + 1 < need {
        let have = counts.len().min(place + 1);
        return Err(Gap::TooShort { have, need });
    }
    let count = count.ok_or(Gap::NewestMissing)?;
    let rows = rows(counts, place, &window);
    if rows.iter().all(|row| row.count == 0.0) {
        return Err(Gap::NoVariation);
    }
    let model = model(&rows, place as f64, settings, window.base()).ok_or(Gap::NotConverged)?;
    judge(&model, count, settings).ok_or(Gap::NotFinite)
}

/// The prediction for the period looked at.
struct Model {
    log_mean: f64,
    log_error: f64,
    dispersion: f64,
    trend: bool,
}

/// Fits with a trend; goes without where the trend is not to be trusted: not significant, under three years, or
/// predicting more than was ever seen.
fn model(rows: &[Row], time: f64, settings: &Farrington, base: usize) -> Option<Model> {
    let most = rows.iter().map(|row| row.count).fold(0.0, f64::max);
    let with = fit_reweighted(rows, true, settings, base).and_then(|fit| {
        let (log_mean, log_error) = fit.predict(time, base);
        let p = match fit.trend_t() {
            Some(t) => two_sided(t, fit.freedom),
            None => 0.0,
        };
        let kept = (settings.trend_under >= 1.0 || p < settings.trend_under)
            && settings.years > 2
            && log_mean.exp() <= most;
        kept.then_some(Model {
            log_mean,
            log_error,
            dispersion: fit.dispersion,
            trend: true,
        })
    });
    with.or_else(|| {
        let fit = fit_reweighted(rows, false, settings, base)?;
        let (log_mean, log_error) = fit.predict(time, base);
        Some(Model {
            log_mean,
            log_error,
            dispersion: fit.dispersion,
            trend: false,
        })
    })
}

fn two_sided(t: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(1.0, |law| 2.0 * (1.0 - law.cdf(t.abs())))
}

fn fit_reweighted(rows: &[Row], trend: bool, settings: &Farrington, base: usize) -> Option<super::glm::Fit> {
    let plain = fit(rows, &vec![1.0; rows.len()], trend, base)?;
    match settings.reweight_over {
        Some(threshold) => {
            let weights = assign_weights(&plain.residuals(rows), threshold);
            fit(rows, &weights, trend, base)
        }
        None => Some(plain),
    }
}

fn judge(model: &Model, count: f64, settings: &Farrington) -> Option<FarringtonPoint> {
    let mean = model.log_mean.exp();
    let (upper, p) = match settings.threshold {
        ThresholdMethod::Delta => {
            let error = mean * model.log_error;
            let found = delta_threshold(
                mean,
                error,
                model.dispersion,
                Power::TwoThirds,
                settings.alpha,
                count,
            );
            (found.upper, found.p)
        }
        method => {
            let upper_mean = method == ThresholdMethod::NegativeBinomialUpper;
            let error = if upper_mean { model.log_error } else { 0.0 };
            let found = negative_threshold(model.log_mean, error, model.dispersion, settings.alpha, count)?;
            (found.upper, found.p)
        }
    };
    let finite = [mean, upper, p].iter().all(|number| number.is_finite());
    finite.then_some(FarringtonPoint {
        expected: mean,
        upper,
        p: p.clamp(0.0, 1.0),
        dispersion: model.dispersion,
        trend: model.trend,
        alarm: count > upper && count > 0.0,
    })
}

/// What a count is compared with under the negative binomial law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegativeThreshold {
    /// The lower end.
    pub lower: f64,
    /// A count above this is an alarm.
    pub upper: f64,
    /// The probability of the count or more.
    pub p: f64,
}

/// Noufaily's threshold from the logarithm of the mean; with an error over zero the mean is taken at the upper end of
/// its own interval. Nothing when the mean is out of range.
pub fn negative_threshold(
    log_mean: f64,
    log_error: f64,
    dispersion: f64,
    alpha: f64,
    count: f64,
) -> Option<NegativeThreshold> {
    let z = Normal::standard().inverse_cdf(1.0 - alpha);
    let mean = (log_mean + z * log_error).exp();
    Some(NegativeThreshold {
        lower: quantile(alpha, mean, dispersion)?,
        upper: quantile(1.0 - alpha, mean, dispersion)?,
        p: at_least(count, mean, dispersion),
    })
}

impl NegativeThreshold {
    /// How far the count is on the way from `center` (0) to the threshold (1).
    pub fn score(&self, count: f64, center: f64) -> f64 {
        exceedance(count, center, self.upper)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_thresholds_to_the_digit() {
        // R surveillance 1.26, tests/testthat/test-farringtonFlexible.R: log mean log 5, error log 2, alpha .05,
        // count 11. Its score is taken from the logarithm of the mean as center; ours, elsewhere, from the mean.
        let log_mean = 5f64.ln();
        let published = [
            (2f64.ln(), 1.5, [8.0, 24.0, 0.859_779_7, 0.419_398_2]),
            (2f64.ln(), 1.0, [9.0, 22.0, 0.909_309_9, 0.460_534_7]),
            (0.0, 1.5, [1.0, 10.0, 0.037_636_57, 1.119_181_53]),
            (0.0, 1.0, [2.0, 9.0, 0.013_695_27, 1.270_615_41]),
        ];
        for (error, dispersion, expected) in published {
            let found = negative_threshold(log_mean, error, dispersion, 0.05, 11.0).unwrap();
            let found = [found.lower, found.upper, found.p, found.score(11.0, log_mean)];
            for (found, expected) in found.iter().zip(expected) {
                assert!(
                    (found - expected).abs() < 1e-6,
                    "{error} {dispersion}: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn short_empty_and_missing_histories_give_a_reason() {
        let settings = Farrington::improved(52, 5);
        let look = |counts: &[Option<f64>]| farrington(counts, counts.len() - 1, &settings);
        assert_eq!(look(&[Some(1.0); 20]), Err(Gap::TooShort { have: 20, need: 264 }));
        assert_eq!(look(&[Some(0.0); 300]), Err(Gap::NoVariation));
        assert_eq!(look(&[None; 300]), Err(Gap::NewestMissing));
        let one = Farrington::improved(52, 1);
        assert_eq!(farrington(&[Some(1.0); 300], 299, &one), Err(Gap::OutOfRange));
        let steady = look(&[Some(4.0); 300]).unwrap();
        assert!(!steady.alarm && (steady.expected - 4.0).abs() < 1e-6);
    }
}

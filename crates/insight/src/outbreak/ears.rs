//! The Early Aberration Reporting System's C1, C2 and C3 (Hutwagner et al. 2003; Fricker, Hegler and Dunfal 2008): the
//! newest count against the mean and spread of the week before. For short histories without season.

use statrs::distribution::{ContinuousCDF, Normal};

/// Which of the three, with its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ears {
    /// 1, 2 or 3.
    pub rule: u8,
    /// How many periods the mean is taken over, at least 3.
    pub baseline: usize,
    /// The nominal rate of false alarms of one look.
    pub alpha: f64,
    /// The least spread; keeps quiet series from alarming at the first case.
    pub least_deviation: f64,
}

impl Ears {
    /// The usual settings of a rule: seven periods, false alarms 0.001 (C1, C2) or 0.025 (C3).
    pub fn usual(rule: u8) -> Self {
        Self {
            rule,
            baseline: 7,
            alpha: if rule == 3 { 0.025 } else { 0.001 },
            least_deviation: 0.0,
        }
    }

    /// Periods needed before the one looked at.
    pub fn history(&self) -> usize {
        self.baseline
            + match self.rule {
                1 => 0,
                2 => 2,
                _ => 4,
            }
    }
}

/// Why the settings cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarsError {
    /// There is no such rule.
    NoSuchRule,
    /// A baseline under three periods has no usable spread.
    ShortBaseline,
    /// A spread or a rate is out of range.
    OutOfRange,
    /// The history ends before the period looked at can be judged.
    TooShort {
        /// Periods there are.
        have: usize,
        /// Periods needed, the one looked at included.
        need: usize,
    },
}

/// One look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarsPoint {
    /// What was expected.
    pub expected: f64,
    /// The bound as computed; C3's can lie under zero after two high looks.
    pub bound: f64,
    /// The bound, at least zero: a count above this is an alarm.
    pub upper: f64,
    /// Whether it is one.
    pub alarm: bool,
    /// The nominal probability of the count or more; nothing when the baseline never varied.
    pub p: Option<f64>,
}

/// Looks at the count at `place` of a series.
///
/// # Errors
/// When the settings are out of range or the history is too short.
pub fn ears(counts: &[f64], place: usize, settings: &Ears) -> Result<EarsPoint, EarsError> {
    check(counts, place, settings)?;
    let normal = Normal::standard();
    let z = normal.inverse_cdf(1.0 - settings.alpha);
    let lag = if settings.rule == 1 { 0 } else { 2 };
    let (mean, deviation) = spread(counts, place - lag, settings);
    // C3 adds up what the two looks before were over their mean, so that slow rises count.
    let earlier: f64 = match settings.rule {
        3 => [1, 2]
            .iter()
            .map(|back| over(counts, place - back, settings))
            .sum(),
        _ => 0.0,
    };
    let bound = mean + deviation * (z - earlier);
    let upper = bound.max(0.0);
    let reached = (counts[place] - mean) / deviation + earlier;
    Ok(EarsPoint {
        expected: mean,
        bound,
        upper,
        alarm: counts[place] > upper,
        p: (deviation > 0.0).then(|| normal.sf(reached)),
    })
}

fn check(counts: &[f64], place: usize, settings: &Ears) -> Result<(), EarsError> {
    if !(1..=3).contains(&settings.rule) {
        return Err(EarsError::NoSuchRule);
    }
    if settings.baseline < 3 {
        return Err(EarsError::ShortBaseline);
    }
    let rate = settings.alpha > 0.0 && settings.alpha < 1.0;
    if !rate || settings.least_deviation < 0.0 || settings.least_deviation.is_nan() {
        return Err(EarsError::OutOfRange);
    }
    let need = settings.history() + 1;
    if place >= counts.len() || place + 1 < need {
        return Err(EarsError::TooShort {
            have: counts.len().min(place + 1),
            need,
        });
    }
    Ok(())
}

/// Mean and standard deviation of the baseline that ends just before `end`.
fn spread(counts: &[f64], end: usize, settings: &Ears) -> (f64, f64) {
    let window = &counts[end - settings.baseline..end];
    let n = window.len() as f64;
    let mean = window.iter().sum::<f64>() / n;
    let squares: f64 = window.iter().map(|count| (count - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0)).sqrt().max(settings.least_deviation))
}

/// How far an earlier look was over its own mean, in deviations less one.
fn over(counts: &[f64], place: usize, settings: &Ears) -> f64 {
    let (mean, deviation) = spread(counts, place - 2, settings);
    if deviation > 0.0 {
        ((counts[place] - mean) / deviation - 1.0).max(0.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c1_meets_the_published_thresholds() {
        // R surveillance 1.26, tests/testthat/test-earsC.R: Salmonella Newport in Germany, weeks 1–4 of 2011.
        let counts = [1.0, 1.0, 1.0, 3.0, 3.0, 1.0, 2.0, 1.0, 0.0, 3.0, 3.0];
        let settings = Ears {
            alpha: 0.05,
            ..Ears::usual(1)
        };
        for (place, upper) in (7..11).zip([3.278_854, 3.278_854, 3.436_517, 3.855_617]) {
            let point = ears(&counts, place, &settings).unwrap();
            assert!((point.upper - upper).abs() < 1e-6, "{place}: {}", point.upper);
            assert!(!point.alarm);
        }
    }

    #[test]
    fn bad_settings_and_short_histories_are_refused() {
        let counts = [1.0; 20];
        let look = |settings| ears(&counts, 19, &settings).unwrap_err();
        let usual = Ears::usual(1);
        assert_eq!(look(Ears { baseline: 2, ..usual }), EarsError::ShortBaseline);
        assert_eq!(look(Ears { rule: 4, ..usual }), EarsError::NoSuchRule);
        assert_eq!(
            look(Ears {
                least_deviation: -2.0,
                ..usual
            }),
            EarsError::OutOfRange
        );
        assert_eq!(
            look(Ears {
                baseline: 1_500,
                ..usual
            }),
            EarsError::TooShort {
                have: 20,
                need: 1_501
            }
        );
        assert!(ears(&counts, 10, &Ears::usual(3)).is_err());
        assert!(!ears(&[0.0; 20], 19, &Ears::usual(3)).unwrap().alarm);
    }
}

//! Own rates with the survey as the prior: a beta-binomial estimate that starts at the survey and ends at what was
//! measured.

use statrs::distribution::{Beta, ContinuousCDF};

use super::survey::{LossBand, Outcome, survey_rate};
use crate::figure::{Estimate, Figure};
use crate::gap::Gap;

/// Customers with an outcome, and how many of them bought again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// How many are known.
    pub known: usize,
    /// How many of them stayed.
    pub stayed: usize,
}

/// How many stay after an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// What the survey says, 0–1.
    pub survey: f64,
    /// What was measured.
    pub observed: Observed,
    /// The share of the estimate that rests on what was measured, 0–1.
    pub own_weight: f64,
    /// The estimate with its 95 % interval, 0–1.
    pub stays: Figure,
}

/// The rates of all outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    rates: [Rate; 4],
}

impl Rates {
    /// The rates; the survey weighs as many customers as `prior_customers`.
    pub fn new(band: LossBand, observed: impl Fn(Outcome) -> Observed, prior_customers: f64) -> Self {
        let rate = |outcome| shrink(survey_rate(band, outcome), observed(outcome), prior_customers);
        Self {
            rates: Outcome::ALL.map(rate),
        }
    }

    /// The rate of an outcome.
    pub fn of(&self, outcome: Outcome) -> &Rate {
        &self.rates[outcome as usize]
    }
}

/// The estimate of one rate.
pub fn shrink(survey: f64, observed: Observed, prior_customers: f64) -> Rate {
    let Observed { known, stayed } = observed;
    let weight = known as f64 / (known as f64 + prior_customers);
    Rate {
        survey,
        observed,
        own_weight: if weight.is_finite() { weight } else { 0.0 },
        stays: posterior(survey, observed, prior_customers, stayed <= known),
    }
}

fn posterior(survey: f64, observed: Observed, prior: f64, sound: bool) -> Figure {
    let in_range = sound && survey > 0.0 && survey < 1.0 && prior > 0.0 && prior.is_finite();
    if !in_range {
        return Err(Gap::OutOfRange);
    }
    let stayed = observed.stayed as f64 + prior * survey;
    let left = (observed.known - observed.stayed) as f64 + prior * (1.0 - survey);
    let law = Beta::new(stayed, left).map_err(|_| Gap::OutOfRange)?;
    Estimate::new(
        stayed / (stayed + left),
        law.inverse_cdf(0.025),
        law.inverse_cdf(0.975),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_survey_to_what_was_measured() {
        let rate = |known, stayed| shrink(0.54, Observed { known, stayed }, 50.0);
        let none = rate(0, 0);
        assert!((none.stays.unwrap().value() - 0.54).abs() < 1e-12 && none.own_weight == 0.0);
        let some = rate(50, 50);
        assert!((some.stays.unwrap().value() - 0.77).abs() < 1e-12 && some.own_weight == 0.5);
        let many = rate(50_000, 40_000).stays.unwrap();
        assert!((many.value() - 0.8).abs() < 0.001 && many.high() - many.low() < 0.01);
        assert!(none.stays.unwrap().low() < 0.41 && none.stays.unwrap().high() > 0.67);
        assert_eq!(rate(1, 2).stays, Err(Gap::OutOfRange));
    }

    #[test]
    fn the_interval_is_the_beta_law_s() {
        // A uniform prior (two customers, one half) and 7 of 10: Beta(8, 4), 95 % .390–.891 (any beta table).
        let found = shrink(0.5, Observed { known: 10, stayed: 7 }, 2.0).stays.unwrap();
        assert!(
            (found.low() - 0.3903).abs() < 5e-4 && (found.high() - 0.8907).abs() < 5e-4,
            "{found:?}"
        );
    }
}

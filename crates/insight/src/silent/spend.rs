//! The gamma-gamma model of what a purchase is worth (Fader and Hardie 2013, "The gamma-gamma model of monetary
//! value"): a customer's mean is drawn toward everybody's, the more the fewer purchases there were.

use statrs::function::gamma::ln_gamma;

use super::simplex::minimize;
use crate::gap::{Counted, Gap};

/// A customer's repeat purchases and their mean value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spender {
    /// Repeat purchases, at least one.
    pub repeats: f64,
    /// Their mean value, over zero.
    pub mean: f64,
}

/// The three parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpendLaw {
    /// Shape of a purchase.
    pub p: f64,
    /// Shape of the customers' scales; over 1, so that there is a mean.
    pub q: f64,
    /// Scale of the customers' scales.
    pub gamma: f64,
}

const FEWEST: usize = 20;

impl SpendLaw {
    /// The value expected of a customer's purchase; everybody's mean for one who never came back.
    pub fn expected(&self, spender: Option<&Spender>) -> f64 {
        let Self { p, q, gamma } = *self;
        match spender {
            None => gamma * p / (q - 1.0),
            Some(one) => (gamma + one.repeats * one.mean) * p / (p * one.repeats + q - 1.0),
        }
    }

    fn log_likelihood(&self, spender: &Spender) -> f64 {
        let Self { p, q, gamma } = *self;
        let Spender { repeats: x, mean } = *spender;
        let px = p * x;
        ln_gamma(px + q) - ln_gamma(px) - ln_gamma(q) + q * gamma.ln() + (px - 1.0) * mean.ln() + px * x.ln()
            - (px + q) * (gamma + x * mean).ln()
    }
}

/// Fits the law by maximum likelihood.
///
/// # Errors
/// With too few customers or no settled maximum.
pub fn fit_spend(spenders: &[Spender]) -> Result<SpendLaw, Gap> {
    let is_sound = |one: &&Spender| {
        one.repeats >= 1.0 && one.mean > 0.0 && one.repeats.is_finite() && one.mean.is_finite()
    };
    let sound: Vec<&Spender> = spenders.iter().filter(is_sound).collect();
    if sound.len() < FEWEST {
        return Err(Gap::TooFew {
            of: Counted::Spenders,
            have: sound.len(),
            need: FEWEST,
        });
    }
    let mean = sound.iter().map(|one| one.mean).sum::<f64>() / sound.len() as f64;
    if sound.iter().all(|one| (one.mean / mean - 1.0).abs() < 1e-9) {
        return Err(Gap::NoVariation);
    }
    // In units of the mean, so that the start fits any currency.
    let scaled: Vec<Spender> = sound
        .iter()
        .map(|one| Spender {
            mean: one.mean / mean,
            ..**one
        })
        .collect();
    let law_of = |logs: &[f64]| SpendLaw {
        p: logs[0].exp(),
        q: 1.0 + logs[1].exp(),
        gamma: logs[2].exp(),
    };
    let loss = |logs: &[f64]| {
        -scaled
            .iter()
            .map(|one| law_of(logs).log_likelihood(one))
            .sum::<f64>()
    };
    let found = minimize(loss, &[1.0, 1.0, 0.0], 0.5);
    let law = law_of(&found.place);
    if !found.settled || found.place.iter().any(|log| log.abs() > 12.0) {
        return Err(Gap::NotConverged);
    }
    Ok(SpendLaw {
        gamma: law.gamma * mean,
        ..law
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_as_published() {
        // Fader and Hardie 2013, section 4: p 6.25, q 3.74, γ 15.44 on CDNOW; a customer without repeats 35.22 (as
        // 6.25 × 15.44 / 2.74); two repeats of 22.35 give 24.66 in Python lifetimes 0.11's documentation.
        let law = SpendLaw {
            p: 6.25,
            q: 3.74,
            gamma: 15.44,
        };
        assert!(
            (law.expected(None) - 35.219).abs() < 1e-3,
            "{}",
            law.expected(None)
        );
        let two = Spender {
            repeats: 2.0,
            mean: 22.35,
        };
        let found = law.expected(Some(&two));
        assert!((found - 24.66).abs() < 0.01, "{found}");
    }

    #[test]
    fn the_parameters_come_back_and_odd_values_give_a_reason() {
        let mut rng = fastrand::Rng::with_seed(5);
        let gamma_of = |shape: u32, rng: &mut fastrand::Rng| -> f64 {
            (0..shape).map(|_| -(1.0 - rng.f64()).ln()).sum()
        };
        let spenders: Vec<Spender> = (0..20_000)
            .map(|_| {
                let scale = gamma_of(4, &mut rng) / 15.0;
                let repeats = f64::from(rng.u32(1..9));
                Spender {
                    repeats,
                    mean: gamma_of(6 * repeats as u32, &mut rng) / scale / repeats,
                }
            })
            .collect();
        let law = fit_spend(&spenders).unwrap();
        let near = |found: f64, planted: f64| (found / planted - 1.0).abs() < 0.08;
        assert!(
            near(law.p, 6.0) && near(law.q, 4.0) && near(law.gamma, 15.0),
            "{law:?}"
        );
        let same = Spender {
            repeats: 2.0,
            mean: 9.0,
        };
        assert_eq!(fit_spend(&[same; 40]), Err(Gap::NoVariation));
        let negative = Spender { mean: -3.0, ..same };
        assert_eq!(
            fit_spend(&[negative; 40]),
            Err(Gap::TooFew {
                of: Counted::Spenders,
                have: 0,
                need: 20
            })
        );
    }
}

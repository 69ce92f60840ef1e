//! The BG/NBD model (Fader, Hardie and Lee 2005): purchases come at a customer's own rate until, after some purchase,
//! the customer silently leaves; rates and leaving vary between customers. Formulas as numbered in the paper.

use statrs::function::beta::ln_beta;
use statrs::function::gamma::ln_gamma;

use super::hypergeometric::hypergeometric;
use super::simplex::Minimum;
use super::table::climb;
use crate::gap::{Counted, Gap};

/// What the model knows of a customer: time is in one unit throughout, such as weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Customer {
    /// Repeat purchases, the first one not counted.
    pub repeats: f64,
    /// Time from the first purchase to the last.
    pub recency: f64,
    /// Time from the first purchase to now.
    pub age: f64,
}

/// The four parameters: purchase rates are gamma (r, α), the chance of leaving after a purchase is beta (a, b).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PurchaseLaw {
    /// Shape of the rates.
    pub r: f64,
    /// Scale of the rates, in the unit of time.
    pub alpha: f64,
    /// Leavings.
    pub a: f64,
    /// Stayings.
    pub b: f64,
}

/// A fitted law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// The parameters.
    pub law: PurchaseLaw,
    /// The logarithm of the likelihood, over all customers.
    pub log_likelihood: f64,
    /// How many customers it was fitted on.
    pub customers: usize,
    /// Whether the data alone did not tell the parameters, so that a weak belief on their size had to help.
    pub believed: bool,
}

/// The fewest customers a law is fitted on.
const FEWEST: usize = 50;
/// The fewest of them with a repeat purchase.
const FEWEST_REPEATING: usize = 20;
/// Parameters beyond this are the sign of data that do not tell them.
const LARGEST: f64 = 1e5;

impl Customer {
    /// Whether the numbers can be a customer's.
    pub fn is_sound(&self) -> bool {
        let finite = [self.repeats, self.recency, self.age]
            .iter()
            .all(|part| part.is_finite());
        let at_once = self.repeats == 0.0 && self.recency == 0.0;
        finite
            && self.repeats >= 0.0
            && self.age >= self.recency
            && (at_once || (self.repeats > 0.0 && self.recency > 0.0))
    }
}

impl PurchaseLaw {
    /// The logarithm of the likelihood of a customer (equation 6).
    pub fn log_likelihood(&self, customer: &Customer) -> f64 {
        let Self { r, alpha, a, b } = *self;
        let Customer {
            repeats: x,
            recency,
            age,
        } = *customer;
        let common = ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln();
        let alive = ln_beta(a, b + x) - ln_beta(a, b) - (r + x) * (alpha + age).ln();
        if x == 0.0 {
            return common + alive;
        }
        let left = ln_beta(a + 1.0, b + x - 1.0) - ln_beta(a, b) - (r + x) * (alpha + recency).ln();
        let most = alive.max(left);
        common + most + ((alive - most).exp() + (left - most).exp()).ln()
    }

    /// The probability that the customer has not left (Fader, Hardie and Lee 2008, "Computing P(alive)").
    pub fn alive(&self, customer: &Customer) -> f64 {
        let Self { r, alpha, a, b } = *self;
        let Customer {
            repeats: x,
            recency,
            age,
        } = *customer;
        if x == 0.0 {
            return 1.0;
        }
        let odds = (a / (b + x - 1.0)).ln() + (r + x) * ((alpha + age) / (alpha + recency)).ln();
        1.0 / (1.0 + odds.exp())
    }

    /// Purchases expected of a new customer up to a time (equation 9); nothing when the sum does not settle.
    pub fn expected(&self, time: f64) -> Option<f64> {
        let Self { r, alpha, b, .. } = *self;
        let a = self.leavings();
        let sum = hypergeometric(r, b, a + b - 1.0, time / (alpha + time))?;
        let found = (a + b - 1.0) / (a - 1.0) * (1.0 - (alpha / (alpha + time)).powf(r) * sum);
        found.is_finite().then_some(found)
    }

    /// Purchases expected of a customer in the time ahead (equation 10); nothing when the sum does not settle.
    pub fn expected_ahead(&self, customer: &Customer, time: f64) -> Option<f64> {
        Some(self.expected_if_alive(customer, time)? * self.alive(customer))
    }

    /// The same if the customer has not left.
    pub fn expected_if_alive(&self, customer: &Customer, time: f64) -> Option<f64> {
        let Self { r, alpha, b, .. } = *self;
        let a = self.leavings();
        let Customer { repeats: x, age, .. } = *customer;
        let sum = hypergeometric(r + x, b + x, a + b + x - 1.0, time / (alpha + age + time))?;
        let stay = ((alpha + age) / (alpha + age + time)).powf(r + x);
        let found = (a + b + x - 1.0) / (a - 1.0) * (1.0 - stay * sum);
        (found.is_finite() && found >= -1e-9).then_some(found.max(0.0))
    }

    /// The parameter a, kept off 1, where the formulas have a gap that can be mended from either side.
    fn leavings(&self) -> f64 {
        if (self.a - 1.0).abs() < 1e-7 {
            1.0 + 1e-6
        } else {
            self.a
        }
    }

    /// The probability of so many purchases of a new customer up to a time (equation 8).
    pub fn probability(&self, purchases: u32, time: f64) -> f64 {
        let Self { r, alpha, a, b } = *self;
        let x = f64::from(purchases);
        let rate = |n: f64| {
            let choose = ln_gamma(r + n) - ln_gamma(r) - ln_gamma(n + 1.0);
            (choose + r * (alpha / (alpha + time)).ln() + n * (time / (alpha + time)).ln()).exp()
        };
        let stayed = (ln_beta(a, b + x) - ln_beta(a, b)).exp() * rate(x);
        if purchases == 0 {
            return stayed;
        }
        let fewer: f64 = (0..purchases).map(|n| rate(f64::from(n))).sum();
        stayed + (ln_beta(a + 1.0, b + x - 1.0) - ln_beta(a, b)).exp() * (1.0 - fewer)
    }

    pub(super) fn of_logs(logs: &[f64]) -> Self {
        Self {
            r: logs[0].exp(),
            alpha: logs[1].exp(),
            a: logs[2].exp(),
            b: logs[3].exp(),
        }
    }
}

/// Fits the law by maximum likelihood. Customers who are alike are counted, not repeated, so that a million of them
/// take little longer than their distinct rhythms.
///
/// # Errors
/// With too few customers, none that came back, or no settled maximum.
pub fn fit_purchases(customers: &[Customer]) -> Result<Fitted, Gap> {
    let sound: Vec<&Customer> = customers.iter().filter(|customer| customer.is_sound()).collect();
    enough(Counted::Customers, sound.len(), FEWEST)?;
    enough(
        Counted::RepeatCustomers,
        sound.iter().filter(|customer| customer.repeats > 0.0).count(),
        FEWEST_REPEATING,
    )?;
    let alike = count_alike(&sound);
    // One scale for all units of time: the model only knows time over α.
    let longest = sound.iter().map(|customer| customer.age).fold(0.0, f64::max);
    let scale = if longest > 0.0 {
        10.0 / longest
    } else {
        return Err(Gap::NoVariation);
    };
    let is_sound = |found: &Minimum| {
        let in_range = |log: &f64| log.exp() <= LARGEST && log.exp() >= 1.0 / LARGEST;
        found.settled && found.place.iter().all(in_range)
    };
    let plain = climb(&alike, scale, false);
    // Where customers hardly differ, the likelihood rises without end towards a law without differences.
    let believed = !is_sound(&plain);
    let found = match believed {
        true => climb(&alike, scale, true),
        false => plain,
    };
    if !is_sound(&found) {
        return Err(Gap::NotConverged);
    }
    let mut law = PurchaseLaw::of_logs(&found.place);
    law.alpha /= scale;
    let sum = alike
        .iter()
        .map(|(customer, count)| count * law.log_likelihood(customer));
    Ok(Fitted {
        law,
        log_likelihood: sum.sum(),
        customers: sound.len(),
        believed,
    })
}

fn enough(of: Counted, have: usize, need: usize) -> Result<(), Gap> {
    if have < need {
        Err(Gap::TooFew { of, have, need })
    } else {
        Ok(())
    }
}

/// Each distinct customer with how often.
fn count_alike(customers: &[&Customer]) -> Vec<(Customer, f64)> {
    let mut sorted = customers.to_vec();
    let key = |customer: &Customer| [customer.repeats, customer.recency, customer.age];
    sorted.sort_by(|a, b| {
        let pairs = key(a).into_iter().zip(key(b));
        pairs
            .map(|(a, b)| a.total_cmp(&b))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut alike: Vec<(Customer, f64)> = Vec::new();
    for customer in sorted {
        match alike.last_mut() {
            Some((last, count)) if last == customer => *count += 1.0,
            _ => alike.push((*customer, 1.0)),
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published parameters on the CDNOW sample (Fader, Hardie and Lee 2005, table 2).
    const CDNOW: PurchaseLaw = PurchaseLaw {
        r: 0.243,
        alpha: 4.414,
        a: 0.793,
        b: 2.426,
    };

    /// The same fit with more digits, which the published expectations rest on.
    const FITTED: PurchaseLaw = PurchaseLaw {
        r: 0.242_59,
        alpha: 4.413_53,
        a: 0.792_89,
        b: 2.425_75,
    };

    fn customer(repeats: f64, recency: f64, age: f64) -> Customer {
        Customer {
            repeats,
            recency,
            age,
        }
    }

    #[test]
    fn expectations_as_published() {
        // Python lifetimes 0.11, tests/test_estimation.py, which took them from the authors' spreadsheet.
        let published = [
            (0.1429, 0.0078),
            (1.0, 0.0532),
            (3.0, 0.1506),
            (31.8571, 1.0405),
            (32.0, 1.0437),
            (78.0, 1.8576),
        ];
        for (time, expected) in published {
            let found = FITTED.expected(time).unwrap();
            assert!((found - expected).abs() < 5e-4, "{time}: {found}");
        }
        let ahead = CDNOW.expected_ahead(&customer(2.0, 30.43, 38.86), 39.0).unwrap();
        assert!((ahead - 1.226).abs() < 5e-4, "{ahead}");
    }

    #[test]
    fn probabilities_as_published() {
        for (purchases, time, expected) in [
            (10, 2.0, 1.078_69e-7),
            (0, 39.0, 0.573_786_4),
            (11, 30.0, 0.001_999_521_4),
            (12, 30.0, 0.001_517_023_6),
            (13, 30.0, 0.001_163_315_0),
        ] {
            let found = CDNOW.probability(purchases, time);
            assert!(
                (found / expected - 1.0).abs() < 1e-5,
                "{purchases} {time}: {found}"
            );
        }
    }

    #[test]
    fn who_has_not_left() {
        for (customer, expected) in [
            (customer(2.0, 30.43, 38.86), 0.7266),
            (customer(2.0, 10.0, 38.86), 0.2685),
            (customer(10.0, 35.0, 38.86), 0.8470),
            (customer(0.0, 0.0, 38.86), 1.0),
        ] {
            let found = CDNOW.alive(&customer);
            assert!((found - expected).abs() < 1e-4, "{customer:?}: {found}");
        }
        assert!(CDNOW.alive(&customer(1.0, 1.0, 1e12)) < 1e-9);
    }

    #[test]
    fn odd_customers_give_a_reason() {
        let few = |of, need| Err(Gap::TooFew { of, have: 0, need });
        assert_eq!(fit_purchases(&[]), few(Counted::Customers, 50));
        let once = vec![customer(0.0, 0.0, 30.0); 100];
        assert_eq!(fit_purchases(&once), few(Counted::RepeatCustomers, 20));
        assert!(!customer(-1.0, 0.0, 3.0).is_sound() && !customer(1.0, 4.0, 3.0).is_sound());
        assert!(!customer(f64::NAN, 0.0, 3.0).is_sound() && !customer(0.0, 2.0, 3.0).is_sound());
        let alike = vec![customer(3.0, 20.0, 30.0); 100];
        if let Ok(fitted) = fit_purchases(&alike) {
            assert!(fitted.log_likelihood.is_finite());
        }
    }
}

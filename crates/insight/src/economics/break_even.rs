//! What a remedy may cost: the value it keeps, as Fornell and Wernerfelt (1987) argue, with the uncertainty of the
//! rates; and what more speed may cost.

use super::rates::Rates;
use super::survey::Outcome;
use super::value::difference;
use crate::figure::Figure;
use crate::gap::Gap;

/// Whether a cost is earned back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Over the whole interval.
    Pays,
    /// On one side of the interval only.
    Open,
    /// Nowhere in the interval.
    DoesNotPay,
}

/// The most a change of outcome may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// The most it may cost, in the customer's money.
    pub ceiling: Figure,
    /// Whether the cost asked about is earned back; nothing when none was asked about.
    pub verdict: Option<Verdict>,
}

/// The ceiling of a step from one outcome to a better one for a customer worth `value`, and the verdict on a cost.
pub fn break_even(rates: &Rates, from: Outcome, to: Outcome, value: f64, cost: Option<f64>) -> BreakEven {
    let sound = value.is_finite() && value >= 0.0 && from < to;
    let ceiling = if sound {
        difference(rates, to, from).and_then(|gain| gain.times(value))
    } else {
        Err(Gap::OutOfRange)
    };
    let cost = cost.filter(|cost| cost.is_finite() && *cost >= 0.0);
    let verdict = ceiling.ok().zip(cost).map(|(ceiling, cost)| {
        if cost <= ceiling.low() {
            Verdict::Pays
        } else if cost <= ceiling.high() {
            Verdict::Open
        } else {
            Verdict::DoesNotPay
        }
    });
    BreakEven { ceiling, verdict }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economics::{LossBand, Observed};

    #[test]
    fn quick_against_plain_is_worth_twenty_eight_points() {
        let rates = Rates::new(LossBand::Large, |_| Observed::default(), 100.0);
        let speed = |cost| {
            break_even(
                &rates,
                Outcome::Resolved,
                Outcome::ResolvedFast,
                1_000.0,
                Some(cost),
            )
        };
        assert!((speed(0.0).ceiling.unwrap().value() - 280.0).abs() < 1e-9);
        assert_eq!(speed(100.0).verdict, Some(Verdict::Pays));
        assert_eq!(speed(300.0).verdict, Some(Verdict::Open));
        assert_eq!(speed(600.0).verdict, Some(Verdict::DoesNotPay));
        let wrong = break_even(&rates, Outcome::ResolvedFast, Outcome::Resolved, 1_000.0, None);
        assert!(wrong.ceiling.is_err() && wrong.verdict.is_none());
        assert!(
            break_even(&rates, Outcome::Silent, Outcome::Resolved, -1.0, None)
                .ceiling
                .is_err()
        );
    }
}

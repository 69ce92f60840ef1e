//! What if more of the unhappy were heard, solved, or solved quickly: how many of all unhappy customers would stay.

use super::rates::Rates;
use super::survey::{HEARD_SHARES, Outcome};
use crate::figure::{Estimate, Figure};
use crate::gap::Gap;

/// What becomes of a hundred unhappy customers; shares 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhatIf {
    /// The share that is heard at all.
    pub heard: f64,
    /// Of those heard, the share that is solved.
    pub resolved: f64,
    /// Of those solved, the share that is solved quickly.
    pub fast: f64,
}

impl Default for WhatIf {
    /// As many heard as in the survey, all of them solved, none quickly.
    fn default() -> Self {
        Self {
            heard: HEARD_SHARES.formal + HEARD_SHARES.muttered,
            resolved: 1.0,
            fast: 0.0,
        }
    }
}

/// The share of all unhappy customers that stays.
pub fn what_if(rates: &Rates, assumed: &WhatIf) -> Figure {
    let WhatIf {
        heard,
        resolved,
        fast,
    } = *assumed;
    if [heard, resolved, fast]
        .iter()
        .any(|share| !(0.0..=1.0).contains(share))
    {
        return Err(Gap::OutOfRange);
    }
    let shares = [
        (Outcome::Silent, 1.0 - heard),
        (Outcome::Unresolved, heard * (1.0 - resolved)),
        (Outcome::Resolved, heard * resolved * (1.0 - fast)),
        (Outcome::ResolvedFast, heard * resolved * fast),
    ];
    let mut sums = [0.0; 3];
    for (outcome, share) in shares {
        let stays = rates.of(outcome).stays?;
        for (sum, part) in sums.iter_mut().zip([stays.value(), stays.low(), stays.high()]) {
            *sum += share * part;
        }
    }
    Estimate::new(sums[0], sums[1], sums[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economics::{LossBand, Observed};

    #[test]
    fn the_survey_s_hundred_unhappy_customers() {
        // The survey's 5 % formal, 26 % muttering, 69 % silent with its rates for large losses.
        let rates = Rates::new(LossBand::Large, |_| Observed::default(), 50.0);
        let stays = |resolved, fast| {
            let assumed = WhatIf {
                resolved,
                fast,
                ..WhatIf::default()
            };
            what_if(&rates, &assumed).unwrap().value()
        };
        assert!((stays(1.0, 0.0) - 0.2295).abs() < 1e-12);
        assert!((stays(1.0, 1.0) - 0.3163).abs() < 1e-12);
        assert!((stays(0.0, 0.0) - 0.1210).abs() < 1e-12);
        let impossible = WhatIf {
            heard: 1.2,
            ..WhatIf::default()
        };
        assert_eq!(what_if(&rates, &impossible), Err(Gap::OutOfRange));
    }
}

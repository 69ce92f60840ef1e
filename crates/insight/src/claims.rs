//! What the trade says of complainers, put to the test and allowed to fail.

use statrs::distribution::{Discrete, Hypergeometric};

use crate::compare::share_difference;
use crate::figure::{Estimate, Figure};
use crate::rank::benjamini_hochberg;

/// The fewest on either side before anything is said.
const FEWEST: usize = 20;
/// A difference of shares below which nobody would act otherwise.
const SMALL: f64 = 0.10;
/// The share of false findings that is put up with.
const LEVEL: f64 = 0.05;

/// A claim as counts: a share among those it speaks of, and among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its key.
    pub name: &'static str,
    /// Those it speaks of: how many show the trait, how many there are.
    pub here: (usize, usize),
    /// The others, counted alike.
    pub there: (usize, usize),
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The data bear it out.
    Holds,
    /// The data show the opposite.
    Opposite,
    /// There is no difference that matters.
    NoDifference,
    /// The data cannot tell.
    Untold,
}

impl Verdict {
    /// The key that programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Opposite => "opposite",
            Self::NoDifference => "no_difference",
            Self::Untold => "untold",
        }
    }
}

/// A claim after its test.
#[derive(Clone, Debug, PartialEq)]
pub struct TestedClaim {
    /// The claim.
    pub claim: Claim,
    /// The share among those it speaks of, 0–1.
    pub here: Figure,
    /// The share among the others, 0–1.
    pub there: Figure,
    /// How much larger the first is, −1 to 1.
    pub difference: Figure,
    /// The two-sided probability of such counts by chance, corrected for the number of claims; none without enough data.
    pub corrected_p: Option<f64>,
    /// What became of it.
    pub verdict: Verdict,
}

/// Tests claims together: Fisher's exact test of each, corrected for their number (Benjamini and Hochberg 1995). "No
/// difference" is said only when the whole interval lies within ten points of none.
pub fn test_claims(claims: &[Claim]) -> Vec<TestedClaim> {
    let p: Vec<f64> = claims
        .iter()
        .filter(|claim| is_enough(claim))
        .map(fisher)
        .collect();
    let mut corrected = benjamini_hochberg(&p, p.len()).into_iter();
    claims
        .iter()
        .map(|claim| judge(claim, is_enough(claim).then(|| corrected.next()).flatten()))
        .collect()
}

fn is_enough(claim: &Claim) -> bool {
    let whole = |(part, whole): (usize, usize)| whole >= FEWEST && part <= whole;
    whole(claim.here) && whole(claim.there)
}

fn judge(claim: &Claim, corrected_p: Option<f64>) -> TestedClaim {
    let difference = share_difference(claim.here, claim.there);
    let verdict = match (corrected_p, &difference) {
        (Some(p), Ok(found)) if p < LEVEL && found.value() > 0.0 => Verdict::Holds,
        (Some(p), Ok(found)) if p < LEVEL && found.value() < 0.0 => Verdict::Opposite,
        (Some(_), Ok(found)) if found.low() > -SMALL && found.high() < SMALL => Verdict::NoDifference,
        _ => Verdict::Untold,
    };
    TestedClaim {
        claim: *claim,
        here: Estimate::share(claim.here.0, claim.here.1),
        there: Estimate::share(claim.there.0, claim.there.1),
        difference,
        corrected_p,
        verdict,
    }
}

/// The two-sided p of a table of two by two: the tables as unlikely as this one or more (Fisher 1922; R's fisher.test).
fn fisher(claim: &Claim) -> f64 {
    let (part, whole) = (
        (claim.here.0 + claim.there.0) as u64,
        (claim.here.1 + claim.there.1) as u64,
    );
    let Ok(law) = Hypergeometric::new(whole, part, claim.here.1 as u64) else {
        return 1.0;
    };
    // In logarithms, for the binomials of a thousand leave the range of numbers.
    let chance = |count: u64| law.ln_pmf(count).exp();
    let seen = chance(claim.here.0 as u64) * (1.0 + 1e-7);
    let least = (claim.here.1 as u64 + part).saturating_sub(whole);
    let most = part.min(claim.here.1 as u64);
    let unlikely = (least..=most).map(chance).filter(|p| *p <= seen);
    unlikely.sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(name: &'static str, here: (usize, usize), there: (usize, usize)) -> Claim {
        Claim { name, here, there }
    }

    #[test]
    fn fisher_is_exact() {
        // R: fisher.test(matrix(c(3, 1, 1, 3), 2))$p.value 0.4857143; the tea tasting of Fisher 1935.
        assert!((fisher(&claim("tea", (3, 4), (1, 4))) - 0.485_714_285_7).abs() < 1e-9);
        // R: fisher.test(matrix(c(2, 15, 10, 3), 2))$p.value 0.0005367241 (twins of convicts, Fisher 1962).
        let twins = fisher(&claim("twins", (2, 17), (10, 13)));
        assert!((twins - 0.000_536_724_1).abs() < 1e-9, "{twins}");
        assert!((fisher(&claim("alike", (10, 20), (10, 20))) - 1.0).abs() < 1e-9);
        assert!((fisher(&claim("none", (0, 20), (0, 20))) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_claim_may_hold_fail_or_stay_untold() {
        let tested = test_claims(&[
            claim("holds", (70, 100), (300, 1000)),
            claim("opposite", (100, 1000), (70, 100)),
            claim("alike", (500, 1000), (1010, 2000)),
            claim("untold", (12, 25), (10, 25)),
            claim("too_few", (9, 10), (0, 500)),
        ]);
        let verdicts: Vec<Verdict> = tested.iter().map(|one| one.verdict).collect();
        use Verdict::{Holds, NoDifference, Opposite, Untold};
        assert_eq!(verdicts, [Holds, Opposite, NoDifference, Untold, Untold]);
        assert!(tested[4].corrected_p.is_none(), "nothing is said of ten people");
        assert!(test_claims(&[]).is_empty());
        assert_eq!(test_claims(&[claim("odd", (30, 20), (0, 0))])[0].verdict, Untold);
    }

    #[test]
    fn chance_alone_rarely_makes_a_claim_hold() {
        // Twenty claims without any truth, three hundred times over: the corrected test names one in at most one of twenty.
        let mut seed = 7u64;
        let mut dice = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % 100
        };
        let mut named = 0;
        for _ in 0..300 {
            let mut draw = |count: usize| ((0..count).filter(|_| dice() < 40).count(), count);
            let claims: Vec<Claim> = (0..20).map(|_| claim("x", draw(60), draw(90))).collect();
            let held = test_claims(&claims)
                .into_iter()
                .filter(|one| one.corrected_p.is_some_and(|p| p < LEVEL));
            named += usize::from(held.count() > 0);
        }
        // One in twenty of 300 is 15; 25 is three standard errors more.
        assert!(named <= 25, "{named} of 300");
    }
}

//! A count against the blocks just before it, for histories too short for a season: the predictive tail of a count
//! law whose mean and dispersion are themselves uncertain.

use crate::dispersion::{at_least, quantile};
use crate::gap::Gap;

/// The fewest blocks a mean is taken over.
pub(super) const FEWEST_BLOCKS: usize = 3;
/// The most, so that the season has little time to move.
const MOST_BLOCKS: usize = 12;
/// From this many blocks on, the one before the newest is left out, since outbreaks rise for more than one block.
const ENOUGH_TO_SKIP: usize = 5;
/// How many blocks' worth of belief the dispersion of all series has against a series' own.
const POOLED_BLOCKS: f64 = 8.0;

/// One look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecentPoint {
    /// What was expected.
    pub expected: f64,
    /// A count above this has a probability under one percent.
    pub upper: f64,
    /// The probability of the count or more.
    pub p: f64,
    /// Variance over mean of a new count around the prediction.
    pub dispersion: f64,
}

/// Looks at the count at `place` with the dispersion that all series have together.
///
/// # Errors
/// When there are under three blocks before it.
pub fn recent(counts: &[Option<f64>], place: usize, pooled: f64) -> Result<RecentPoint, Gap> {
    let count = counts.get(place).copied().flatten();
    let count = count.ok_or(Gap::NewestMissing)?;
    let baseline = baseline(counts, place);
    if baseline.len() < FEWEST_BLOCKS {
        return Err(Gap::TooShort {
            have: baseline.len() + 1,
            need: FEWEST_BLOCKS + 1,
        });
    }
    let blocks = baseline.len() as f64;
    let sum: f64 = baseline.iter().sum();
    // Half a case more than was seen, the mean of Jeffreys' posterior: what was never seen may still come once.
    let expected = (sum + 0.5) / blocks;
    let own = dispersion_of(&baseline).map_or(pooled * (blocks - 1.0), |(square, _)| square);
    let shrunk = (own + POOLED_BLOCKS * pooled) / (blocks - 1.0 + POOLED_BLOCKS);
    let dispersion = shrunk.max(1.0) * (1.0 + 1.0 / blocks);
    let upper = quantile(0.99, expected, dispersion).ok_or(Gap::NotFinite)?;
    let p = at_least(count, expected, dispersion);
    if !p.is_finite() {
        return Err(Gap::NotFinite);
    }
    Ok(RecentPoint {
        expected,
        upper,
        p,
        dispersion,
    })
}

/// The blocks a count is compared with, newest first.
fn baseline(counts: &[Option<f64>], place: usize) -> Vec<f64> {
    let before = || counts[..place].iter().rev();
    let skipped = usize::from(before().flatten().count() >= ENOUGH_TO_SKIP);
    before()
        .skip(skipped)
        .flatten()
        .copied()
        .take(MOST_BLOCKS)
        .collect()
}

/// Pearson's squares and their degrees of freedom; nothing where no case was.
fn dispersion_of(baseline: &[f64]) -> Option<(f64, f64)> {
    let mean = baseline.iter().sum::<f64>() / baseline.len() as f64;
    let square = baseline.iter().map(|count| (count - mean).powi(2) / mean).sum();
    (mean > 0.0).then_some((square, baseline.len() as f64 - 1.0))
}

/// Variance over mean of all series together, at least 1.
pub fn pooled_dispersion<'s>(series: impl Iterator<Item = &'s [Option<f64>]>, place: usize) -> f64 {
    let found = series.filter_map(|counts| {
        let baseline = baseline(counts, place.min(counts.len()));
        (baseline.len() >= FEWEST_BLOCKS).then_some(())?;
        dispersion_of(&baseline)
    });
    let (square, freedom) = found.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if freedom > 0.0 {
        (square / freedom).max(1.0)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_is_seen_and_a_quiet_series_stays_quiet() {
        let mut counts = vec![Some(2.0); 16];
        counts[15] = Some(14.0);
        let point = recent(&counts, 15, 1.0).unwrap();
        assert!(point.p < 1e-6 && point.upper < 14.0, "{point:?}");
        assert!(recent(&counts, 14, 1.0).unwrap().p > 0.3);
        assert!(recent(&[Some(0.0); 16], 15, 1.0).unwrap().p > 0.99);
        assert_eq!(recent(&counts, 2, 1.0), Err(Gap::TooShort { have: 3, need: 4 }));
        assert_eq!(recent(&[None; 4], 3, 1.0), Err(Gap::NewestMissing));
    }
}

//! Whether probabilities are honest: of what is said with 70 %, about 70 % should be right.

/// The number of bins, each as wide as the others.
const BINS: usize = 15;

/// How honest the probabilities of a facet are.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Expected calibration error: the distance of probability and truth, averaged over the bins by their sizes
    /// (Naeini et al. 2015; 15 bins of equal width).
    pub ece: f64,
    /// The bins that anything fell into, from low to high probability.
    pub bins: Vec<Bin>,
}

/// What was said with about the same probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// How many probabilities fell into it.
    pub count: usize,
    /// Their mean.
    pub said: f64,
    /// The share of them that came true.
    pub true_share: f64,
}

/// The calibration of probabilities, each with whether it came true.
pub(super) fn calibrate(pairs: impl Iterator<Item = (f32, bool)>) -> Calibration {
    let (mut counts, mut said, mut held) = ([0usize; BINS], [0f64; BINS], [0usize; BINS]);
    for (p, came_true) in pairs {
        let bin = ((p * BINS as f32) as usize).min(BINS - 1);
        counts[bin] += 1;
        said[bin] += f64::from(p);
        held[bin] += usize::from(came_true);
    }
    let all: usize = counts.iter().sum();
    let filled = (0..BINS).filter(|&bin| counts[bin] > 0);
    let bins: Vec<Bin> = filled
        .map(|bin| Bin {
            count: counts[bin],
            said: said[bin] / counts[bin] as f64,
            true_share: super::share(held[bin], counts[bin]),
        })
        .collect();
    let off = bins
        .iter()
        .map(|bin| (bin.said - bin.true_share).abs() * bin.count as f64);
    Calibration {
        ece: off.sum::<f64>() / all.max(1) as f64,
        bins,
    }
}

/// The expected calibration error of probabilities, each with whether it came true.
pub(crate) fn error_of(pairs: impl Iterator<Item = (f32, bool)>) -> f64 {
    calibrate(pairs).ece
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_distance_by_bins() {
        let said = [(0.9, true), (0.9, true), (0.9, false), (0.9, false), (0.2, false)];
        let calibration = calibrate(said.into_iter());
        assert!((calibration.ece - (4.0 * 0.4 + 0.2) / 5.0).abs() < 1e-6);
        assert_eq!(calibration.bins.len(), 2);
        assert_eq!(
            (calibration.bins[1].count, calibration.bins[1].true_share),
            (4, 0.5)
        );
        assert_eq!(calibrate(std::iter::empty()).ece, 0.0);
    }
}

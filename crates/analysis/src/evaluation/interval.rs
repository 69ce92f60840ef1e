//! How far a score may be off: the middle 95 % of its values over samples drawn from the texts with replacement
//! (percentile bootstrap, Efron 1979).

use crate::gram::mix;

/// How many samples are drawn.
const SAMPLES: usize = 1000;
/// Left out at either end.
const TAIL: usize = SAMPLES / 40;

/// Where a score lies with a confidence of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The intervals of `N` scores over samples of `texts` texts; `score` gets the texts drawn. Equal seeds give equal
/// intervals.
pub(super) fn resample<const N: usize>(
    texts: usize,
    seed: u64,
    mut score: impl FnMut(&[usize]) -> [f64; N],
) -> [Interval; N] {
    let mut drawn = vec![0; texts];
    let mut rows: Vec<[f64; N]> = Vec::with_capacity(SAMPLES);
    let mut state = seed;
    for _ in 0..SAMPLES {
        for text in &mut drawn {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            *text = (mix(state) % texts as u64) as usize;
        }
        rows.push(score(&drawn));
    }
    std::array::from_fn(|column| {
        let mut scores: Vec<f64> = rows.iter().map(|row| row[column]).collect();
        scores.sort_by(f64::total_cmp);
        Interval {
            low: scores[TAIL],
            high: scores[SAMPLES - 1 - TAIL],
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_share_is_the_textbooks() {
        let right =
            |drawn: &[usize]| [drawn.iter().filter(|&&text| text < 300).count() as f64 / drawn.len() as f64];
        let [interval] = resample(400, 7, right);
        // Normal approximation: 0.75 ± 1.96 √(0.75 · 0.25 / 400).
        assert!(
            (interval.low - 0.7076).abs() < 0.006 && (interval.high - 0.7924).abs() < 0.006,
            "{interval:?}"
        );
        assert_eq!(resample(400, 7, right), [interval]);
    }
}

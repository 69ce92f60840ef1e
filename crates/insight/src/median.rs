//! The middle of some numbers with the interval that their order alone gives, whatever their law.

use crate::figure::{Estimate, Figure};
use crate::gap::{Counted, Gap};

/// The fewest numbers whose smallest and largest hold the true middle with 95 %: two in 2⁶ miss it.
const FEWEST: usize = 6;

/// The middle of some numbers; few of them have a middle but no interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// The middle.
    pub value: f64,
    /// The middle with its 95 % interval, or why there is no interval.
    pub figure: Figure,
}

impl Median {
    /// The middle of some numbers. The interval lies between the two order statistics whose ranks miss the true middle
    /// with at most 2.5 % on each side by the binomial law with one half (Conover, Practical Nonparametric Statistics,
    /// 3.2), so it holds at least 95 %.
    ///
    /// # Errors
    /// Without numbers, or when one is none.
    pub fn of(numbers: &[f64]) -> Result<Self, Gap> {
        let count = numbers.len();
        if count == 0 {
            return Err(too_few(0, 1));
        }
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(Gap::NotFinite);
        }
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let value = sorted[(count - 1) / 2] / 2.0 + sorted[count / 2] / 2.0;
        let figure = match lowest_rank(count) {
            0 => Err(too_few(count, FEWEST)),
            rank => Estimate::new(value, sorted[rank - 1], sorted[count - rank]),
        };
        Ok(Self { value, figure })
    }
}

fn too_few(have: usize, need: usize) -> Gap {
    Gap::TooFew {
        of: Counted::Values,
        have,
        need,
    }
}

/// The largest rank k (from one) with P(X < k) ≤ 2.5 % for X binomial of `count` and one half; zero where there is none.
fn lowest_rank(count: usize) -> usize {
    let mut term = -(count as f64) * std::f64::consts::LN_2;
    let mut below = 0.0;
    for rank in 0..count {
        below += term.exp();
        if below > 0.025 {
            return rank;
        }
        term += ((count - rank) as f64 / (rank + 1) as f64).ln();
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of all orders of signs around the middle in which both ranks lie on their sides, counted one by one.
    fn held(count: u32, rank: u32) -> f64 {
        let inside = (0u32..1 << count).filter(|signs| (rank..=count - rank).contains(&signs.count_ones()));
        inside.count() as f64 / f64::from(1u32 << count)
    }

    #[test]
    fn the_ranks_hold_what_the_binomial_law_says() {
        for count in 1..=16u32 {
            let rank = lowest_rank(count as usize) as u32;
            if count < 6 {
                assert_eq!(rank, 0, "{count} numbers have no interval");
                assert!(held(count, 1) < 0.95);
            } else {
                assert!(held(count, rank) >= 0.95, "{count} {rank}");
                assert!(held(count, rank + 1) < 0.95, "{count} {rank} could be tighter");
            }
        }
        // As tables of the sign test print them.
        assert_eq!([9, 20, 25, 100].map(lowest_rank), [2, 6, 8, 40]);
        // The normal law agrees where there are many.
        let near = 5_000.0 - 1.96 * 10_000f64.sqrt() / 2.0;
        assert!((lowest_rank(10_000) as f64 - near).abs() < 2.0);
    }

    #[test]
    fn few_numbers_have_a_middle_and_no_interval() {
        for count in 1..=9usize {
            let numbers: Vec<f64> = (1..=count).map(|number| number as f64).collect();
            let found = Median::of(&numbers).unwrap();
            assert_eq!(found.value, (count as f64 + 1.0) / 2.0);
            match count {
                ..6 => assert_eq!(found.figure, Err(too_few(count, 6))),
                _ => {
                    let rank = if count < 9 { 1.0 } else { 2.0 };
                    let figure = found.figure.unwrap();
                    assert_eq!((figure.low(), figure.high()), (rank, count as f64 + 1.0 - rank));
                }
            }
        }
        assert!(Median::of(&[]).is_err() && Median::of(&[1.0, f64::NAN]).is_err());
    }
}

//! Marks of satisfaction: the mean with its interval, the same weighted by who answered, and the ends between which it
//! lies whatever the silent ones think.

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::compare::share_difference;
use crate::figure::{Estimate, Figure};
use crate::gap::{Counted, Gap};

/// The fewest marks a mean is given for.
const FEWEST: usize = 5;
/// The worst and the best mark.
const MARKS: (f64, f64) = (1.0, 5.0);
/// From this mark on a customer counts as satisfied.
const SATISFIED: u8 = 4;

/// One closed case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The mark, 1–5, where one was given.
    pub mark: Option<u8>,
    /// What may decide both the mark and whether one is given, such as the verdict; cases alike in it are one stratum.
    pub stratum: String,
    /// What is known of the case, by name: whether it holds.
    pub traits: Vec<(&'static str, bool)>,
}

/// How those who gave a mark differ from those who gave none.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaning {
    /// What is compared.
    pub name: &'static str,
    /// The share of those with a mark, 0–1.
    pub marked: Figure,
    /// The share of those without.
    pub silent: Figure,
    /// The first less the second, −1 to 1.
    pub difference: Figure,
}

/// What is known of satisfaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Satisfaction {
    /// Closed cases.
    pub closed: usize,
    /// Those with a mark.
    pub marked: usize,
    /// The share of closed cases with a mark, 0–1.
    pub response: Figure,
    /// The mean mark (Student's interval).
    pub mean: Figure,
    /// The share of marks from 4 on.
    pub satisfied: Figure,
    /// The mean as if every stratum had answered as often.
    pub weighted: Figure,
    /// The share of closed cases in strata where nobody answered, which no weight can mend.
    pub unheard: Figure,
    /// Where the mean of all would lie if all silent ones gave the worst mark, and if they gave the best; nothing
    /// without closed cases.
    pub bounds: Option<(f64, f64)>,
    /// How many gave each mark, from 1 to 5.
    pub counts: [usize; 5],
    /// How answering leans.
    pub leanings: Vec<Leaning>,
}

/// Measures the satisfaction of closed cases. Marks outside of 1 to 5 count as none.
pub fn measure_satisfaction(cases: &[Marked]) -> Satisfaction {
    let mark_of = |case: &Marked| case.mark.filter(|mark| (1..=5).contains(mark));
    let marks: Vec<u8> = cases.iter().filter_map(mark_of).collect();
    let mut counts = [0; 5];
    marks.iter().for_each(|mark| counts[usize::from(*mark) - 1] += 1);
    let satisfied = marks.iter().filter(|mark| **mark >= SATISFIED).count();
    let (weighted, unheard) = weigh(cases, mark_of);
    let (closed, marked) = (cases.len(), marks.len());
    let sum: f64 = marks.iter().map(|mark| f64::from(*mark)).sum();
    let silent = (closed - marked) as f64;
    let end = |mark: f64| (sum + silent * mark) / closed as f64;
    Satisfaction {
        closed,
        marked,
        response: Estimate::share(marked, closed),
        mean: mean_of(&marks),
        satisfied: Estimate::share(satisfied, marked),
        weighted,
        unheard: Estimate::share(unheard, closed),
        bounds: (closed > 0).then(|| (end(MARKS.0), end(MARKS.1))),
        counts,
        leanings: lean(cases, mark_of),
    }
}

fn mean_of(marks: &[u8]) -> Figure {
    let squares = marks.iter().map(|mark| u64::from(*mark).pow(2)).sum();
    mean_of_sums(
        marks.len(),
        marks.iter().map(|mark| u64::from(*mark)).sum(),
        squares,
    )
}

/// The mean mark with Student's interval, from how many marks there are, their sum and the sum of their squares.
pub fn mean_of_sums(count: usize, sum: u64, squares: u64) -> Figure {
    if count < FEWEST {
        return Err(Gap::TooFew {
            of: Counted::Marks,
            have: count,
            need: FEWEST,
        });
    }
    let mean = sum as f64 / count as f64;
    let spread = squares as f64 - mean * sum as f64;
    let variance = spread.max(0.0) / (count as f64 - 1.0);
    let law = StudentsT::new(0.0, 1.0, count as f64 - 1.0).map_err(|_| Gap::OutOfRange)?;
    let reach = law.inverse_cdf(0.975) * (variance / count as f64).sqrt();
    Estimate::new(mean, (mean - reach).max(MARKS.0), (mean + reach).min(MARKS.1))
}

/// Mean and variance of some marks; no variance with one.
fn moments(marks: &[u8]) -> (f64, f64) {
    let count = marks.len() as f64;
    let mean = marks.iter().map(|mark| f64::from(*mark)).sum::<f64>() / count;
    let square: f64 = marks.iter().map(|mark| (f64::from(*mark) - mean).powi(2)).sum();
    (mean, square / (count - 1.0).max(1.0))
}

/// The mean over strata by their size among all closed cases (post-stratification), and how many cases lie in strata
/// that nobody speaks for.
fn weigh(cases: &[Marked], mark_of: impl Fn(&Marked) -> Option<u8>) -> (Figure, usize) {
    let mut strata: BTreeMap<&str, (usize, Vec<u8>)> = BTreeMap::new();
    for case in cases {
        let stratum = strata.entry(&case.stratum).or_default();
        stratum.0 += 1;
        stratum.1.extend(mark_of(case));
    }
    let unheard = strata.values().filter(|(_, marks)| marks.is_empty());
    let unheard = unheard.map(|(size, _)| size).sum();
    let heard: Vec<&(usize, Vec<u8>)> = strata.values().filter(|(_, marks)| !marks.is_empty()).collect();
    let whole: usize = heard.iter().map(|(size, _)| size).sum();
    let all: Vec<u8> = heard
        .iter()
        .flat_map(|(_, marks)| marks.iter().copied())
        .collect();
    if all.len() < FEWEST {
        let gap = Gap::TooFew {
            of: Counted::Marks,
            have: all.len(),
            need: FEWEST,
        };
        return (Err(gap), unheard);
    }
    let (_, pooled) = moments(&all);
    let (mut mean, mut variance) = (0.0, 0.0);
    for (size, marks) in heard {
        let weight = *size as f64 / whole as f64;
        let (own, spread) = moments(marks);
        // A stratum with one or two marks borrows the spread of all.
        let spread = if marks.len() > 2 { spread } else { pooled };
        mean += weight * own;
        variance += weight * weight * spread / marks.len() as f64;
    }
    let reach = 1.959_964 * variance.sqrt();
    let figure = Estimate::new(mean, (mean - reach).max(MARKS.0), (mean + reach).min(MARKS.1));
    (figure, unheard)
}

fn lean(cases: &[Marked], mark_of: impl Fn(&Marked) -> Option<u8>) -> Vec<Leaning> {
    let mut counted: BTreeMap<&'static str, [(usize, usize); 2]> = BTreeMap::new();
    for case in cases {
        let side = usize::from(mark_of(case).is_none());
        for (name, holds) in &case.traits {
            let (with, of) = &mut counted.entry(name).or_default()[side];
            *with += usize::from(*holds);
            *of += 1;
        }
    }
    let leanings = counted.into_iter().map(|(name, [marked, silent])| Leaning {
        name,
        marked: Estimate::share(marked.0, marked.1),
        silent: Estimate::share(silent.0, silent.1),
        difference: share_difference(marked, silent),
    });
    leanings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(mark: Option<u8>, stratum: &str) -> Marked {
        Marked {
            mark,
            stratum: stratum.into(),
            traits: vec![("below", stratum == "below")],
        }
    }

    #[test]
    fn weights_mend_what_answering_leans() {
        // Half of the cases are bad; only a tenth of them answer, all with 1. The good ones all answer with 5.
        let mut cases: Vec<Marked> = (0..100).map(|_| case(Some(5), "met")).collect();
        cases.extend((0..100).map(|place| case((place < 10).then_some(1), "below")));
        let found = measure_satisfaction(&cases);
        assert_eq!((found.closed, found.marked), (200, 110));
        assert!((found.mean.unwrap().value() - 510.0 / 110.0).abs() < 1e-12);
        assert!((found.weighted.unwrap().value() - 3.0).abs() < 1e-12);
        let bounds = found.bounds.unwrap();
        assert_eq!(bounds, (600.0 / 200.0, 960.0 / 200.0));
        assert!((0.54..0.56).contains(&found.response.unwrap().value()));
        assert_eq!(found.counts, [10, 0, 0, 0, 100]);
        let leaning = &found.leanings[0];
        assert!(leaning.difference.unwrap().high() < -0.7, "{leaning:?}");
    }

    #[test]
    fn few_marks_give_a_reason_and_nothing_is_not_a_number() {
        let none = measure_satisfaction(&[]);
        assert!(none.mean.is_err() && none.response.is_err() && none.weighted.is_err());
        assert_eq!(none.bounds, None);
        let odd = measure_satisfaction(&[case(Some(9), "met"), case(Some(3), "met"), case(None, "below")]);
        assert_eq!((odd.marked, odd.mean.is_err()), (1, true));
        let same = measure_satisfaction(&vec![case(Some(4), "met"); 6]);
        let mean = same.mean.unwrap();
        assert_eq!((mean.low(), mean.value(), mean.high()), (4.0, 4.0, 4.0));
        assert!(same.unheard.unwrap().value() == 0.0);
    }

    #[test]
    fn the_interval_of_a_mean_is_student_s() {
        // Marks 1 to 5: mean 3, deviation 1.5811, t(4) = 2.7764: 3 ± 1.9632.
        let cases: Vec<Marked> = (1..=5).map(|mark| case(Some(mark), "met")).collect();
        let mean = measure_satisfaction(&cases).mean.unwrap();
        assert!(
            (mean.low() - 1.0368).abs() < 1e-4 && (mean.high() - 4.9632).abs() < 1e-4,
            "{mean:?}"
        );
    }
}

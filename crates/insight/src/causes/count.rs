//! In how many texts of two groups each piece occurs. A text counts a piece once, however often it repeats it.

use std::collections::HashMap;

use super::gram::grams;

/// The most texts of a group that are read; beyond it every n-th is taken.
const MOST_TEXTS: usize = 20_000;

/// The counts of a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) here: usize,
    pub(super) there: usize,
}

/// Pieces with their counts, and how many texts were read in each group.
pub(super) struct Counts<'t> {
    pub(super) grams: HashMap<&'t str, Count>,
    pub(super) here: usize,
    pub(super) there: usize,
}

/// Every n-th text, so that no more than the limit are read.
pub(super) fn thin<T: Clone>(texts: &[T]) -> Vec<T> {
    let step = texts.len().div_ceil(MOST_TEXTS).max(1);
    texts.iter().step_by(step).cloned().collect()
}

/// Counts the pieces of the folded texts of one group, and of the other those that the first has.
pub(super) fn count<'t>(here: &'t [String], there: &'t [String], least: usize) -> Counts<'t> {
    let mut counted: HashMap<&str, Count> = HashMap::new();
    for text in here {
        for gram in grams(text) {
            counted.entry(gram).or_default().here += 1;
        }
    }
    counted.retain(|_, count| count.here >= least);
    for text in there {
        for gram in grams(text) {
            if let Some(count) = counted.get_mut(gram) {
                count.there += 1;
            }
        }
    }
    Counts {
        grams: counted,
        here: here.len(),
        there: there.len(),
    }
}

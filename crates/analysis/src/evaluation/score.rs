//! The scores of one facet, counted over pairs of what was read and what is labeled.

use super::calibration::{Calibration, calibrate};
use super::interval::resample;
use super::{ENOUGH, Estimate, FacetScore, Read, ValueScore, mean, share};
use crate::block::{Block, Choice};

/// What was read and what is labeled, coded alike.
type Pair = (u32, u32);

#[derive(Clone, Copy, Default)]
struct Counts {
    both: usize,
    named: usize,
    labeled: usize,
}

impl Counts {
    fn f1(self) -> f64 {
        share(2 * self.both, self.named + self.labeled)
    }

    /// Cohen's κ of naming this value or not, over `texts` texts.
    fn kappa(self, texts: usize) -> f64 {
        let texts = texts as f64;
        let (named, labeled) = (self.named as f64 / texts, self.labeled as f64 / texts);
        let neither = texts - (self.named + self.labeled - self.both) as f64;
        let agreed = (self.both as f64 + neither) / texts;
        beyond_chance(agreed, named * labeled + (1.0 - named) * (1.0 - labeled))
    }
}

/// The scores of a facet; nothing when no text has a label for it.
pub(super) fn score_block(block: Block, reads: &[Read], seed: u64) -> Option<FacetScore> {
    let labeled: Vec<(&Read, Pair)> = reads
        .iter()
        .filter_map(|read| Some((read, (read.values[block as usize], read.text.label(block)?))))
        .collect();
    let pairs: Vec<Pair> = labeled.iter().map(|(_, pair)| *pair).collect();
    if pairs.is_empty() {
        return None;
    }
    let counts = count(block, pairs.iter().copied());
    let compared = compared_values(&counts);
    let scores = rates(block, &compared, pairs.iter().copied());
    let intervals = resample(pairs.len(), seed, |drawn| {
        rates(block, &compared, drawn.iter().map(|&text| pairs[text]))
    });
    let estimate = |of: usize| Estimate {
        score: scores[of],
        interval: intervals[of],
    };
    Some(FacetScore {
        key: block.key(),
        texts: pairs.len(),
        accuracy: estimate(0),
        kappa: kappa(block, scores[0], &counts, pairs.len()),
        micro_f1: estimate(1),
        macro_f1: estimate(2),
        values: value_scores(block, &counts),
        calibration: calibration_of(block, &labeled),
        confusion: confusion(block, &pairs),
    })
}

fn holds(block: Block, code: u32, value: usize) -> bool {
    match block.choice() {
        Choice::One => code as usize == value,
        Choice::Many => code >> value & 1 == 1,
    }
}

fn count(block: Block, pairs: impl Iterator<Item = Pair>) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); block.size()];
    for (named, labeled) in pairs {
        for (value, count) in counts.iter_mut().enumerate() {
            let (named, labeled) = (holds(block, named, value), holds(block, labeled, value));
            count.both += usize::from(named && labeled);
            count.named += usize::from(named);
            count.labeled += usize::from(labeled);
        }
    }
    counts
}

/// The values whose F1 are averaged: those with enough texts, or all that occur when none has enough.
fn compared_values(counts: &[Counts]) -> Vec<usize> {
    let with = |least: usize| -> Vec<usize> {
        (0..counts.len())
            .filter(|&value| counts[value].labeled >= least)
            .collect()
    };
    let enough = with(ENOUGH);
    if enough.is_empty() { with(1) } else { enough }
}

/// Accuracy, micro-F1 and macro-F1 over the compared values.
fn rates(block: Block, compared: &[usize], pairs: impl Iterator<Item = Pair> + Clone) -> [f64; 3] {
    let counts = count(block, pairs.clone());
    let (mut right, mut texts) = (0, 0);
    for (named, labeled) in pairs {
        right += usize::from(named == labeled);
        texts += 1;
    }
    let accuracy = share(right, texts);
    let f1: Vec<f64> = compared.iter().map(|&value| counts[value].f1()).collect();
    [accuracy, micro_f1(block, accuracy, &counts), mean(&f1)]
}

fn kappa(block: Block, accuracy: f64, counts: &[Counts], texts: usize) -> f64 {
    match block.choice() {
        Choice::Many => {
            let occurring = counts.iter().filter(|count| count.labeled > 0);
            mean(&occurring.map(|count| count.kappa(texts)).collect::<Vec<_>>())
        }
        Choice::One => {
            let square = (texts * texts) as f64;
            let chance = counts
                .iter()
                .map(|count| (count.named * count.labeled) as f64 / square)
                .sum();
            beyond_chance(accuracy, chance)
        }
    }
}

fn micro_f1(block: Block, accuracy: f64, counts: &[Counts]) -> f64 {
    match (block, block.choice()) {
        (Block::Complaint, _) => counts[1].f1(),
        (_, Choice::One) => accuracy,
        (_, Choice::Many) => {
            let sum = |part: fn(&Counts) -> usize| counts.iter().map(part).sum::<usize>();
            share(
                2 * sum(|count| count.both),
                sum(|count| count.named) + sum(|count| count.labeled),
            )
        }
    }
}

fn value_scores(block: Block, counts: &[Counts]) -> Vec<ValueScore> {
    let values = block.values().into_iter().zip(counts);
    values
        .map(|(key, count)| ValueScore {
            key,
            texts: count.labeled,
            recall: share(count.both, count.labeled),
            precision: share(count.both, count.named),
        })
        .collect()
}

/// For facets of one value, the probability of the value that was read; for facets of many, of every value.
fn calibration_of(block: Block, labeled: &[(&Read, Pair)]) -> Calibration {
    let said = |read: &Read, value: usize| read.chances[block.offset() + value];
    match block.choice() {
        Choice::One => calibrate(
            labeled
                .iter()
                .map(|(read, (named, label))| (said(read, *named as usize), named == label)),
        ),
        Choice::Many => calibrate(labeled.iter().flat_map(|(read, (_, label))| {
            (0..block.size()).map(move |value| (said(read, value), holds(block, *label, value)))
        })),
    }
}

fn confusion(block: Block, pairs: &[Pair]) -> Vec<Vec<usize>> {
    if block.choice() == Choice::Many {
        return Vec::new();
    }
    let mut cells = vec![vec![0; block.size()]; block.size()];
    for &(named, labeled) in pairs {
        cells[labeled as usize][named as usize] += 1;
    }
    cells
}

fn beyond_chance(agreed: f64, chance: f64) -> f64 {
    if chance < 1.0 {
        (agreed - chance) / (1.0 - chance)
    } else {
        1.0
    }
}

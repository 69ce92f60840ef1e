//! How well a model reads labeled texts: accuracy, agreement and F1 per facet, recall per value.

use crate::block::{Block, Choice};
use crate::labeled::LabeledText;

/// The scores of one facet.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetScore {
    /// The facet's key in labeled texts.
    pub key: &'static str,
    /// How many texts have a label.
    pub texts: usize,
    /// The share of texts read exactly like their label; for facets of many values, all values at once.
    pub accuracy: f64,
    /// Cohen's κ, the agreement beyond chance; for facets of many values the mean over values.
    pub kappa: f64,
    /// F1 over all values and texts together; for facets of one value the same as accuracy, for the complaint facet
    /// the F1 of complaints.
    pub micro_f1: f64,
    /// The mean of the values' F1, over values that occur.
    pub macro_f1: f64,
    /// Each value.
    pub values: Vec<ValueScore>,
}

/// The scores of one value of a facet.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueScore {
    /// The value's key.
    pub key: &'static str,
    /// How many texts are labeled with it.
    pub texts: usize,
    /// The share of them that were found.
    pub recall: f64,
    /// The share of those named that are labeled so.
    pub precision: f64,
}

/// The scores of a model on a set of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How many texts were read.
    pub texts: usize,
    /// Each facet that has labels.
    pub facets: Vec<FacetScore>,
    /// The mean F1, by characters, of the evidence for the psychology against the labeled words, where the psychology
    /// is right and words are given.
    pub evidence_f1: f64,
    /// How many texts that mean is over.
    pub evidence_texts: usize,
}

/// One text as read: its label-coded values by block, and the code points of its psychology's evidence.
pub(crate) struct Read<'t> {
    pub(crate) text: &'t LabeledText,
    pub(crate) values: [u32; Block::ALL.len()],
    pub(crate) evidence: Vec<domain::Span>,
}

/// Compares what was read with the labels.
pub(crate) fn compare(reads: &[Read]) -> Report {
    let shown = Block::ALL.iter().filter(|&&block| block != Block::Register);
    let facets = shown.filter_map(|&block| score_block(block, reads)).collect();
    let overlaps: Vec<f64> = reads.iter().filter_map(evidence_overlap).collect();
    Report {
        texts: reads.len(),
        facets,
        evidence_f1: mean(&overlaps),
        evidence_texts: overlaps.len(),
    }
}

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

fn score_block(block: Block, reads: &[Read]) -> Option<FacetScore> {
    let pairs: Vec<(u32, u32)> = reads
        .iter()
        .filter_map(|read| Some((read.values[block as usize], read.text.label(block)?)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let holds = |code: u32, value: usize| match block.choice() {
        Choice::One => code as usize == value,
        Choice::Many => code >> value & 1 == 1,
    };
    let counts: Vec<Counts> = (0..block.size())
        .map(|value| Counts {
            both: pairs
                .iter()
                .filter(|(a, b)| holds(*a, value) && holds(*b, value))
                .count(),
            named: pairs.iter().filter(|(a, _)| holds(*a, value)).count(),
            labeled: pairs.iter().filter(|(_, b)| holds(*b, value)).count(),
        })
        .collect();
    let accuracy = share(pairs.iter().filter(|(a, b)| a == b).count(), pairs.len());
    let occurring: Vec<Counts> = counts.iter().copied().filter(|count| count.labeled > 0).collect();
    let macro_f1 = mean(&occurring.iter().map(|count| count.f1()).collect::<Vec<_>>());
    Some(FacetScore {
        key: block.key(),
        texts: pairs.len(),
        accuracy,
        kappa: kappa(block, accuracy, &counts, &occurring, pairs.len()),
        micro_f1: micro_f1(block, accuracy, &counts),
        macro_f1,
        values: value_scores(block, &counts),
    })
}

fn kappa(block: Block, accuracy: f64, counts: &[Counts], occurring: &[Counts], texts: usize) -> f64 {
    match block.choice() {
        Choice::Many => mean(
            &occurring
                .iter()
                .map(|count| count.kappa(texts))
                .collect::<Vec<_>>(),
        ),
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

/// The F1 of quoted characters against the labeled words; nothing when the psychology is wrong or no words are given.
fn evidence_overlap(read: &Read) -> Option<f64> {
    let right = read.text.label(Block::Psychology)? == read.values[Block::Psychology as usize];
    if !right || read.text.evidence.is_empty() {
        return None;
    }
    let at = read.text.text.find(&read.text.evidence)?;
    let start = read.text.text[..at].chars().count() as u32;
    let wanted = start..start + read.text.evidence.chars().count() as u32;
    let mut quoted: Vec<u32> = read
        .evidence
        .iter()
        .flat_map(|span| span.start..span.end)
        .collect();
    quoted.sort_unstable();
    quoted.dedup();
    let both = quoted.iter().filter(|at| wanted.contains(at)).count();
    Some(share(2 * both, quoted.len() + wanted.len()))
}

fn beyond_chance(agreed: f64, chance: f64) -> f64 {
    if chance < 1.0 {
        (agreed - chance) / (1.0 - chance)
    } else {
        1.0
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

fn mean(numbers: &[f64]) -> f64 {
    if numbers.is_empty() {
        0.0
    } else {
        numbers.iter().sum::<f64>() / numbers.len() as f64
    }
}

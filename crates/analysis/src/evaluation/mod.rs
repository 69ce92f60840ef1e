//! How well a model reads labeled texts: accuracy, agreement and F1 per facet with intervals, how honest its
//! probabilities are, and how well its evidence carries the psychology.

pub mod agreement;
mod calibration;
mod evidence;
mod interval;
mod score;
pub mod talk;

pub(crate) use calibration::error_of;
pub use calibration::{Bin, Calibration};
pub use evidence::EvidenceScore;
pub use interval::Interval;

use crate::block::{Block, OUTPUTS};
use crate::labeled::LabeledText;
pub(crate) use evidence::{Without, part_of};

/// The scores of one facet.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetScore {
    /// The facet's key in labeled texts.
    pub key: &'static str,
    /// How many texts have a label.
    pub texts: usize,
    /// The share of texts read exactly like their label; for facets of many values, all values at once.
    pub accuracy: Estimate,
    /// Cohen's κ, the agreement beyond chance; for facets of many values the mean over values.
    pub kappa: f64,
    /// F1 over all values and texts together; for facets of one value the same as accuracy, for the complaint facet
    /// the F1 of complaints.
    pub micro_f1: Estimate,
    /// The mean of the values' F1, over values that [`ENOUGH`] texts are labeled with; over all that occur when none
    /// has as many.
    pub macro_f1: Estimate,
    /// Each value.
    pub values: Vec<ValueScore>,
    /// How honest the probabilities are.
    pub calibration: Calibration,
    /// For facets of one value: by labeled value, how many texts were read as each value. Empty for facets of many.
    pub confusion: Vec<Vec<usize>>,
}

/// A score and the interval that it lies in with a confidence of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The score.
    pub score: f64,
    /// Where it may lie.
    pub interval: Interval,
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
    /// How well the evidence of the psychology carries it.
    pub evidence: EvidenceScore,
}

/// A value that fewer texts are labeled with says little.
pub const ENOUGH: usize = 10;

/// One text as read: its label-coded values by block, the probability of every value as the product shows it, the
/// code points of its psychology's evidence, and what is read without parts of the text.
pub(crate) struct Read<'t> {
    pub(crate) text: &'t LabeledText,
    pub(crate) values: [u32; Block::ALL.len()],
    pub(crate) chances: [f32; OUTPUTS],
    pub(crate) evidence: Vec<domain::Span>,
    pub(crate) without: Option<Without>,
}

/// Compares what was read with the labels. The seed draws the samples of the intervals.
pub(crate) fn compare(reads: &[Read], seed: u64) -> Report {
    let shown = Block::ALL.iter().filter(|&&block| block != Block::Register);
    Report {
        texts: reads.len(),
        facets: shown
            .filter_map(|&block| score::score_block(block, reads, seed))
            .collect(),
        evidence: evidence::score_evidence(reads),
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

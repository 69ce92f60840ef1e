//! Where scores become values: one threshold per facet of many values, and a push for values that would else hardly
//! ever be named. Chosen on scores of texts that the model had not seen.

use crate::block::{Block, Choice, OUTPUTS};
use crate::decide::{Offsets, decide, kind_of, pick_many};
use crate::labeled::LabeledText;
use crate::learn::origins::Origins;

/// The share of a value's texts of the project's own kind that must be found, for facets of one value.
const LEAST_RECALL_ONE: f32 = 0.45;
/// The same for the strength of feeling, whose extreme is rare and must not be missed.
const LEAST_RECALL_STRENGTH: f32 = 0.65;
/// The same for facets of many values.
const LEAST_RECALL_MANY: f32 = 0.32;
/// The same for values of which there are few texts: their recall on new texts falls short of this one most.
const LEAST_RECALL_RARE: f32 = 0.60;
/// Values with fewer texts than this are rare.
const RARE: usize = 140;
/// No value is pushed when less than this share of what is named is right.
const LEAST_PRECISION: f32 = 0.18;
/// Values with fewer texts than this are not pushed.
const FEWEST: usize = 40;
/// The smallest change of a threshold, in logits.
const NUDGE: f32 = 0.1;
/// The largest push of one value, in logits.
const FARTHEST: f32 = 2.0;

/// Fewer texts of a kind than this are too few to choose by; they take the other kind's offsets.
const TOO_FEW: usize = 50;

/// The training texts of one kind with their scores.
struct Sample<'a> {
    texts: Vec<&'a LabeledText>,
    weights: Vec<f32>,
    unseen: Vec<&'a [f32; OUTPUTS]>,
}

/// The offsets of all outputs for both kinds of text, as the model itself tells the kinds apart.
pub(crate) fn choose_offsets(
    texts: &[LabeledText],
    origins: Origins,
    weights: &[f32],
    unseen: &[[f32; OUTPUTS]],
    caution: f32,
) -> Offsets {
    let samples = [0, 1].map(|kind| {
        let members: Vec<usize> = (0..texts.len())
            .filter(|&index| kind_of(&unseen[index]) == kind)
            // Public texts drawn for their rarity say nothing about what is usual.
            .filter(|&index| kind == 0 || texts[index].origin == origins.reference(1))
            .collect();
        Sample {
            texts: members.iter().map(|&index| &texts[index]).collect(),
            weights: members.iter().map(|&index| weights[index]).collect(),
            unseen: members.iter().map(|&index| &unseen[index]).collect(),
        }
    });
    let sizes = [samples[0].texts.len(), samples[1].texts.len()];
    [0, 1].map(|kind| {
        let kind = if sizes[kind] < TOO_FEW { 1 - kind } else { kind };
        let mut offsets = offsets_of(&samples[kind], kind == 0);
        // Subjects are left as they are: nearly every complaint has one.
        for block in [Block::Motives, Block::Causes, Block::Risks] {
            offsets[block.range()]
                .iter_mut()
                .for_each(|offset| *offset -= caution);
        }
        offsets
    })
}

fn offsets_of(sample: &Sample, own: bool) -> [f32; OUTPUTS] {
    let mut offsets = [0f32; OUTPUTS];
    for &block in Block::ALL.iter().filter(|&&block| block != Block::Register) {
        if block.choice() == Choice::Many {
            offsets[block.range()].fill(best_threshold(block, sample));
        }
        if own && !matches!(block, Block::Temperament | Block::Outcome | Block::Secondary) {
            push_rare(block, sample, &mut offsets);
        }
    }
    offsets
}

/// The common offset with the best micro-F1.
fn best_threshold(block: Block, sample: &Sample) -> f32 {
    let quality = |offset: f32| -> f32 {
        let mut counts = [0f32; 3];
        for ((text, scores), weight) in sample.texts.iter().zip(&sample.unseen).zip(&sample.weights) {
            if let Some(label) = text.label(block) {
                let named = pick_many(block, scores, &[offset; OUTPUTS]);
                counts[0] += weight * (named & label).count_ones() as f32;
                counts[1] += weight * named.count_ones() as f32;
                counts[2] += weight * label.count_ones() as f32;
            }
        }
        2.0 * counts[0] / (counts[1] + counts[2]).max(1.0)
    };
    let mut best = (f32::MIN, 0.0);
    for step in 0..=24 {
        let offset = step as f32 * NUDGE - 0.5;
        let reached = quality(offset);
        if reached > best.0 {
            best = (reached, offset);
        }
    }
    best.1
}

/// Raises the offsets of values that are found too seldom, while enough of what is named stays right.
fn push_rare(block: Block, sample: &Sample, offsets: &mut [f32; OUTPUTS]) {
    for (value, output) in block.range().enumerate() {
        let start = offsets[output];
        let labeled = Seen::of(block, value, sample, offsets).labeled;
        let least = match block.choice() {
            Choice::One if block == Block::Intensity => LEAST_RECALL_STRENGTH,
            Choice::One => LEAST_RECALL_ONE,
            Choice::Many if labeled < RARE => LEAST_RECALL_RARE,
            Choice::Many => LEAST_RECALL_MANY,
        };
        while labeled >= FEWEST && offsets[output] < start + FARTHEST {
            let seen = Seen::of(block, value, sample, offsets);
            if seen.recall() >= least || seen.precision() < LEAST_PRECISION {
                break;
            }
            offsets[output] += NUDGE;
        }
    }
}

/// How one value fares.
#[derive(Default)]
struct Seen {
    labeled: usize,
    named: usize,
    right: usize,
}

impl Seen {
    fn of(block: Block, value: usize, sample: &Sample, offsets: &[f32; OUTPUTS]) -> Self {
        let mut seen = Self::default();
        let both = [*offsets; 2];
        for (text, scores) in sample.texts.iter().zip(&sample.unseen) {
            let Some(label) = text.label(block) else {
                continue;
            };
            let (holds, named) = match block.choice() {
                Choice::One => (
                    label as usize == value,
                    decide(scores, &both).of(block) as usize == value,
                ),
                Choice::Many => (
                    label >> value & 1 == 1,
                    pick_many(block, scores, offsets) >> value & 1 == 1,
                ),
            };
            seen.labeled += usize::from(holds);
            seen.named += usize::from(named);
            seen.right += usize::from(holds && named);
        }
        seen
    }

    fn recall(&self) -> f32 {
        self.right as f32 / self.labeled.max(1) as f32
    }

    fn precision(&self) -> f32 {
        if self.named == 0 {
            1.0
        } else {
            self.right as f32 / self.named as f32
        }
    }
}

//! Where scores become values: one threshold per facet of many values, and a push for values that would else hardly
//! ever be named. Chosen on scores of texts that the model had not seen.

use crate::block::{Block, Choice, OUTPUTS};
use crate::decide::{pick_many, pick_one};
use crate::labeled::LabeledText;

/// The share of a value's texts of the project's own kind that must be found.
const LEAST_RECALL: f32 = 0.40;
/// Values with fewer texts than this are not pushed.
const FEWEST: usize = 10;
/// The smallest change of a threshold, in logits.
const NUDGE: f32 = 0.1;
/// The largest push of one value, in logits.
const FARTHEST: f32 = 2.0;

/// The offsets of all outputs.
pub(crate) fn choose_offsets(texts: &[LabeledText], unseen: &[[f32; OUTPUTS]]) -> [f32; OUTPUTS] {
    let mut offsets = [0f32; OUTPUTS];
    for &block in Block::ALL.iter().filter(|&&block| block != Block::Register) {
        if block.choice() == Choice::Many {
            offsets[block.range()].fill(best_threshold(block, texts, unseen));
        }
        push_rare(block, texts, unseen, &mut offsets);
    }
    offsets
}

/// The common offset with the best micro-F1, the kinds of text counting alike.
fn best_threshold(block: Block, texts: &[LabeledText], unseen: &[[f32; OUTPUTS]]) -> f32 {
    let quality = |offset: f32| -> f32 {
        let kinds = [true, false].map(|own| {
            let mut counts = [0u32; 3];
            for (text, scores) in texts.iter().zip(unseen) {
                if let Some(label) = text.label(block).filter(|_| is_own(text) == own) {
                    let named = pick_many(block, scores, &[offset; OUTPUTS]);
                    counts[0] += (named & label).count_ones();
                    counts[1] += named.count_ones();
                    counts[2] += label.count_ones();
                }
            }
            2.0 * counts[0] as f32 / (counts[1] + counts[2]).max(1) as f32
        });
        kinds[0] + kinds[1]
    };
    let steps = (0..=24).map(|step| step as f32 * NUDGE - 0.5);
    let mut best = (f32::MIN, 0.0);
    for offset in steps {
        let reached = quality(offset);
        if reached > best.0 {
            best = (reached, offset);
        }
    }
    best.1
}

fn push_rare(block: Block, texts: &[LabeledText], unseen: &[[f32; OUTPUTS]], offsets: &mut [f32; OUTPUTS]) {
    for (value, output) in block.range().enumerate() {
        let holds = |text: &LabeledText| {
            text.label(block).is_some_and(|label| match block.choice() {
                Choice::One => label as usize == value,
                Choice::Many => label >> value & 1 == 1,
            })
        };
        let rows: Vec<&[f32; OUTPUTS]> = texts
            .iter()
            .zip(unseen)
            .filter(|(text, _)| is_own(text) && holds(text))
            .map(|(_, scores)| scores)
            .collect();
        let start = offsets[output];
        let found = |offsets: &[f32; OUTPUTS]| {
            let named = |scores: &[f32; OUTPUTS]| match block.choice() {
                Choice::One => pick_one(block, scores, offsets) == value,
                Choice::Many => pick_many(block, scores, offsets) >> value & 1 == 1,
            };
            rows.iter().filter(|scores| named(scores)).count() as f32 / rows.len().max(1) as f32
        };
        while rows.len() >= FEWEST && found(offsets) < LEAST_RECALL && offsets[output] < start + FARTHEST {
            offsets[output] += NUDGE;
        }
    }
}

fn is_own(text: &LabeledText) -> bool {
    text.label(Block::Register) == Some(0)
}

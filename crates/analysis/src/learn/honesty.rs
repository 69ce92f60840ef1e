//! How probabilities are made true: for every facet the line through the logits that fits texts which the model had not
//! seen best, and how probable a temperament must be so that it is right often enough when it is named.

use domain::{Temperament, Vocabulary};

use crate::block::{Block, Choice, OUTPUTS};
use crate::chances::Chances;
use crate::decide::{Decision, Offsets, decide, kind_of};
use crate::labeled::LabeledText;
use crate::learn::origins::Origins;
use crate::model::{BLOCKS, Honesty, Line, logit};

/// Fewer texts of a kind than this are too few to learn from; they take the other kind's lines.
const TOO_FEW: usize = 50;
/// How many texts it takes to move a line half the way from the straight one, about.
const RELUCTANCE: f64 = 4.0;
/// Steps of Newton's method; the loss is convex in two numbers and settles long before.
const STEPS: usize = 25;
/// A named temperament must be right in this share of the texts, at least.
const TEMPERAMENT_RIGHT: f32 = 0.7;
/// Fewer named temperaments say nothing.
const FEWEST_NAMED: usize = 20;

/// A text with its scores by a model that had not seen it, and what is decided from them.
struct Sample<'a> {
    text: &'a LabeledText,
    scores: &'a [f32; OUTPUTS],
    decision: Decision,
    chances: Chances,
}

/// The lines and certainties of both kinds of text, as the model itself tells the kinds apart.
pub(crate) fn learn_honesty(
    texts: &[LabeledText],
    origins: Origins,
    unseen: &[[f32; OUTPUTS]],
    offsets: &Offsets,
) -> Honesty {
    let samples = [0, 1].map(|kind| -> Vec<Sample<'_>> {
        let members = texts.iter().zip(unseen).filter(|(text, scores)| {
            // Public texts drawn for their rarity say nothing about what is usual.
            kind_of(*scores) == kind && (kind == 0 || text.origin == origins.reference(1))
        });
        members
            .map(|(text, scores)| Sample {
                text,
                scores,
                decision: decide(scores, offsets),
                chances: Chances::of(scores),
            })
            .collect()
    });
    let sizes = samples.each_ref().map(Vec::len);
    let chosen = [0, 1].map(|kind| &samples[if sizes[kind] < TOO_FEW { 1 - kind } else { kind }]);
    let mut honesty = Honesty::default();
    for (lines, samples) in honesty.lines.iter_mut().zip(chosen) {
        for &block in Block::ALL.iter().filter(|&&block| block != Block::Register) {
            lines[block as usize] = fit_line(&said(block, samples));
        }
    }
    honesty.sure_temperament = [0, 1].map(|kind| {
        let line = honesty.lines[kind][Block::Temperament as usize];
        sure_temperament(chosen[kind], line)
    });
    honesty
}

/// The logits of the probabilities said, each with whether it came true.
fn said(block: Block, samples: &[Sample<'_>]) -> Vec<(f32, bool)> {
    let labeled = samples
        .iter()
        .filter_map(|sample| Some((sample, sample.text.label(block)?)));
    match block.choice() {
        Choice::One => labeled.map(|(sample, label)| decided(block, sample, label)).collect(),
        Choice::Many => labeled
            .flat_map(|(sample, label)| {
                let scores = &sample.scores[block.range()];
                let values = scores.iter().enumerate();
                values.map(move |(value, &score)| (score, label >> value & 1 == 1))
            })
            .collect(),
    }
}

fn decided(block: Block, sample: &Sample<'_>, label: u32) -> (f32, bool) {
    let value = sample.decision.of(block);
    let p = sample.chances.at(block.offset() + value as usize);
    (logit(p), value == label)
}

/// The line that makes what was said most probable (Platt 1999), held near the straight one.
fn fit_line(said: &[(f32, bool)]) -> Line {
    let (mut shift, mut slope) = (0f64, 1f64);
    if said.len() < BLOCKS {
        return Line::STRAIGHT;
    }
    for _ in 0..STEPS {
        let mut gradient = [RELUCTANCE * shift, RELUCTANCE * (slope - 1.0)];
        let mut curve = [RELUCTANCE, 0.0, RELUCTANCE];
        for &(logit, came_true) in said {
            let x = f64::from(logit);
            let p = 1.0 / (1.0 + libm::exp(-(shift + slope * x)));
            let off = p - f64::from(u8::from(came_true));
            gradient[0] += off;
            gradient[1] += off * x;
            let weight = p * (1.0 - p);
            curve[0] += weight;
            curve[1] += weight * x;
            curve[2] += weight * x * x;
        }
        let whole = curve[0] * curve[2] - curve[1] * curve[1];
        shift -= (curve[2] * gradient[0] - curve[1] * gradient[1]) / whole;
        slope -= (curve[0] * gradient[1] - curve[1] * gradient[0]) / whole;
    }
    Line {
        shift: shift as f32,
        slope: slope as f32,
    }
}

/// The least probability from which on named temperaments are right often enough.
fn sure_temperament(samples: &[Sample<'_>], line: Line) -> f32 {
    let block = Block::Temperament;
    let unknown = Temperament::Unknown.index() as u32;
    let labeled = samples
        .iter()
        .filter_map(|sample| Some((sample, sample.text.label(block)?)));
    let named: Vec<(f32, bool)> = labeled
        .filter(|(sample, _)| sample.decision.of(block) != unknown)
        .map(|(sample, label)| {
            let (logit, right) = decided(block, sample, label);
            (
                1.0 / (1.0 + libm::expf(-(line.shift + line.slope * logit))),
                right,
            )
        })
        .collect();
    let good = |least: &f32| {
        let above: Vec<bool> = named
            .iter()
            .filter(|(p, _)| p >= least)
            .map(|(_, right)| *right)
            .collect();
        let right = above.iter().filter(|right| **right).count() as f32;
        above.len() >= FEWEST_NAMED && right >= TEMPERAMENT_RIGHT * above.len() as f32
    };
    let steps = (20..=95).map(|step| step as f32 / 100.0);
    steps
        .into_iter()
        .find(good)
        .unwrap_or(Honesty::default().sure_temperament[0].max(TEMPERAMENT_RIGHT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_probabilities_are_bent_to_the_truth() {
        // Said with odds of e⁴ to one, true in three of four.
        let said: Vec<(f32, bool)> = (0..4000).map(|index| (4.0 * if index % 2 == 0 { 1.0 } else { -1.0 }, (index % 8 < 6) == (index % 2 == 0))).collect();
        let line = fit_line(&said);
        let p = 1.0 / (1.0 + libm::expf(-(line.shift + line.slope * 4.0)));
        let held = said.iter().filter(|(logit, came)| *logit > 0.0 && *came).count() as f32 / 2000.0;
        assert!((p - held).abs() < 0.01, "{line:?} {p} {held}");
        assert_eq!(fit_line(&[]), Line::STRAIGHT);
    }
}

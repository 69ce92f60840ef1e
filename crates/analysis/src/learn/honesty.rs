//! How probabilities are made true: for every facet the line through the logits that fits labeled texts best which the
//! model had not learned from, and how probable a temperament must be so that it is right often enough when it is named.

use std::ptr;

use domain::{Temperament, Vocabulary};

use crate::block::{Block, Choice, OUTPUTS};
use crate::chances::Chances;
use crate::cues::Cues;
use crate::decide::{Decision, decide_kind};
use crate::evaluation::error_of;
use crate::labeled::LabeledText;
use crate::model::{Honesty, Line, LoadError, logit};
use crate::models::{EngineOptions, Models, Part};

/// A facet with fewer labels than this keeps its probabilities.
const TOO_FEW: usize = 50;
/// How strongly a line is held near the straight one, in texts about.
const RELUCTANCE: f64 = 4.0;
/// Steps of Newton's method; the loss is convex in two numbers and settles long before.
const STEPS: usize = 50;
/// No step changes shift or slope by more than this.
const LONGEST_STEP: f64 = 0.25;
/// A line never turns probabilities around.
const FLATTEST: f64 = 0.1;
/// A named temperament must be right in this share of the texts, at least.
const TEMPERAMENT_RIGHT: f32 = 0.7;
/// A line that brings the error down by less than this is not worth moving what follows from probabilities.
const LEAST_GAIN: f64 = 0.01;
/// What the error on texts that a line was not learned from may rise by; more says that there is no line to learn.
const CHANCE: f64 = 0.005;
/// Fewer named temperaments say nothing.
const FEWEST_NAMED: usize = 15;

/// A model whose probabilities were put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated {
    /// The model, with its lines.
    pub bytes: Vec<u8>,
    /// How many of the texts are read by this model; the others had no say.
    pub texts: usize,
    /// A temperament less probable than this stays unknown.
    pub sure_temperament: f32,
    /// Each facet that had labels enough.
    pub facets: Vec<CalibratedFacet>,
}

/// What the line of one facet did: expected calibration errors over the texts that the model reads.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibratedFacet {
    /// The facet's key in labeled texts.
    pub key: &'static str,
    /// Without a line.
    pub before: f64,
    /// With the line, over the texts that it was learned from.
    pub after: f64,
    /// With a line that was learned from the other half of the texts.
    pub held_out: f64,
}

impl CalibratedFacet {
    /// Whether the line is kept: it brings the error down where it was learned, and not up by more than chance where it
    /// was not.
    pub fn is_kept(&self) -> bool {
        self.after < self.before - LEAST_GAIN && self.held_out < self.before + CHANCE
    }
}

/// A text with its scores and what is decided from them.
struct Sample<'a> {
    text: &'a LabeledText,
    scores: [f32; OUTPUTS],
    decision: Decision,
    chances: Chances,
}

/// Learns the lines of one of an engine's models from labeled texts that none of its weights have seen; of these, those
/// that this model reads. Everything but probabilities and named temperaments stays as it was.
///
/// # Errors
/// When a model does not load or there is none of this part.
pub fn calibrate(
    options: EngineOptions<'_>,
    part: Part,
    texts: &[LabeledText],
) -> Result<Calibrated, LoadError> {
    let models = Models::load(options)?;
    let model = models
        .part(part)
        .ok_or_else(|| LoadError::Damaged("there is no model of this part".to_owned()))?;
    let samples = samples_of(&models, part, texts);
    let mut honesty = Honesty::default();
    let mut facets = Vec::new();
    for &block in Block::ALL.iter().filter(|&&block| block != Block::Register) {
        let said = said(block, &samples);
        let labeled = samples.iter().filter(|sample| sample.text.label(block).is_some());
        if labeled.count() < TOO_FEW {
            continue;
        }
        let line = fit_line(&said);
        let facet = CalibratedFacet {
            key: block.key(),
            before: error_with(|_| Line::STRAIGHT, &said),
            after: error_with(|_| line, &said),
            held_out: held_out_error(width_of(block), &said),
        };
        if facet.is_kept() {
            honesty
                .lines
                .iter_mut()
                .for_each(|lines| lines[block as usize] = line);
        }
        facets.push(facet);
    }
    let sure = sure_temperament(&samples, honesty.lines[0][Block::Temperament as usize]);
    honesty.sure_temperament = [sure; 2];
    let mut model = model.clone();
    model.honesty = honesty;
    Ok(Calibrated {
        bytes: model.to_bytes(),
        texts: samples.len(),
        sure_temperament: sure,
        facets,
    })
}

/// The texts that this model reads.
fn samples_of<'t>(models: &Models, part: Part, texts: &'t [LabeledText]) -> Vec<Sample<'t>> {
    let cues = Cues::load();
    let mut samples = Vec::new();
    for text in texts {
        let scored = models.score(&text::read(&text.text), &cues);
        if models
            .part(part)
            .is_some_and(|model| ptr::eq(model, scored.model))
        {
            samples.push(Sample {
                text,
                decision: decide_kind(&scored.scores, &scored.model.offsets, scored.own),
                chances: Chances::of(&scored.scores),
                scores: scored.scores,
            });
        }
    }
    samples
}

/// The logits of the probabilities said, each with whether it came true; those of a text stand together.
fn said(block: Block, samples: &[Sample<'_>]) -> Vec<(f32, bool)> {
    let labeled = samples
        .iter()
        .filter_map(|sample| Some((sample, sample.text.label(block)?)));
    match block.choice() {
        Choice::One => labeled
            .map(|(sample, label)| decided(block, sample, label))
            .collect(),
        Choice::Many => labeled
            .flat_map(|(sample, label)| {
                let scores = sample.scores[block.range()].iter().enumerate();
                scores.map(move |(value, &score)| (score, label >> value & 1 == 1))
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
        // Far from the best line Newton's step is too long.
        let step = |by: f64| (by / whole).clamp(-LONGEST_STEP, LONGEST_STEP);
        shift -= step(curve[2] * gradient[0] - curve[1] * gradient[1]);
        slope -= step(curve[0] * gradient[1] - curve[1] * gradient[0]);
    }
    Line {
        shift: shift as f32,
        slope: slope.max(FLATTEST) as f32,
    }
}

/// The calibration error of what was said when the line for its place is laid through it.
fn error_with(line_at: impl Fn(usize) -> Line, said: &[(f32, bool)]) -> f64 {
    let bent = said.iter().enumerate();
    error_of(bent.map(|(at, &(logit, came_true))| (line_at(at).bend(logit), came_true)))
}

/// The same with lines of which each was learned from every other text, `width` probabilities each.
fn held_out_error(width: usize, said: &[(f32, bool)]) -> f64 {
    let half = |at: usize| at / width % 2;
    let lines = [1, 0].map(|other| {
        let others = said.iter().enumerate().filter(|(at, _)| half(*at) == other);
        fit_line(&others.map(|(_, said)| *said).collect::<Vec<_>>())
    });
    error_with(|at| lines[half(at)], said)
}

/// How many probabilities of a facet are said of one text.
fn width_of(block: Block) -> usize {
    match block.choice() {
        Choice::One => 1,
        Choice::Many => block.size(),
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
            (line.bend(logit), right)
        })
        .collect();
    let good = |least: &f32| {
        let above = named.iter().filter(|(p, _)| p >= least);
        let right: Vec<bool> = above.map(|(_, right)| *right).collect();
        let hits = right.iter().filter(|right| **right).count() as f32;
        right.len() >= FEWEST_NAMED && hits >= TEMPERAMENT_RIGHT * right.len() as f32
    };
    let mut steps = (20..=95).map(|step| step as f32 / 100.0);
    steps.find(good).unwrap_or(TEMPERAMENT_RIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_probabilities_are_bent_to_the_truth() {
        // Said with odds of e⁴ to one, true in three of four.
        let said: Vec<(f32, bool)> = (0..4000)
            .map(|index| {
                let sign = if index % 2 == 0 { 1.0 } else { -1.0 };
                (4.0 * sign, (index % 8 < 6) == (index % 2 == 0))
            })
            .collect();
        let line = fit_line(&said);
        let sure = said.iter().filter(|(logit, came)| *logit > 0.0 && *came);
        let held = sure.count() as f32 / 2000.0;
        assert!((line.bend(4.0) - held).abs() < 0.02, "{line:?} {held}");
        assert!(error_with(|_| line, &said) < 0.02 && error_with(|_| Line::STRAIGHT, &said) > 0.2);
        assert_eq!(fit_line(&[]), Line::STRAIGHT);
    }
}

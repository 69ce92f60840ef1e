//! The model: weights of word pieces, a second layer over their scores, and the thresholds that turn scores into
//! values. Comes as bytes; reading and writing them is in `file`.

mod file;
mod honesty;
mod table;
mod voices;

pub(crate) use file::{Reader, Writer, pack, unpack};
pub(crate) use honesty::{Honesty, Line, logit};
pub(crate) use table::{Table, quantize, unit_of};
pub(crate) use voices::Voices;
use voices::said;

use std::ops::Range;

use crate::block::{Block, OUTPUTS, WORD_OUTPUTS};
use crate::cues::{Cues, Found, Hit};
use crate::decide::{Decision, Offsets, mix_kinds};
use crate::glance::Glance;
use crate::gram::Letters;
use crate::pairs::SurePair;
use crate::shape::{MEASURES, measure};
use domain::{Risk, Vocabulary as _};
use multiversion::multiversion;

/// The number of inputs of the second layer: word scores, measures, cue counts.
pub(crate) const INPUTS: usize = WORD_OUTPUTS + MEASURES + OUTPUTS;
/// The measures among the inputs.
pub(crate) const SHAPE_INPUTS: Range<usize> = WORD_OUTPUTS..WORD_OUTPUTS + MEASURES;
/// The cue counts among them.
pub(crate) const CUE_INPUTS: Range<usize> = SHAPE_INPUTS.end..INPUTS;
/// Numbers per row of the second layer, a multiple of 32.
const LANES: usize = 96;
/// Scores beyond this say no more than "sure".
const LOUDEST: f32 = 30.0;
/// What a danger told by two words adds to the score of a complaint: a hundred and fifty times the odds.
const DANGER: f32 = 5.0;

/// Why bytes are not a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The bytes do not begin like a model.
    #[error("these bytes are not a model of this program")]
    NotAModel,
    /// The model was made for another version of the program.
    #[error("the model has format {found}, this program reads format {known}")]
    OtherFormat {
        /// The format of the bytes.
        found: u32,
        /// The format this program reads.
        known: u32,
    },
    /// The bytes end early or hold impossible numbers.
    #[error("the model is damaged: {0}")]
    Damaged(String),
}

/// Everything learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The model's name, such as `zh-2026.11`.
    pub(crate) name: String,
    pub(crate) table: Table,
    pub(crate) second: Second,
    /// Added to the scores of the second layer before values are compared; for blocks of many, minus the threshold.
    pub(crate) offsets: Offsets,
    /// What makes the probabilities true.
    pub(crate) honesty: Honesty,
}

/// The second layer: one row of numbers per input, and the constants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Second {
    /// For complaints told to the organization and for public texts.
    pub(crate) constants: [[f32; OUTPUTS]; 2],
    numbers: Vec<f32>,
}

impl Second {
    pub(crate) fn new() -> Self {
        Self {
            constants: [[0.0; OUTPUTS]; 2],
            numbers: vec![0.0; INPUTS * LANES],
        }
    }

    /// The numbers of each input.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks_exact(LANES)
    }

    /// The same, to be written.
    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.numbers.chunks_exact_mut(LANES)
    }

    pub(crate) fn set(&mut self, input: usize, output: usize, number: f32) {
        self.numbers[input * LANES + output] = number;
    }

    /// The scores of all outputs for these inputs of a text that is of the project's own kind with this probability;
    /// measures and cues of zero cost nothing.
    pub(crate) fn score(&self, inputs: &Inputs, own: f32) -> [f32; OUTPUTS] {
        let sums = add_weighed(&self.numbers, &inputs.all, inputs.used);
        let mut scores = mix_kinds(&self.constants, own);
        for output in 0..OUTPUTS {
            scores[output] = (sums[output] + scores[output]).clamp(-LOUDEST, LOUDEST);
        }
        scores
    }
}

/// The sums of the rows, weighed by the inputs; so many sums just stay in registers. Wider registers add the same
/// numbers in the same order.
#[multiversion(targets("x86_64+avx2+avx512f", "x86_64+avx2"))]
fn add_weighed(numbers: &[f32], inputs: &[f32; INPUTS], used: u128) -> [f32; LANES] {
    let mut sums = [0f32; LANES];
    let (words, others) = inputs.split_at(WORD_OUTPUTS);
    let (of_words, of_others) = numbers.split_at(WORD_OUTPUTS * LANES);
    // What words say is hardly ever exactly zero; the numbers are finite, so that zeros add nothing.
    for (&input, numbers) in words.iter().zip(of_words.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += input * numbers[lane];
        }
    }
    let mut used = used;
    while used != 0 {
        let at = used.trailing_zeros() as usize;
        used &= used - 1;
        let (input, numbers) = (others[at], &of_others[at * LANES..][..LANES]);
        for lane in 0..LANES {
            sums[lane] += input * numbers[lane];
        }
    }
    sums
}

/// The inputs of the second layer.
pub(crate) struct Inputs {
    pub(crate) all: [f32; INPUTS],
    /// A bit for each measure and cue count that is not zero.
    used: u128,
}

const _: () = assert!(MEASURES + OUTPUTS <= u128::BITS as usize, "every input has a bit");

/// What a text gives the second layer.
pub(crate) fn inputs_of(words: &[f32; WORD_OUTPUTS], glance: &Glance, cues: &Cues, hits: &[Hit]) -> Inputs {
    let mut all = [0f32; INPUTS];
    all[..WORD_OUTPUTS].copy_from_slice(words);
    let measures = measure(glance);
    all[WORD_OUTPUTS..][..MEASURES].copy_from_slice(&measures);
    let counts = all[WORD_OUTPUTS + MEASURES..].first_chunk_mut();
    let counts = counts.expect("the counts come last");
    let mut used = cues.count(hits, counts) << MEASURES;
    for (bit, measure) in measures.into_iter().enumerate() {
        used |= u128::from(measure != 0.0) << bit;
    }
    Inputs { all, used }
}

/// A text as scored: what evidence and decisions are read from.
pub(crate) struct Scored<'m> {
    /// The model that scored it.
    pub(crate) model: &'m Model,
    pub(crate) glance: Glance,
    pub(crate) letters: Letters,
    pub(crate) rows: Vec<u32>,
    /// What the clauses say, when it was asked for.
    pub(crate) voices: Option<Voices>,
    pub(crate) found: Found,
    /// How probably the text is of the project's own kind, 0–1.
    pub(crate) own: f32,
    /// Scores of the second layer, without offsets.
    pub(crate) scores: [f32; OUTPUTS],
}

impl Scored<'_> {
    /// Weighs in what two words tell beyond doubt: whoever names a danger complains, however lightly it is told.
    pub(crate) fn weigh_dangers(&mut self, pairs: &[SurePair]) {
        if pairs.iter().any(|pair| pair.risk == Risk::Safety.index()) {
            self.scores[Block::Complaint.offset() + 1] += DANGER;
        }
    }

    /// What these clauses say, those of the scoring, for the outputs decided at least; `room` holds it when it was not
    /// heard before.
    pub(crate) fn voices_for<'v>(
        &'v self,
        clauses: &[Range<usize>],
        decision: &Decision,
        room: &'v mut Option<Voices>,
    ) -> &'v Voices {
        match &self.voices {
            Some(voices) => voices,
            None => {
                let (table, rows) = (&self.model.table, &self.rows);
                let outputs = shown_outputs(decision);
                room.insert(Voices::of_some(table, &self.letters, rows, clauses, &outputs))
            }
        }
    }

    /// What each of some characters says for an output.
    pub(crate) fn said(&self, chars: Range<usize>, output: usize) -> Vec<i32> {
        said(&self.model.table, &self.letters, &self.rows, chars, output)
    }
}

/// The outputs of the values that evidence is asked for.
fn shown_outputs(decision: &Decision) -> Vec<usize> {
    let mut shown = Vec::with_capacity(16);
    for block in [
        Block::Complaint,
        Block::Psychology,
        Block::Emotion,
        Block::Nature,
        Block::Temperament,
        Block::Outcome,
    ] {
        shown.push(block.offset() + decision.of(block) as usize);
    }
    for block in [Block::Subjects, Block::Motives, Block::Causes, Block::Risks] {
        let named = (0..block.size()).filter(|value| decision.of(block) >> value & 1 == 1);
        shown.extend(named.map(|value| block.offset() + value));
    }
    shown
}

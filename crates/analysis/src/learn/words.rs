//! The first layer: weights of word pieces for every block, and scores for each training text by weights that have
//! not seen it.

use std::collections::HashMap;

use crate::block::{Block, WORD_OUTPUTS};
use crate::cues::Cues;
use crate::gram::{Letters, mix};
use crate::labeled::LabeledText;
use crate::learn::jobs::run_jobs;
use crate::learn::logistic::{Lesson, Weights, fit};
use crate::learn::minimize::Patience;
use crate::learn::recipe::Recipe;
use crate::learn::sparse::Sparse;
use crate::model::{Table, quantize, unit_of};

/// The training texts as the first layer sees them.
pub(crate) struct WordLesson<'a> {
    pub(crate) texts: &'a [LabeledText],
    pub(crate) weights: Vec<f32>,
    pub(crate) folds: Vec<usize>,
    matrix: Sparse,
    buckets: Vec<u32>,
}

/// What the first layer learned.
pub(crate) struct Words {
    pub(crate) table: Table,
    /// For each training text, its scores by weights learned without it.
    pub(crate) unseen: Vec<[f32; WORD_OUTPUTS]>,
}

impl<'a> WordLesson<'a> {
    /// Cuts the texts into pieces and deals them into folds.
    pub(crate) fn new(texts: &'a [LabeledText], recipe: &Recipe) -> Self {
        let pieces: Vec<Vec<(u32, f32)>> = texts
            .iter()
            .map(|text| count_pieces(&text.text, recipe.bits))
            .collect();
        let (matrix, buckets) = build_matrix(&pieces, recipe.rarest);
        let fold = |index: usize| (mix(index as u64 ^ recipe.seed << 32) % recipe.folds as u64) as usize;
        Self {
            texts,
            weights: texts.iter().map(|text| recipe.weight_of(text)).collect(),
            folds: (0..texts.len()).map(fold).collect(),
            matrix,
            buckets,
        }
    }

    /// Learns every block, once from all texts and once without each fold.
    pub(crate) fn learn(&self, recipe: &Recipe, threads: usize) -> Words {
        let blocks: Vec<Block> = Block::ALL
            .iter()
            .copied()
            .filter(|&block| block != Block::Secondary)
            .collect();
        let rounds = recipe.folds + 1;
        // The widest blocks take longest; they go first so that no thread idles at the end.
        let mut order: Vec<Block> = blocks.clone();
        order.sort_by_key(|block| std::cmp::Reverse(block.size()));
        let results = run_jobs(order.len() * rounds, threads, |job| {
            self.learn_block(order[job / rounds], job % rounds, recipe)
        });
        let mut unseen = vec![[0f32; WORD_OUTPUTS]; self.texts.len()];
        let mut full: HashMap<Block, Weights> = HashMap::new();
        for (job, weights) in results.into_iter().enumerate() {
            let (block, fold) = (order[job / rounds], job % rounds);
            for index in (0..self.texts.len()).filter(|&index| self.folds[index] == fold) {
                unseen[index][block.range()].copy_from_slice(&weights.score(&self.matrix, index));
            }
            if fold == recipe.folds {
                full.insert(block, weights);
            }
        }
        Words {
            table: self.build_table(&blocks, &full, recipe.bits),
            unseen,
        }
    }

    fn learn_block(&self, block: Block, left_out: usize, recipe: &Recipe) -> Weights {
        let labels: Vec<u32> = self
            .texts
            .iter()
            .map(|text| text.label(block).unwrap_or(0))
            .collect();
        let rows: Vec<u32> = (0..self.texts.len())
            .filter(|&index| self.folds[index] != left_out && self.texts[index].label(block).is_some())
            .map(|index| index as u32)
            .collect();
        let lesson = Lesson {
            rows: &rows,
            labels: &labels,
            weights: &self.weights,
            choice: block.choice(),
            values: block.size(),
            ridge: recipe.ridge(block),
            patience: Patience {
                tolerance: recipe.tolerance,
                least_gain: 1e-4,
                rounds: recipe.rounds,
            },
        };
        fit(&self.matrix, &lesson)
    }

    fn build_table(&self, blocks: &[Block], full: &HashMap<Block, Weights>, bits: u32) -> Table {
        let mut cells = vec![0i8; WORD_OUTPUTS << bits];
        let mut scales = [1f32; WORD_OUTPUTS];
        let mut constants = [0f32; WORD_OUTPUTS];
        for &block in blocks {
            let weights = &full[&block];
            for (value, output) in block.range().enumerate() {
                let numbers = (0..self.buckets.len()).map(|column| weights.of(column)[value]);
                let (scale, small) = quantize(numbers);
                for (&bucket, cell) in self.buckets.iter().zip(small) {
                    cells[bucket as usize * WORD_OUTPUTS + output] = cell;
                }
                scales[output] = scale;
                constants[output] = weights.of(self.buckets.len())[value];
            }
        }
        Table::of(bits, scales, constants, &cells).expect("made with the size that the bits ask for")
    }
}

/// How often each bucket occurs, by the root of the number of pieces, in order of the buckets.
pub(crate) fn count_pieces(text: &str, bits: u32) -> Vec<(u32, f32)> {
    let mut rows = Letters::of(&text::read(text)).rows(bits);
    let unit = unit_of(rows.len());
    rows.sort_unstable();
    let runs = rows.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0], run.len() as f32 * unit)).collect()
}

/// The matrix over the buckets that occur in at least `rarest` texts, and those buckets.
pub(crate) fn build_matrix(pieces: &[Vec<(u32, f32)>], rarest: usize) -> (Sparse, Vec<u32>) {
    let mut texts_with: HashMap<u32, usize> = HashMap::new();
    for (bucket, _) in pieces.iter().flatten() {
        *texts_with.entry(*bucket).or_default() += 1;
    }
    let kept = texts_with.iter().filter(|(_, count)| **count >= rarest);
    let mut buckets: Vec<u32> = kept.map(|(bucket, _)| *bucket).collect();
    buckets.sort_unstable();
    let columns: HashMap<u32, u32> = buckets.iter().copied().zip(0u32..).collect();
    let mut matrix = Sparse::new(buckets.len());
    for text in pieces {
        matrix.push(
            text.iter()
                .filter_map(|(bucket, value)| Some((*columns.get(bucket)?, *value))),
        );
    }
    (matrix, buckets)
}

/// What the second layer needs of every training text.
pub(crate) fn second_inputs(
    texts: &[LabeledText],
    unseen: &[[f32; WORD_OUTPUTS]],
    cues: &Cues,
) -> Vec<[f32; crate::model::INPUTS]> {
    let rows = texts.iter().zip(unseen);
    rows.map(|(text, words)| {
        let reading = text::read(&text.text);
        let hits = cues.find(reading.normalized());
        crate::model::inputs_of(words, &reading, cues, &hits)
    })
    .collect()
}

//! The first layer: weights of word pieces for every block, and scores for each training text by weights that have
//! not seen it.

use std::collections::HashMap;

use crate::block::{Block, WORD_OUTPUTS};
use crate::cues::Cues;
use crate::decide::own_share;
use crate::glance::Glance;
use crate::gram::{Letters, mix};
use crate::labeled::LabeledText;
use crate::learn::jobs::run_jobs;
use crate::learn::logistic::{Lesson, Weights, fit};
use crate::learn::minimize::Patience;
use crate::learn::origins::Origins;
use crate::learn::recipe::Recipe;
use crate::learn::sparse::Sparse;
use crate::model::{Table, quantize, unit_of};

/// The training texts as the first layer sees them.
pub(crate) struct WordLesson<'a> {
    pub(crate) texts: &'a [LabeledText],
    pub(crate) weights: Vec<f32>,
    pub(crate) folds: Vec<usize>,
    matrix: Sparse,
    bare: Sparse,
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
    pub(crate) fn new(texts: &'a [LabeledText], origins: Origins, recipe: &Recipe) -> Self {
        let pieces: Vec<Vec<(u32, f32)>> = texts
            .iter()
            .map(|text| count_pieces(&text.text, recipe.bits))
            .collect();
        let columns: Vec<u32> = texts.iter().map(|text| text.origin as u32).collect();
        let (matrix, buckets) = build_matrix(&pieces, recipe.rarest, &columns);
        let (bare, _) = build_matrix(&pieces, recipe.rarest, &[]);
        let fold = |index: usize| (mix(index as u64 ^ recipe.seed << 32) % recipe.folds as u64) as usize;
        Self {
            texts,
            weights: texts.iter().map(|text| recipe.weight_of(text, origins)).collect(),
            folds: (0..texts.len()).map(fold).collect(),
            matrix,
            bare,
            buckets,
        }
    }

    /// The columns a block is learned from. The origin would tell the kind of text, which is to be learned from words.
    fn matrix_for(&self, block: Block) -> &Sparse {
        match block {
            Block::Register => &self.bare,
            _ => &self.matrix,
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
                let scores = weights.score_before(self.matrix_for(block), index, self.buckets.len());
                unseen[index][block.range()].copy_from_slice(&scores);
            }
            if fold == recipe.folds {
                full.insert(block, weights);
            }
        }
        let shift = self.balance_kinds(&unseen);
        unseen
            .iter_mut()
            .for_each(|scores| scores[Block::Register.offset()] += shift);
        Words {
            table: self.build_table(&blocks, &full, recipe.bits, shift),
            unseen,
        }
    }

    /// What the score of the project's own kind is raised by so that both kinds are recognized equally often: there
    /// are far more public texts to learn from, which says nothing about what will be read.
    fn balance_kinds(&self, unseen: &[[f32; WORD_OUTPUTS]]) -> f32 {
        let mut leads: [Vec<f32>; 2] = [Vec::new(), Vec::new()];
        for (text, scores) in self.texts.iter().zip(unseen) {
            let share = own_share(scores).clamp(1e-6, 1.0 - 1e-6);
            if let Some(kind) = text.label(Block::Register) {
                leads[usize::from(kind != 0)].push(libm::logf(share / (1.0 - share)));
            }
        }
        if leads.iter().any(Vec::is_empty) {
            return 0.0;
        }
        let missed = |kind: usize, shift: f32| {
            let wrong = leads[kind]
                .iter()
                .filter(|&&lead| (lead + shift < 0.0) == (kind == 0));
            wrong.count() as f32 / leads[kind].len() as f32
        };
        let steps = (0..=60).map(|step| step as f32 * 0.1);
        let rest = |shift: &f32| (missed(0, *shift) - missed(1, *shift)).abs();
        steps.min_by(|a, b| rest(a).total_cmp(&rest(b))).unwrap_or(0.0)
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
        fit(self.matrix_for(block), &lesson)
    }

    fn build_table(&self, blocks: &[Block], full: &HashMap<Block, Weights>, bits: u32, shift: f32) -> Table {
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
                constants[output] = weights.of(self.matrix_for(block).width())[value];
            }
        }
        constants[Block::Register.offset()] += shift;
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

/// The matrix over the buckets that occur in at least `rarest` texts, and those buckets. After them stands a column
/// for each origin of texts, when origins are given.
pub(crate) fn build_matrix(pieces: &[Vec<(u32, f32)>], rarest: usize, origins: &[u32]) -> (Sparse, Vec<u32>) {
    let mut texts_with: HashMap<u32, usize> = HashMap::new();
    for (bucket, _) in pieces.iter().flatten() {
        *texts_with.entry(*bucket).or_default() += 1;
    }
    let kept = texts_with.iter().filter(|(_, count)| **count >= rarest);
    let mut buckets: Vec<u32> = kept.map(|(bucket, _)| *bucket).collect();
    buckets.sort_unstable();
    let columns: HashMap<u32, u32> = buckets.iter().copied().zip(0u32..).collect();
    let words = buckets.len() as u32;
    let mut matrix = Sparse::new(buckets.len() + origins.iter().max().map_or(0, |last| *last as usize + 1));
    for (index, text) in pieces.iter().enumerate() {
        let known = text
            .iter()
            .filter_map(|(bucket, value)| Some((*columns.get(bucket)?, *value)));
        matrix.push(known.chain(origins.get(index).map(|origin| (words + origin, 1.0))));
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
        let found = cues.find(&reading);
        crate::model::inputs_of(words, &Glance::of(&reading), cues, &found.hits).all
    })
    .collect()
}

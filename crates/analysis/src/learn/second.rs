//! The second layer: every facet read again from all facets' scores, the text's measures and its cues. Learned from
//! scores of texts that the first layer had not seen, its probabilities are calibrated by construction.

use crate::block::{Block, OUTPUTS};
use crate::decide::own_share;
use crate::labeled::LabeledText;
use crate::learn::jobs::run_jobs;
use crate::learn::logistic::{Lesson, Weights, fit};
use crate::learn::minimize::Patience;
use crate::learn::origins::Origins;
use crate::learn::recipe::Recipe;
use crate::learn::sparse::Sparse;
use crate::model::{INPUTS, Second};

/// The training texts as the second layer sees them.
pub(crate) struct SecondLesson<'a> {
    pub(crate) texts: &'a [LabeledText],
    pub(crate) origins: Origins,
    pub(crate) weights: &'a [f32],
    pub(crate) folds: &'a [usize],
    pub(crate) inputs: &'a [[f32; INPUTS]],
}

struct Standard {
    means: Vec<f32>,
    units: Vec<f32>,
}

impl SecondLesson<'_> {
    /// The layer learned from all texts, and each text's scores by a layer learned without its fold.
    pub(crate) fn learn(&self, recipe: &Recipe, threads: usize) -> (Second, Vec<[f32; OUTPUTS]>) {
        let standard = Standard::of(self.inputs);
        let matrix = standard.matrix(self.inputs, self.texts, self.origins.count);
        let blocks: Vec<Block> = Block::ALL
            .iter()
            .copied()
            .filter(|&block| block != Block::Register)
            .collect();
        let rounds = recipe.folds + 1;
        let results = run_jobs(blocks.len() * rounds, threads, |job| {
            self.learn_block(&matrix, blocks[job / rounds], job % rounds, recipe)
        });
        let mut second = Second::new();
        let mut unseen = vec![[0f32; OUTPUTS]; self.texts.len()];
        for (job, weights) in results.into_iter().enumerate() {
            let (block, fold) = (blocks[job / rounds], job % rounds);
            for index in (0..self.texts.len()).filter(|&index| self.folds[index] == fold) {
                let scores = weights.score_before(&matrix, index, INPUTS);
                let own = own_share(&self.inputs[index]);
                let [of_own, of_public] =
                    [0, 1].map(|kind| weights.of(INPUTS + self.origins.reference(kind)));
                for (value, (output, score)) in block.range().zip(scores).enumerate() {
                    let lean = own * of_own[value] + (1.0 - own) * of_public[value];
                    let score = score + lean;
                    unseen[index][output] = blend(recipe.blend(block), &self.inputs[index], output, score);
                }
            }
            if fold == recipe.folds {
                self.fold_into(&standard, &mut second, block, &weights, recipe.blend(block));
            }
        }
        for output in Block::Register.range() {
            second.set(output, output, 1.0);
            for (scores, inputs) in unseen.iter_mut().zip(self.inputs) {
                scores[output] = inputs[output];
            }
        }
        (second, unseen)
    }

    fn learn_block(&self, matrix: &Sparse, block: Block, left_out: usize, recipe: &Recipe) -> Weights {
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
            weights: self.weights,
            choice: block.choice(),
            values: block.size(),
            ridge: recipe.second_ridge,
            patience: Patience {
                tolerance: recipe.tolerance,
                least_gain: 1e-4,
                rounds: recipe.rounds,
            },
        };
        fit(matrix, &lesson)
    }

    /// Writes weights over standard inputs as weights over raw inputs, with a share of the first layer's own score.
    fn fold_into(&self, standard: &Standard, second: &mut Second, block: Block, weights: &Weights, own: f32) {
        let constants = weights.of(INPUTS + self.origins.count);
        for (value, output) in block.range().enumerate() {
            let mut constant = constants[value];
            for input in 0..INPUTS {
                let number = weights.of(input)[value] / standard.units[input];
                constant -= number * standard.means[input];
                let straight = if input == output { own } else { 0.0 };
                second.set(input, output, (1.0 - own) * number + straight);
            }
            for (kind, into) in second.constants.iter_mut().enumerate() {
                let leaning = weights.of(INPUTS + self.origins.reference(kind))[value];
                into[output] = (1.0 - own) * (constant + leaning);
            }
        }
    }
}

/// A score mixed with the first layer's own score of the same output.
fn blend(own: f32, inputs: &[f32; INPUTS], output: usize, score: f32) -> f32 {
    if own == 0.0 {
        score
    } else {
        (1.0 - own) * score + own * inputs[output]
    }
}

impl Standard {
    fn of(inputs: &[[f32; INPUTS]]) -> Self {
        let count = inputs.len().max(1) as f64;
        let mean = |input: usize| inputs.iter().map(|row| f64::from(row[input])).sum::<f64>() / count;
        // Counts of cues are mostly zero and stay so: they are not moved to their mean.
        let centered = INPUTS - OUTPUTS;
        let means: Vec<f64> = (0..INPUTS)
            .map(|input| if input < centered { mean(input) } else { 0.0 })
            .collect();
        let spread = |input: usize| {
            let squares = inputs
                .iter()
                .map(|row| (f64::from(row[input]) - means[input]).powi(2));
            (squares.sum::<f64>() / count).sqrt()
        };
        Self {
            units: (0..INPUTS).map(|input| spread(input).max(0.05) as f32).collect(),
            means: means.iter().map(|mean| *mean as f32).collect(),
        }
    }

    /// The inputs in standard units, and after them a column for each origin.
    fn matrix(&self, inputs: &[[f32; INPUTS]], texts: &[LabeledText], origins: usize) -> Sparse {
        let mut matrix = Sparse::new(INPUTS + origins);
        for (row, text) in inputs.iter().zip(texts) {
            let standard = |input: usize| (row[input] - self.means[input]) / self.units[input];
            let cells = (0..INPUTS).map(|input| (input as u32, standard(input)));
            let origin = ((INPUTS + text.origin) as u32, 1.0);
            matrix.push(cells.filter(|(_, value)| *value != 0.0).chain([origin]));
        }
        matrix
    }
}

//! Logistic regression over sparse rows: one of many values (softmax) or any of many (a sigmoid each), with weights
//! per text and a ridge on everything but the constant.

use crate::block::Choice;
use crate::learn::minimize::{Patience, minimize};
use crate::learn::sparse::Sparse;

/// Most values that one lesson can hold.
pub(crate) const MOST_VALUES: usize = 128;

/// What is to be learned: for each chosen row its label and its weight.
pub(crate) struct Lesson<'a> {
    pub(crate) rows: &'a [u32],
    /// By row of the matrix: the index of the value, or a bit for each value.
    pub(crate) labels: &'a [u32],
    /// By row of the matrix.
    pub(crate) weights: &'a [f32],
    pub(crate) choice: Choice,
    pub(crate) values: usize,
    pub(crate) ridge: f32,
    pub(crate) patience: Patience,
}

/// Learned weights: for each column (and last the constant) one number per value.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    numbers: Vec<f32>,
    lanes: usize,
    values: usize,
}

impl Weights {
    /// The weights of a column; the column after the last holds the constants.
    pub(crate) fn of(&self, column: usize) -> &[f32] {
        &self.numbers[column * self.lanes..][..self.values]
    }

    /// The scores of a row by its columns before this one.
    pub(crate) fn score_before(&self, matrix: &Sparse, row: usize, end: usize) -> Vec<f32> {
        let mut scores = self.of(matrix.width()).to_vec();
        for (column, value) in matrix.row(row).filter(|(column, _)| *column < end) {
            for (score, weight) in scores.iter_mut().zip(self.of(column)) {
                *score += value * weight;
            }
        }
        scores
    }
}

/// Learns the weights of a lesson.
pub(crate) fn fit(matrix: &Sparse, lesson: &Lesson) -> Weights {
    match lesson.values {
        0..=2 => fit_lanes::<2>(matrix, lesson),
        3..=4 => fit_lanes::<4>(matrix, lesson),
        5 => fit_lanes::<5>(matrix, lesson),
        6..=8 => fit_lanes::<8>(matrix, lesson),
        9..=10 => fit_lanes::<10>(matrix, lesson),
        11..=32 => fit_lanes::<32>(matrix, lesson),
        _ => fit_lanes::<MOST_VALUES>(matrix, lesson),
    }
}

fn fit_lanes<const LANES: usize>(matrix: &Sparse, lesson: &Lesson) -> Weights {
    let size = (matrix.width() + 1) * LANES;
    let numbers = minimize(size, lesson.patience, |point, gradient| {
        loss::<LANES>(matrix, lesson, point, gradient)
    });
    Weights {
        numbers,
        lanes: LANES,
        values: lesson.values.min(LANES),
    }
}

fn loss<const LANES: usize>(matrix: &Sparse, lesson: &Lesson, point: &[f32], gradient: &mut [f32]) -> f64 {
    let constant = matrix.width() * LANES;
    let mut total = 0f64;
    for (slope, weight) in gradient[..constant].iter_mut().zip(point) {
        *slope = lesson.ridge * weight;
        total += f64::from(*slope * weight) * 0.5;
    }
    gradient[constant..].fill(0.0);
    for &row in lesson.rows {
        let row = row as usize;
        let mut scores = [0f32; LANES];
        scores.copy_from_slice(&point[constant..]);
        for (column, value) in matrix.row(row) {
            let weights = &point[column * LANES..][..LANES];
            for lane in 0..LANES {
                scores[lane] += value * weights[lane];
            }
        }
        let (cost, slopes) = penalty::<LANES>(lesson, row, &scores);
        total += f64::from(cost);
        for (column, value) in matrix.row(row) {
            let into = &mut gradient[column * LANES..][..LANES];
            for lane in 0..LANES {
                into[lane] += value * slopes[lane];
            }
        }
        for (into, slope) in gradient[constant..].iter_mut().zip(slopes) {
            *into += slope;
        }
    }
    total
}

/// The loss of one row and its slope by score.
fn penalty<const LANES: usize>(lesson: &Lesson, row: usize, scores: &[f32; LANES]) -> (f32, [f32; LANES]) {
    let (label, weight) = (lesson.labels[row], lesson.weights[row]);
    let values = lesson.values.min(LANES);
    match lesson.choice {
        Choice::One => one_penalty(&scores[..values], label as usize, weight),
        Choice::Many => many_penalty(&scores[..values], label, weight),
    }
}

fn one_penalty<const LANES: usize>(scores: &[f32], label: usize, weight: f32) -> (f32, [f32; LANES]) {
    let mut slopes = [0f32; LANES];
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0f32;
    for (slope, score) in slopes.iter_mut().zip(scores) {
        *slope = libm::expf(score - top);
        sum += *slope;
    }
    slopes.iter_mut().for_each(|slope| *slope *= weight / sum);
    slopes[label] -= weight;
    (weight * (libm::logf(sum) + top - scores[label]), slopes)
}

fn many_penalty<const LANES: usize>(scores: &[f32], label: u32, weight: f32) -> (f32, [f32; LANES]) {
    let mut slopes = [0f32; LANES];
    let mut cost = 0f32;
    for (lane, &score) in scores.iter().enumerate() {
        let holds = label >> lane & 1 == 1;
        let small = libm::expf(-score.abs());
        let wrong_by = if holds { -score } else { score };
        cost += libm::log1pf(small) + wrong_by.max(0.0);
        let p = if score >= 0.0 {
            1.0 / (1.0 + small)
        } else {
            small / (1.0 + small)
        };
        slopes[lane] = weight * (p - if holds { 1.0 } else { 0.0 });
    }
    (weight * cost, slopes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson<'a>(rows: &'a [u32], labels: &'a [u32], choice: Choice) -> Lesson<'a> {
        Lesson {
            rows,
            labels,
            weights: &[1.0; 4],
            choice,
            values: 2,
            ridge: 0.01,
            patience: Patience {
                tolerance: 1e-3,
                least_gain: 1e-6,
                rounds: 100,
            },
        }
    }

    fn matrix() -> Sparse {
        let mut matrix = Sparse::new(2);
        for column in [0, 1, 0, 1] {
            matrix.push([(column, 1.0)].into_iter());
        }
        matrix
    }

    #[test]
    fn learns_one_of_two() {
        let matrix = matrix();
        let weights = fit(&matrix, &lesson(&[0, 1, 2, 3], &[0, 1, 0, 1], Choice::One));
        let scores = weights.score_before(&matrix, 1, 2);
        assert!(scores[1] > scores[0] + 1.0, "{scores:?}");
    }

    #[test]
    fn learns_any_of_two() {
        let matrix = matrix();
        let weights = fit(
            &matrix,
            &lesson(&[0, 1, 2, 3], &[0b11, 0b10, 0b11, 0b10], Choice::Many),
        );
        let (first, second) = (
            weights.score_before(&matrix, 0, 2),
            weights.score_before(&matrix, 1, 2),
        );
        assert!(first[0] > 0.0 && first[1] > 0.0 && second[0] < 0.0 && second[1] > 0.0);
    }
}

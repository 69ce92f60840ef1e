//! Learns the first layer: pieces and words of a turn and of those beside it.

use std::collections::HashMap;

use crate::learn::jobs::run_jobs;
use crate::learn::logistic::{Lesson, Weights, fit};
use crate::learn::sparse::Sparse;
use crate::learn::talk::{Class, FOLDS, HEADS, Head};
use crate::model::quantize;
use crate::talk::facts::Side;
use crate::talk::first::{Buckets, Context, DENSE, FirstTable, WIDEST, outputs_of};
use crate::talk::labeled::TurnLabel;
use crate::talk::model::contexts;

/// A piece is learned when it stands in at least this many turns.
const RAREST: u32 = 2;
/// The same for pieces of neighbors, of which more is noise.
const RAREST_BESIDE: u32 = 4;

/// What the first layer learned.
pub(super) struct First {
    pub(super) tables: [FirstTable; 2],
    /// By conversation and turn: scores by what had not seen the conversation.
    pub(super) unseen: Vec<Vec<Unseen>>,
}

/// The first scores of a turn while it is the last one, and with its answer.
#[derive(Clone, Copy)]
pub(super) struct Unseen {
    pub(super) side: Side,
    pub(super) alone: [f32; WIDEST],
    pub(super) answered: [f32; WIDEST],
}

/// The turns of one side as rows. An agent's turn stands there twice when it is answered: without and with the answer.
struct Rows {
    matrix: Sparse,
    buckets: Vec<u32>,
    talks: Vec<usize>,
    labels: Vec<TurnLabel>,
    weights: Vec<f32>,
}

pub(super) fn learn(class: &Class, threads: usize) -> First {
    let sides = [Side::Customer, Side::Agent].map(|side| Rows::of(class, side));
    let rounds = FOLDS + 1;
    let learned = run_jobs(HEADS.len() * rounds, threads, |job| {
        let head = HEADS[job / rounds];
        sides[head.side as usize].learn(class, head, job % rounds)
    });
    let mut scores = [0, 1].map(|side| vec![[0f32; WIDEST]; sides[side].talks.len()]);
    let mut tables = [Side::Customer, Side::Agent].map(|side| sides[side as usize].empty_table(side));
    for (job, weights) in learned.iter().enumerate() {
        let (head, fold) = (HEADS[job / rounds], job % rounds);
        let rows = &sides[head.side as usize];
        if fold == FOLDS {
            rows.fill(&mut tables[head.side as usize], head, weights);
            continue;
        }
        for (row, &talk) in rows.talks.iter().enumerate() {
            if class.folds[talk] == fold {
                let seen = weights.score_before(&rows.matrix, row, rows.matrix.width());
                scores[head.side as usize][row][head.range()].copy_from_slice(&seen);
            }
        }
    }
    First {
        tables,
        unseen: collect(class, &scores),
    }
}

/// The rows' scores, put back in the order of the turns.
fn collect(class: &Class, scores: &[Vec<[f32; WIDEST]>; 2]) -> Vec<Vec<Unseen>> {
    let mut next = [0usize; 2];
    let mut take = |side: Side| {
        let at = &mut next[side as usize];
        *at += 1;
        scores[side as usize][*at - 1]
    };
    let talks = class.talks.iter().zip(&class.facts);
    talks
        .map(|(talk, facts)| {
            let contexts = contexts(facts, is_spoken(talk));
            let turns = contexts.into_iter().map(|(side, context)| {
                let alone = take(side);
                let answered = if context.next.is_some() { take(side) } else { alone };
                Unseen {
                    side,
                    alone,
                    answered,
                }
            });
            turns.collect()
        })
        .collect()
}

fn is_spoken(talk: &crate::talk::labeled::LabeledTalk) -> bool {
    talk.conversation.channel == domain::Channel::Phone
}

impl Rows {
    fn of(class: &Class, side: Side) -> Self {
        let mut pieces = Vec::new();
        let (mut talks, mut labels, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut dense: Vec<[f32; DENSE]> = Vec::new();
        let all_labels = class.labels();
        for (index, talk) in class.talks.iter().enumerate() {
            let contexts = contexts(&class.facts[index], is_spoken(talk));
            for ((of, context), label) in contexts.into_iter().zip(&all_labels[index]) {
                if of != side {
                    continue;
                }
                let ways = [
                    Some(Context {
                        next: None,
                        ..context
                    }),
                    context.next.map(|_| context),
                ];
                let share = class.weights[index] * if context.next.is_some() { 0.5 } else { 1.0 };
                for way in ways.into_iter().flatten() {
                    pieces.push(gather(way.pieces(Buckets::of(side))));
                    dense.push(way.dense());
                    talks.push(index);
                    labels.push(*label);
                    weights.push(share);
                }
            }
        }
        let (matrix, buckets) = matrix_of(&pieces, &dense, Buckets::of(side));
        Self {
            matrix,
            buckets,
            talks,
            labels,
            weights,
        }
    }

    fn learn(&self, class: &Class, head: Head, left_out: usize) -> Weights {
        let rows: Vec<u32> = (0..self.talks.len())
            .filter(|&row| class.folds[self.talks[row]] != left_out)
            .map(|row| row as u32)
            .collect();
        let labels: Vec<u32> = self.labels.iter().map(|label| head.label(*label)).collect();
        let lesson = Lesson {
            rows: &rows,
            labels: &labels,
            weights: &self.weights,
            choice: head.choice,
            values: head.size,
            ridge: class.recipe.first_ridge,
            patience: class.recipe.patience,
        };
        fit(&self.matrix, &lesson)
    }

    fn empty_table(&self, side: Side) -> FirstTable {
        let outputs = outputs_of(side);
        FirstTable {
            outputs,
            buckets: Buckets::of(side),
            scales: vec![1.0; outputs],
            constants: vec![0.0; outputs],
            dense: vec![0.0; DENSE * outputs],
            cells: vec![0; Buckets::of(side).count() * outputs],
        }
    }

    fn fill(&self, table: &mut FirstTable, head: Head, weights: &Weights) {
        let words = self.buckets.len();
        for value in 0..head.size {
            let output = head.from + value;
            let (scale, small) = quantize((0..words).map(|column| weights.of(column)[value]));
            for (&bucket, cell) in self.buckets.iter().zip(small) {
                table.cells[bucket as usize * table.outputs + output] = coarse(cell, head.side);
            }
            table.scales[output] = scale;
            table.constants[output] = weights.of(self.matrix.width())[value];
            for number in 0..DENSE {
                table.dense[number * table.outputs + output] = weights.of(words + number)[value];
            }
        }
    }
}

/// Every fourth whole number of a customer's: what is lost is noise, and the file is half as large. An agent's pieces are
/// rarer and each says less, so all of it is kept.
fn coarse(cell: i8, side: Side) -> i8 {
    match side {
        Side::Agent => cell,
        Side::Customer => (i32::from(cell) as f32 / 4.0).round().clamp(-31.0, 31.0) as i8 * 4,
    }
}

/// Pieces that occur more than once are one.
fn gather(mut pieces: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    pieces.sort_unstable_by_key(|(bucket, _)| *bucket);
    let runs = pieces.chunk_by(|a, b| a.0 == b.0);
    runs.map(|run| (run[0].0, run.iter().map(|(_, count)| count).sum()))
        .collect()
}

fn matrix_of(pieces: &[Vec<(u32, f32)>], dense: &[[f32; DENSE]], dealt: Buckets) -> (Sparse, Vec<u32>) {
    let mut turns_with: HashMap<u32, u32> = HashMap::new();
    for (bucket, _) in pieces.iter().flatten() {
        *turns_with.entry(*bucket).or_default() += 1;
    }
    let beside = dealt.place(1, 0);
    let rarest = |bucket: u32| if bucket < beside { RAREST } else { RAREST_BESIDE };
    let kept = turns_with
        .iter()
        .filter(|(bucket, count)| **count >= rarest(**bucket));
    let mut buckets: Vec<u32> = kept.map(|(bucket, _)| *bucket).collect();
    buckets.sort_unstable();
    let columns: HashMap<u32, u32> = buckets.iter().copied().zip(0u32..).collect();
    let words = buckets.len() as u32;
    let mut matrix = Sparse::new(buckets.len() + DENSE);
    for (row, numbers) in pieces.iter().zip(dense) {
        let known = row
            .iter()
            .filter_map(|(bucket, count)| Some((*columns.get(bucket)?, *count)));
        let filled = numbers.iter().zip(words..).filter(|(number, _)| **number != 0.0);
        matrix.push(known.chain(filled.map(|(number, column)| (column, *number))));
    }
    (matrix, buckets)
}

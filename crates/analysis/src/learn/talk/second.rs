//! Learns the second layer from first scores of unseen turns, and where acts and faults begin to be named.

use domain::{EmotionStage, Intensity, Stage, Vocabulary};

use crate::block::Choice;
use crate::evaluation::talk::ToldTurn;
use crate::learn::jobs::run_jobs;
use crate::learn::logistic::{Lesson, Weights, fit};
use crate::learn::sparse::Sparse;
use crate::learn::talk::{Class, FOLDS, HEADS, Head};
use crate::talk::facts::Side;
use crate::talk::first::WIDEST;
use crate::talk::labeled::TurnLabel;
use crate::talk::sequence::{INPUTS, Scored, SecondTable, Track};

/// What the second layer learned.
pub(super) struct Second {
    pub(super) tables: [[SecondTable; 2]; 2],
    /// For hearing live and hearing the whole, by conversation and turn: scores by what had not seen the conversation.
    pub(super) unseen: [Vec<Vec<[f32; WIDEST]>>; 2],
    sides: Vec<Vec<Side>>,
}

/// The turns of one side, heard in one way.
struct Rows {
    /// The inputs, every one of them divided by how far it spreads, so that none is held back more than another.
    matrix: Sparse,
    /// What each input was multiplied by.
    scales: Vec<f32>,
    talks: Vec<usize>,
    turns: Vec<usize>,
    labels: Vec<TurnLabel>,
}

pub(super) fn learn(class: &Class, tracks: &[Track], usual: &[Vec<f32>; 2], threads: usize) -> Second {
    let rows = [Side::Customer, Side::Agent]
        .map(|side| [false, true].map(|whole| Rows::of(class, tracks, side, whole)));
    let rounds = FOLDS + 1;
    let learned = run_jobs(2 * HEADS.len() * rounds, threads, |job| {
        let (way, job) = (job % 2, job / 2);
        let head = HEADS[job / rounds];
        rows[head.side as usize][way].learn(class, head, job % rounds)
    });
    let empty = |side| [SecondTable::empty(side), SecondTable::empty(side)];
    let mut tables = [empty(Side::Customer), empty(Side::Agent)];
    let blank: Vec<Vec<[f32; WIDEST]>> = tracks
        .iter()
        .map(|track| vec![[0.0; WIDEST]; track.turns.len()])
        .collect();
    let mut unseen = [blank.clone(), blank];
    for (job, weights) in learned.iter().enumerate() {
        let (way, job) = (job % 2, job / 2);
        let (head, fold) = (HEADS[job / rounds], job % rounds);
        let rows = &rows[head.side as usize][way];
        if fold == FOLDS {
            rows.fill(&mut tables[head.side as usize][way], head, weights);
            continue;
        }
        for row in rows.all().filter(|&row| class.folds[rows.talks[row]] == fold) {
            let seen = weights.score_before(&rows.matrix, row, INPUTS);
            let into = &mut unseen[way][rows.talks[row]][rows.turns[row]];
            into[head.range()].copy_from_slice(&seen);
        }
    }
    for way in [0, 1] {
        for head in HEADS.iter().filter(|head| head.choice == Choice::Many) {
            let usual = &usual[head.side as usize];
            let own = own_scores(tracks, head.side, way == 1, usual);
            let table = &mut tables[head.side as usize][way];
            let rows = &rows[head.side as usize][way];
            table.lean_on_own(head.range(), usual);
            for (&talk, &turn) in rows.talks.iter().zip(&rows.turns) {
                let seen = unseen[way][talk][turn][head.range()].iter_mut();
                for (seen, own) in seen.zip(&own[talk][turn][head.range()]) {
                    *seen = f32::midpoint(*seen, *own);
                }
            }
            for range in [0..11, 11..22] {
                let thresholds = choose_thresholds(class, rows, &unseen[way], *head, range.clone());
                table.thresholds[range].copy_from_slice(&thresholds);
            }
        }
    }
    Second {
        tables,
        unseen,
        sides: tracks
            .iter()
            .map(|track| track.turns.iter().map(|turn| turn.side).collect())
            .collect(),
    }
}

impl Second {
    /// What is told of each turn when the whole is heard.
    pub(super) fn tell(&self, class: &Class, talk: usize) -> Vec<ToldTurn> {
        let mut told = vec![ToldTurn::Other; class.talks[talk].labels.len()];
        let places = (0..told.len()).filter(|&place| class.facts[talk][place].side.is_some());
        let scored = self.sides[talk].iter().zip(&self.unseen[1][talk]);
        for (place, (side, scores)) in places.zip(scored) {
            told[place] = tell_turn(*side, scores, &self.tables[*side as usize][1]);
        }
        told
    }
}

/// What the scores of a turn say.
pub(crate) fn tell_turn(side: Side, scores: &[f32; WIDEST], table: &SecondTable) -> ToldTurn {
    match side {
        Side::Customer => ToldTurn::Customer(
            EmotionStage::ALL[best(&scores[..4])],
            Intensity::ALL[best(&scores[4..8])],
        ),
        Side::Agent => {
            let named = |range: std::ops::Range<usize>| {
                let first = range.start;
                let over = range.filter(|&output| scores[output] > table.thresholds[output]);
                over.fold(0u32, |bits, output| bits | 1 << (output - first))
            };
            ToldTurn::Agent(named(0..11), named(11..22), Stage::ALL[best(&scores[22..28])])
        }
    }
}

/// The place of the largest score.
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

impl Rows {
    fn of(class: &Class, tracks: &[Track], side: Side, whole: bool) -> Self {
        let mut rows = Self {
            matrix: Sparse::new(INPUTS),
            scales: Vec::new(),
            talks: Vec::new(),
            turns: Vec::new(),
            labels: Vec::new(),
        };
        for (talk, (track, labels)) in tracks.iter().zip(class.labels()).enumerate() {
            for (turn, inputs) in track.inputs(whole).iter().enumerate() {
                if track.turns[turn].side != side {
                    continue;
                }
                let filled = inputs.iter().zip(0u32..).filter(|(input, _)| **input != 0.0);
                rows.matrix.push(filled.map(|(input, column)| (column, *input)));
                rows.talks.push(talk);
                rows.turns.push(turn);
                rows.labels.push(labels[turn]);
            }
        }
        rows.scales = rows
            .matrix
            .spreads()
            .iter()
            .map(|spread| spread.recip())
            .collect();
        rows.matrix.scale(&rows.scales);
        rows
    }

    fn all(&self) -> std::ops::Range<usize> {
        0..self.turns.len()
    }

    fn learn(&self, class: &Class, head: Head, left_out: usize) -> Weights {
        let rows: Vec<u32> = self
            .all()
            .filter(|&row| class.folds[self.talks[row]] != left_out)
            .map(|row| row as u32)
            .collect();
        let labels: Vec<u32> = self.labels.iter().map(|label| head.label(*label)).collect();
        let weights: Vec<f32> = self.talks.iter().map(|&talk| class.weights[talk]).collect();
        let lesson = Lesson {
            rows: &rows,
            labels: &labels,
            weights: &weights,
            choice: head.choice,
            values: head.size,
            ridge: class.recipe.second_ridge,
            patience: class.recipe.patience,
        };
        fit(&self.matrix, &lesson)
    }

    /// Writes down what was learned for inputs as they are.
    fn fill(&self, table: &mut SecondTable, head: Head, weights: &Weights) {
        let outputs = table.constants.len();
        for value in 0..head.size {
            let output = head.from + value;
            table.constants[output] = weights.of(INPUTS)[value];
            for (input, scale) in self.scales.iter().enumerate() {
                table.numbers[input * outputs + output] = weights.of(input)[value] * scale;
            }
        }
    }
}

/// The first scores themselves, by conversation and turn; zero for turns of the other side.
fn own_scores(tracks: &[Track], side: Side, whole: bool, usual: &[f32]) -> Vec<Vec<[f32; WIDEST]>> {
    let of_turn = |turn: &Scored| {
        let mut scores = [0f32; WIDEST];
        if turn.side == side {
            let own = if whole { &turn.answered } else { &turn.alone };
            for ((score, own), usual) in scores.iter_mut().zip(own.scores).zip(usual) {
                *score = own + usual;
            }
        }
        scores
    };
    let of_track = |track: &Track| track.turns.iter().map(of_turn).collect();
    tracks.iter().map(of_track).collect()
}

/// The thresholds under which the F1 of all these values together is best, one value moved after the other; every
/// conversation counts as it does in learning.
fn choose_thresholds(
    class: &Class,
    rows: &Rows,
    unseen: &[Vec<[f32; WIDEST]>],
    head: Head,
    range: std::ops::Range<usize>,
) -> Vec<f32> {
    let sample: Vec<(&[f32; WIDEST], u32, f32)> = rows
        .all()
        .map(|row| {
            (
                &unseen[rows.talks[row]][rows.turns[row]],
                head.label(rows.labels[row]),
                class.weights[rows.talks[row]],
            )
        })
        .collect();
    let steps = || (0..=40).map(|step| step as f32 * 0.1 - 2.8);
    let counts = |output: usize, threshold: f32| {
        let mut counts = [0f32; 3];
        for (scores, labels, weight) in &sample {
            let (named, holds) = (scores[output] > threshold, labels >> output & 1 == 1);
            for (count, counted) in counts.iter_mut().zip([named && holds, named, holds]) {
                *count += if counted { *weight } else { 0.0 };
            }
        }
        counts
    };
    // Counts by value and step are made once; moving a threshold then costs nothing.
    let table: Vec<Vec<[f32; 3]>> = range
        .clone()
        .map(|output| steps().map(|threshold| counts(output, threshold)).collect())
        .collect();
    let f1 = |chosen: &[usize]| {
        let parts = chosen.iter().zip(&table).map(|(&step, row)| row[step]);
        let sum = parts.fold([0f32; 3], |sum, part| {
            std::array::from_fn(|index| sum[index] + part[index])
        });
        2.0 * sum[0] / (sum[1] + sum[2]).max(1.0)
    };
    let mut chosen = vec![23; table.len()];
    for _ in 0..4 {
        for value in 0..table.len() {
            let mut top = (f32::MIN, chosen[value]);
            for step in 0..=40 {
                chosen[value] = step;
                let reached = f1(&chosen);
                if reached > top.0 {
                    top = (reached, step);
                }
            }
            chosen[value] = top.1;
        }
    }
    chosen.into_iter().map(|step| step as f32 * 0.1 - 2.8).collect()
}

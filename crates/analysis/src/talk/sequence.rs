//! The second layer: a turn scored again from the first scores of all turns around it, once with what came before
//! alone, as it is heard live, and once with the whole conversation.

use crate::talk::facts::Side;
use crate::talk::first::{OF_AGENT, OF_CUSTOMER, WIDEST, outputs_of};

/// Numbers about the turns before.
const PAST: usize = WIDEST + 4 * OF_CUSTOMER + 3 * OF_AGENT + 8;
/// Numbers about the turns after.
const FUTURE: usize = 3 * OF_CUSTOMER + 2 * OF_AGENT + 6;
/// All numbers.
pub(crate) const INPUTS: usize = PAST + FUTURE;
/// How much a turn's own scores count beside its neighbors'.
const OWN: f32 = 2.0;

/// The first scores of a conversation's turns.
pub(crate) struct Track {
    /// By turn: whose it is, its place in the conversation, its scores while it is the last one, and with its answer.
    pub(crate) turns: Vec<Scored>,
}

/// The first scores of a turn, less their usual value.
#[derive(Clone, Copy)]
pub(crate) struct Scored {
    pub(crate) side: Side,
    pub(crate) alone: [f32; WIDEST],
    pub(crate) answered: [f32; WIDEST],
}

/// Sums over a stretch of turns of one side.
#[derive(Clone, Copy)]
struct Stretch {
    count: usize,
    sums: [f32; WIDEST],
    tops: [f32; WIDEST],
    /// The two nearest turns, nearest first.
    near: [Option<[f32; WIDEST]>; 2],
}

impl Stretch {
    const EMPTY: Self = Self {
        count: 0,
        sums: [0.0; WIDEST],
        tops: [0.0; WIDEST],
        near: [None; 2],
    };

    fn add(&mut self, scores: &[f32; WIDEST]) {
        let first = self.count == 0;
        let into = self.sums.iter_mut().zip(&mut self.tops);
        for ((sum, top), score) in into.zip(scores) {
            *sum += score;
            *top = if first { *score } else { top.max(*score) };
        }
        self.near = [Some(*scores), self.near[0]];
        self.count += 1;
    }

    fn mean(&self) -> [f32; WIDEST] {
        let count = self.count.max(1) as f32;
        self.sums.map(|sum| sum / count)
    }
}

impl Track {
    /// The inputs of every turn; `whole` lets each see the turns after it.
    pub(crate) fn inputs(&self, whole: bool) -> Vec<[f32; INPUTS]> {
        let size = self.turns.len();
        let mut rows = Vec::with_capacity(size);
        let mut before = [Stretch::EMPTY; 2];
        for (place, turn) in self.turns.iter().enumerate() {
            let own = if whole { &turn.answered } else { &turn.alone };
            let mut row = Row {
                numbers: [0.0; INPUTS],
                at: 0,
            };
            row.add(own, OWN);
            let [customer, agent] = &before;
            let none = [0.0; WIDEST];
            row.add(&customer.near[0].unwrap_or(none)[..OF_CUSTOMER], 1.0);
            row.add(&customer.near[1].unwrap_or(none)[..OF_CUSTOMER], 1.0);
            row.add(&customer.mean()[..OF_CUSTOMER], 1.0);
            row.add(&customer.tops[..OF_CUSTOMER], 1.0);
            row.add(&agent.near[0].unwrap_or(none)[..OF_AGENT], 1.0);
            row.add(&agent.mean()[..OF_AGENT], 1.0);
            row.add(&agent.tops[..OF_AGENT], 1.0);
            let counts = [customer.count, agent.count];
            row.add_flags(&[
                counts[0] == 0,
                counts[0] == 1,
                counts[1] == 0,
                counts[1] == 1,
                place == 0,
                place > 0 && self.turns[place - 1].side == turn.side,
            ]);
            row.add(
                &[counts[0].min(8) as f32 / 8.0, counts[1].min(8) as f32 / 8.0],
                1.0,
            );
            before[turn.side as usize].add(&turn.answered);
            rows.push(row);
        }
        if whole {
            self.add_future(&mut rows);
        }
        rows.into_iter().map(|row| row.numbers).collect()
    }

    fn add_future(&self, rows: &mut [Row]) {
        let size = self.turns.len();
        let mut after = [Stretch::EMPTY; 2];
        for (place, turn) in self.turns.iter().enumerate().rev() {
            let row = &mut rows[place];
            let [customer, agent] = &after;
            let none = [0.0; WIDEST];
            row.add(&customer.near[0].unwrap_or(none)[..OF_CUSTOMER], 1.0);
            row.add(&customer.mean()[..OF_CUSTOMER], 1.0);
            row.add(&customer.tops[..OF_CUSTOMER], 1.0);
            row.add(&agent.near[0].unwrap_or(none)[..OF_AGENT], 1.0);
            row.add(&agent.mean()[..OF_AGENT], 1.0);
            row.add_flags(&[
                customer.count == 0,
                agent.count == 0,
                place + 1 == size,
                place + 2 == size,
            ]);
            row.add(&[place as f32 / size as f32, (size.min(40) as f32) / 20.0], 1.0);
            after[turn.side as usize].add(&turn.answered);
        }
    }
}

struct Row {
    numbers: [f32; INPUTS],
    at: usize,
}

impl Row {
    fn add(&mut self, numbers: &[f32], times: f32) {
        for number in numbers {
            self.numbers[self.at] = number * times;
            self.at += 1;
        }
    }

    fn add_flags(&mut self, flags: &[bool]) {
        for &flag in flags {
            self.numbers[self.at] = if flag { 1.0 } else { 0.0 };
            self.at += 1;
        }
    }
}

/// The weights of one side and one way of hearing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SecondTable {
    pub(crate) constants: Vec<f32>,
    /// For each input, one weight per output.
    pub(crate) numbers: Vec<f32>,
    /// Scores above it name an act or a fault; zero for the rest.
    pub(crate) thresholds: Vec<f32>,
}

impl SecondTable {
    /// A table that says nothing.
    pub(crate) fn empty(side: Side) -> Self {
        let outputs = outputs_of(side);
        Self {
            constants: vec![0.0; outputs],
            numbers: vec![0.0; outputs * INPUTS],
            thresholds: vec![0.0; outputs],
        }
    }

    /// Lets these outputs be what the first layer says of the turn itself: its score, of which the inputs hold the
    /// part that is not usual.
    pub(crate) fn hear_own(&mut self, range: std::ops::Range<usize>, usual: &[f32]) {
        let count = self.constants.len();
        for output in range {
            self.constants[output] = usual[output];
            for input in 0..INPUTS {
                // The inputs begin with the turn's own scores.
                let own = if input == output { 1.0 / OWN } else { 0.0 };
                self.numbers[input * count + output] = own;
            }
        }
    }

    /// The scores of a turn with these inputs.
    pub(crate) fn score(&self, inputs: &[f32; INPUTS]) -> [f32; WIDEST] {
        let mut scores = [0f32; WIDEST];
        let count = self.constants.len();
        scores[..count].copy_from_slice(&self.constants);
        for (input, weights) in inputs.iter().zip(self.numbers.chunks_exact(count)) {
            if *input != 0.0 {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += input * weight;
                }
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hears_its_own_turn_says_the_first_score_whatever_stands_around_it() {
        let usual: Vec<f32> = (0..OF_AGENT).map(|output| output as f32 / -4.0).collect();
        let mut table = SecondTable::empty(Side::Agent);
        table.hear_own(11..22, &usual);
        let turn = |first: f32| {
            let mut own = [first; WIDEST];
            own[12] = 1.5;
            Scored {
                side: Side::Agent,
                alone: own,
                answered: own,
            }
        };
        let track = Track {
            turns: vec![turn(0.25), turn(-2.0), turn(0.5)],
        };
        for (inputs, turn) in track.inputs(true).iter().zip(&track.turns) {
            let scores = table.score(inputs);
            for output in 11..22 {
                let first = turn.answered[output] + usual[output];
                assert!((scores[output] - first).abs() < 1e-6, "{output}: {scores:?}");
            }
            assert!(scores[..11].iter().all(|score| *score == 0.0), "{scores:?}");
        }
    }
}

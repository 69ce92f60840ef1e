//! The second layer: a turn scored again from the first scores of all turns around it, once with what came before
//! alone, as it is heard live, and once with the whole conversation.

use crate::chances::chance;
use crate::talk::facts::Side;
use crate::talk::first::{OF_AGENT, OF_CUSTOMER, WIDEST, outputs_of};

/// Numbers about the turns before.
const PAST: usize = 2 * (WIDEST + 4 * OF_CUSTOMER + 3 * OF_AGENT) + 8;
/// Numbers about the turns after.
const FUTURE: usize = 2 * (3 * OF_CUSTOMER + 2 * OF_AGENT) + 6;
/// All numbers.
pub(crate) const INPUTS: usize = PAST + FUTURE;
/// The first scores of a conversation's turns.
pub(crate) struct Track {
    /// By turn: whose it is, its scores while it is the last one, and with its answer.
    pub(crate) turns: Vec<Scored>,
}

/// What the first layer says of a turn.
#[derive(Clone, Copy)]
pub(crate) struct Scored {
    pub(crate) side: Side,
    pub(crate) alone: Said,
    pub(crate) answered: Said,
}

/// The first scores of a turn: less their usual value, and as chances, since whether something was done at all tells
/// more of the rest than how clearly.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub(crate) scores: [f32; WIDEST],
    pub(crate) chances: [f32; WIDEST],
}

impl Said {
    /// Nothing was said.
    const NOTHING: Self = Self {
        scores: [0.0; WIDEST],
        chances: [0.0; WIDEST],
    };

    /// Of the scores themselves; `usual` has as many numbers as the side has outputs.
    pub(crate) fn of(scores: &[f32; WIDEST], usual: &[f32]) -> Self {
        let mut said = Self::NOTHING;
        let into = said.scores.iter_mut().zip(&mut said.chances);
        for ((centered, likely), (score, usual)) in into.zip(scores.iter().zip(usual)) {
            *centered = score - usual;
            *likely = chance(*score);
        }
        said
    }

    fn with(&self, other: &Self, join: impl Fn(f32, f32) -> f32) -> Self {
        Self {
            scores: std::array::from_fn(|at| join(self.scores[at], other.scores[at])),
            chances: std::array::from_fn(|at| join(self.chances[at], other.chances[at])),
        }
    }
}

/// Sums over a stretch of turns of one side.
#[derive(Clone, Copy)]
struct Stretch {
    count: usize,
    sums: Said,
    tops: Said,
    /// The two nearest turns, nearest first.
    near: [Said; 2],
}

impl Stretch {
    const EMPTY: Self = Self {
        count: 0,
        sums: Said::NOTHING,
        tops: Said::NOTHING,
        near: [Said::NOTHING; 2],
    };

    fn add(&mut self, said: &Said) {
        let larger = if self.count == 0 { |_, new| new } else { f32::max };
        self.sums = self.sums.with(said, |sum, new| sum + new);
        self.tops = self.tops.with(said, larger);
        self.near = [*said, self.near[0]];
        self.count += 1;
    }

    fn mean(&self) -> Said {
        let count = self.count.max(1) as f32;
        self.sums.with(&Said::NOTHING, |sum, _| sum / count)
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
            row.add_said(own, WIDEST);
            let [customer, agent] = &before;
            for said in [customer.near[0], customer.near[1], customer.mean(), customer.tops] {
                row.add_said(&said, OF_CUSTOMER);
            }
            for said in [agent.near[0], agent.mean(), agent.tops] {
                row.add_said(&said, OF_AGENT);
            }
            let counts = [customer.count, agent.count];
            row.add_flags(&[
                counts[0] == 0,
                counts[0] == 1,
                counts[1] == 0,
                counts[1] == 1,
                place == 0,
                place > 0 && self.turns[place - 1].side == turn.side,
            ]);
            row.add(&[counts[0].min(8) as f32 / 8.0, counts[1].min(8) as f32 / 8.0]);
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
            for said in [customer.near[0], customer.mean()] {
                row.add_said(&said, OF_CUSTOMER);
            }
            for said in [agent.near[0], agent.mean()] {
                row.add_said(&said, OF_AGENT);
            }
            row.add_flags(&[
                customer.count == 0,
                agent.count == 0,
                place + 1 == size,
                place + 2 == size,
            ]);
            row.add(&[place as f32 / size as f32, (size.min(40) as f32) / 20.0]);
            after[turn.side as usize].add(&turn.answered);
        }
    }
}

struct Row {
    numbers: [f32; INPUTS],
    at: usize,
}

impl Row {
    fn add(&mut self, numbers: &[f32]) {
        self.numbers[self.at..][..numbers.len()].copy_from_slice(numbers);
        self.at += numbers.len();
    }

    /// Adds what was said of a turn of a side that has `outputs`.
    fn add_said(&mut self, said: &Said, outputs: usize) {
        self.add(&said.scores[..outputs]);
        self.add(&said.chances[..outputs]);
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

    /// Lets these outputs lie midway between what stands here and what the first layer says of the turn itself: its
    /// score, of which the inputs hold the part that is not usual.
    pub(crate) fn lean_on_own(&mut self, range: std::ops::Range<usize>, usual: &[f32]) {
        let count = self.constants.len();
        for output in range {
            self.constants[output] = f32::midpoint(self.constants[output], usual[output]);
            for input in 0..INPUTS {
                // The inputs begin with the turn's own scores.
                let own = if input == output { 1.0 } else { 0.0 };
                let number = &mut self.numbers[input * count + output];
                *number = f32::midpoint(*number, own);
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
    fn what_leans_on_its_own_turn_stands_midway_to_the_first_score() {
        let usual: Vec<f32> = (0..OF_AGENT).map(|output| output as f32 / -4.0).collect();
        let mut table = SecondTable::empty(Side::Agent);
        table.constants[12] = 3.0;
        table.lean_on_own(11..22, &usual);
        let turn = |first: f32| {
            let mut own = [first; WIDEST];
            own[12] = 1.5;
            let own = Said::of(&own, &usual);
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
                let first = turn.answered.scores[output] + usual[output];
                let midway = if output == 12 {
                    (first + 3.0) / 2.0
                } else {
                    first / 2.0
                };
                assert!((scores[output] - midway).abs() < 1e-6, "{output}: {scores:?}");
            }
            assert!(scores[..11].iter().all(|score| *score == 0.0), "{scores:?}");
        }
    }
}

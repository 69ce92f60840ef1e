//! The first layer: a turn scored from its own pieces and words and from those of the turns next to it.

use crate::model::{LoadError, Reader, Writer, unit_of};
use crate::shape::MEASURES;
use crate::talk::facts::{ENGINE, Facts, SIGNS, Side};
use crate::talk::words::CLASSES;

/// Most outputs of a side.
pub(crate) const WIDEST: usize = 28;
/// Outputs of a customer's turn: stages, intensities.
pub(crate) const OF_CUSTOMER: usize = 8;
/// Outputs of an agent's turn: acts, faults, stages of the flow.
pub(crate) const OF_AGENT: usize = 28;
/// How much a piece of each slot counts: own, the same side's turn before, the other side's before, its answer.
const SLOT_WEIGHTS: [f32; 4] = [1.0, 0.4, 0.5, 0.5];
/// How many buckets the pieces of a side's turns are dealt into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Buckets {
    /// Two to this power for the turn's own pieces.
    own: u32,
    /// The same for each neighbor's.
    other: u32,
}

impl Buckets {
    /// Faults are told by rare words: an agent's turns have more room.
    pub(crate) fn of(side: Side) -> Self {
        match side {
            Side::Customer => Self { own: 15, other: 14 },
            Side::Agent => Self { own: 17, other: 16 },
        }
    }

    /// All of them.
    pub(crate) fn count(self) -> usize {
        (1 << self.own) + 3 * (1 << self.other)
    }

    /// The bucket of a piece in a slot.
    pub(crate) fn place(self, slot: usize, row: u32) -> u32 {
        match slot {
            0 => row & ((1 << self.own) - 1),
            _ => (1 << self.own) + ((slot as u32 - 1) << self.other) + (row & ((1 << self.other) - 1)),
        }
    }
}

/// Measures of place.
const PLACES: usize = 7;
/// Numbers beside the pieces.
pub(crate) const DENSE: usize =
    ENGINE + MEASURES + CLASSES + SIGNS + ENGINE + CLASSES + SIGNS + ENGINE + CLASSES + 1 + PLACES;

/// The number of outputs of a side.
pub(crate) fn outputs_of(side: Side) -> usize {
    match side {
        Side::Customer => OF_CUSTOMER,
        Side::Agent => OF_AGENT,
    }
}

/// A turn between its neighbors.
#[derive(Clone, Copy)]
pub(crate) struct Context<'f> {
    pub(crate) own: &'f Facts,
    /// The turn before of the same side.
    pub(crate) same: Option<&'f Facts>,
    /// The turn before of the other side.
    pub(crate) other: Option<&'f Facts>,
    /// The other side's answer; for agents' turns alone, and only when it is there already.
    pub(crate) next: Option<&'f Facts>,
    /// How many turns of the side came before.
    pub(crate) nth: usize,
    /// Whether the other side spoke before.
    pub(crate) answered: bool,
    /// Whether the turn directly before is of the same side.
    pub(crate) again: bool,
    /// Whether it is spoken, not written.
    pub(crate) spoken: bool,
}

impl Context<'_> {
    /// The buckets of all slots with what each piece counts.
    pub(crate) fn pieces(&self, buckets: Buckets) -> Vec<(u32, f32)> {
        let mut pieces = Vec::new();
        for (slot, facts) in self.slots().into_iter().enumerate() {
            let Some(facts) = facts else { continue };
            let count = SLOT_WEIGHTS[slot] * unit_of(facts.rows.len());
            pieces.extend(facts.rows.iter().map(|row| (buckets.place(slot, *row), count)));
        }
        pieces
    }

    fn slots(&self) -> [Option<&Facts>; 4] {
        [Some(self.own), self.same, self.other, self.next]
    }

    /// The numbers beside the pieces.
    pub(crate) fn dense(&self) -> [f32; DENSE] {
        let mut row = Row {
            numbers: [0.0; DENSE],
            at: 0,
        };
        row.add(&self.own.engine, 0.1);
        row.add(&self.own.measures, 0.2);
        row.add_classes(Some(self.own), 0.4);
        row.add(&self.own.signs, 0.6);
        row.add(&self.other.map_or([0.0; ENGINE], |facts| facts.engine), 0.05);
        row.add_classes(self.other, 0.3);
        row.add(&self.other.map_or([0.0; SIGNS], |facts| facts.signs), 0.5);
        row.add(&self.same.map_or([0.0; ENGINE], |facts| facts.engine), 0.05);
        row.add_classes(self.next, 0.3);
        let flags = [
            self.next.is_some(),
            self.nth == 0,
            self.nth == 1,
            !self.answered,
            self.again,
            self.spoken,
        ];
        row.add(&flags.map(|flag| if flag { 1.0 } else { 0.0 }), 0.4);
        row.add(
            &[self.nth.min(8) as f32 / 8.0, (self.nth as f32).min(3.0) / 3.0],
            0.4,
        );
        row.numbers
    }
}

struct Row {
    numbers: [f32; DENSE],
    at: usize,
}

impl Row {
    fn add(&mut self, numbers: &[f32], times: f32) {
        for number in numbers {
            self.numbers[self.at] = number * times;
            self.at += 1;
        }
    }

    fn add_classes(&mut self, facts: Option<&Facts>, times: f32) {
        let classes = facts.map_or(0, |facts| facts.classes);
        for class in 0..CLASSES {
            self.numbers[self.at] = if classes >> class & 1 == 1 { times } else { 0.0 };
            self.at += 1;
        }
    }
}

/// The weights of one side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FirstTable {
    pub(crate) outputs: usize,
    pub(crate) buckets: Buckets,
    pub(crate) scales: Vec<f32>,
    pub(crate) constants: Vec<f32>,
    /// For each number beside the pieces, one weight per output.
    pub(crate) dense: Vec<f32>,
    /// For each bucket, one whole number per output.
    pub(crate) cells: Vec<i8>,
}

impl FirstTable {
    /// The scores of a turn; outputs beyond the side's are zero.
    pub(crate) fn score(&self, context: &Context<'_>) -> [f32; WIDEST] {
        let mut scores = [0f32; WIDEST];
        let count = self.outputs;
        scores[..count].copy_from_slice(&self.constants);
        for (slot, facts) in context.slots().into_iter().enumerate() {
            let Some(facts) = facts else { continue };
            let unit = SLOT_WEIGHTS[slot] * unit_of(facts.rows.len());
            let mut sums = [0i32; WIDEST];
            for &row in &facts.rows {
                let cells = &self.cells[self.buckets.place(slot, row) as usize * count..][..count];
                for (sum, &cell) in sums.iter_mut().zip(cells) {
                    *sum += i32::from(cell);
                }
            }
            for ((score, sum), scale) in scores.iter_mut().zip(sums).zip(&self.scales) {
                *score += scale * unit * sum as f32;
            }
        }
        for (number, weights) in context.dense().iter().zip(self.dense.chunks_exact(count)) {
            if *number != 0.0 {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += number * weight;
                }
            }
        }
        scores
    }

    /// What a piece of the turn itself says for an output.
    pub(crate) fn voice(&self, row: u32, output: usize) -> i8 {
        self.cells[self.buckets.place(0, row) as usize * self.outputs + output]
    }

    pub(crate) fn write(&self, body: &mut Writer) {
        body.floats(&self.scales);
        body.floats(&self.constants);
        body.floats(&self.dense);
        // Output by output: numbers of one output are alike and pack better.
        for output in 0..self.outputs {
            body.cells((0..self.buckets.count()).map(|bucket| self.cells[bucket * self.outputs + output]));
        }
    }

    pub(crate) fn read(body: &mut Reader<'_>, side: Side) -> Result<Self, LoadError> {
        let outputs = outputs_of(side);
        let (scales, constants) = (body.floats(outputs)?, body.floats(outputs)?);
        let dense = body.floats(DENSE * outputs)?;
        let buckets = Buckets::of(side);
        let mut cells = vec![0i8; buckets.count() * outputs];
        for output in 0..outputs {
            for (bucket, cell) in body.cells(buckets.count())?.into_iter().enumerate() {
                cells[bucket * outputs + output] = cell;
            }
        }
        Ok(Self {
            outputs,
            buckets,
            scales,
            constants,
            dense,
            cells,
        })
    }
}

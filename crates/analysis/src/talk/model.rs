//! The model of conversations: two layers for each side, and what tells escalation and worth from them. Comes as bytes.

use crate::model::{LoadError, Reader, Writer, pack, unpack};
use crate::talk::course::{COURSE, CourseTable};
use crate::talk::facts::{Facts, Side};
use crate::talk::first::{Context, DENSE, FirstTable, WIDEST, outputs_of};
use crate::talk::sequence::{INPUTS, Said, Scored, SecondTable, Track};

/// The first bytes of every model of conversations.
const MARK: &[u8; 8] = b"TINGSU-T";

/// Everything learned of conversations.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TalkModel {
    pub(crate) name: String,
    /// Of customers' turns and of agents'.
    pub(crate) first: [FirstTable; 2],
    /// What the first scores of each side usually are.
    pub(crate) usual: [Vec<f32>; 2],
    /// By side, and for hearing live and for hearing the whole.
    pub(crate) second: [[SecondTable; 2]; 2],
    pub(crate) course: CourseTable,
}

impl TalkModel {
    /// The first scores of a conversation's turns, and which turns they are of: machines' and blank ones are left out.
    pub(crate) fn track(&self, facts: &[Facts], spoken: bool) -> (Track, Vec<usize>) {
        let places: Vec<usize> = (0..facts.len())
            .filter(|&place| facts[place].side.is_some())
            .collect();
        let turns = contexts(facts, spoken).into_iter().map(|(side, context)| {
            let table = &self.first[side as usize];
            let answered = self.said(side, &table.score(&context));
            let alone = match context.next {
                None => answered,
                Some(_) => self.said(
                    side,
                    &table.score(&Context {
                        next: None,
                        ..context
                    }),
                ),
            };
            Scored {
                side,
                alone,
                answered,
            }
        });
        (
            Track {
                turns: turns.collect(),
            },
            places,
        )
    }

    fn said(&self, side: Side, scores: &[f32; WIDEST]) -> Said {
        Said::of(scores, &self.usual[side as usize])
    }

    /// The model as bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::default();
        body.words(&self.name);
        body.number(DENSE as u32);
        body.number(INPUTS as u32);
        body.number(COURSE as u32);
        for side in [0, 1] {
            self.first[side].write(&mut body);
            body.floats(&self.usual[side]);
            for table in &self.second[side] {
                body.floats(&table.constants);
                body.floats(&table.numbers);
                body.floats(&table.thresholds);
            }
        }
        body.floats(&self.course.escalation);
        body.floats(&self.course.worth);
        pack(MARK, &body.0)
    }

    /// The model in these bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let body = unpack(MARK, bytes)?;
        let mut body = Reader(&body);
        let name = body.words()?;
        let sizes = [body.number()?, body.number()?, body.number()?];
        if sizes != [DENSE as u32, INPUTS as u32, COURSE as u32] {
            return Err(LoadError::Damaged(format!("its sizes are {sizes:?}")));
        }
        let mut side = |side: Side| -> Result<_, LoadError> {
            let outputs = outputs_of(side);
            let first = FirstTable::read(&mut body, side)?;
            let usual = body.floats(outputs)?;
            let mut second = || -> Result<SecondTable, LoadError> {
                Ok(SecondTable {
                    constants: body.floats(outputs)?,
                    numbers: body.floats(outputs * INPUTS)?,
                    thresholds: body.floats(outputs)?,
                })
            };
            Ok((first, usual, [second()?, second()?]))
        };
        let (customer, agent) = (side(Side::Customer)?, side(Side::Agent)?);
        let course = CourseTable {
            escalation: body.floats(COURSE + 1)?,
            worth: body.floats(COURSE + 1)?,
        };
        Ok(Self {
            name,
            first: [customer.0, agent.0],
            usual: [customer.1, agent.1],
            second: [customer.2, agent.2],
            course,
        })
    }
}

/// Every turn of a side between its neighbors.
pub(crate) fn contexts(facts: &[Facts], spoken: bool) -> Vec<(Side, Context<'_>)> {
    let turns: Vec<(Side, &Facts)> = facts
        .iter()
        .filter_map(|facts| Some((facts.side?, facts)))
        .collect();
    let mut answers = vec![None; turns.len()];
    let mut next: [Option<&Facts>; 2] = [None; 2];
    for (place, &(side, facts)) in turns.iter().enumerate().rev() {
        answers[place] = next[side.other() as usize];
        next[side as usize] = Some(facts);
    }
    let mut before: [Option<&Facts>; 2] = [None; 2];
    let mut counts = [0usize; 2];
    let mut contexts = Vec::with_capacity(turns.len());
    for (place, &(side, own)) in turns.iter().enumerate() {
        let context = Context {
            own,
            same: before[side as usize],
            other: before[side.other() as usize],
            next: answers[place].filter(|_| side == Side::Agent),
            nth: counts[side as usize],
            answered: counts[side.other() as usize] > 0,
            again: place > 0 && turns[place - 1].0 == side,
            spoken,
        };
        contexts.push((side, context));
        before[side as usize] = Some(own);
        counts[side as usize] += 1;
    }
    contexts
}

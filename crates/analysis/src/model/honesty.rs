//! What makes probabilities true: a line for each block that the logits of its probabilities are bent by, learned from
//! texts that the model had not seen, and how sure a temperament must be before it is named.

use crate::block::{Block, OUTPUTS};
use crate::chances::{Chances, chance, raise, take_logs};
use crate::decide::Decision;

/// The number of blocks.
const BLOCKS: usize = Block::ALL.len();
/// The same, filled up to a multiple of eight.
const WIDTH: usize = BLOCKS.next_multiple_of(8);

/// The blocks of one value.
const ONE: [Block; 11] = [
    Block::Register,
    Block::Complaint,
    Block::Psychology,
    Block::Emotion,
    Block::Intensity,
    Block::Nature,
    Block::Stance,
    Block::AngerType,
    Block::Temperament,
    Block::Outcome,
    Block::Secondary,
];
/// The blocks of many.
const MANY: [Block; 4] = [Block::Subjects, Block::Motives, Block::Causes, Block::Risks];

/// What is added to the logit of a probability, and what the logit is multiplied by before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) shift: f32,
    pub(crate) slope: f32,
}

impl Line {
    /// The line that changes nothing.
    pub(crate) const STRAIGHT: Self = Self {
        shift: 0.0,
        slope: 1.0,
    };

    /// The probability with a logit bent by the line.
    pub(crate) fn bend(self, logit: f32) -> f32 {
        chance(self.shift + self.slope * logit)
    }

    fn between(self, other: Self, share: f32) -> Self {
        let mix = |one: f32, two: f32| share * one + (1.0 - share) * two;
        Self {
            shift: mix(self.shift, other.shift),
            slope: mix(self.slope, other.slope),
        }
    }
}

/// The lines of the blocks for both kinds of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Honesty {
    pub(crate) lines: [[Line; BLOCKS]; 2],
    /// A temperament less probable than this stays unknown.
    pub(crate) sure_temperament: [f32; 2],
}

/// The certainty of temperaments asked for by models that do not say.
const SURE_TEMPERAMENT: f32 = 0.5;

impl Default for Honesty {
    fn default() -> Self {
        Self {
            lines: [[Line::STRAIGHT; BLOCKS]; 2],
            sure_temperament: [SURE_TEMPERAMENT; 2],
        }
    }
}

impl Honesty {
    /// The probabilities of a text that is of the project's own kind with this probability: for facets of one value the
    /// one that was decided is put right and the others share the rest as before, for facets of many values every one.
    pub(crate) fn chances(&self, scores: &[f32; OUTPUTS], decision: &Decision, own: f32) -> Chances {
        let lines: [Line; BLOCKS] =
            std::array::from_fn(|block| self.lines[0][block].between(self.lines[1][block], own));
        let mut scores = *scores;
        for block in MANY {
            let line = lines[block as usize];
            scores[block.range()]
                .iter_mut()
                .for_each(|score| *score = line.shift + line.slope * *score);
        }
        let mut chances = Chances::of(&scores);
        let mut against = [1f32; WIDTH];
        for block in ONE {
            against[block as usize] = odds(chances.at(block.offset() + decision.of(block) as usize));
        }
        take_logs(&mut against);
        for (against, line) in against.iter_mut().zip(lines) {
            *against = -(line.shift + line.slope * *against);
        }
        raise(&mut against);
        for block in ONE {
            if lines[block as usize] != Line::STRAIGHT {
                let p = 1.0 / (1.0 + against[block as usize]);
                chances.set(block, decision.of(block) as usize, p);
            }
        }
        chances
    }

    /// How probable a temperament must be to be named.
    pub(crate) fn sure_temperament(&self, own: f32) -> f32 {
        own * self.sure_temperament[0] + (1.0 - own) * self.sure_temperament[1]
    }
}

/// How much more probable it is than not, within what a probability can be told from.
fn odds(p: f32) -> f32 {
    let p = p.clamp(1e-6, 1.0 - 1e-6);
    p / (1.0 - p)
}

/// The logarithm of the odds.
pub(crate) fn logit(p: f32) -> f32 {
    libm::logf(odds(p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Choice;

    #[test]
    fn every_block_is_of_one_or_of_many() {
        assert_eq!(ONE.len() + MANY.len(), BLOCKS);
        assert!(ONE.iter().all(|block| block.choice() == Choice::One));
        assert!(MANY.iter().all(|block| block.choice() == Choice::Many));
    }
}

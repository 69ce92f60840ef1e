//! The outputs of the model: one block of scores per facet, laid side by side in one row of weights.

use domain::{
    AngerType, Cause, EmotionStage, Intensity, Motive, Nature, Outcome, Psychology, Risk, Stance, Subject,
    Temperament, Vocabulary,
};

/// How many of a block's values hold at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Exactly one.
    One,
    /// Any number.
    Many,
}

/// A facet as the model learns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Block {
    /// The kind of text, which shifts what is usual; learned from where a training text comes from, never shown.
    Register,
    /// A1; two values, `0` and `1`.
    Complaint,
    /// A2, primary.
    Psychology,
    /// A4, stage.
    Emotion,
    /// A4, intensity.
    Intensity,
    /// A6.
    Nature,
    /// A7.
    Stance,
    /// A8.
    AngerType,
    /// A11.
    Temperament,
    /// A13, outcome.
    Outcome,
    /// A5.
    Subjects,
    /// A3.
    Motives,
    /// A9.
    Causes,
    /// A10.
    Risks,
    /// A2, secondary; `none` stands for no secondary value. Follows from the other scores.
    Secondary,
}

/// The kinds of text, as the beginnings of the training texts' `source`; the first stands for all others.
pub const REGISTERS: &[&str] = &["own", "shop", "waimai", "hotel", "weibo", "gov", "car"];

/// The number of scores in all blocks together.
pub const OUTPUTS: usize = 85;

/// The number of scores that are read straight from the words: all but [`Block::Secondary`].
pub const WORD_OUTPUTS: usize = 77;

impl Block {
    /// All blocks in the order of their scores.
    pub const ALL: &'static [Self] = &[
        Self::Register,
        Self::Complaint,
        Self::Psychology,
        Self::Emotion,
        Self::Intensity,
        Self::Nature,
        Self::Stance,
        Self::AngerType,
        Self::Temperament,
        Self::Outcome,
        Self::Subjects,
        Self::Motives,
        Self::Causes,
        Self::Risks,
        Self::Secondary,
    ];

    /// The key of the facet in labeled texts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Complaint => "c",
            Self::Psychology => "psy",
            Self::Secondary => "psy2",
            Self::Emotion => "emo",
            Self::Intensity => "int",
            Self::Nature => "nat",
            Self::Stance => "stn",
            Self::AngerType => "typ",
            Self::Temperament => "tmp",
            Self::Outcome => "out",
            Self::Register => "source",
            Self::Subjects => "sub",
            Self::Motives => "mot",
            Self::Causes => "cau",
            Self::Risks => "risk",
        }
    }

    /// Whether one or many of its values hold.
    pub fn choice(self) -> Choice {
        match self {
            Self::Subjects | Self::Motives | Self::Causes | Self::Risks => Choice::Many,
            _ => Choice::One,
        }
    }

    /// The keys of its values, in the order of their scores.
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::Complaint => vec!["0", "1"],
            Self::Psychology | Self::Secondary => keys::<Psychology>(),
            Self::Emotion => keys::<EmotionStage>(),
            Self::Intensity => keys::<Intensity>(),
            Self::Nature => keys::<Nature>(),
            Self::Stance => keys::<Stance>(),
            Self::AngerType => keys::<AngerType>(),
            Self::Temperament => keys::<Temperament>(),
            Self::Outcome => keys::<Outcome>(),
            Self::Register => REGISTERS.to_vec(),
            Self::Subjects => keys::<Subject>(),
            Self::Motives => keys::<Motive>(),
            Self::Causes => keys::<Cause>(),
            Self::Risks => keys::<Risk>(),
        }
    }

    /// The number of its values.
    pub const fn size(self) -> usize {
        LENGTHS[self as usize]
    }

    /// The place of its first score among all scores.
    pub const fn offset(self) -> usize {
        OFFSETS[self as usize]
    }

    /// The place of its scores among all scores.
    pub fn range(self) -> std::ops::Range<usize> {
        let offset = self.offset();
        offset..offset + self.size()
    }

    /// The block with this key in labeled texts.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|block| block.key() == key)
    }
}

const LENGTHS: [usize; 15] = [7, 2, 8, 4, 4, 5, 5, 4, 5, 4, 5, 10, 7, 7, 8];

/// Where each block begins.
const OFFSETS: [usize; 15] = {
    let mut offsets = [0; 15];
    let mut block = 1;
    while block < offsets.len() {
        offsets[block] = offsets[block - 1] + LENGTHS[block - 1];
        block += 1;
    }
    offsets
};

fn keys<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|value| value.key()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_fill_the_row_without_gaps() {
        let mut next = 0;
        for &block in Block::ALL {
            assert_eq!(block.range().start, next, "{block:?}");
            assert_eq!(block.values().len(), block.size(), "{block:?}");
            next = block.range().end;
        }
        assert_eq!(next, OUTPUTS);
        assert_eq!(Block::Secondary.offset(), WORD_OUTPUTS);
    }
}

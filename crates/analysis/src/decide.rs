//! From scores to values: the best of one, all of many, and facets made to agree with each other by the codebook.

use std::ops::Range;

use crate::block::{Block, Choice, OUTPUTS};
use crate::chances::{LANES, each_of_one, lower, raise, take_logs};

/// The place of the largest number among those allowed.
#[inline(always)]
fn best_of(numbers: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = (f32::MIN, 0);
    for (value, &number) in numbers.iter().enumerate() {
        if allowed(value) && number > best.0 {
            best = (number, value);
        }
    }
    best.1
}

/// A bit for each number above zero.
#[inline(always)]
fn above_zero(numbers: &[f32]) -> usize {
    let bits = numbers.iter().enumerate();
    bits.fold(0, |named, (value, &number)| {
        named | usize::from(number > 0.0) << value
    })
}

/// A bit for each value of a block of many that is named.
pub(crate) fn pick_many(block: Block, scores: &[f32; OUTPUTS], offsets: &[f32; OUTPUTS]) -> u32 {
    let mut named = 0;
    for (value, output) in block.range().enumerate() {
        if scores[output] + offsets[output] > 0.0 {
            named |= 1 << value;
        }
    }
    named
}

/// The values of one text, by block: the index of the value, or a bit for each value that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    values: [u32; Block::ALL.len()],
}

impl Decision {
    /// What was decided for a block, coded like a label.
    pub fn of(&self, block: Block) -> u32 {
        self.values[block as usize]
    }

    /// Adds risks that rules have found; what is no complaint has none.
    pub(crate) fn add_risks(&mut self, risks: u32) {
        if self.of(Block::Complaint) == 1 {
            self.values[Block::Risks as usize] |= risks;
        }
    }

    fn set(&mut self, block: Block, value: usize) {
        self.values[block as usize] = value as u32;
    }
}

/// The order of values in the blocks that must agree; checked by a test against the vocabulary.
mod value {
    pub(super) const PSY_SOLVE: usize = 0;
    pub(super) const PSY_EXCHANGE: usize = 6;
    pub(super) const PSY_NONE: usize = 7;
    pub(super) const NAT_HELP: usize = 1;
    pub(super) const NAT_INQUIRY: usize = 2;
    pub(super) const NAT_NONE: usize = 4;
    pub(super) const STN_NONE: usize = 4;
    pub(super) const TYP_NONE: usize = 3;
    pub(super) const EMO_DESPAIR: usize = 3;
    /// Who has given up neither bargains nor needles.
    pub(super) const STANCES_OF_STRIFE: [usize; 2] = [1, 2];
    /// A bit for each motive that asks for something to be done: whoever wants nothing has none of them.
    pub(super) const DEMANDS: u32 = 1 | 1 << 1 | 1 << 2 | 1 << 5 | 1 << 8 | 1 << 9;
    /// The emotions with the intensities that go with them.
    pub(super) const FEELINGS: [(usize, usize); 10] = [
        (0, 0),
        (0, 1),
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 1),
        (3, 2),
        (3, 3),
    ];
    /// For each stance, whether it goes with a weak and with a strong feeling.
    pub(super) const AGITATION: [[bool; 2]; 5] = [
        [false, true],
        [false, true],
        [true, false],
        [true, false],
        [true, false],
    ];
}

/// What is said of a text that is no complaint: psychology with nature.
const OTHERWISE: [(usize, usize); 5] = [
    (value::PSY_NONE, value::NAT_NONE),
    (value::PSY_SOLVE, value::NAT_INQUIRY),
    (value::PSY_SOLVE, value::NAT_HELP),
    (value::PSY_EXCHANGE, value::NAT_NONE),
    (value::PSY_EXCHANGE, value::NAT_HELP),
];

/// What is added to the scores before values are compared, for complaints told to the organization and for public
/// texts: what is usual differs, and with it the best threshold.
pub(crate) type Offsets = [[f32; OUTPUTS]; 2];

/// Which of the offsets a text takes: 0 for the project's own kind, 1 for public texts.
pub(crate) fn kind_of(scores: &[f32]) -> usize {
    usize::from(own_share(scores) < 0.5)
}

/// How probably a text is of the project's own kind, 0–1.
pub(crate) fn own_share(scores: &[f32]) -> f32 {
    let registers = &scores[Block::Register.range()];
    let others: f32 = registers[1..]
        .iter()
        .map(|other| libm::expf(other - registers[0]))
        .sum();
    1.0 / (1.0 + others)
}

/// The numbers between those of the two kinds for a text that is of the project's own with this probability.
pub(crate) fn mix_kinds(numbers: &[[f32; OUTPUTS]; 2], own: f32) -> [f32; OUTPUTS] {
    let mut mixed = [0f32; OUTPUTS];
    let [first, second] = numbers;
    for output in 0..OUTPUTS {
        mixed[output] = own * first[output] + (1.0 - own) * second[output];
    }
    mixed
}

/// The most probable values that agree with each other as the codebook asks.
pub(crate) fn decide(scores: &[f32; OUTPUTS], offsets: &Offsets) -> Decision {
    decide_kind(scores, offsets, own_share(scores))
}

/// The same for a text that is of the project's own kind with this probability.
pub(crate) fn decide_kind(scores: &[f32; OUTPUTS], offsets: &Offsets, own: f32) -> Decision {
    let offsets = mix_kinds(offsets, own);
    let mut shifted = [0f32; LANES];
    for output in 0..OUTPUTS {
        shifted[output] = scores[output] + offsets[output];
    }
    let weigh = Weigh::of(shifted);
    let feelings = weigh.feelings();
    let complaint = weigh.complaint(&feelings);
    let other = weigh.other(&feelings);
    let mut decision = if complaint.0 >= other.0 {
        complaint.1
    } else {
        other.1
    };
    for block in [Block::Register, Block::Temperament, Block::Outcome] {
        decision.set(block, best_of(&shifted[block.range()], |_| true));
    }
    for block in [Block::Subjects, Block::Motives, Block::Causes, Block::Risks] {
        decision.set(block, above_zero(&shifted[block.range()]));
    }
    // What is no complaint has neither causes of discontent nor risks.
    if decision.of(Block::Complaint) == 0 {
        decision.set(Block::Causes, 0);
        decision.set(Block::Risks, 0);
    }
    // Hardly a complaint is about nothing; the likeliest subject is named when none is likely enough by itself.
    if decision.of(Block::Complaint) == 1 && decision.of(Block::Subjects) == 0 {
        decision.set(
            Block::Subjects,
            1 << best_of(&shifted[Block::Subjects.range()], |_| true),
        );
    }
    let primary = decision.of(Block::Psychology) as usize;
    let second = best_of(&shifted[Block::Secondary.range()], |value| value != primary);
    let lone = primary == value::PSY_NONE;
    if lone {
        decision.values[Block::Motives as usize] &= !value::DEMANDS;
    }
    decision.set(Block::Secondary, if lone { value::PSY_NONE } else { second });
    decision
}

/// The most probable value of every facet by itself: what deciding together is measured against.
pub(crate) fn decide_apart(scores: &[f32; OUTPUTS], offsets: &Offsets, own: f32) -> Decision {
    let offsets = mix_kinds(offsets, own);
    let mut decision = Decision {
        values: [0; Block::ALL.len()],
    };
    for &block in Block::ALL {
        let value = match block.choice() {
            Choice::One => {
                let shifted: Vec<f32> = block
                    .range()
                    .map(|output| scores[output] + offsets[output])
                    .collect();
                best_of(&shifted, |_| true)
            }
            Choice::Many => pick_many(block, scores, &offsets) as usize,
        };
        decision.set(block, value);
    }
    decision
}

/// Logarithms of the probabilities of the blocks that must agree.
struct Weigh([f32; LANES]);

/// The blocks that must agree; they stand side by side.
const AGREEING: [Block; 7] = [
    Block::Complaint,
    Block::Psychology,
    Block::Emotion,
    Block::Intensity,
    Block::Nature,
    Block::Stance,
    Block::AngerType,
];

/// The outputs of these blocks.
const AGREED: Range<usize> = Block::Complaint.offset()..Block::AngerType.offset() + Block::AngerType.size();

/// Does something with every one of these blocks, whose places are known to the compiler.
macro_rules! each_agreeing {
    ($change:ident, $numbers:expr) => {
        each_of_one!($change, $numbers, Complaint Psychology Emotion Intensity Nature Stance AngerType)
    };
}

impl Weigh {
    fn of(shifted: [f32; LANES]) -> Self {
        let mut logs = shifted;
        each_agreeing!(lower, &mut logs);
        let mut powers = logs;
        raise(&mut powers[AGREED]);
        let mut whole = [1f32; AGREEING.len() + 1];
        for (whole, block) in whole.iter_mut().zip(AGREEING) {
            *whole = powers[block.range()].iter().sum();
        }
        take_logs(&mut whole);
        for (whole, block) in whole.into_iter().zip(AGREEING) {
            logs[block.range()].iter_mut().for_each(|log| *log -= whole);
        }
        Self(logs)
    }

    fn log(&self, block: Block, value: usize) -> f32 {
        self.0[block.offset() + value]
    }

    fn best(&self, block: Block, allowed: impl Fn(usize) -> bool) -> (f32, usize) {
        let mut best = (f32::MIN, 0);
        for value in (0..block.size()).filter(|&value| allowed(value)) {
            let log = self.log(block, value);
            if log > best.0 {
                best = (log, value);
            }
        }
        best
    }

    /// What each of the feelings counts.
    fn feelings(&self) -> [f32; value::FEELINGS.len()] {
        value::FEELINGS.map(|(emotion, strength)| {
            self.log(Block::Emotion, emotion) + self.log(Block::Intensity, strength)
        })
    }

    /// The best values given that the text is a complaint.
    fn complaint(&self, feelings: &[f32]) -> (f32, Decision) {
        let psychology = self.best(Block::Psychology, |value| value != value::PSY_NONE);
        let nature = self.best(Block::Nature, |value| value != value::NAT_NONE);
        let anger = self.best(Block::AngerType, |_| true);
        let stances =
            [0, 1].map(|agitated| self.best(Block::Stance, |stance| value::AGITATION[stance][agitated]));
        let resigned = [0, 1].map(|agitated| {
            self.best(Block::Stance, |stance| {
                value::AGITATION[stance][agitated] && !value::STANCES_OF_STRIFE.contains(&stance)
            })
        });
        let (mut best, mut values) = (f32::MIN, (0, 0, 0));
        for ((emotion, strength), feeling) in value::FEELINGS.into_iter().zip(feelings) {
            let stances = match emotion {
                value::EMO_DESPAIR => resigned,
                _ => stances,
            };
            let stance = stances[usize::from(strength >= 2)];
            if feeling + stance.0 > best {
                (best, values) = (feeling + stance.0, (emotion, strength, stance.1));
            }
        }
        let total = self.log(Block::Complaint, 1) + psychology.0 + nature.0 + anger.0 + best;
        (
            total,
            self.put([1, psychology.1, values.0, values.1, nature.1, values.2, anger.1]),
        )
    }

    /// What it costs to hear no demand: the odds of every one that would else be named. Only blocks that must agree hold
    /// logarithms of probabilities; motives still hold their scores.
    fn demands(&self) -> f32 {
        let scores = self.0[Block::Motives.range()].iter().enumerate();
        let demanded = scores.filter(|(motive, _)| value::DEMANDS >> motive & 1 == 1);
        demanded.map(|(_, score)| score.max(0.0)).sum()
    }

    /// The best values given that it is none.
    fn other(&self, feelings: &[f32]) -> (f32, Decision) {
        let (mut best, mut pair) = (f32::MIN, OTHERWISE[0]);
        for (psychology, nature) in OTHERWISE {
            let mut log = self.log(Block::Psychology, psychology) + self.log(Block::Nature, nature);
            if psychology == value::PSY_NONE {
                log -= self.demands();
            }
            if log > best {
                (best, pair) = (log, (psychology, nature));
            }
        }
        let (mut feeling, mut values) = (f32::MIN, (0, 0));
        for (pair, &log) in value::FEELINGS.into_iter().zip(feelings) {
            if log > feeling {
                (feeling, values) = (log, pair);
            }
        }
        let quiet = self.log(Block::Stance, value::STN_NONE) + self.log(Block::AngerType, value::TYP_NONE);
        let total = self.log(Block::Complaint, 0) + best + feeling + quiet;
        let values = [
            0,
            pair.0,
            values.0,
            values.1,
            pair.1,
            value::STN_NONE,
            value::TYP_NONE,
        ];
        (total, self.put(values))
    }

    /// A decision of these values of complaint, psychology, emotion, intensity, nature, stance and anger type.
    fn put(&self, values: [usize; 7]) -> Decision {
        let mut decision = Decision {
            values: [0; Block::ALL.len()],
        };
        for (block, value) in AGREEING.into_iter().zip(values) {
            decision.set(block, value);
        }
        decision
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_values_is_the_vocabularys() {
        let at = |block: Block, index: usize| block.values()[index];
        assert_eq!(at(Block::Psychology, value::PSY_SOLVE), "solve");
        assert_eq!(at(Block::Psychology, value::PSY_EXCHANGE), "exchange");
        assert_eq!(at(Block::Psychology, value::PSY_NONE), "none");
        assert_eq!(at(Block::Nature, value::NAT_HELP), "help");
        assert_eq!(at(Block::Nature, value::NAT_INQUIRY), "inquiry");
        assert_eq!(at(Block::Nature, value::NAT_NONE), "none");
        assert_eq!(at(Block::Stance, value::STN_NONE), "none");
        assert_eq!(at(Block::AngerType, value::TYP_NONE), "none");
        assert_eq!(
            Block::Emotion.values(),
            ["calm", "disappointed", "angry", "despair"]
        );
        assert_eq!(
            Block::Stance.values(),
            ["grumble", "bargain", "harass", "reason", "none"]
        );
        let motives = Block::Motives.values().into_iter().enumerate();
        let demands: Vec<&str> = motives
            .filter(|(motive, _)| value::DEMANDS >> motive & 1 == 1)
            .map(|(_, key)| key)
            .collect();
        assert_eq!(
            demands,
            [
                "refund",
                "apology",
                "time",
                "compensation",
                "harassment",
                "leverage"
            ]
        );
    }

    #[test]
    fn facets_agree_whatever_the_scores() {
        for seed in 0..2000u64 {
            let scores: [f32; OUTPUTS] = std::array::from_fn(|output| {
                (crate::gram::mix(seed * 1000 + output as u64) % 1000) as f32 / 100.0 - 5.0
            });
            let decision = decide(&scores, &[[0.0; OUTPUTS]; 2]);
            let [complaint, psychology, nature, stance, anger] = [
                Block::Complaint,
                Block::Psychology,
                Block::Nature,
                Block::Stance,
                Block::AngerType,
            ]
            .map(|block| decision.of(block) as usize);
            if complaint == 0 {
                assert!(OTHERWISE.contains(&(psychology, nature)));
                assert_eq!((stance, anger), (value::STN_NONE, value::TYP_NONE));
            } else {
                assert!(psychology != value::PSY_NONE && nature != value::NAT_NONE);
            }
            let feeling = [Block::Emotion, Block::Intensity].map(|block| decision.of(block) as usize);
            assert!(value::FEELINGS.contains(&(feeling[0], feeling[1])));
            if complaint == 1 {
                assert!(value::AGITATION[stance][usize::from(feeling[1] >= 2)]);
                assert!(feeling[0] != value::EMO_DESPAIR || !value::STANCES_OF_STRIFE.contains(&stance));
            }
            if psychology == value::PSY_NONE {
                assert_eq!(decision.of(Block::Motives) & value::DEMANDS, 0);
            }
            let second = decision.of(Block::Secondary) as usize;
            assert!(second != psychology || psychology == value::PSY_NONE);
        }
    }

    #[test]
    fn a_demand_speaks_against_wanting_nothing() {
        let mut scores = [0f32; OUTPUTS];
        scores[Block::Psychology.offset() + value::PSY_NONE] = 2.0;
        scores[Block::Complaint.offset()] = 1.0;
        scores[Block::Motives.range()].fill(-2.0);
        let read = |scores: &[f32; OUTPUTS]| {
            let decision = decide(scores, &[[0.0; OUTPUTS]; 2]);
            (
                decision.of(Block::Psychology) as usize == value::PSY_NONE,
                decision.of(Block::Motives),
            )
        };
        assert_eq!(read(&scores), (true, 0));
        // A weak demand is not heard, a strong one is, and venting asks for nothing.
        let refund = Block::Motives.offset();
        scores[refund] = 0.1;
        assert_eq!(read(&scores), (true, 0));
        scores[refund] = 9.0;
        assert_eq!(read(&scores), (false, 1));
        scores[refund] = -2.0;
        scores[refund + 3] = 9.0;
        assert_eq!(read(&scores), (true, 1 << 3));
    }
}

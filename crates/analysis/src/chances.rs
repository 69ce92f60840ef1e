//! From scores to probabilities, all values of a text together.

use std::ops::Range;

use multiversion::multiversion;

use crate::block::{Block, Choice, OUTPUTS};

/// Numbers worked on together: the outputs, filled up to a multiple of eight.
pub(crate) const LANES: usize = 88;

/// The outputs of the blocks of many, which stand side by side.
const MANY: Range<usize> = Block::Subjects.offset()..Block::Risks.offset() + Block::Risks.size();

/// Does something with every block of one, whose places are known to the compiler.
macro_rules! each_of_one {
    ($change:ident, $numbers:expr) => {
        each_of_one!($change, $numbers, Register Complaint Psychology Emotion Intensity Nature Stance AngerType
            Temperament Outcome Secondary)
    };
    ($change:ident, $numbers:expr, $($block:ident)*) => {
        $($change::<{ Block::$block.offset() }, { Block::$block.size() }>($numbers);)*
    };
}
pub(crate) use each_of_one;

/// The numbers of a block.
#[inline(always)]
fn block_of<const FROM: usize, const SIZE: usize>(numbers: &mut [f32; LANES]) -> &mut [f32; SIZE] {
    let block = numbers[FROM..].first_chunk_mut();
    block.expect("every block lies within the lanes")
}

/// Takes the largest number of a block from all of them.
#[inline(always)]
pub(crate) fn lower<const FROM: usize, const SIZE: usize>(numbers: &mut [f32; LANES]) {
    let block = block_of::<FROM, SIZE>(numbers);
    let top = block.iter().copied().fold(f32::MIN, f32::max);
    block.iter_mut().for_each(|number| *number -= top);
}

/// Makes the numbers of a block sum to 1.
#[inline(always)]
fn share_out<const FROM: usize, const SIZE: usize>(numbers: &mut [f32; LANES]) {
    let block = block_of::<FROM, SIZE>(numbers);
    let sum: f32 = block.iter().sum();
    block.iter_mut().for_each(|number| *number /= sum);
}

/// The probability of every value of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chances([f32; LANES]);

impl Chances {
    /// The probabilities behind these scores: those of a block of one sum to 1.
    pub(crate) fn of(scores: &[f32; OUTPUTS]) -> Self {
        let mut powers = [0f32; LANES];
        powers[..OUTPUTS].copy_from_slice(scores);
        each_of_one!(lower, &mut powers);
        powers[MANY].iter_mut().for_each(|power| *power = -*power);
        raise(&mut powers);
        each_of_one!(share_out, &mut powers);
        powers[MANY]
            .iter_mut()
            .for_each(|power| *power = 1.0 / (1.0 + *power));
        Self(powers)
    }

    /// The probability of the value with this output.
    pub(crate) fn at(&self, output: usize) -> f32 {
        self.0[output]
    }

    /// The probabilities of a block's values.
    pub(crate) fn of_block(&self, block: Block) -> &[f32] {
        &self.0[block.range()]
    }

    /// Gives a value another probability; in a block of one the others keep their proportions.
    pub(crate) fn set(&mut self, block: Block, value: usize, p: f32) {
        let output = block.offset() + value;
        if block.choice() == Choice::One {
            let rest = 1.0 - self.0[output];
            let factor = if rest > 0.0 { (1.0 - p) / rest } else { 0.0 };
            self.0[block.range()]
                .iter_mut()
                .for_each(|share| *share *= factor);
        }
        self.0[output] = p;
    }

    /// The probabilities of all outputs.
    pub(crate) fn all(&self) -> [f32; OUTPUTS] {
        std::array::from_fn(|output| self.0[output])
    }
}

/// The probability of one value of a block of many.
pub(crate) fn chance(score: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-score))
}

/// e to the power of each number, right to the last few bits; the same on every machine. The way of Cephes' `expf`:
/// whole powers of two go into the exponent, a polynomial of degree five does the rest.
#[multiversion(targets("x86_64+avx2"))]
pub(crate) fn raise(numbers: &mut [f32]) {
    /// Adding it leaves no bits for the fraction.
    const WHOLE: f32 = 12_582_912.0;
    for number in numbers {
        let x = number.clamp(-87.0, 88.0);
        let shifted = x * std::f32::consts::LOG2_E + WHOLE;
        let twos = shifted - WHOLE;
        let rest = (x - twos * 0.693_359_4) - twos * -2.121_944_4e-4;
        let mut sum = 1.987_569_1e-4;
        for factor in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
            sum = sum * rest + factor;
        }
        let power = sum * (rest * rest) + rest + 1.0;
        let exponent = (shifted.to_bits() << 23).wrapping_add(127 << 23);
        *number = power * f32::from_bits(exponent);
    }
}

/// The natural logarithm of each number, bit for bit as the library says it of a single one; of zero, of what is negative
/// and of what is no usual number it says nothing right.
#[multiversion(targets("x86_64+avx2"))]
pub(crate) fn take_logs(numbers: &mut [f32]) {
    /// The bits of 1 and of the root of a half.
    const ONE: u32 = 0x3F80_0000;
    const ROOT: u32 = 0x3F35_04F3;
    for number in numbers {
        let bits = number.to_bits().wrapping_add(ONE - ROOT);
        let twos = ((bits >> 23) as i32 - 127) as f32;
        let rest = f32::from_bits((bits & 0x007F_FFFF) + ROOT) - 1.0;
        let share = rest / (2.0 + rest);
        let square = share * share;
        let fourth = square * square;
        let even = fourth * (0.400_009_72 + fourth * 0.242_790_79);
        let odd = square * (0.666_666_6 + fourth * 0.284_987_87);
        let half = 0.5 * rest * rest;
        *number = share * (half + (odd + even)) + twos * 9.058_001e-6 - half + rest + twos * 0.693_138_1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_are_those_of_the_library_bit_for_bit() {
        for step in 0..1 << 20 {
            let x = f32::from_bits(0x3300_0000 + step * 0x191);
            let mut numbers = [x; 8];
            take_logs(&mut numbers);
            assert!(
                numbers.iter().all(|log| log.to_bits() == libm::logf(x).to_bits()),
                "{x}"
            );
        }
    }

    #[test]
    fn powers_are_those_of_the_library() {
        for step in -860..870 {
            let x = step as f32 * 0.1003;
            let mut numbers = [x; LANES];
            raise(&mut numbers);
            let expected = libm::expf(x);
            assert!(
                numbers
                    .iter()
                    .all(|&number| (number / expected - 1.0).abs() < 3e-7),
                "{x}"
            );
        }
    }

    #[test]
    fn a_changed_probability_leaves_the_sum() {
        let mut chances = Chances::of(&std::array::from_fn(|output| (output % 7) as f32 - 3.0));
        chances.set(Block::Emotion, 2, 0.25);
        let sum: f32 = chances.of_block(Block::Emotion).iter().sum();
        assert!((sum - 1.0).abs() < 1e-6 && chances.at(Block::Emotion.offset() + 2) == 0.25);
    }
}

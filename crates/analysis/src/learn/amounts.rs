//! Teaches which bare numbers are sums of money, from sentences in which a person has marked them.

use text::amounts::{AMOUNT_TABLE_BITS, each_amount};
use text::names::WEIGHT_PARTS;

use super::persons_draw::Chance;

/// Times that all examples are gone through.
const ROUNDS: usize = 30;
/// How fast is learned.
const PACE: f32 = 0.1;
/// So many powers of two of the signs are left out by chance in each step.
const DROPPED: usize = 2;
/// What a weight loses for its size in each step.
const SHRINK: f32 = 1e-4;

struct Example {
    slots: Vec<u32>,
    is_sum: bool,
}

/// The table of weights learned from marked sentences, one a line (`\n` stands for a new line, marks are ⟦ and ⟧), the
/// same for the same seed.
pub(super) fn learn_amounts(lines: &str, seed: u64) -> Vec<u8> {
    let marked = lines.lines().filter(|line| !line.starts_with('#'));
    let mut examples: Vec<Example> = marked.flat_map(examples_of).collect();
    weights_of(&mut examples, &mut Chance::of(seed))
}

fn examples_of(line: &str) -> Vec<Example> {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for c in line.replace("\\n", "\n").chars() {
        match c {
            '⟦' => marks.push((text.chars().count(), usize::MAX)),
            '⟧' => {
                let end = text.chars().count();
                marks.iter_mut().rev().take(1).for_each(|mark| mark.1 = end);
            }
            c => text.push(c),
        }
    }
    let reading = text::read(&text);
    let mut examples = Vec::new();
    each_amount(&reading, |judged| {
        let home = reading.home(judged.bytes);
        let is_sum = marks
            .iter()
            .any(|&(start, end)| (home.start as usize) < end && start < home.end as usize);
        examples.push(Example {
            slots: judged.slots,
            is_sum,
        });
        is_sum
    });
    examples
}

/// Logistic regression by steps that shrink for weights often changed (Adagrad, Duchi et al. 2011).
fn weights_of(examples: &mut [Example], chance: &mut Chance) -> Vec<u8> {
    let mut weights = vec![0f32; 1 << AMOUNT_TABLE_BITS];
    let mut changed = vec![1e-2f32; 1 << AMOUNT_TABLE_BITS];
    for _ in 0..ROUNDS {
        chance.shuffle(examples);
        for example in examples.iter() {
            let mask = [chance.mask(DROPPED), chance.mask(DROPPED)];
            let kept = example.slots.iter().enumerate();
            let kept = kept.filter(|(at, _)| (mask[at / 64 % 2] >> (at % 64)) & 1 == 0);
            let kept: Vec<usize> = kept.map(|(_, &slot)| slot as usize).collect();
            let sum: f32 = kept.iter().map(|&slot| weights[slot]).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(example.is_sum));
            for slot in kept {
                changed[slot] += error * error;
                weights[slot] -= PACE * error / changed[slot].sqrt() + SHRINK * weights[slot];
            }
        }
    }
    let part = |weight: f32| (weight * WEIGHT_PARTS).round().clamp(-127.0, 127.0) as i8;
    weights
        .into_iter()
        .map(|weight| part(weight).cast_unsigned())
        .collect()
}

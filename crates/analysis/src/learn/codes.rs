//! Teaches what codes of letters and digits are: hand-written labels and sentences are filled with codes drawn from
//! patterns, and the codes of the corpus stand for nothing of a person's.

use text::codes::{CODE_KINDS, CODE_TABLE_BITS, code_slot, codes};
use text::names::WEIGHT_PARTS;

use super::persons_draw::Chance;
use super::persons_frames::clause_of;

/// So many sentences are drawn.
const DRAWN: usize = 260_000;
/// Times that all examples are gone through.
const ROUNDS: usize = 3;
/// How fast is learned.
const PACE: f32 = 0.1;
/// So many powers of two of the signs are left out by chance in each step.
const DROPPED: usize = 2;

struct Example {
    signs: Vec<u32>,
    kind: usize,
}

/// What codes stand in.
#[derive(Default)]
struct Sheet {
    joints: Vec<String>,
    labels: Vec<Vec<String>>,
    patterns: Vec<Vec<String>>,
    frames: Vec<String>,
}

/// The table of weights learned from the sheet and plain texts (as read), the same for the same seed.
pub fn learn_codes(sheet: &str, texts: &[String], others: &[String], seed: u64) -> Vec<u8> {
    let mut chance = Chance::of(seed);
    let sheet = Sheet::read(sheet);
    let mut examples = Vec::new();
    for _ in 0..DRAWN {
        sheet.draw(texts, &mut chance, &mut examples);
    }
    for text in texts.iter().chain(others) {
        examples.extend(codes(text).into_iter().map(|code| Example {
            signs: code.signs,
            kind: 0,
        }));
    }
    weights_of(&mut examples, &mut chance)
}

impl Sheet {
    fn read(lines: &str) -> Self {
        let kinds = CODE_KINDS.len();
        let mut sheet = Self {
            labels: vec![Vec::new(); kinds],
            patterns: vec![Vec::new(); kinds],
            ..Self::default()
        };
        for (head, content) in lines.lines().filter_map(|line| line.split_once('\t')) {
            let (what, kind) = head.split_once(' ').unwrap_or((head, "none"));
            let at = CODE_KINDS.iter().position(|one| *one == kind).unwrap_or(0);
            let words = || content.split(' ').map(|word| word.replace('_', " "));
            match what {
                "joint" => sheet.joints.extend(content.split('|').map(str::to_owned)),
                "label" => sheet.labels[at].extend(words().map(|word| word.to_lowercase())),
                "pattern" => sheet.patterns[at].extend(content.split(' ').map(str::to_owned)),
                "frame" => sheet.frames.push(content.replace("\\n", "\n")),
                _ => {}
            }
        }
        sheet
    }

    fn draw(&self, texts: &[String], chance: &mut Chance, examples: &mut Vec<Example>) {
        let kind = chance.below(CODE_KINDS.len() + 2).saturating_sub(2);
        let mut text = String::new();
        let mut marks = Vec::new();
        let mut rest = chance.of_list(&self.frames).map_or("", String::as_str);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            match slot {
                "l" => text.push_str(chance.of_list(&self.labels[kind]).map_or("", String::as_str)),
                "j" => text.push_str(chance.of_list(&self.joints).map_or("", String::as_str)),
                "x" => {
                    let pattern = chance.of_list(&self.patterns[kind]).map_or("", String::as_str);
                    marks.push(text.len());
                    text.push_str(&code_of(pattern, chance));
                }
                _ => text.push_str(&clause_of(texts, chance)),
            }
            rest = after;
        }
        text.push_str(rest);
        for code in codes(&text) {
            if marks.iter().any(|at| code.bytes.contains(at)) {
                examples.push(Example {
                    signs: code.signs,
                    kind,
                });
            }
        }
    }
}

/// A code as the pattern says.
fn code_of(pattern: &str, chance: &mut Chance) -> String {
    let letter = |chance: &mut Chance| char::from(b'a' + chance.below(26) as u8);
    let digit = |chance: &mut Chance, least: u8| {
        char::from(b'0' + least + chance.below(10 - usize::from(least)) as u8)
    };
    pattern
        .chars()
        .map(|c| match c {
            '9' => digit(chance, 0),
            '1' => digit(chance, 1),
            'a' => letter(chance),
            'x' if chance.happens(60) => digit(chance, 0),
            'x' => letter(chance),
            c => c,
        })
        .collect()
}

/// Multinomial logistic regression by steps that shrink for weights often changed (Adagrad, Duchi et al. 2011).
fn weights_of(examples: &mut [Example], chance: &mut Chance) -> Vec<u8> {
    let mut weights = vec![0f32; 1 << CODE_TABLE_BITS];
    let mut changed = vec![1e-6f32; 1 << CODE_TABLE_BITS];
    for _ in 0..ROUNDS {
        chance.shuffle(examples);
        for example in examples.iter() {
            let mask = [chance.mask(DROPPED), chance.mask(DROPPED)];
            let kept: Vec<u32> = example
                .signs
                .iter()
                .enumerate()
                .filter(|(at, _)| (mask[at / 64 % 2] >> (at % 64)) & 1 == 0)
                .map(|(_, &sign)| sign)
                .collect();
            let sums: Vec<f32> = (0..CODE_KINDS.len())
                .map(|kind| kept.iter().map(|&sign| weights[code_slot(sign, kind)]).sum())
                .collect();
            let most = sums.iter().copied().fold(f32::MIN, f32::max);
            let total: f32 = sums.iter().map(|sum| (sum - most).exp()).sum();
            for (kind, sum) in sums.iter().enumerate() {
                let error = (sum - most).exp() / total - f32::from(u8::from(kind == example.kind));
                if error.abs() < 0.003 {
                    continue;
                }
                for &sign in &kept {
                    let slot = code_slot(sign, kind);
                    changed[slot] += error * error;
                    weights[slot] -= PACE * error / changed[slot].sqrt();
                }
            }
        }
    }
    let part = |weight: f32| (weight * WEIGHT_PARTS).round().clamp(-127.0, 127.0) as i8;
    weights
        .into_iter()
        .map(|weight| part(weight).cast_unsigned())
        .collect()
}

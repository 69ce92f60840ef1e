//! Teaches the judge of names: names drawn by chance stand in hand-written frames and in texts of the corpus, beside
//! or in place of words for people; whatever else has the form of a name there is none.

use text::names::{Neighbors, TABLE_BITS, WEIGHT_PARTS, candidates, given_names, surnames};

use super::persons_draw::Chance;
use super::persons_frames::{Frames, NamedText};

/// Texts with names are drawn so often from the frames, and from the texts of the corpus so often with a name where a
/// person stands and before a clause.
const DRAWN: (usize, usize, usize) = (120_000, 90_000, 50_000);
/// Times that all candidates are gone through.
const ROUNDS: usize = 3;
/// How fast is learned, and how strongly weights are held near zero.
const PACE: f32 = 0.12;
const HOLD: f32 = 2e-6;
/// So many signs of thirty-two are left out of each step, about.
const DROPPED: usize = 2;
/// What an error about no name weighs beside one about a name.
const CAUTION: f32 = 1.0;
/// A candidate of a text without marks that the judge is this sure of in the first round may be a name nobody marked.
const UNMARKED: f32 = 0.8;

/// A candidate as it is learned from.
struct Example {
    slots: Vec<u32>,
    is_name: bool,
    /// Whether it stands in a text as people wrote it, where names are not marked.
    unmarked: bool,
}

/// The judge's table learned from frames and plain texts (as read), the same for the same seed.
pub fn learn_names(frames: &str, texts: &[String], others: &[String], seed: u64) -> Vec<u8> {
    let mut chance = Chance::of(seed);
    let frames = Frames::read(frames, surnames(), given_names());
    let mut examples = Vec::new();
    // What is strange in one half of the texts is told from the other half: no text knows itself.
    let halves = [0, 1].map(|half| {
        let own = texts.iter().skip(half).step_by(2);
        let outside = others.iter().skip(half).step_by(2);
        (
            own.clone().cloned().collect::<Vec<_>>(),
            known(own.chain(outside)),
        )
    });
    for (half, (texts, _)) in halves.iter().enumerate() {
        let plain = &halves[1 - half].1;
        for _ in 0..DRAWN.0 / 2 {
            add(&frames.draw(texts, &mut chance), plain, false, &mut examples);
        }
        for _ in 0..DRAWN.1 / 2 {
            if let Some(named) = frames.draw_inside(texts, &mut chance) {
                add(&named, plain, true, &mut examples);
            }
        }
        for _ in 0..DRAWN.2 / 2 {
            if let Some(named) = frames.draw_before(texts, &mut chance) {
                add(&named, plain, true, &mut examples);
            }
        }
        for text in texts.iter().chain(others.iter().skip(half).step_by(2)) {
            let nameless = NamedText {
                text: text.clone(),
                names: Vec::new(),
            };
            add(&nameless, plain, true, &mut examples);
        }
    }
    let mut model = weights_of(&mut examples, &mut chance);
    model.extend_from_slice(known(texts.iter().chain(others)).to_bytes());
    model
}

fn known<'t>(texts: impl Iterator<Item = &'t String>) -> Neighbors {
    Neighbors::of_texts(texts.map(String::as_str))
}

fn add(named: &NamedText, plain: &Neighbors, unmarked: bool, examples: &mut Vec<Example>) {
    for candidate in candidates(&named.text, plain) {
        let is_name = named.names.contains(&candidate.letters);
        examples.push(Example {
            slots: candidate.slots,
            is_name,
            unmarked: unmarked && !is_name,
        });
    }
}

/// Logistic regression by steps that shrink for weights often changed (Adagrad, Duchi et al. 2011).
fn weights_of(examples: &mut [Example], chance: &mut Chance) -> Vec<u8> {
    let mut weights = vec![0f32; 1 << TABLE_BITS];
    let mut changed = vec![1e-6f32; 1 << TABLE_BITS];
    for round in 0..ROUNDS {
        chance.shuffle(examples);
        for example in examples.iter() {
            // Signs are left out by chance, so that none learns to rely on one other.
            let mask = chance.mask(DROPPED);
            let kept = |&at: &usize| (mask >> at) & 1 == 0;
            let sum: f32 = (0..example.slots.len())
                .filter(kept)
                .map(|at| weights[example.slots[at] as usize])
                .sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            if round > 0 && example.unmarked && p > UNMARKED {
                continue;
            }
            let error = p - f32::from(u8::from(example.is_name));
            let error = if example.is_name { error } else { error * CAUTION };
            if error.abs() < 0.002 {
                continue;
            }
            for at in (0..example.slots.len()).filter(kept) {
                let slot = example.slots[at] as usize;
                let step = error + HOLD * weights[slot];
                changed[slot] += step * step;
                weights[slot] -= PACE * step / changed[slot].sqrt();
            }
        }
    }
    let part = |weight: f32| (weight * WEIGHT_PARTS).round().clamp(-127.0, 127.0) as i8;
    weights
        .into_iter()
        .map(|weight| part(weight).cast_unsigned())
        .collect()
}

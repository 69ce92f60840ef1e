//! Many words looked for in one pass: nearly every place of a text is dismissed by the two characters that stand there,
//! and only the rest is walked.

use std::ops::Range;

use crate::reading::Reading;

/// Two to this power bits say which pairs of characters begin a word; some two thousand are set.
const PAIR_BITS: u32 = 16;
/// The same for the single characters that are words.
const SINGLE_BITS: u32 = 12;

/// A step from one place of the tree of words to the next: where it comes from and over which character in the low
/// bits, one more than the number of the word that ends there above them. Free slots are zero.
type Step = u64;

/// Bits of a step that say where it comes from and over which character.
const KEY_BITS: u32 = 42;
const KEY: u64 = (1 << KEY_BITS) - 1;

/// Words by their characters.
#[derive(Clone, Debug)]
pub struct WordIndex {
    pairs: Box<[u64]>,
    singles: Box<[u64]>,
    /// Open addressing; the slot is also the name of the place that the step leads to.
    steps: Box<[Step]>,
    mask: usize,
}

impl WordIndex {
    /// The index of these words, each with a number below four millions. A word that comes twice has the number given
    /// last; an empty one is never found. Holds some hundred thousand words at most.
    pub fn of<'w>(words: impl Iterator<Item = (&'w str, u32)> + Clone) -> Self {
        let letters: usize = words.clone().map(|(word, _)| word.chars().count()).sum();
        let size = (letters * 4 / 3).next_power_of_two().max(16);
        let mut index = Self {
            pairs: vec![0; 1 << (PAIR_BITS - 6)].into(),
            singles: vec![0; 1 << (SINGLE_BITS - 6)].into(),
            steps: vec![0; size].into(),
            mask: size - 1,
        };
        words.for_each(|(word, number)| index.add(word, number));
        index
    }

    fn add(&mut self, word: &str, number: u32) {
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => set(&mut self.singles, single_bit(only)),
            (Some(first), Some(second)) => set(&mut self.pairs, pair_bit(first, second)),
            (None, _) => return,
        }
        let mut place = 0;
        for c in word.chars() {
            let key = key_of(place, c);
            let mut slot = self.slot_of(key);
            while self.steps[slot] != 0 && self.steps[slot] & KEY != key {
                slot = (slot + 1) & self.mask;
            }
            self.steps[slot] |= key;
            place = slot + 1;
        }
        let last = &mut self.steps[place - 1];
        *last = (*last & KEY) | ((u64::from(number) + 1) << KEY_BITS);
    }

    fn slot_of(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & self.mask
    }

    /// The place that a step leads to, and one more than the number of the word that ends there.
    fn step(&self, place: usize, c: char) -> Option<(usize, u32)> {
        let key = key_of(place, c);
        let mut slot = self.slot_of(key);
        loop {
            match self.steps[slot] {
                step if step & KEY == key => return Some((slot + 1, (step >> KEY_BITS) as u32)),
                0 => return None,
                _ => slot = (slot + 1) & self.mask,
            }
        }
    }

    /// Shows every word that stands in a text with its bytes, also those that overlap, in order of their beginnings.
    pub fn find(&self, text: &str, mut found: impl FnMut(Range<usize>, u32)) {
        let mut chars = text.char_indices();
        let mut here = chars.next();
        while let Some((at, first)) = here {
            here = chars.next();
            let begins = here.is_some_and(|(_, second)| is_set(&self.pairs, pair_bit(first, second)));
            if begins || is_set(&self.singles, single_bit(first)) {
                self.walk(text, at, &mut found);
            }
        }
    }

    /// Shows every word that stands in the normalized text of a reading, as [`WordIndex::find`] does.
    pub fn find_read(&self, reading: &Reading<'_>, mut found: impl FnMut(Range<usize>, u32)) {
        let places = reading.letters().as_slice();
        let mut next = places.first().map_or(0, |place| mix_first(place.c));
        for (at, place) in places.iter().enumerate() {
            let first = next;
            let begins = places.get(at + 1).is_some_and(|second| {
                next = mix_first(second.c);
                is_set(&self.pairs, (first ^ mix_second(second.c)) >> (32 - PAIR_BITS))
            });
            if begins || is_set(&self.singles, first >> (32 - SINGLE_BITS)) {
                self.walk(reading.normalized(), place.byte as usize, &mut found);
            }
        }
    }

    /// Whether a text begins with one of the words.
    pub fn begins(&self, text: &str) -> bool {
        let mut place = 0;
        for c in text.chars() {
            match self.step(place, c) {
                Some((next, 0)) => place = next,
                Some(_) => return true,
                None => return false,
            }
        }
        false
    }

    fn walk(&self, text: &str, at: usize, found: &mut impl FnMut(Range<usize>, u32)) {
        let (mut place, mut end) = (0, at);
        for c in text[at..].chars() {
            let Some((next, ended)) = self.step(place, c) else {
                return;
            };
            place = next;
            end += c.len_utf8();
            if ended > 0 {
                found(at..end, ended - 1);
            }
        }
    }
}

/// The step from a place over a character; never zero, for characters of words are not.
fn key_of(place: usize, c: char) -> u64 {
    ((place as u64) << 21) | (u64::from(c) + 1)
}

fn pair_bit(first: char, second: char) -> u32 {
    (mix_first(first) ^ mix_second(second)) >> (32 - PAIR_BITS)
}

fn mix_first(c: char) -> u32 {
    u32::from(c).wrapping_mul(0x9E37_79B1)
}

fn mix_second(c: char) -> u32 {
    u32::from(c).wrapping_mul(0x85EB_CA77)
}

fn single_bit(only: char) -> u32 {
    mix_first(only) >> (32 - SINGLE_BITS)
}

fn set(bits: &mut [u64], bit: u32) {
    bits[bit as usize / 64] |= 1 << (bit % 64);
}

fn is_set(bits: &[u64], bit: u32) -> bool {
    bits[bit as usize / 64] >> (bit % 64) & 1 == 1
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn found(words: &BTreeSet<String>, text: &str) -> Vec<(Range<usize>, u32)> {
        let index = WordIndex::of(words.iter().map(String::as_str).zip(0..));
        let mut all = Vec::new();
        index.find(text, |bytes, number| all.push((bytes, number)));
        let reading = crate::read(text);
        if reading.normalized() == text {
            let mut again = Vec::new();
            index.find_read(&reading, |bytes, number| again.push((bytes, number)));
            assert_eq!(again, all);
        }
        all
    }

    proptest! {
        #[test]
        fn finds_what_stands_there(
            words in proptest::collection::btree_set("[退款吗a。]{0,4}", 0..12),
            text in "[退款吗a。b]{0,30}",
        ) {
            let mut expected = Vec::new();
            for (at, _) in text.char_indices() {
                for (number, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
                    if text[at..].starts_with(word.as_str()) {
                        expected.push((at..at + word.len(), number as u32));
                    }
                }
            }
            expected.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
            prop_assert_eq!(found(&words, &text), expected);
            let index = WordIndex::of(words.iter().map(String::as_str).zip(0..));
            let begins = words.iter().any(|word| !word.is_empty() && text.starts_with(word.as_str()));
            prop_assert_eq!(index.begins(&text), begins);
        }
    }
}

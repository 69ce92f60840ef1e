//! Which characters stand beside each other in plain text, and how often: characters that do not are often a name.

use crate::fold::is_han;

/// The number of pairs that are kept apart, as a power of two.
const PAIR_BITS: u32 = 20;
/// In fewer texts than this a pair is strange.
const SELDOM: u16 = 2;
/// In so many texts and more a pair is usual.
const OFTEN: u16 = 12;

/// How often Chinese characters stand beside each other, hashed, two bits for each pair.
pub struct Neighbors {
    levels: Box<[u8; Neighbors::BYTES]>,
}

impl Neighbors {
    /// What [`Neighbors::to_bytes`] gives, in bytes.
    pub const BYTES: usize = 1 << (PAIR_BITS - 2);

    /// Counts in how many of these texts (as read) each pair stands.
    pub fn of_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut counts = vec![0u16; 1 << PAIR_BITS];
        let mut last = vec![u32::MAX; 1 << PAIR_BITS];
        for (number, text) in (0u32..).zip(texts) {
            let mut before = '\n';
            for c in text.chars() {
                if is_han(before) && is_han(c) {
                    let place = place(before as u32, c as u32);
                    if last[place] != number {
                        last[place] = number;
                        counts[place] = counts[place].saturating_add(1);
                    }
                }
                before = c;
            }
        }
        let level = |count: u16| u8::from(count >= SELDOM) + u8::from(count >= OFTEN);
        let pack = |four: &[u16]| (0..4).fold(0, |byte, at| byte | level(four[at]) << (2 * at));
        let levels: Box<[u8]> = counts.chunks_exact(4).map(pack).collect();
        Self::of_bytes(&levels)
    }

    /// The levels as they are stored.
    pub fn to_bytes(&self) -> &[u8] {
        self.levels.as_slice()
    }

    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let mut levels = bytes.to_vec();
        levels.resize(Self::BYTES, 0);
        Self {
            levels: levels.try_into().expect("there are so many levels now"),
        }
    }

    /// 0 strange, 1 seen, 2 usual, 3 where one is no Chinese character.
    #[inline]
    pub(super) fn level(&self, first: u32, second: u32) -> u32 {
        let common = |code| matches!(code, 0x4E00..=0x9FFF);
        let han = |code| common(code) || char::from_u32(code).is_some_and(is_han);
        if !han(first) || !han(second) {
            return 3;
        }
        let place = place(first, second);
        u32::from(self.levels[place / 4] >> (2 * (place % 4))) & 3
    }
}

/// The place of a pair.
#[inline]
fn place(first: u32, second: u32) -> usize {
    let mixed = (u64::from(first) << 21 | u64::from(second)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed >> (64 - PAIR_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_strange_until_they_stood_in_some_texts() {
        let texts = ["退款退款", "退款", "发票", "x票"];
        let plain = Neighbors::of_texts(texts.into_iter());
        let plain = Neighbors::of_bytes(plain.to_bytes());
        let level = |first: char, second: char| plain.level(first as u32, second as u32);
        assert_eq!(
            (level('退', '款'), level('发', '票'), level('x', '票')),
            (1, 0, 3)
        );
    }
}

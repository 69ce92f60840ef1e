//! The pieces of a text — one to three letters, and for Latin script words and pairs of words — and the rows of
//! weights they stand for.

use text::Reading;

/// The longest piece, in letters.
pub(crate) const LONGEST: usize = 3;
/// Stands before the first and after the last letter.
const BORDER: u32 = 2;
/// Makes room in a hash for one more letter (the prime of the FNV hash).
const FACTOR: u64 = 0x100_0000_01B3;
/// Keeps words apart from pieces of the same letters.
const WORD_SEED: u64 = 0x5EED;

/// A letter, and which of the normalized characters it stands for.
#[derive(Clone, Copy)]
pub(crate) struct Letter {
    code: u32,
    pub(crate) place: u32,
}

/// The letters of a text as the model sees them, and where each stands among the normalized characters.
pub(crate) struct Letters {
    letters: Vec<Letter>,
    /// Whether any letter is Latin; without one there are no words to look for.
    latin: bool,
}

impl Letters {
    /// The letters of a reading between two borders. Digits are alike and shown at most twice in a row, white
    /// space once.
    pub(crate) fn of(reading: &Reading) -> Self {
        let mut letters = Self {
            letters: Vec::with_capacity(reading.char_count() + 2),
            latin: false,
        };
        letters.push(BORDER, 0);
        for (index, c) in reading.chars().enumerate() {
            letters.take(c, index as u32);
        }
        letters.push(BORDER, reading.char_count() as u32);
        letters
    }

    fn take(&mut self, c: char, place: u32) {
        if matches!(c, '\u{3400}'..='\u{9FFF}') {
            return self.push(u32::from(c), place);
        }
        let code = match c {
            '0'..='9' => u32::from('0'),
            '。' => u32::from('.'),
            '、' => u32::from(','),
            'a'..='z' | '\'' => {
                self.latin = true;
                u32::from(c)
            }
            _ if c.is_whitespace() => u32::from(' '),
            _ => u32::from(c),
        };
        let again = match (code, self.letters.as_slice()) {
            (0x20, [.., last]) => last.code == code,
            (0x30, [.., before, last]) => last.code == code && before.code == code,
            _ => false,
        };
        if !again {
            self.push(code, place);
        }
    }

    fn push(&mut self, code: u32, place: u32) {
        self.letters.push(Letter { code, place });
    }

    /// The number of letters, borders included.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// The normalized character a letter stands for.
    pub(crate) fn place(&self, letter: usize) -> usize {
        self.letters[letter].place as usize
    }

    /// The letters in order.
    pub(crate) fn all(&self) -> &[Letter] {
        &self.letters
    }

    /// The words of Latin letters that are longer than a piece, and pairs of neighboring words: first letter and number
    /// of letters of each. Three letters of Chinese say what takes English two words.
    pub(crate) fn words(&self) -> Vec<(usize, usize)> {
        let mut words = Vec::new();
        if !self.latin {
            return words;
        }
        let mut before: Option<(usize, usize)> = None;
        let mut at = 0;
        while at < self.letters.len() {
            let start = at;
            while at < self.letters.len() && is_latin(self.letters[at].code) {
                at += 1;
            }
            if at == start {
                at += 1;
                continue;
            }
            if at - start > LONGEST {
                words.push((start, at - start));
            }
            // A single space parts neighbors.
            if let Some((first, _)) = before.filter(|&(_, end)| end + 1 == start) {
                words.push((first, at - first));
            }
            before = Some((start, at));
        }
        words
    }

    /// The row of every piece: by its first letter and then its length, and after them the words.
    pub(crate) fn rows(&self, bits: u32) -> Vec<u32> {
        let mask = (1u64 << bits) - 1;
        let letters = self.letters.as_slice();
        let whole = LONGEST * letters.len().saturating_sub(LONGEST - 1);
        let mut rows = Vec::with_capacity(LONGEST * letters.len());
        rows.resize(whole, 0);
        let longer = |hash: u64, code: u32| hash.wrapping_mul(FACTOR) ^ u64::from(code + 1);
        let row = |hash: u64, size: u64| (mix(hash ^ (size << 56)) & mask) as u32;
        for (rows, letters) in rows.chunks_exact_mut(LONGEST).zip(letters.windows(LONGEST)) {
            let one = u64::from(letters[0].code + 1);
            let two = longer(one, letters[1].code);
            rows[0] = row(one, 0);
            rows[1] = row(two, 1);
            rows[2] = row(longer(two, letters[2].code), 2);
        }
        let [.., before, last] = letters else {
            return rows;
        };
        let one = u64::from(before.code + 1);
        rows.extend([
            row(one, 0),
            row(longer(one, last.code), 1),
            row(u64::from(last.code + 1), 0),
        ]);
        for (start, size) in self.words() {
            let letters = letters[start..start + size].iter();
            let hash = letters.fold(WORD_SEED, |hash, letter| longer(hash, letter.code));
            rows.push((mix(hash) & mask) as u32);
        }
        rows
    }

    /// Whether there may be words to look for.
    pub(crate) fn has_words(&self) -> bool {
        self.latin
    }

    /// What [`Letters::rows_around`] says, in another order, of a letter that is no border.
    #[inline]
    pub(crate) fn rows_inside<'r>(&self, rows: &'r [u32], letter: usize) -> Option<&'r [u32; LONGEST]> {
        if letter + 1 >= self.len() {
            return None;
        }
        rows.get(LONGEST * letter.checked_sub(1)? + 1..)?.first_chunk()
    }

    /// Of [`Letters::rows`], those of the pieces whose middle is this letter: itself, with the one before, with both
    /// neighbors.
    pub(crate) fn rows_around(&self, rows: &[u32], letter: usize) -> [Option<u32>; LONGEST] {
        // Every start but the last two has a piece of every length.
        let first = |start: usize| LONGEST * start - usize::from(start + 1 == self.len());
        let before = letter.checked_sub(1).map(first);
        let inside = letter + 1 < self.len();
        [
            Some(rows[first(letter)]),
            before.map(|before| rows[before + 1]),
            before.filter(|_| inside).map(|before| rows[before + 2]),
        ]
    }
}

/// Whether a letter is part of a Latin word.
fn is_latin(code: u32) -> bool {
    matches!(code, 0x61..=0x7A | 0x27)
}

/// Spreads all bits of a number over all bits of the result (a 64-bit finalizer of the splitmix kind).
pub(crate) fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_has_one_middle() {
        for text in ["", "退", "退款123456!", "a b  c"] {
            let letters = Letters::of(&text::read(text));
            // Rows that tell their own place.
            let pieces = letters.rows(17).len() - letters.words().len();
            let places: Vec<u32> = (0..pieces as u32).collect();
            let around = (0..letters.len()).flat_map(|letter| letters.rows_around(&places, letter));
            let mut seen: Vec<u32> = around.flatten().collect();
            seen.sort_unstable();
            assert_eq!(seen, places, "{text:?}");
        }
    }

    #[test]
    fn numbers_of_equal_shape_are_alike() {
        let rows = |text: &str| Letters::of(&text::read(text)).rows(17);
        assert_eq!(rows("扣了299元"), rows("扣了18元"));
        assert_ne!(rows("扣了299元"), rows("扣了9元"));
    }
}

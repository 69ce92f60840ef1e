//! What single characters say: the word pieces around each of them added up, for every output at once, so that the same
//! pass over the table gives the scores of a text and the words that carry them.

use std::ops::Range;

use multiversion::multiversion;

use crate::block::WORD_OUTPUTS;
use crate::gram::{LONGEST, Letters};
use crate::model::Table;
use crate::model::table::STRIDE;

/// In a text of more characters only the outputs asked for are looked at, so that memory stays small.
const MOST_CHARS: usize = 2048;
/// Places whose whole numbers can be added in 16 bits: at each stand at most three pieces and, seldom, a few words.
const BATCH: usize = 32;

/// For each character and some outputs what the pieces around the character say, in the table's whole numbers. One more
/// place than characters: the last border speaks behind them.
#[derive(Clone)]
pub(crate) struct Voices {
    cells: Vec<i16>,
    /// Outputs side by side.
    width: usize,
    /// The outputs, when they are not all.
    outputs: Vec<usize>,
}

impl Voices {
    /// What the characters of a text say for all outputs, and the sums; nothing when the text is too long for it.
    pub(crate) fn of_all(
        table: &Table,
        letters: &Letters,
        rows: &[u32],
        chars: usize,
    ) -> Option<(Self, [i64; STRIDE])> {
        if chars > MOST_CHARS {
            return None;
        }
        let mut cells = vec![0i16; (chars + 1) * STRIDE];
        touch(table.cells(), rows);
        add_around(table.cells(), rows, letters.places(), &mut cells);
        for (place, row) in edges(letters, rows).into_iter().chain(words(letters, rows)) {
            let into = &mut cells[place * STRIDE..][..STRIDE];
            for (cell, more) in into.iter_mut().zip(table.row(row)) {
                *cell += i16::from(*more);
            }
        }
        let sums = add_places(&cells);
        let voices = Self {
            cells,
            width: STRIDE,
            outputs: Vec::new(),
        };
        Some((voices, sums))
    }

    /// What the characters of a text say for these outputs alone.
    pub(crate) fn of_some(
        table: &Table,
        letters: &Letters,
        rows: &[u32],
        chars: usize,
        outputs: &[usize],
    ) -> Self {
        let outputs: Vec<usize> = outputs
            .iter()
            .copied()
            .filter(|&output| output < WORD_OUTPUTS)
            .collect();
        let width = outputs.len();
        let mut cells = vec![0i16; (chars + 1) * width];
        let inner = (0..letters.len()).flat_map(|letter| {
            let around = letters.rows_around(rows, letter);
            let place = letters.place(letter);
            around.into_iter().flatten().map(move |row| (place, row))
        });
        for (place, row) in inner.chain(words(letters, rows)) {
            let row = table.row(row);
            for (cell, &output) in cells[place * width..].iter_mut().zip(&outputs) {
                *cell += i16::from(row[output]);
            }
        }
        Self {
            cells,
            width,
            outputs,
        }
    }

    /// Where an output stands among those side by side; nothing when it has no voice.
    pub(crate) fn column(&self, output: usize) -> Option<usize> {
        if self.outputs.is_empty() {
            return (output < self.width).then_some(output);
        }
        self.outputs.iter().position(|one| *one == output)
    }

    /// What each character in a range says for the output of a column.
    pub(crate) fn said(&self, chars: Range<usize>, column: Option<usize>) -> impl Iterator<Item = i32> + Clone {
        chars.map(move |place| column.map_or(0, |column| i32::from(self.cells[place * self.width + column])))
    }

    /// The number of columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Adds what a range of characters says, by column.
    pub(crate) fn add(&self, chars: Range<usize>, sums: &mut [i32]) {
        add_range(&self.cells[chars.start * self.width..chars.end * self.width], sums);
    }
}

/// Looks at every row, so that all of them are on their way from memory at once before the first is needed.
fn touch(cells: &[i8], rows: &[u32]) {
    let looked = rows.iter().fold(0i8, |all, &row| {
        let cells = &cells[row as usize * STRIDE..][..STRIDE];
        all ^ cells[0] ^ cells[STRIDE - 1]
    });
    std::hint::black_box(looked);
}

/// Adds the three pieces around every letter but the first and the last.
#[multiversion(targets("x86_64+avx2"))]
fn add_around(cells: &[i8], rows: &[u32], places: &[u32], into: &mut [i16]) {
    for letter in 1..places.len().saturating_sub(1) {
        let before = LONGEST * (letter - 1);
        let [one, two, three] = [rows[before + LONGEST], rows[before + 1], rows[before + 2]]
            .map(|row| &cells[row as usize * STRIDE..][..STRIDE]);
        let into = &mut into[places[letter] as usize * STRIDE..][..STRIDE];
        for lane in 0..STRIDE {
            into[lane] += i16::from(one[lane]) + i16::from(two[lane]) + i16::from(three[lane]);
        }
    }
}

/// The sums over all places.
#[multiversion(targets("x86_64+avx2"))]
fn add_places(cells: &[i16]) -> [i64; STRIDE] {
    let mut sums = [0i64; STRIDE];
    for batch in cells.chunks(BATCH * STRIDE) {
        let mut lanes = [0i16; STRIDE];
        for place in batch.chunks_exact(STRIDE) {
            for lane in 0..STRIDE {
                lanes[lane] += place[lane];
            }
        }
        for (sum, lane) in sums.iter_mut().zip(lanes) {
            *sum += i64::from(lane);
        }
    }
    sums
}

#[multiversion(targets("x86_64+avx2"))]
fn add_range(cells: &[i16], sums: &mut [i32]) {
    if sums.is_empty() {
        return;
    }
    for place in cells.chunks_exact(sums.len()) {
        for (sum, &cell) in sums.iter_mut().zip(place) {
            *sum += i32::from(cell);
        }
    }
}

/// The pieces whose middle is the first or the last letter.
fn edges(letters: &Letters, rows: &[u32]) -> Vec<(usize, u32)> {
    let ends = [0, letters.len() - 1];
    let at = |letter: usize| {
        let around = letters.rows_around(rows, letter);
        around
            .into_iter()
            .flatten()
            .map(move |row| (letters.place(letter), row))
    };
    ends.into_iter().flat_map(at).collect()
}

/// The words and pairs of words, at their middles.
fn words(letters: &Letters, rows: &[u32]) -> impl Iterator<Item = (usize, u32)> {
    let words = letters.words();
    let rows = rows[rows.len() - words.len()..].to_vec();
    let places = words.into_iter().zip(rows);
    places.map(|((start, size), row)| (letters.place(start + size / 2), row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_outputs_say_what_some_say_and_add_up() {
        let cells: Vec<i8> = (0..WORD_OUTPUTS << 6).map(|cell| (cell * 31 % 255) as u8 as i8).collect();
        let table = Table::of(6, [0.5; WORD_OUTPUTS], [1.0; WORD_OUTPUTS], &cells).unwrap();
        for text in ["", "退", "退款123456!", "my parcel never came 退款 30天", "等了100天"] {
            let reading = text::read(text);
            let letters = Letters::of(&reading);
            let (rows, chars) = (letters.rows(6), reading.char_count());
            let (all, sums) = Voices::of_all(&table, &letters, &rows, chars).unwrap();
            let some = Voices::of_some(&table, &letters, &rows, chars, &[3, 70, 80]);
            for output in [3, 70, 80] {
                let said = |voices: &Voices| -> Vec<i32> {
                    voices.said(0..chars + 1, voices.column(output)).collect()
                };
                assert_eq!(said(&all), said(&some), "{text}");
            }
            assert_eq!(table.score_sums(&sums, rows.len()), table.score(&rows), "{text}");
        }
    }
}

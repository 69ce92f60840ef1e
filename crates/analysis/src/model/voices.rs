//! What single characters say: the word pieces around each of them added up, for every output at once, so that the same
//! pass over the table gives the scores of a text and the words that carry them.

use std::cell::Cell;
use std::ops::Range;

use multiversion::multiversion;

use crate::block::WORD_OUTPUTS;
use crate::gram::Letters;
use crate::model::Table;
use crate::model::table::{STRIDE, column_of};

/// In a text of more characters only the outputs asked for are looked at, so that memory stays small.
const MOST_CHARS: usize = 2048;
/// Places whose whole numbers can be added in 16 bits: at each stand at most three pieces and, seldom, a few words.
const BATCH: usize = 32;

thread_local! {
    /// The room of the text read last, for the next one.
    static ROOM: Cell<Vec<i16>> = const { Cell::new(Vec::new()) };
}

/// For each character and some outputs what the pieces around the character say, in the table's whole numbers. One more
/// place than characters: the last border speaks behind them.
pub(crate) struct Voices {
    cells: Vec<i16>,
    /// Columns side by side.
    width: usize,
    /// The outputs of the columns, when they are not those of the table.
    outputs: Option<Vec<usize>>,
}

impl Voices {
    /// What the characters of a text say for all outputs, and the sums by column; nothing when the text is too long.
    pub(crate) fn of_all(
        table: &Table,
        letters: &Letters,
        rows: &[u32],
        chars: usize,
    ) -> Option<(Self, [f32; STRIDE])> {
        if chars > MOST_CHARS {
            return None;
        }
        table.touch(rows);
        let mut cells = ROOM.take();
        let size = (chars + 1) * STRIDE;
        // What a longer text before has left in the room is written over, or lies behind the places of this one.
        if cells.len() < size {
            cells.resize(size, 0);
        }
        let said = &mut cells[..size];
        table.add_around(rows, letters.all(), said);
        for (place, row) in edges(letters, rows).chain(words(letters, rows)) {
            if let Some(lanes) = said[place * STRIDE..].first_chunk_mut() {
                table.add(row, lanes);
            }
        }
        let sums = add_places(said);
        let voices = Self {
            cells,
            width: STRIDE,
            outputs: None,
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
            for (cell, &output) in cells[place * width..].iter_mut().zip(&outputs) {
                *cell += i16::from(table.cell(row, output));
            }
        }
        Self {
            cells,
            width,
            outputs: Some(outputs),
        }
    }

    /// Where an output stands among those side by side; nothing when it has no voice.
    pub(crate) fn column(&self, output: usize) -> Option<usize> {
        match &self.outputs {
            Some(outputs) => outputs.iter().position(|one| *one == output),
            None => (output < WORD_OUTPUTS).then(|| column_of(output)),
        }
    }

    /// What each character in a range says for the output of a column.
    pub(crate) fn said(
        &self,
        chars: Range<usize>,
        column: Option<usize>,
    ) -> impl Iterator<Item = i32> + Clone {
        chars.map(move |place| column.map_or(0, |column| i32::from(self.cells[place * self.width + column])))
    }

    /// The number of columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Adds what a range of characters says, by column.
    pub(crate) fn add(&self, chars: Range<usize>, sums: &mut [i32]) {
        add_range(
            &self.cells[chars.start * self.width..chars.end * self.width],
            sums,
        );
    }
}

impl Drop for Voices {
    fn drop(&mut self) {
        if self.outputs.is_none() {
            ROOM.set(std::mem::take(&mut self.cells));
        }
    }
}

/// The sums over all places, which are whole numbers below 2²⁴ and lose nothing.
#[multiversion(targets("x86_64+avx2"))]
fn add_places(cells: &[i16]) -> [f32; STRIDE] {
    let mut sums = [0i32; STRIDE];
    for batch in cells.chunks(BATCH * STRIDE) {
        let mut lanes = [0i16; STRIDE];
        for place in batch.chunks_exact(STRIDE) {
            for lane in 0..STRIDE {
                lanes[lane] += place[lane];
            }
        }
        for lane in 0..STRIDE {
            sums[lane] += i32::from(lanes[lane]);
        }
    }
    let mut whole = [0f32; STRIDE];
    for lane in 0..STRIDE {
        whole[lane] = sums[lane] as f32;
    }
    whole
}

#[multiversion(targets("x86_64+avx2"))]
fn add_range(cells: &[i16], sums: &mut [i32]) {
    if sums.is_empty() {
        return;
    }
    if sums.len() == STRIDE {
        // The usual width is added up in 16 bits, in registers.
        for batch in cells.chunks(BATCH * STRIDE) {
            let mut lanes = [0i16; STRIDE];
            for place in batch.chunks_exact(STRIDE) {
                for lane in 0..STRIDE {
                    lanes[lane] += place[lane];
                }
            }
            for lane in 0..STRIDE {
                sums[lane] += i32::from(lanes[lane]);
            }
        }
        return;
    }
    for place in cells.chunks_exact(sums.len()) {
        for (sum, &cell) in sums.iter_mut().zip(place) {
            *sum += i32::from(cell);
        }
    }
}

/// The pieces whose middle is the first or the last letter.
fn edges(letters: &Letters, rows: &[u32]) -> impl Iterator<Item = (usize, u32)> {
    let ends = [0, letters.len() - 1];
    ends.into_iter().flat_map(move |letter| {
        let around = letters.rows_around(rows, letter);
        let place = letters.place(letter);
        around.into_iter().flatten().map(move |row| (place, row))
    })
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
        let cells: Vec<i8> = (0..WORD_OUTPUTS << 6)
            .map(|cell| (cell * 31 % 255) as u8 as i8)
            .collect();
        let table = Table::of(6, [0.5; WORD_OUTPUTS], [1.0; WORD_OUTPUTS], &cells).unwrap();
        for text in [
            "",
            "退",
            "退款123456!",
            "my parcel never came 退款 30天",
            "等了100天",
        ] {
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

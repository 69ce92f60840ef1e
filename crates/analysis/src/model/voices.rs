//! What the clauses of a text say: the word pieces around their characters added up, for every output at once, so that
//! the same pass over the table gives the scores of a text and the words that carry them.

use std::ops::Range;

use crate::block::WORD_OUTPUTS;
use crate::gram::Letters;
use crate::model::Table;
use crate::model::table::{STRIDE, column_of};

/// In a text of more characters only the outputs asked for are looked at, so that memory stays small.
const MOST_CHARS: usize = 2048;

/// For each clause and some outputs what the pieces around its characters say together, in the table's whole numbers.
pub(crate) struct Voices {
    /// One row for each clause.
    sums: Vec<i32>,
    /// Columns side by side.
    width: usize,
    /// The outputs of the columns, when they are not those of the table.
    outputs: Option<Vec<usize>>,
}

impl Voices {
    /// What the clauses of a text say for all outputs, and the sums over the whole text by column; nothing when the text is
    /// too long. The clauses are ranges of its characters, in order.
    pub(crate) fn of_all(
        table: &Table,
        letters: &Letters,
        rows: &[u32],
        clauses: &[Range<usize>],
    ) -> Option<(Self, [f32; STRIDE])> {
        if letters.place(letters.len() - 1) > MOST_CHARS {
            return None;
        }
        table.touch(rows);
        let mut sums = vec![[0i32; STRIDE]; clauses.len() + 1];
        table.add_clauses(rows, letters.all(), clauses, &mut sums);
        for (place, row) in words(letters, rows) {
            let clause = clauses.iter().position(|clause| clause.contains(&place));
            table.add(row, &mut sums[clause.unwrap_or(clauses.len())]);
        }
        let whole = table.add_up(&sums);
        let voices = Self {
            sums: sums.into_flattened(),
            width: STRIDE,
            outputs: None,
        };
        Some((voices, whole))
    }

    /// What the clauses of a text say for these outputs alone.
    pub(crate) fn of_some(
        table: &Table,
        letters: &Letters,
        rows: &[u32],
        clauses: &[Range<usize>],
        outputs: &[usize],
    ) -> Self {
        let known = |output: &usize| *output < WORD_OUTPUTS;
        let outputs: Vec<usize> = outputs.iter().copied().filter(known).collect();
        let mut sums = Vec::with_capacity(clauses.len() * outputs.len());
        for clause in clauses {
            sums.resize(sums.len() + outputs.len(), 0);
            let start = sums.len() - outputs.len();
            for (_, row) in pieces(letters, rows, clause.clone()) {
                for (sum, &output) in sums[start..].iter_mut().zip(&outputs) {
                    *sum += i32::from(table.cell(row, output));
                }
            }
        }
        for (place, row) in words(letters, rows) {
            let clause = clauses.partition_point(|clause| clause.end <= place);
            if clauses.get(clause).is_some_and(|clause| clause.start <= place) {
                for (sum, &output) in sums[clause * outputs.len()..].iter_mut().zip(&outputs) {
                    *sum += i32::from(table.cell(row, output));
                }
            }
        }
        Self {
            sums,
            width: outputs.len(),
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

    /// What a clause says for the output of a column.
    pub(crate) fn sum(&self, clause: usize, column: usize) -> i32 {
        self.sums[clause * self.width + column]
    }
}

/// What each character in a range says for an output.
pub(crate) fn said(
    table: &Table,
    letters: &Letters,
    rows: &[u32],
    chars: Range<usize>,
    output: usize,
) -> Vec<i32> {
    let mut said = vec![0; chars.len()];
    if output >= WORD_OUTPUTS {
        return said;
    }
    let column = column_of(output);
    let cell = |row: u32| i32::from(table.cell_in(row, column));
    let all = letters.all();
    let first = all.partition_point(|letter| (letter.place as usize) < chars.start);
    for (index, letter) in all.iter().enumerate().skip(first) {
        let place = letter.place as usize;
        if place >= chars.end {
            break;
        }
        said[place - chars.start] += match letters.rows_inside(rows, index) {
            Some(&[first, second, third]) => cell(first) + cell(second) + cell(third),
            None => {
                let around = letters.rows_around(rows, index);
                around.into_iter().flatten().map(cell).sum()
            }
        };
    }
    if letters.has_words() {
        for (place, row) in words(letters, rows).filter(|(place, _)| chars.contains(place)) {
            said[place - chars.start] += cell(row);
        }
    }
    said
}

/// The pieces of up to three letters whose middles are in a range of characters, with the places of these middles.
fn pieces<'l>(
    letters: &'l Letters,
    rows: &'l [u32],
    chars: Range<usize>,
) -> impl Iterator<Item = (usize, u32)> + 'l {
    let place = |letter: &crate::gram::Letter| letter.place as usize;
    let first = letters
        .all()
        .partition_point(|letter| place(letter) < chars.start);
    let inside = letters.all()[first..]
        .iter()
        .take_while(move |letter| place(letter) < chars.end);
    inside.enumerate().flat_map(move |(index, letter)| {
        let around = letters.rows_around(rows, first + index);
        let place = letter.place as usize;
        around.into_iter().flatten().map(move |row| (place, row))
    })
}

/// The words and pairs of words, at their middles.
fn words(letters: &Letters, rows: &[u32]) -> impl Iterator<Item = (usize, u32)> {
    let words = letters.words();
    let rows = rows[rows.len() - words.len()..].iter().copied();
    words
        .into_iter()
        .zip(rows)
        .map(|((start, size), row)| (letters.place(start + size / 2), row))
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
        let long = "等了".repeat(200);
        for text in [
            "",
            "退",
            "退款123456!",
            "my parcel never came 退款 30天",
            "等了100天",
            long.as_str(),
        ] {
            let reading = text::read(text);
            let letters = Letters::of(&reading);
            let (rows, chars) = (letters.rows(6), reading.char_count());
            for clauses in [
                vec![],
                std::iter::once(0..chars).collect(),
                vec![0..chars / 2, chars / 2 + 1..chars.max(1)],
            ] {
                let (all, sums) = Voices::of_all(&table, &letters, &rows, &clauses).unwrap();
                let some = Voices::of_some(&table, &letters, &rows, &clauses, &[3, 70, 80]);
                for (clause, chars) in clauses.iter().enumerate() {
                    for output in [3, 70] {
                        let sum = |voices: &Voices| voices.sum(clause, voices.column(output).unwrap());
                        let single = said(&table, &letters, &rows, chars.clone(), output);
                        assert_eq!(sum(&all), sum(&some), "{text}");
                        assert_eq!(sum(&all), single.iter().sum::<i32>(), "{text}");
                    }
                    assert_eq!(all.column(80), None);
                }
                assert_eq!(table.score_sums(&sums, rows.len()), table.score(&rows), "{text}");
            }
        }
    }
}

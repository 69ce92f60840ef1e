//! What single characters say for some outputs: the word pieces walked once more, for all of these outputs together.

use crate::block::WORD_OUTPUTS;
use crate::model::{Scored, Table};

/// For each of some outputs and each character what the pieces around the character say, in the table's whole
/// numbers. One more place than characters: the last border speaks behind them.
pub(crate) struct Voices<'o> {
    outputs: &'o [usize],
    width: usize,
    cells: Vec<i16>,
}

impl<'o> Voices<'o> {
    /// What the characters of a scored text of `chars` normalized characters say for these outputs.
    pub(crate) fn of(table: &Table, scored: &Scored, chars: usize, outputs: &'o [usize]) -> Self {
        let width = chars + 1;
        let mut cells = vec![0; width * outputs.len()];
        let letters = &scored.letters;
        for letter in 0..letters.len() {
            let rows = letters.rows_around(&scored.rows, letter);
            let [alone, before, around] = rows.map(|row| row.map(|row| table.row(row)));
            let place = letters.place(letter);
            let columns = cells.chunks_exact_mut(width).zip(outputs);
            for (column, &output) in columns.filter(|(_, output)| **output < WORD_OUTPUTS) {
                let said = |row: Option<&[i8]>| row.map_or(0, |row| i16::from(row[output]));
                column[place] += said(alone) + said(before) + said(around);
            }
        }
        Self {
            outputs,
            width,
            cells,
        }
    }

    /// What each character says for one of the outputs.
    pub(crate) fn for_output(&self, output: usize) -> &[i16] {
        let column = self.outputs.iter().position(|one| *one == output);
        let column = column.expect("evidence is asked for outputs that were named before");
        &self.cells[column * self.width..][..self.width]
    }
}

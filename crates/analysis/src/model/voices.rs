//! What single characters say for some outputs: the word pieces walked once more, for all of these outputs together.

use crate::block::WORD_OUTPUTS;
use crate::model::Scored;

/// For each of some outputs and each character what the pieces around the character say, in the table's whole
/// numbers. One more place than characters: the last border speaks behind them.
pub(crate) struct Voices<'o> {
    outputs: &'o [usize],
    width: usize,
    cells: Vec<i16>,
}

impl<'o> Voices<'o> {
    /// What the characters of a scored text of `chars` normalized characters say for these outputs.
    pub(crate) fn of(scored: &Scored<'_>, chars: usize, outputs: &'o [usize]) -> Self {
        let width = chars + 1;
        let mut cells = vec![0; width * outputs.len()];
        let (letters, table) = (&scored.letters, &scored.model.table);
        let mut speak = |place: usize, rows: &[Option<&[i8]>]| {
            let columns = cells.chunks_exact_mut(width).zip(outputs);
            for (column, &output) in columns.filter(|(_, output)| **output < WORD_OUTPUTS) {
                let said = rows.iter().map(|row| row.map_or(0, |row| i16::from(row[output])));
                column[place] += said.sum::<i16>();
            }
        };
        for letter in 0..letters.len() {
            let rows = letters.rows_around(&scored.rows, letter);
            speak(
                letters.place(letter),
                &rows.map(|row| row.map(|row| table.row(row))),
            );
        }
        let words = letters.words();
        let rows = &scored.rows[scored.rows.len() - words.len()..];
        for ((start, size), &row) in words.into_iter().zip(rows) {
            speak(letters.place(start + size / 2), &[Some(table.row(row))]);
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

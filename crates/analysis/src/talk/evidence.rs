//! The clause of a turn that says most for a value.

use std::ops::Range;

use domain::Quote;
use text::Reading;

use crate::gram::Letters;
use crate::talk::facts::shorten;
use crate::talk::first::FirstTable;

/// A turn opened for quoting.
pub(crate) struct Quoted<'t> {
    reading: Reading<'t>,
    letters: Letters,
    rows: Vec<u32>,
    clauses: Vec<Range<usize>>,
}

impl<'t> Quoted<'t> {
    /// Opens a turn.
    pub(crate) fn of(said: &'t str) -> Self {
        let reading = text::read(shorten(said));
        let letters = Letters::of(&reading);
        Self {
            rows: letters.rows(15),
            clauses: reading.clauses(),
            letters,
            reading,
        }
    }

    /// The turn as read.
    pub(crate) fn reading(&self) -> &Reading<'t> {
        &self.reading
    }

    /// The clause whose pieces speak loudest for an output; nothing when none speaks for it.
    pub(crate) fn clause_for(&self, table: &FirstTable, output: usize) -> Option<Quote> {
        let mut sums = vec![0i32; self.clauses.len()];
        let borders: Vec<Range<usize>> = self
            .clauses
            .iter()
            .map(|clause| self.reading.char_at(clause.start)..self.reading.char_at(clause.end))
            .collect();
        let mut clause = 0;
        for letter in 0..self.letters.len() {
            let place = self.letters.place(letter);
            while clause + 1 < borders.len() && place >= borders[clause].end {
                clause += 1;
            }
            let around = self.letters.rows_around(&self.rows, letter);
            let said: i32 = around
                .into_iter()
                .flatten()
                .map(|row| i32::from(table.voice(row, output)))
                .sum();
            if let Some(sum) = sums.get_mut(clause) {
                *sum += said;
            }
        }
        let best = (0..sums.len()).max_by_key(|&index| (sums[index], std::cmp::Reverse(index)))?;
        (sums[best] > 0)
            .then(|| self.reading.quote(self.clauses[best].clone()))
            .flatten()
    }

    /// The clause that holds a byte of the normalized turn.
    pub(crate) fn clause_at(&self, byte: usize) -> Option<Quote> {
        let clause = self.clauses.iter().find(|clause| clause.contains(&byte))?;
        self.reading.quote(clause.clone())
    }
}

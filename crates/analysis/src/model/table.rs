//! The table of word-piece weights: one row of small whole numbers per bucket, all outputs side by side, so that one
//! pass over the pieces scores every facet.

use std::ops::Range;

use multiversion::multiversion;

use crate::block::{REGISTERS, WORD_OUTPUTS};
use crate::gram::{LONGEST, Letter};

/// Columns per row: the outputs, filled up to a multiple of sixteen.
pub(crate) const STRIDE: usize = WIDE + NARROW;
/// Columns of the wide part of a row, which fills a line of the processor's cache.
const WIDE: usize = 64;
/// Columns of the narrow part. The kinds of text stand in it, so that a text's kind is known before the wide part of
/// the table for it is touched.
const NARROW: usize = 16;
/// Rows that can be added in 16 bits without overflow: 256 × 127 < 2¹⁵.
const BATCH: usize = 256;

/// The wide part of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
struct Wide([i8; WIDE]);

/// The narrow part of a row.
type Narrow = [i8; NARROW];

/// The column of an output: the kinds of text come after those that fill the wide part.
pub(crate) fn column_of(output: usize) -> usize {
    if output < KINDS {
        WIDE + output
    } else if output < WIDE + KINDS {
        output - KINDS
    } else {
        output
    }
}

/// Weights in whole numbers with one scale per output.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    bits: u32,
    scales: [f32; WORD_OUTPUTS],
    constants: [f32; WORD_OUTPUTS],
    wide: Vec<Wide>,
    narrow: Vec<Narrow>,
}

impl Table {
    /// A table of these parts; nothing when their sizes do not fit.
    pub(crate) fn of(
        bits: u32,
        scales: [f32; WORD_OUTPUTS],
        constants: [f32; WORD_OUTPUTS],
        outputs: &[i8],
    ) -> Option<Self> {
        let rows = 1usize.checked_shl(bits)?;
        (bits <= 20 && outputs.len() == rows * WORD_OUTPUTS).then(|| {
            let mut wide = vec![Wide([0; WIDE]); rows];
            let mut narrow = vec![[0i8; NARROW]; rows];
            for (row, from) in outputs.chunks_exact(WORD_OUTPUTS).enumerate() {
                for (output, &cell) in from.iter().enumerate() {
                    match column_of(output) {
                        column @ 0..WIDE => wide[row].0[column] = cell,
                        column => narrow[row][column - WIDE] = cell,
                    }
                }
            }
            Self {
                bits,
                scales,
                constants,
                wide,
                narrow,
            }
        })
    }

    /// The number of buckets is two to this power.
    pub(crate) fn bits(&self) -> u32 {
        self.bits
    }

    pub(crate) fn scales(&self) -> &[f32; WORD_OUTPUTS] {
        &self.scales
    }

    pub(crate) fn constants(&self) -> &[f32; WORD_OUTPUTS] {
        &self.constants
    }

    /// The whole number of one bucket and output.
    pub(crate) fn cell(&self, row: u32, output: usize) -> i8 {
        self.cell_in(row, column_of(output))
    }

    /// The whole number of one bucket in the column of an output.
    #[inline]
    pub(crate) fn cell_in(&self, row: u32, column: usize) -> i8 {
        match column {
            column @ 0..WIDE => self.wide[row as usize].0[column],
            column => self.narrow[row as usize][column - WIDE],
        }
    }

    /// The scores of a text with these rows: the constant plus the weights' sum by the root of their number.
    pub(crate) fn score(&self, rows: &[u32]) -> [f32; WORD_OUTPUTS] {
        let mut sums = [0i64; STRIDE];
        for batch in rows.chunks(BATCH) {
            let mut lanes = [0i16; STRIDE];
            batch.iter().for_each(|&row| self.add_small(row, &mut lanes));
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                *sum += i64::from(lane);
            }
        }
        self.score_sums(&sums.map(|sum| sum as f32), rows.len())
    }

    /// The scores of a text of so many pieces whose whole numbers have these sums, by column.
    pub(crate) fn score_sums(&self, sums: &[f32; STRIDE], pieces: usize) -> [f32; WORD_OUTPUTS] {
        weigh_sums(&self.constants, &self.scales, unit_of(pieces), sums)
    }

    /// The scores of the kinds of text alone.
    pub(crate) fn score_kinds(&self, rows: &[u32]) -> [f32; KINDS] {
        let mut sums = [0i64; NARROW];
        for batch in rows.chunks(BATCH) {
            for (sum, lane) in sums.iter_mut().zip(add_narrow(&self.narrow, batch)) {
                *sum += i64::from(lane);
            }
        }
        let unit = unit_of(rows.len());
        std::array::from_fn(|output| {
            self.constants[output] + self.scales[output] * unit * sums[output] as f32
        })
    }

    fn add_small(&self, row: u32, lanes: &mut [i16; STRIDE]) {
        let (wide, narrow) = lanes.split_at_mut(WIDE);
        let cells = self.wide[row as usize].0.iter().zip(wide);
        cells.for_each(|(&cell, lane)| *lane += i16::from(cell));
        let cells = self.narrow[row as usize].iter().zip(narrow);
        cells.for_each(|(&cell, lane)| *lane += i16::from(cell));
    }

    /// Adds a row, by column.
    pub(crate) fn add(&self, row: u32, sums: &mut [i32; STRIDE]) {
        add_row(&self.wide[row as usize], &self.narrow[row as usize], sums);
    }

    /// Looks at the wide part of every row, so that all of them are on their way from memory at once before the first is
    /// needed; the narrow parts are looked at by who asks for the kind of text.
    pub(crate) fn touch(&self, rows: &[u32]) {
        let looked = rows
            .iter()
            .fold(0i8, |all, &row| all ^ self.wide[row as usize].0[0]);
        std::hint::black_box(looked);
    }

    /// Looks at the narrow parts.
    pub(crate) fn touch_narrow(&self, rows: &[u32]) {
        let looked = rows
            .iter()
            .fold(0i8, |all, &row| all ^ self.narrow[row as usize][0]);
        std::hint::black_box(looked);
    }

    /// Adds for every clause what the three pieces around each of its letters say, by column; and in the row after those of
    /// the clauses what the pieces around the letters between them say.
    pub(crate) fn add_clauses(
        &self,
        rows: &[u32],
        letters: &[Letter],
        clauses: &[Range<usize>],
        sums: &mut [[i32; STRIDE]],
    ) {
        add_clauses(&self.wide, &self.narrow, rows, letters, clauses, sums);
    }

    /// The sums over several rows of sums, which are whole numbers below 2²⁴ and lose nothing.
    pub(crate) fn add_up(&self, sums: &[[i32; STRIDE]]) -> [f32; STRIDE] {
        add_up(sums)
    }
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512bw", "x86_64+avx2"))]
fn add_clauses(
    wide: &[Wide],
    narrow: &[Narrow],
    rows: &[u32],
    letters: &[Letter],
    clauses: &[Range<usize>],
    sums: &mut [[i32; STRIDE]],
) {
    let [.., between] = sums else { return };
    let mut others = *between;
    // The borders have fewer pieces: the first stands before the first character, the last after all.
    let pieces = LONGEST * (letters.len() + 1 - LONGEST);
    for row in [pieces + 1, pieces + 2] {
        let row = rows[row] as usize;
        add_row(&wide[row], &narrow[row], &mut others);
    }
    let first = rows[0] as usize;
    match clauses.first().is_some_and(|clause| clause.contains(&0)) {
        true => add_row(&wide[first], &narrow[first], &mut sums[0]),
        false => add_row(&wide[first], &narrow[first], &mut others),
    }
    let mut at = 1;
    for (clause, sums) in clauses.iter().zip(sums.iter_mut()) {
        at = add_until(wide, narrow, rows, letters, at, clause.start, &mut others);
        at = add_until(wide, narrow, rows, letters, at, clause.end, sums);
    }
    add_until(wide, narrow, rows, letters, at, usize::MAX, &mut others);
    sums[clauses.len()] = others;
}

/// Adds what the pieces around the letters from one on say, until a place; the borders are left out. Tells the letter that
/// comes next.
#[inline(always)]
fn add_until(
    wide: &[Wide],
    narrow: &[Narrow],
    rows: &[u32],
    letters: &[Letter],
    from: usize,
    until: usize,
    sums: &mut [i32; STRIDE],
) -> usize {
    // No closures here: they would not be compiled for the wide registers.
    let inner = &letters[..letters.len() - 1];
    let mut at = from;
    while at < inner.len() && (inner[at].place as usize) < until {
        let (mut of_wide, mut of_narrow) = ([0i16; WIDE], [0i16; NARROW]);
        let most = inner.len().min(at + BATCH / LONGEST);
        while at < most && (inner[at].place as usize) < until {
            let rows = &rows[LONGEST * (at - 1)..][..LONGEST + 1];
            let [first, second, third] = [rows[3] as usize, rows[1] as usize, rows[2] as usize];
            let (a, b, c) = (&wide[first].0, &wide[second].0, &wide[third].0);
            let (d, e, f) = (&narrow[first], &narrow[second], &narrow[third]);
            for lane in 0..WIDE {
                of_wide[lane] += i16::from(a[lane]) + i16::from(b[lane]) + i16::from(c[lane]);
            }
            for lane in 0..NARROW {
                of_narrow[lane] += i16::from(d[lane]) + i16::from(e[lane]) + i16::from(f[lane]);
            }
            at += 1;
        }
        for lane in 0..WIDE {
            sums[lane] += i32::from(of_wide[lane]);
        }
        for lane in 0..NARROW {
            sums[WIDE + lane] += i32::from(of_narrow[lane]);
        }
    }
    at
}

#[inline(always)]
fn add_row(wide: &Wide, narrow: &Narrow, sums: &mut [i32; STRIDE]) {
    let (of_wide, of_narrow) = sums.split_at_mut(WIDE);
    for (sum, value) in of_wide.iter_mut().zip(&wide.0) {
        *sum += i32::from(*value);
    }
    for (sum, value) in of_narrow.iter_mut().zip(narrow) {
        *sum += i32::from(*value);
    }
}

/// The scores behind sums by column, as [`column_of`] says it, all at once.
#[multiversion(targets("x86_64+avx2"))]
fn weigh_sums(
    constants: &[f32; WORD_OUTPUTS],
    scales: &[f32; WORD_OUTPUTS],
    unit: f32,
    sums: &[f32; STRIDE],
) -> [f32; WORD_OUTPUTS] {
    let mut scores = [0f32; WORD_OUTPUTS];
    for output in 0..KINDS {
        scores[output] = constants[output] + scales[output] * unit * sums[WIDE + output];
    }
    for output in KINDS..KINDS + WIDE {
        scores[output] = constants[output] + scales[output] * unit * sums[output - KINDS];
    }
    for output in KINDS + WIDE..WORD_OUTPUTS {
        scores[output] = constants[output] + scales[output] * unit * sums[output];
    }
    scores
}

#[multiversion(targets("x86_64+avx2"))]
fn add_up(sums: &[[i32; STRIDE]]) -> [f32; STRIDE] {
    let mut whole = [0i32; STRIDE];
    for sums in sums {
        for lane in 0..STRIDE {
            whole[lane] += sums[lane];
        }
    }
    let mut floats = [0f32; STRIDE];
    for lane in 0..STRIDE {
        floats[lane] = whole[lane] as f32;
    }
    floats
}

/// The number of kinds of text.
const KINDS: usize = REGISTERS.len();
const _: () = assert!(
    WIDE + KINDS <= WORD_OUTPUTS && WORD_OUTPUTS <= STRIDE,
    "columns suffice"
);

/// The sums of the narrow parts of at most [`BATCH`] rows.
#[multiversion(targets("x86_64+avx2"))]
fn add_narrow(narrow: &[Narrow], rows: &[u32]) -> [i16; NARROW] {
    let mut lanes = [0i16; NARROW];
    for &row in rows {
        let cells = narrow[row as usize];
        for lane in 0..NARROW {
            lanes[lane] += i16::from(cells[lane]);
        }
    }
    lanes
}

/// What one piece counts in a text of `pieces` pieces.
pub(crate) fn unit_of(pieces: usize) -> f32 {
    1.0 / (pieces.max(1) as f32).sqrt()
}

/// The nearest whole numbers of some weights and their scale; the largest weight becomes 127.
pub(crate) fn quantize(weights: impl Iterator<Item = f32> + Clone) -> (f32, impl Iterator<Item = i8>) {
    let largest = weights.clone().fold(0f32, |top, weight| top.max(weight.abs()));
    let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
    (scale, weights.map(move |weight| (weight / scale).round() as i8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_do_not_overflow() {
        let table = Table::of(0, [1.0; WORD_OUTPUTS], [0.5; WORD_OUTPUTS], &[127; WORD_OUTPUTS]).unwrap();
        let scores = table.score(&[0; 10_000]);
        assert_eq!(scores[76], 0.5 + 127.0 * 100.0);
    }

    #[test]
    fn whole_numbers_stay_near() {
        let weights = [0.5f32, -0.1, 0.0];
        let (scale, cells) = quantize(weights.iter().copied());
        for (cell, weight) in cells.zip(weights) {
            assert!((f32::from(cell) * scale - weight).abs() <= scale / 2.0);
        }
    }
}

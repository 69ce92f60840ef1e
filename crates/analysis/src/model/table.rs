//! The table of word-piece weights: one row of small whole numbers per bucket, all outputs side by side, so that one
//! pass over the pieces scores every facet.

use multiversion::multiversion;

use crate::block::{REGISTERS, WORD_OUTPUTS};

/// Bytes per row: the outputs, filled up to a multiple of sixteen.
pub(crate) const STRIDE: usize = 80;
/// Rows that can be added in 16 bits without overflow: 256 × 127 < 2¹⁵.
const BATCH: usize = 256;

/// Weights in whole numbers with one scale per output.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    bits: u32,
    scales: [f32; WORD_OUTPUTS],
    constants: [f32; WORD_OUTPUTS],
    cells: Vec<i8>,
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
            let mut cells = vec![0i8; rows * STRIDE];
            for (row, from) in cells
                .chunks_exact_mut(STRIDE)
                .zip(outputs.chunks_exact(WORD_OUTPUTS))
            {
                row[..WORD_OUTPUTS].copy_from_slice(from);
            }
            Self {
                bits,
                scales,
                constants,
                cells,
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

    /// The whole numbers of one bucket, by output.
    pub(crate) fn row(&self, row: u32) -> &[i8] {
        &self.cells[row as usize * STRIDE..][..STRIDE]
    }

    /// The whole number of one bucket and output.
    pub(crate) fn cell(&self, row: u32, output: usize) -> i8 {
        self.cells[row as usize * STRIDE + output]
    }

    /// The whole numbers of all buckets, [`STRIDE`] for each.
    pub(crate) fn cells(&self) -> &[i8] {
        &self.cells
    }

    /// The scores of a text with these rows: the constant plus the weights' sum by the root of their number.
    pub(crate) fn score(&self, rows: &[u32]) -> [f32; WORD_OUTPUTS] {
        let mut sums = [0i64; STRIDE];
        for batch in rows.chunks(BATCH) {
            let lanes = add_rows(&self.cells, batch);
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                *sum += i64::from(lane);
            }
        }
        self.score_sums(&sums, rows.len())
    }

    /// The scores of a text of so many pieces whose whole numbers have these sums.
    pub(crate) fn score_sums(&self, sums: &[i64; STRIDE], pieces: usize) -> [f32; WORD_OUTPUTS] {
        let unit = unit_of(pieces);
        std::array::from_fn(|output| {
            self.constants[output] + self.scales[output] * unit * sums[output] as f32
        })
    }

    /// The part of the table that tells the kinds of text apart.
    pub(crate) fn heads(&self) -> Heads {
        let cells = self.cells.chunks_exact(STRIDE);
        Heads(cells.map(|row| std::array::from_fn(|output| row[output])).collect())
    }

    /// The scores of the kinds of text, from the heads of this table.
    pub(crate) fn score_kinds(&self, heads: &Heads, rows: &[u32]) -> [f32; KINDS] {
        let sums = heads.add(rows);
        let unit = unit_of(rows.len());
        std::array::from_fn(|output| {
            self.constants[output] + self.scales[output] * unit * sums[output] as f32
        })
    }
}

/// The number of kinds of text.
const KINDS: usize = REGISTERS.len();
const _: () = assert!(KINDS < 8, "a head has room for every kind");

/// The whole numbers of the kinds of text alone, eight for each bucket: a text's kind is known before the table for it
/// is touched, and an eighth of the table stays near.
pub(crate) struct Heads(Vec<[i8; 8]>);

impl Heads {
    fn add(&self, rows: &[u32]) -> [i64; 8] {
        let mut sums = [0i64; 8];
        for batch in rows.chunks(BATCH) {
            let mut lanes = [0i16; 8];
            for &row in batch {
                let cells = self.0[row as usize];
                for lane in 0..8 {
                    lanes[lane] += i16::from(cells[lane]);
                }
            }
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                *sum += i64::from(lane);
            }
        }
        sums
    }
}

/// The sums of at most [`BATCH`] rows.
#[multiversion(targets("x86_64+avx2"))]
fn add_rows(cells: &[i8], rows: &[u32]) -> [i16; STRIDE] {
    let mut lanes = [0i16; STRIDE];
    for &row in rows {
        let cells = &cells[row as usize * STRIDE..][..STRIDE];
        for lane in 0..STRIDE {
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

//! The bytes of a model: a mark, the format's number, then everything packed together with zstd.

use std::io::Read as _;

use crate::block::{OUTPUTS, WORD_OUTPUTS};
use crate::model::{Honesty, INPUTS, LoadError, Model, Second, Table};

/// The first bytes of every model.
const MARK: &[u8; 8] = b"TINGSU-M";
/// The number of this layout.
const FORMAT: u32 = 3;
/// Numbers that a row of the second layer has in a file.
const FILED: usize = 88;
/// The packing's strength; more takes much longer for little.
const STRENGTH: i32 = 19;
/// Most bytes a model may unfold to.
const LARGEST: u64 = 256 << 20;

/// Packs a body behind the mark.
pub(crate) fn pack(mark: &[u8; 8], body: &[u8]) -> Vec<u8> {
    let mut bytes = mark.to_vec();
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend(compress(body).expect("packing into memory does not fail"));
    bytes
}

/// Packs with a checksum at the end, which unpacking compares.
fn compress(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = zstd::bulk::Compressor::new(STRENGTH)?;
    packer.include_checksum(true)?;
    packer.compress(body)
}

/// The body behind the mark.
pub(crate) fn unpack(mark: &[u8; 8], bytes: &[u8]) -> Result<Vec<u8>, LoadError> {
    let rest = bytes.strip_prefix(mark).ok_or(LoadError::NotAModel)?;
    let (format, packed) = rest.split_first_chunk::<4>().ok_or(LoadError::NotAModel)?;
    let found = u32::from_le_bytes(*format);
    if found != FORMAT {
        return Err(LoadError::OtherFormat { found, known: FORMAT });
    }
    let mut body = Vec::new();
    let read = zstd::stream::read::Decoder::new(packed)
        .and_then(|unfolding| unfolding.take(LARGEST).read_to_end(&mut body));
    read.map_err(|error| LoadError::Damaged(error.to_string()))?;
    Ok(body)
}

/// Writes numbers one after the other, low byte first.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    pub(crate) fn words(&mut self, words: &str) {
        self.number(words.len() as u32);
        self.0.extend(words.as_bytes());
    }

    pub(crate) fn floats(&mut self, floats: &[f32]) {
        for float in floats {
            self.0.extend(float.to_le_bytes());
        }
    }

    pub(crate) fn cells(&mut self, cells: impl Iterator<Item = i8>) {
        self.0.extend(cells.map(|cell| cell as u8));
    }
}

/// Reads what a [`Writer`] wrote.
pub(crate) struct Reader<'b>(pub(crate) &'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn take(&mut self, count: usize) -> Result<&'b [u8], LoadError> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or_else(|| LoadError::Damaged("it ends early".to_owned()))?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn number(&mut self) -> Result<u32, LoadError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes(
            bytes.try_into().expect("four bytes were taken"),
        ))
    }

    pub(crate) fn words(&mut self) -> Result<String, LoadError> {
        let size = self.number()? as usize;
        let words = std::str::from_utf8(self.take(size)?);
        words
            .map(str::to_owned)
            .map_err(|error| LoadError::Damaged(error.to_string()))
    }

    pub(crate) fn floats(&mut self, count: usize) -> Result<Vec<f32>, LoadError> {
        let bytes = self.take(count.saturating_mul(4))?;
        let floats: Vec<f32> = bytes
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes(four.try_into().expect("chunks of four")))
            .collect();
        match floats.iter().all(|float| float.is_finite()) {
            true => Ok(floats),
            false => Err(LoadError::Damaged("a weight is no number".to_owned())),
        }
    }

    pub(crate) fn row<const N: usize>(&mut self) -> Result<[f32; N], LoadError> {
        Ok(self.floats(N)?.try_into().expect("as many as asked for"))
    }

    pub(crate) fn cells(&mut self, count: usize) -> Result<Vec<i8>, LoadError> {
        Ok(self.take(count)?.iter().map(|&byte| byte as i8).collect())
    }
}

impl Model {
    /// The model as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::default();
        body.words(&self.name);
        for size in [
            self.table.bits(),
            OUTPUTS as u32,
            WORD_OUTPUTS as u32,
            INPUTS as u32,
        ] {
            body.number(size);
        }
        body.floats(self.table.scales());
        body.floats(self.table.constants());
        body.floats(self.second.constants.as_flattened());
        for row in self.second.rows() {
            body.floats(&row[..FILED]);
        }
        body.floats(self.offsets.as_flattened());
        // Output by output: neighbors are alike and pack well.
        for output in 0..WORD_OUTPUTS {
            body.cells((0..1u32 << self.table.bits()).map(|row| self.table.cell(row, output)));
        }
        if self.honesty != Honesty::default() {
            for line in self.honesty.lines.as_flattened() {
                body.floats(&[line.shift, line.slope]);
            }
            body.floats(&self.honesty.sure_temperament);
        }
        pack(MARK, &body.0)
    }

    /// The model in these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let body = unpack(MARK, bytes)?;
        let mut body = Reader(&body);
        let name = body.words()?;
        let bits = body.number()?;
        let sizes = [body.number()?, body.number()?, body.number()?];
        if sizes != [OUTPUTS as u32, WORD_OUTPUTS as u32, INPUTS as u32] || bits > 20 {
            return Err(LoadError::Damaged(format!(
                "its sizes are {bits} bits, {sizes:?}"
            )));
        }
        let (scales, constants) = (body.row()?, body.row()?);
        let mut second = Second::new();
        second.constants = [body.row()?, body.row()?];
        for row in second.rows_mut() {
            row[..FILED].copy_from_slice(&body.floats(FILED)?);
        }
        let offsets = [body.row()?, body.row()?];
        let rows = 1usize << bits;
        let by_output = body.cells(rows * WORD_OUTPUTS)?;
        let mut by_row = vec![0i8; by_output.len()];
        for (output, column) in by_output.chunks_exact(rows).enumerate() {
            for (row, &cell) in column.iter().enumerate() {
                by_row[row * WORD_OUTPUTS + output] = cell;
            }
        }
        let table = Table::of(bits, scales, constants, &by_row);
        let honesty = if body.0.is_empty() {
            // Nothing has to be put right.
            Honesty::default()
        } else {
            read_honesty(&mut body)?
        };
        Ok(Self {
            name,
            table: table.ok_or_else(|| LoadError::Damaged("the table's size is wrong".to_owned()))?,
            second,
            offsets,
            honesty,
        })
    }
}

fn read_honesty(body: &mut Reader<'_>) -> Result<Honesty, LoadError> {
    let mut honesty = Honesty::default();
    for line in honesty.lines.as_flattened_mut() {
        [line.shift, line.slope] = body.row()?;
    }
    honesty.sure_temperament = body.row()?;
    Ok(honesty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_damage_is_named() {
        let table = Table::of(
            2,
            [0.5; WORD_OUTPUTS],
            [1.0; WORD_OUTPUTS],
            &[3; 4 * WORD_OUTPUTS],
        )
        .unwrap();
        let model = Model {
            name: "tiny".to_owned(),
            table,
            second: Second::new(),
            offsets: [[0.25; OUTPUTS], [0.5; OUTPUTS]],
            honesty: Honesty {
                sure_temperament: [0.6, 0.7],
                ..Honesty::default()
            },
        };
        let bytes = model.to_bytes();
        assert_eq!(Model::from_bytes(&bytes), Ok(model));
        assert_eq!(Model::from_bytes(b"hello"), Err(LoadError::NotAModel));
        assert_eq!(Model::from_bytes(b""), Err(LoadError::NotAModel));
        let mut other = bytes.clone();
        other[8] = 9;
        assert_eq!(
            Model::from_bytes(&other),
            Err(LoadError::OtherFormat { found: 9, known: 3 })
        );
        let cut = Model::from_bytes(&bytes[..bytes.len() - 5]);
        assert!(matches!(cut, Err(LoadError::Damaged(_))), "{cut:?}");
    }
}

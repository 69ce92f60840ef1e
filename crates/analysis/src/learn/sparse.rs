//! A matrix of numbers, most of which are zero, by rows.

/// Rows of (column, value).
#[derive(Clone, Debug)]
pub(crate) struct Sparse {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    width: usize,
}

impl Sparse {
    /// An empty matrix with this many columns.
    pub(crate) fn new(width: usize) -> Self {
        Self {
            starts: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
            width,
        }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: impl Iterator<Item = (u32, f32)>) {
        for (column, value) in row {
            debug_assert!((column as usize) < self.width);
            self.columns.push(column);
            self.values.push(value);
        }
        self.starts.push(self.columns.len());
    }

    /// The number of columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How rare each column is: a quarter of the logarithm of one plus the rows for each row that fills it, about 0.2 to 2.5.
    pub(crate) fn rarities(&self) -> Vec<f32> {
        let mut filled = vec![0u32; self.width];
        for &column in &self.columns {
            filled[column as usize] += 1;
        }
        let rows = (self.starts.len() - 1) as f32;
        let rarity = |filled: u32| libm::log1pf(rows / filled.max(1) as f32) / 4.0;
        filled.into_iter().map(rarity).collect()
    }

    /// Multiplies every column by its number.
    pub(crate) fn scale(&mut self, numbers: &[f32]) {
        for (value, &column) in self.values.iter_mut().zip(&self.columns) {
            *value *= numbers[column as usize];
        }
    }

    /// The filled cells of a row.
    pub(crate) fn row(&self, index: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let range = self.starts[index]..self.starts[index + 1];
        let columns = self.columns[range.clone()].iter().map(|&column| column as usize);
        columns.zip(self.values[range].iter().copied())
    }
}

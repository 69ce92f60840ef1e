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

    /// How far the values of each column spread, cells without a value counted as zero: the standard deviation, or one
    /// for a column of equal values.
    pub(crate) fn spreads(&self) -> Vec<f32> {
        let mut sums = vec![[0f64; 2]; self.width];
        for (&column, &value) in self.columns.iter().zip(&self.values) {
            let [sum, squares] = &mut sums[column as usize];
            *sum += f64::from(value);
            *squares += f64::from(value) * f64::from(value);
        }
        let rows = (self.starts.len() - 1).max(1) as f64;
        let spread = |[sum, squares]: [f64; 2]| {
            let variance = squares / rows - (sum / rows) * (sum / rows);
            if variance > 1e-8 {
                variance.sqrt() as f32
            } else {
                1.0
            }
        };
        sums.into_iter().map(spread).collect()
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

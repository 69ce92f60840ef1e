//! Small systems of linear equations.

/// A symmetric positive definite matrix, decomposed (Cholesky).
pub(crate) struct Cholesky {
    size: usize,
    lower: Vec<f64>,
}

impl Cholesky {
    /// Decomposes a matrix given row by row; nothing when it is not positive definite.
    pub(crate) fn new(matrix: &[f64], size: usize) -> Option<Self> {
        let mut lower = vec![0.0; size * size];
        for row in 0..size {
            for column in 0..=row {
                let mut sum = matrix[row * size + column];
                for k in 0..column {
                    sum -= lower[row * size + k] * lower[column * size + k];
                }
                if row == column {
                    // Relative to the diagonal: what is left after the other columns is nothing but rounding.
                    if sum.is_nan() || sum <= 1e-11 * matrix[row * size + row].abs() {
                        return None;
                    }
                    lower[row * size + row] = sum.sqrt();
                } else {
                    lower[row * size + column] = sum / lower[column * size + column];
                }
            }
        }
        Some(Self { size, lower })
    }

    /// The half solution `L⁻¹ x`; its squared length is `xᵀ A⁻¹ x`.
    pub(crate) fn half(&self, x: &[f64]) -> Vec<f64> {
        let mut half = x.to_vec();
        for row in 0..self.size {
            for k in 0..row {
                half[row] -= self.lower[row * self.size + k] * half[k];
            }
            half[row] /= self.lower[row * self.size + row];
        }
        half
    }

    /// The solution of `A z = x`.
    pub(crate) fn solve(&self, x: &[f64]) -> Vec<f64> {
        let mut z = self.half(x);
        for row in (0..self.size).rev() {
            for k in row + 1..self.size {
                z[row] -= self.lower[k * self.size + row] * z[k];
            }
            z[row] /= self.lower[row * self.size + row];
        }
        z
    }

    /// `xᵀ A⁻¹ x`.
    pub(crate) fn quadratic(&self, x: &[f64]) -> f64 {
        self.half(x).iter().map(|part| part * part).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_refuses() {
        let matrix = [4.0, 2.0, 2.0, 3.0];
        let cholesky = Cholesky::new(&matrix, 2).expect("positive definite");
        let z = cholesky.solve(&[8.0, 7.0]);
        assert!((z[0] - 1.25).abs() < 1e-12 && (z[1] - 1.5).abs() < 1e-12);
        assert!((cholesky.quadratic(&[8.0, 7.0]) - (8.0 * 1.25 + 7.0 * 1.5)).abs() < 1e-12);
        assert!(Cholesky::new(&[1.0, 1.0, 1.0, 1.0], 2).is_none());
        assert!(Cholesky::new(&[f64::NAN], 1).is_none());
    }
}

//! A quasi-Poisson regression with an intercept, an optional trend and an optional season factor, by iteratively
//! reweighted least squares; and the reweighting that keeps past outbreaks from raising the threshold.

use crate::linear::Cholesky;

/// One past period that a count is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The period's number.
    pub time: f64,
    /// Its season, from 0.
    pub season: usize,
    /// Its count.
    pub count: f64,
}

const MOST_STEPS: usize = 25;
const SETTLED: f64 = 1e-10;

/// A fitted regression.
pub(super) struct Fit {
    coefficients: Vec<f64>,
    inverse: Cholesky,
    design: Design,
    /// The expected count of each row.
    pub(super) means: Vec<f64>,
    /// Variance over mean, at least 1.
    pub(super) dispersion: f64,
    raw_dispersion: f64,
    /// Rows less coefficients.
    pub(super) freedom: f64,
    weights: Vec<f64>,
}

/// Which columns the regression has. Seasons that no row has get no column.
#[derive(Clone, Debug)]
struct Design {
    trend: bool,
    origin: f64,
    scale: f64,
    columns: Vec<Option<usize>>,
    size: usize,
}

impl Design {
    fn of(rows: &[Row], trend: bool, base: usize) -> Self {
        let seasons = rows.iter().map(|row| row.season + 1).max().unwrap_or(0);
        let mut columns = vec![None; seasons];
        let mut size = 1 + usize::from(trend);
        for season in (0..seasons).filter(|season| *season != base) {
            if rows.iter().any(|row| row.season == season) {
                columns[season] = Some(size);
                size += 1;
            }
        }
        let mean = rows.iter().map(|row| row.time).sum::<f64>() / rows.len().max(1) as f64;
        let reach = rows.iter().map(|row| (row.time - mean).abs()).fold(1.0, f64::max);
        Self {
            trend,
            origin: mean,
            scale: reach,
            columns,
            size,
        }
    }

    fn fill(&self, time: f64, season: usize, x: &mut [f64]) {
        x.fill(0.0);
        x[0] = 1.0;
        if self.trend {
            x[1] = (time - self.origin) / self.scale;
        }
        if let Some(Some(column)) = self.columns.get(season) {
            x[*column] = 1.0;
        }
    }
}

/// Fits the rows; `base` is the season without a column, the one predictions are made for. Nothing when it does not
/// settle, as with rows that are all zero.
pub(super) fn fit(rows: &[Row], weights: &[f64], trend: bool, base: usize) -> Option<Fit> {
    let design = Design::of(rows, trend, base);
    let size = design.size;
    if rows.len() <= size || rows.iter().all(|row| row.count == 0.0) {
        return None;
    }
    let mut matrix = Vec::with_capacity(rows.len() * size);
    let mut x = vec![0.0; size];
    for row in rows {
        design.fill(row.time, row.season, &mut x);
        matrix.extend_from_slice(&x);
    }
    let mut linear: Vec<f64> = rows.iter().map(|row| (row.count + 0.1).ln()).collect();
    let mut deviance = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        let (coefficients, inverse) = step(rows, weights, &matrix, &linear, size)?;
        for (place, eta) in linear.iter_mut().enumerate() {
            let x = &matrix[place * size..(place + 1) * size];
            *eta = dot(x, &coefficients).clamp(-30.0, 30.0);
        }
        let now = deviance_of(rows, weights, &linear);
        if !now.is_finite() {
            return None;
        }
        let moved = (now - deviance).abs() / (now.abs() + 0.1);
        deviance = now;
        if moved < SETTLED {
            return Some(finish(rows, weights, &linear, design, coefficients, inverse));
        }
    }
    None
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// One weighted least squares fit of the working response.
fn step(
    rows: &[Row],
    weights: &[f64],
    matrix: &[f64],
    linear: &[f64],
    size: usize,
) -> Option<(Vec<f64>, Cholesky)> {
    let mut normal = vec![0.0; size * size];
    let mut right = vec![0.0; size];
    for (place, row) in rows.iter().enumerate() {
        let x = &matrix[place * size..(place + 1) * size];
        let mean = linear[place].exp();
        let weight = weights[place] * mean;
        let response = linear[place] + (row.count - mean) / mean;
        for (i, xi) in x.iter().enumerate().filter(|(_, xi)| **xi != 0.0) {
            let weighted = weight * xi;
            right[i] += weighted * response;
            for (j, xj) in x[..=i].iter().enumerate() {
                normal[i * size + j] += weighted * xj;
            }
        }
    }
    for i in 0..size {
        for j in 0..i {
            normal[j * size + i] = normal[i * size + j];
        }
    }
    let inverse = Cholesky::new(&normal, size)?;
    Some((inverse.solve(&right), inverse))
}

fn deviance_of(rows: &[Row], weights: &[f64], linear: &[f64]) -> f64 {
    let parts = rows.iter().zip(weights).zip(linear).map(|((row, weight), eta)| {
        let mean = eta.exp();
        let log = if row.count > 0.0 {
            row.count * (row.count / mean).ln()
        } else {
            0.0
        };
        2.0 * weight * (log - (row.count - mean))
    });
    parts.sum()
}

fn finish(
    rows: &[Row],
    weights: &[f64],
    linear: &[f64],
    design: Design,
    coefficients: Vec<f64>,
    inverse: Cholesky,
) -> Fit {
    let means: Vec<f64> = linear.iter().map(|eta| eta.exp()).collect();
    let parts = rows.iter().zip(weights).zip(&means);
    let pearson: f64 = parts
        .map(|((row, weight), mean)| weight * (row.count - mean).powi(2) / mean)
        .sum();
    let freedom = (rows.len() - design.size) as f64;
    let raw_dispersion = pearson / freedom;
    Fit {
        coefficients,
        inverse,
        design,
        means,
        dispersion: raw_dispersion.max(1.0),
        raw_dispersion,
        freedom,
        weights: weights.to_vec(),
    }
}

impl Fit {
    /// The logarithm of the mean expected at a time in the base season, and its standard error.
    pub(super) fn predict(&self, time: f64, base: usize) -> (f64, f64) {
        let mut x = vec![0.0; self.design.size];
        self.design.fill(time, base, &mut x);
        let error = (self.dispersion * self.inverse.quadratic(&x)).sqrt();
        (dot(&x, &self.coefficients), error)
    }

    /// The trend over its standard error.
    pub(super) fn trend_t(&self) -> Option<f64> {
        if !self.design.trend || self.raw_dispersion <= 0.0 {
            return None;
        }
        let mut x = vec![0.0; self.design.size];
        x[1] = 1.0;
        let error = (self.raw_dispersion * self.inverse.quadratic(&x)).sqrt();
        Some(self.coefficients[1] / error)
    }

    /// The rows' standardized Anscombe residuals (McCullagh and Nelder 1989), nearly normal for counts.
    pub(super) fn residuals(&self, rows: &[Row]) -> Vec<f64> {
        let mut x = vec![0.0; self.design.size];
        let each = rows.iter().zip(&self.means).zip(&self.weights);
        each.map(|((row, mean), weight)| {
            self.design.fill(row.time, row.season, &mut x);
            let leverage = (weight * mean * self.inverse.quadratic(&x)).min(1.0 - 1e-9);
            let gap = row.count.powf(2.0 / 3.0) - mean.powf(2.0 / 3.0);
            1.5 * gap / (mean.powf(1.0 / 6.0) * (self.dispersion * (1.0 - leverage)).sqrt())
        })
        .collect()
    }
}

/// Weights that count past periods with a residual over the threshold by the inverse square of it; they sum to the
/// number of periods (Farrington et al. 1996).
pub fn assign_weights(residuals: &[f64], threshold: f64) -> Vec<f64> {
    let down = |residual: &f64| {
        if *residual > threshold {
            residual.powi(-2)
        } else {
            1.0
        }
    };
    let raw: Vec<f64> = residuals.iter().map(down).collect();
    let factor = residuals.len() as f64 / raw.iter().sum::<f64>();
    raw.iter().map(|weight| weight * factor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_weights() {
        // R surveillance 1.26, tests/testthat/test-farringtonFlexible.R.
        let residuals = [0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 2.0, 2.0];
        let weights = assign_weights(&residuals, 0.0);
        assert!(weights[..5].iter().all(|weight| (weight - 1.6).abs() < 1e-12));
        assert!(weights[5..].iter().all(|weight| (weight - 0.4).abs() < 1e-12));
        assert_eq!(assign_weights(&[0.0; 10], 0.0), [1.0; 10]);
    }

    #[test]
    fn a_perfect_fit_leaves_no_residual() {
        let rows: Vec<Row> = (0..12)
            .map(|time| Row {
                time: f64::from(time),
                season: 0,
                count: (0.1 * f64::from(time)).exp(),
            })
            .collect();
        let fit = fit(&rows, &[1.0; 12], true, 0).expect("settles");
        assert!(fit.residuals(&rows).iter().all(|residual| residual.abs() < 1e-5));
        let (eta, _) = fit.predict(20.0, 0);
        assert!((eta - 2.0).abs() < 1e-5, "{eta}");
        assert!((fit.dispersion - 1.0).abs() < 1e-12);
    }

    #[test]
    fn zeros_do_not_settle() {
        let row = Row {
            time: 0.0,
            season: 0,
            count: 0.0,
        };
        assert!(fit(&[row; 20], &[1.0; 20], false, 0).is_none());
    }
}

//! The minimum of a smooth function of a few numbers without its derivatives (Nelder and Mead 1965), with the
//! restarts that keep a collapsed simplex from passing for a minimum.

/// Where the search ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// The place.
    pub place: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// Whether it settled within the steps allowed.
    pub settled: bool,
}

const MOST_STEPS: usize = 4_000;
const MOST_RESTARTS: usize = 6;
const SETTLED: f64 = 1e-10;

/// Looks for the minimum from a start, first with steps of `reach`. Values that are no number count as infinitely bad.
pub fn minimize(function: impl Fn(&[f64]) -> f64, start: &[f64], reach: f64) -> Minimum {
    let safe = |place: &[f64]| {
        let value = function(place);
        if value.is_nan() { f64::INFINITY } else { value }
    };
    let mut best = run(&safe, start, reach);
    for _ in 0..MOST_RESTARTS {
        let again = run(&safe, &best.place, reach / 4.0);
        let gained = best.value - again.value;
        if again.value <= best.value {
            best = again;
        }
        if gained.is_nan() || gained <= 1e-9 * best.value.abs().max(1e-9) {
            break;
        }
    }
    best.settled &= best.value.is_finite();
    best
}

fn run(function: &impl Fn(&[f64]) -> f64, start: &[f64], reach: f64) -> Minimum {
    let mut corners: Vec<(Vec<f64>, f64)> = vec![(start.to_vec(), function(start))];
    for axis in 0..start.len() {
        let mut place = start.to_vec();
        place[axis] += reach;
        let value = function(&place);
        corners.push((place, value));
    }
    let mut settled = false;
    for _ in 0..MOST_STEPS {
        corners.sort_by(|a, b| a.1.total_cmp(&b.1));
        let spread = (corners[corners.len() - 1].1 - corners[0].1).abs();
        let width = width_of(&corners);
        if spread <= SETTLED * corners[0].1.abs().max(1e-6) && width < 1e-6 {
            settled = true;
            break;
        }
        move_worst(function, &mut corners);
    }
    let (place, value) = corners.swap_remove(0);
    Minimum {
        place,
        value,
        settled,
    }
}

fn width_of(corners: &[(Vec<f64>, f64)]) -> f64 {
    let best = &corners[0].0;
    let far = |place: &Vec<f64>| {
        place
            .iter()
            .zip(best)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max)
    };
    corners.iter().map(|(place, _)| far(place)).fold(0.0, f64::max)
}

/// Reflects, stretches, contracts, or draws all corners to the best one.
fn move_worst(function: &impl Fn(&[f64]) -> f64, corners: &mut [(Vec<f64>, f64)]) {
    let last = corners.len() - 1;
    let center: Vec<f64> = (0..corners[0].0.len())
        .map(|axis| corners[..last].iter().map(|(place, _)| place[axis]).sum::<f64>() / last as f64)
        .collect();
    let along = |factor: f64, worst: &[f64]| -> (Vec<f64>, f64) {
        let place: Vec<f64> = center
            .iter()
            .zip(worst)
            .map(|(c, w)| c + factor * (c - w))
            .collect();
        let value = function(&place);
        (place, value)
    };
    let worst = corners[last].clone();
    let reflected = along(1.0, &worst.0);
    if reflected.1 < corners[0].1 {
        let stretched = along(2.0, &worst.0);
        corners[last] = if stretched.1 < reflected.1 {
            stretched
        } else {
            reflected
        };
        return;
    }
    if reflected.1 < corners[last - 1].1 {
        corners[last] = reflected;
        return;
    }
    let inward = along(if reflected.1 < worst.1 { 0.5 } else { -0.5 }, &worst.0);
    if inward.1 < worst.1.min(reflected.1) {
        corners[last] = inward;
        return;
    }
    let best = corners[0].0.clone();
    for (place, value) in &mut corners[1..] {
        for (own, target) in place.iter_mut().zip(&best) {
            *own = target + 0.5 * (*own - target);
        }
        *value = function(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banana_valley() {
        let banana = |x: &[f64]| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2);
        let found = minimize(banana, &[-1.2, 1.0], 0.5);
        assert!(found.settled && found.value < 1e-9, "{found:?}");
        assert!((found.place[0] - 1.0).abs() < 1e-4);
    }

    #[test]
    fn a_function_without_numbers_never_settles() {
        assert!(!minimize(|_| f64::NAN, &[1.0], 0.5).settled);
    }
}

//! Gauss' hypergeometric function ₂F₁ for the arguments that purchase models need: positive parameters, 0 ≤ z < 1.

/// The most terms summed.
const MOST_TERMS: usize = 20_000;

/// ₂F₁(a, b; c; z) for 0 ≤ z < 1; nothing when the sum does not settle.
pub(super) fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> Option<f64> {
    if !(0.0..1.0).contains(&z) || [a, b, c].iter().any(|part| !part.is_finite()) || c <= 0.0 {
        return None;
    }
    // Where c - a - b is positive the plain sum settles; else Euler's transformation turns it into one that does sooner.
    if c - a - b < 0.0 && z > 0.5 {
        let rest = series(c - a, c - b, c, z)?;
        return Some((1.0 - z).powf(c - a - b) * rest);
    }
    series(a, b, c, z)
}

fn series(a: f64, b: f64, c: f64, z: f64) -> Option<f64> {
    let (mut term, mut sum) = (1.0, 1.0);
    for place in 0..MOST_TERMS {
        let n = place as f64;
        term *= (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
        sum += term;
        if !f64::is_finite(sum) {
            return None;
        }
        if f64::abs(term) <= 1e-16 * f64::abs(sum) {
            return Some(sum);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // ₂F₁(1, 1; 2; z) = -ln(1 - z) / z and ₂F₁(a, b; b; z) = (1 - z)^-a (Abramowitz and Stegun 15.1).
        for z in [0.1, 0.5, 0.9, 0.99] {
            let found = hypergeometric(1.0, 1.0, 2.0, z).unwrap();
            assert!((found + (1.0 - z).ln() / z).abs() < 1e-9, "{z}");
            let found = hypergeometric(1.5, 3.0, 3.0, z).unwrap();
            assert!((found / (1.0 - z).powf(-1.5) - 1.0).abs() < 1e-9, "{z}");
        }
        assert_eq!(hypergeometric(1.0, 1.0, 2.0, 1.0), None);
        assert_eq!(hypergeometric(f64::NAN, 1.0, 2.0, 0.5), None);
    }
}

//! Many tests at once: how many of the alarms may be false.

/// The adjusted p-values in the order given (Benjamini and Hochberg 1995): calling those at or under q keeps the
/// expected share of false calls at or under q. `tests` counts all tests made, also those not listed because nothing
/// was there to see.
pub fn benjamini_hochberg(p: &[f64], tests: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let tests = tests.max(p.len()) as f64;
    let mut adjusted = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (worse, place) in order.into_iter().enumerate() {
        let rank = (p.len() - worse) as f64;
        least = least.min(p[place] * tests / rank);
        adjusted[place] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_the_paper() {
        // The fifteen p-values of Benjamini and Hochberg 1995, section 4.1: at q = .05 exactly four are called.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        let adjusted = benjamini_hochberg(&p, p.len());
        assert_eq!(adjusted.iter().filter(|p| **p <= 0.05).count(), 4);
        assert!((adjusted[3] - 0.035_625).abs() < 1e-12);
        assert!(adjusted.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(benjamini_hochberg(&[0.01], 100)[0] > 0.99);
    }
}

//! Two periods or two groups side by side: how many times as much, how much more, each with its interval.

use statrs::distribution::{Beta, ContinuousCDF};

use crate::figure::{Estimate, Figure};
use crate::gap::{Counted, Gap};

/// The fewest events that two counts have together before they are compared.
const FEWEST: usize = 5;

/// The ratio of two rates, each a Poisson count over a time, with its exact 95 % interval (from the binomial share of
/// the first, Clopper and Pearson).
///
/// None now against some before is a ratio of zero with an upper end; some now against none before is no number of
/// times, see [`lowest_ratio`].
///
/// # Errors
/// When both are under five together, none were before, or a time is none.
pub fn rate_ratio(now: (usize, f64), before: (usize, f64)) -> Figure {
    let ((now, now_time), (before, before_time)) = (now, before);
    if now + before < FEWEST {
        return Err(Gap::TooFew {
            of: Counted::Cases,
            have: now + before,
            need: FEWEST,
        });
    }
    if !(now_time > 0.0 && before_time > 0.0) {
        return Err(Gap::TooShort { have: 0, need: 1 });
    }
    if before == 0 {
        return Err(Gap::NoneBefore { now });
    }
    let longer = before_time / now_time;
    let high = quantile(now as f64 + 1.0, before as f64, 0.975);
    Estimate::new(
        now as f64 / before as f64 * longer,
        least(now, before) * longer,
        high / (1.0 - high) * longer,
    )
}

/// The lower end of the 95 % interval of a ratio of two rates, which there is even when none were before; nothing when
/// both are under five together or a time is none.
pub fn lowest_ratio(now: (usize, f64), before: (usize, f64)) -> Option<f64> {
    let told = now.0 + before.0 >= FEWEST && now.1 > 0.0 && before.1 > 0.0;
    told.then(|| least(now.0, before.0) * before.1 / now.1)
}

fn least(now: usize, before: usize) -> f64 {
    if now == 0 {
        return 0.0;
    }
    let low = quantile(now as f64, before as f64 + 1.0, 0.025);
    low / (1.0 - low)
}

fn quantile(a: f64, b: f64, p: f64) -> f64 {
    Beta::new(a, b).map(|law| law.inverse_cdf(p)).unwrap_or(f64::NAN)
}

/// How much larger a share is than another, −1 to 1, with its 95 % interval (Newcombe 1998, method 10: the squares of
/// the Wilson ends added up).
///
/// # Errors
/// When one of the shares has no whole.
pub fn share_difference(now: (usize, usize), before: (usize, usize)) -> Figure {
    let (now, before) = (
        Estimate::share(now.0, now.1)?,
        Estimate::share(before.0, before.1)?,
    );
    let value = now.value() - before.value();
    let down = (now.value() - now.low()).hypot(before.high() - before.value());
    let up = (now.high() - now.value()).hypot(before.value() - before.low());
    Estimate::new(value, value - down, value + up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_interval_of_a_ratio() {
        // 20 against 10: R's poisson.test(c(20, 10)) gives 2, 0.89350889–4.78455244.
        let ratio = rate_ratio((20, 1.0), (10, 1.0)).unwrap();
        assert!((ratio.low() - 0.893_508_89).abs() < 1e-7, "{ratio:?}");
        assert!((ratio.high() - 4.784_552_44).abs() < 1e-7, "{ratio:?}");
        let slower = rate_ratio((20, 2.0), (10, 1.0)).unwrap();
        assert!((slower.value() - 1.0).abs() < 1e-12 && (slower.low() * 2.0 - ratio.low()).abs() < 1e-12);
        // None of forty: 0 to 0.0966, as poisson.test(c(0, 40)) gives; forty against none has a lower end only.
        let none = rate_ratio((0, 1.0), (40, 1.0)).unwrap();
        assert_eq!((none.value(), none.low()), (0.0, 0.0));
        assert!(
            (none.high() - (1.0 / 0.025_f64.powf(1.0 / 40.0) - 1.0)).abs() < 1e-9,
            "{none:?}"
        );
        assert_eq!(rate_ratio((40, 1.0), (0, 1.0)), Err(Gap::NoneBefore { now: 40 }));
        let least = lowest_ratio((40, 1.0), (0, 1.0)).unwrap();
        assert!((least - 1.0 / none.high()).abs() < 1e-6, "{least}");
        assert!(rate_ratio((1, 1.0), (1, 1.0)).is_err() && lowest_ratio((1, 1.0), (0, 1.0)).is_none());
        assert!(rate_ratio((9, 0.0), (9, 1.0)).is_err() && rate_ratio((9, f64::NAN), (9, 1.0)).is_err());
    }

    #[test]
    fn the_interval_of_a_difference_is_newcombe_s() {
        // Newcombe 1998, table II: 56/70 against 48/80, method 10: 0.2, 0.0524–0.3339.
        let found = share_difference((56, 70), (48, 80)).unwrap();
        assert!((found.value() - 0.2).abs() < 1e-12);
        assert!(
            (found.low() - 0.0524).abs() < 5e-5 && (found.high() - 0.3339).abs() < 5e-5,
            "{found:?}"
        );
        assert!(share_difference((1, 2), (0, 0)).is_err());
    }
}

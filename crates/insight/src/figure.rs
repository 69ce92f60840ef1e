//! Numbers that may be shown: finite, with the range they may lie in, or the reason why there is none.

use crate::gap::{Counted, Gap};

/// A number with the ends of its interval; all three are finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    value: f64,
    low: f64,
    high: f64,
}

/// A number with its interval, or why it cannot be given.
pub type Figure = Result<Estimate, Gap>;

impl Estimate {
    /// The estimate, whose interval is widened where rounding left the value outside.
    ///
    /// # Errors
    /// When one of the three is no finite number.
    pub fn new(value: f64, low: f64, high: f64) -> Figure {
        if [value, low, high].iter().all(|number| number.is_finite()) {
            // Adding zero turns a negative zero into a plain one.
            Ok(Self {
                value: value + 0.0,
                low: low.min(value) + 0.0,
                high: high.max(value) + 0.0,
            })
        } else {
            Err(Gap::NotFinite)
        }
    }

    /// A share of a whole with its 95 % interval (Wilson 1927), 0–1.
    ///
    /// # Errors
    /// When there is no whole, or the part is larger.
    pub fn share(part: usize, whole: usize) -> Figure {
        if whole == 0 || part > whole {
            return Err(Gap::TooFew {
                of: Counted::Cases,
                have: whole,
                need: part.max(1),
            });
        }
        const Z: f64 = 1.959_964;
        let (part, whole) = (part as f64, whole as f64);
        let share = part / whole;
        let center = (share + Z * Z / (2.0 * whole)) / (1.0 + Z * Z / whole);
        let spread = share * (1.0 - share) / whole + Z * Z / (4.0 * whole * whole);
        let reach = Z * spread.sqrt() / (1.0 + Z * Z / whole);
        Self::new(share, (center - reach).max(0.0), (center + reach).min(1.0))
    }

    /// The best single number.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The lower end of the interval.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The upper end of the interval.
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The same estimate in another unit.
    ///
    /// # Errors
    /// When the product is no finite number.
    pub fn times(&self, factor: f64) -> Figure {
        let ends = [self.low * factor, self.high * factor];
        Self::new(self.value * factor, ends[0].min(ends[1]), ends[0].max(ends[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_finite_numbers_are_shown() {
        assert_eq!(Estimate::new(f64::NAN, 0.0, 1.0), Err(Gap::NotFinite));
        assert_eq!(Estimate::new(1.0, 0.0, f64::INFINITY), Err(Gap::NotFinite));
        let estimate = Estimate::new(2.0, 2.5, 3.0).expect("finite");
        assert_eq!((estimate.low(), estimate.high()), (2.0, 3.0));
        // Wilson's interval for 10 of 20: .299–.701 (Newcombe 1998 gives the formula and tables).
        let share = Estimate::share(10, 20).expect("a share");
        assert!((share.low() - 0.2993).abs() < 1e-4 && (share.high() - 0.7007).abs() < 1e-4);
        assert!(Estimate::share(0, 0).is_err() && Estimate::share(3, 2).is_err());
        let back = estimate.times(-1.0).expect("finite");
        assert_eq!((back.low(), back.value(), back.high()), (-3.0, -2.0, -2.0));
    }
}

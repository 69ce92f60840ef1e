//! Numbers that may be shown: finite, with the range they may lie in, or the reason why there is none.

use domain::Bilingual;

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

    /// The middle of some numbers with its 95 % interval from the order of the numbers alone, whatever their law.
    ///
    /// # Errors
    /// Without numbers, or when one is none.
    pub fn median(numbers: &[f64]) -> Figure {
        if numbers.is_empty() {
            return Err(Gap::TooFew { have: 0, need: 1 });
        }
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len();
        let middle = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0;
        // How many numbers lie under the median is binomial with one half; its normal law is near enough from ten on.
        let reach = (1.959_964 * (count as f64).sqrt() / 2.0).ceil() as usize;
        let low = (count / 2).saturating_sub(reach);
        let high = (count / 2 + reach).min(count - 1);
        Self::new(middle, sorted[low], sorted[high])
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

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The history is too short.
    TooShort {
        /// Periods there are.
        have: usize,
        /// Periods needed.
        need: usize,
    },
    /// There are too few cases or customers.
    TooFew {
        /// How many there are.
        have: usize,
        /// How many are needed.
        need: usize,
    },
    /// There were none before, so that there is no number of times as many.
    NoneBefore {
        /// How many there are now.
        now: usize,
    },
    /// Nothing ever varies, so that nothing can be compared.
    NoVariation,
    /// The fit did not settle.
    NotConverged,
    /// What was given cannot be used, such as a negative loss.
    OutOfRange,
    /// The computation left the range of numbers.
    NotFinite,
}

impl Gap {
    /// The key that files and programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooFew { .. } => "too_few",
            Self::NoneBefore { .. } => "none_before",
            Self::NoVariation => "no_variation",
            Self::NotConverged => "not_converged",
            Self::OutOfRange => "out_of_range",
            Self::NotFinite => "not_finite",
        }
    }

    /// The reason in words.
    pub fn words(self) -> Bilingual {
        match self {
            Self::TooShort { have, need } => Bilingual::new(
                format!("历史太短：只有 {have} 期，至少需要 {need} 期"),
                format!("the history is too short: {have} periods, {need} are needed"),
            ),
            Self::TooFew { have, need } => Bilingual::new(
                format!("数据太少：只有 {have} 个，至少需要 {need} 个"),
                format!("too little data: {have}, {need} are needed"),
            ),
            Self::NoneBefore { now } => Bilingual::new(
                format!("之前一件也没有，现在 {now} 件，说不出是几倍"),
                format!("{now} now and none before: there is no number of times as many"),
            ),
            Self::NoVariation => Bilingual::new(
                "数据没有变化，无从比较",
                "the data never vary, nothing can be compared",
            ),
            Self::NotConverged => Bilingual::new("模型没有收敛，不给出数字", "the model did not settle"),
            Self::OutOfRange => {
                Bilingual::new("输入超出允许范围，不给出数字", "what was given is out of range")
            }
            Self::NotFinite => Bilingual::new(
                "计算超出数值范围，不给出数字",
                "the computation left the range of numbers",
            ),
        }
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
        let median = Estimate::median(&[3.0, 1.0, 2.0, 10.0]).expect("a median");
        assert_eq!((median.value(), median.low(), median.high()), (2.5, 1.0, 10.0));
        assert!(Estimate::median(&[]).is_err() && Estimate::median(&[f64::NAN]).is_err());
        let back = estimate.times(-1.0).expect("finite");
        assert_eq!((back.low(), back.value(), back.high()), (-3.0, -2.0, -2.0));
    }
}

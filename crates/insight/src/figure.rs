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
            Ok(Self {
                value,
                low: low.min(value),
                high: high.max(value),
            })
        } else {
            Err(Gap::NotFinite)
        }
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
            Self::NoVariation => {
                Bilingual::new("数据没有变化，无从比较", "the data never vary, nothing can be compared")
            }
            Self::NotConverged => Bilingual::new("模型没有收敛，不给出数字", "the model did not settle"),
            Self::OutOfRange => Bilingual::new(
                "输入超出允许范围，不给出数字",
                "what was given is out of range",
            ),
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
        let back = estimate.times(-1.0).expect("finite");
        assert_eq!((back.low(), back.value(), back.high()), (-3.0, -2.0, -2.0));
    }
}

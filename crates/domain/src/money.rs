//! Amounts of money as whole minor units, never as floating point.

/// A currency by its ISO 4217 letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi.
    pub const CNY: Self = Self(*b"CNY");

    /// The currency with these three upper-case letters, or nothing when it is no such code.
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("made of ASCII letters only")
    }
}

/// An amount in hundredths of the currency's unit (分, cents).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Hundredths of the unit.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of renminbi in 分.
    pub fn fen(minor: i64) -> Self {
        Self {
            minor,
            currency: Currency::CNY,
        }
    }

    /// An amount of whole yuan; saturates.
    pub fn yuan(yuan: i64) -> Self {
        Self::fen(yuan.saturating_mul(100))
    }

    /// The amount as a decimal with two places, such as `299.00`.
    pub fn decimal(&self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        format!("{sign}{}.{:02}", minor / 100, minor % 100)
    }

    /// The amount in a decimal such as `299`, `299.5` or `-0.05`, or nothing when it is none or too large.
    pub fn parse_decimal(text: &str, currency: Currency) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || fraction.len() > 2 {
            return None;
        }
        let cents: i64 = format!("{fraction:0<2}").parse().ok()?;
        let minor = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
        Some(Self {
            minor: sign * minor,
            currency,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_round_trip() {
        for text in ["299.00", "0.05", "-12.30"] {
            let money = Money::parse_decimal(text, Currency::CNY).expect("a decimal");
            assert_eq!(money.decimal(), text);
        }
        assert_eq!(Money::parse_decimal("299", Currency::CNY), Some(Money::yuan(299)));
        assert_eq!(Money::parse_decimal("92233720368547758.08", Currency::CNY), None);
        assert_eq!(Money::parse_decimal("1.234", Currency::CNY), None);
        assert_eq!(Money::parse_decimal("", Currency::CNY), None);
    }
}

//! Points in time and calendar days, without a clock and without a calendar's rules.

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The point `milliseconds` later; saturates at the ends of time.
    pub fn plus_ms(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The point `hours` later.
    pub fn plus_hours(self, hours: i64) -> Self {
        self.plus_ms(hours.saturating_mul(3_600_000))
    }

    /// The milliseconds from `earlier` to this point; negative when `earlier` is later.
    pub fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A day of the Gregorian calendar; always one that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or nothing when the calendar has no such day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let longest = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => return None,
        };
        (1..=longest).contains(&day).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        assert_eq!(Date::new(2026, 2, 30), None);
        assert_eq!(Date::new(2026, 13, 1), None);
        assert_eq!(
            Date::new(2028, 2, 29).map(|date| date.to_string()),
            Some("2028-02-29".into())
        );
        assert_eq!(Date::new(2100, 2, 29), None);
    }

    #[test]
    fn time_saturates_instead_of_wrapping() {
        assert_eq!(Timestamp(i64::MAX).plus_hours(1), Timestamp(i64::MAX));
        assert_eq!(Timestamp(0).plus_hours(24).since_ms(Timestamp(0)), 86_400_000);
    }
}

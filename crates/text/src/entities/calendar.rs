//! Arithmetic on calendar days. China has one time zone without daylight saving since 1991.

use domain::{Date, Timestamp};

const DAY_MS: i64 = 86_400_000;
const CHINA_OFFSET_MS: i64 = 8 * 3_600_000;

/// Years outside this range are not what people write about.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2200;

/// The day in China at this point in time; nothing outside the years 1900–2200.
pub fn day_in_china(at: Timestamp) -> Option<Date> {
    from_day_number(at.0.saturating_add(CHINA_OFFSET_MS).div_euclid(DAY_MS))
}

/// The point in time so many minutes after midnight in China.
pub(super) fn moment(date: Date, minutes: i64) -> Option<Timestamp> {
    let midnight = day_number(date).checked_mul(DAY_MS)? - CHINA_OFFSET_MS;
    midnight.checked_add(minutes * 60_000).map(Timestamp)
}

/// The day `days` later.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    from_day_number(day_number(date).checked_add(days)?)
}

/// The same day `months` later, or the last day of that month when it is shorter.
pub(super) fn add_months(date: Date, months: i64) -> Option<Date> {
    let total = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + months;
    let (year, month) = (
        i16::try_from(total.div_euclid(12)).ok()?,
        total.rem_euclid(12) as u8 + 1,
    );
    (28..=date.day().max(28))
        .rev()
        .find_map(|day| Date::new(year, month, day.min(date.day())))
}

/// The last day of the month.
pub(super) fn month_end(date: Date) -> Option<Date> {
    (28..=31)
        .rev()
        .find_map(|day| Date::new(date.year(), date.month(), day))
}

/// The day of the week, Monday 0.
pub(super) fn weekday(date: Date) -> i64 {
    (day_number(date) + 3).rem_euclid(7)
}

/// Days from `earlier` to `later`.
pub(super) fn days_between(earlier: Date, later: Date) -> i64 {
    day_number(later) - day_number(earlier)
}

/// Days since 1970-01-01 (Howard Hinnant's days_from_civil).
fn day_number(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn from_day_number(number: i64) -> Option<Date> {
    let shifted = number.checked_add(719_468)?;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = (month_index + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let within = YEARS.contains(&year);
    within
        .then(|| Date::new(year as i16, month as u8, day as u8))
        .flatten()
}

/// The day that lies a duration such as `P3D`, `P1M15D` or `PT24H` after another; hours count by whole days. Nothing
/// when the duration cannot be read or leaves the calendar.
pub fn add_duration(from: Date, iso: &str) -> Option<Date> {
    let (days, hours) = iso
        .strip_prefix('P')?
        .split_once('T')
        .unwrap_or((iso.strip_prefix('P')?, ""));
    let mut date = from;
    for (number, unit) in
        parts_of(days).chain(parts_of(hours).map(|(number, unit)| (number, unit.to_ascii_lowercase())))
    {
        date = match unit {
            'Y' => add_months(date, number.checked_mul(12)?)?,
            'M' => add_months(date, number)?,
            'D' => add_days(date, number)?,
            'h' => add_days(date, number / 24)?,
            'm' | 's' => date,
            _ => return None,
        };
    }
    Some(date)
}

/// The numbers of a duration with their letters.
fn parts_of(words: &str) -> impl Iterator<Item = (i64, char)> {
    words
        .split_inclusive(|c: char| c.is_ascii_uppercase())
        .filter_map(|part| {
            let unit = part.chars().next_back()?;
            Some((part.trim_end_matches(unit).parse().ok()?, unit))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_and_go() {
        let day = |y, m, d| Date::new(y, m, d).unwrap();
        assert_eq!(day_in_china(Timestamp(0)), Some(day(1970, 1, 1)));
        assert_eq!(day_in_china(Timestamp(57_600_000)), Some(day(1970, 1, 2)));
        assert_eq!(day_in_china(Timestamp(i64::MAX)), None);
        assert_eq!(add_days(day(2028, 2, 28), 2), Some(day(2028, 3, 1)));
        assert_eq!(add_months(day(2026, 1, 31), 1), Some(day(2026, 2, 28)));
        assert_eq!(add_months(day(2026, 3, 5), -3), Some(day(2025, 12, 5)));
        assert_eq!(weekday(day(2026, 11, 22)), 6);
        assert_eq!(month_end(day(2028, 2, 3)), Some(day(2028, 2, 29)));
        for number in (-20_000..80_000).step_by(37) {
            let date = from_day_number(number).unwrap();
            assert_eq!(day_number(date), number);
        }
    }
}

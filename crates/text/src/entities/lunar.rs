//! The Chinese calendar of 2015–2035: which day a month and day of it are, and when its festivals fall.

use domain::Date;

use super::calendar::{add_days, weekday};

/// For each year from 2015: the first day, then the months as bits — of twelve, highest first, set where a month has
/// 30 days — the month that is followed by a leap month, and whether the leap month has 30 days. After GB/T 33661-2017.
const YEARS: &[(i16, u8, u8, u16, u8, bool)] = &[
    (2015, 2, 19, 0x4ba, 0, false),
    (2016, 2, 8, 0xa5b, 0, false),
    (2017, 1, 28, 0x517, 6, true),
    (2018, 2, 16, 0x52b, 0, false),
    (2019, 2, 5, 0xa93, 0, false),
    (2020, 1, 25, 0x795, 4, false),
    (2021, 2, 12, 0x6aa, 0, false),
    (2022, 2, 1, 0xad5, 0, false),
    (2023, 1, 22, 0x5b5, 2, false),
    (2024, 2, 10, 0x4b6, 0, false),
    (2025, 1, 29, 0xa6e, 6, false),
    (2026, 2, 17, 0xa4e, 0, false),
    (2027, 2, 6, 0xd26, 0, false),
    (2028, 1, 26, 0xea6, 5, false),
    (2029, 2, 13, 0xd53, 0, false),
    (2030, 2, 3, 0x5aa, 0, false),
    (2031, 1, 23, 0x76a, 3, false),
    (2032, 2, 11, 0x96d, 0, false),
    (2033, 1, 31, 0x4af, 11, false),
    (2034, 2, 19, 0x4ad, 0, false),
    (2035, 2, 8, 0xa4d, 0, false),
];

/// The festivals of the Chinese calendar by month and day.
pub(super) const FESTIVALS: &[(&str, u8, u8)] = &[
    ("元宵节", 1, 15),
    ("元宵", 1, 15),
    ("正月十五", 1, 15),
    ("端午节", 5, 5),
    ("端午", 5, 5),
    ("七夕节", 7, 7),
    ("七夕", 7, 7),
    ("中元节", 7, 15),
    ("中秋节", 8, 15),
    ("中秋", 8, 15),
    ("八月十五中秋", 8, 15),
    ("重阳节", 9, 9),
    ("重阳", 9, 9),
    ("腊八节", 12, 8),
    ("腊八", 12, 8),
    ("小年夜", 12, 23),
    ("小年", 12, 23),
];

/// The days that this month and day of the Chinese calendar fall on, one for each year.
pub(super) fn days_of(month: u8, day: u8) -> impl Iterator<Item = Date> {
    YEARS
        .iter()
        .filter_map(move |&(year, first_month, first_day, lengths, leap, long)| {
            let before: i64 = (1..month)
                .map(|one| length(lengths, one) + if one == leap { leap_length(long) } else { 0 })
                .sum();
            let first = Date::new(year, first_month, first_day)?;
            (i64::from(day) <= length(lengths, month))
                .then(|| add_days(first, before + i64::from(day) - 1))?
        })
}

/// The year of the Chinese calendar to which a day of this month of it belongs: its last months may end in the next year
/// of the solar one.
pub(super) fn year_of(day: Date, month: u8) -> i16 {
    day.year() - i16::from(month >= 11 && day.month() <= 2)
}

/// The last days of the years.
pub(super) fn eves() -> impl Iterator<Item = Date> {
    YEARS
        .iter()
        .filter_map(|&(year, month, day, ..)| add_days(Date::new(year, month, day)?, -1))
}

fn length(lengths: u16, month: u8) -> i64 {
    29 + i64::from(lengths >> (12 - month) & 1)
}

fn leap_length(long: bool) -> i64 {
    29 + i64::from(long)
}

/// A day that is found by its place in the week or by the sun, in this year.
pub(super) fn movable(name: &str, year: i16) -> Option<Date> {
    let sunday = |month: u8, nth: i64| {
        let first = Date::new(year, month, 1)?;
        add_days(first, (6 - weekday(first)).rem_euclid(7) + (nth - 1) * 7)
    };
    match name {
        "母亲节" => sunday(5, 2),
        "父亲节" => sunday(6, 3),
        "感恩节" => {
            let first = Date::new(year, 11, 1)?;
            add_days(first, (3 - weekday(first)).rem_euclid(7) + 21)
        }
        "黑五" => {
            let first = Date::new(year, 11, 1)?;
            add_days(first, (3 - weekday(first)).rem_euclid(7) + 22)
        }
        // The sun's terms by the mean formula of this century: ⌊0.2422·y + c⌋ − ⌊y/4⌋.
        "清明节" => movable("清明", year),
        _ => {
            let &(_, month, c) = TERMS.iter().find(|(term, ..)| *term == name)?;
            // January and February still count by the leap day of the year before.
            let leap = if month < 3 { year - 1 } else { year };
            Date::new(year, month, solar_term(year, leap, c))
        }
    }
}

/// The sun's terms that are no words for the weather, their months and constants in thousandths.
const TERMS: &[(&str, u8, i64)] = &[
    ("小寒", 1, 5406),
    ("大寒", 1, 20_120),
    ("立春", 2, 3870),
    ("雨水", 2, 18_730),
    ("惊蛰", 3, 5630),
    ("春分", 3, 20_646),
    ("清明", 4, 4810),
    ("谷雨", 4, 20_100),
    ("立夏", 5, 5520),
    ("小满", 5, 21_040),
    ("芒种", 6, 5678),
    ("夏至", 6, 21_370),
    ("小暑", 7, 7108),
    ("大暑", 7, 22_830),
    ("立秋", 8, 7500),
    ("处暑", 8, 23_130),
    ("白露", 9, 7646),
    ("秋分", 9, 23_042),
    ("寒露", 10, 8318),
    ("霜降", 10, 23_438),
    ("立冬", 11, 7438),
    ("冬至", 12, 21_940),
];

/// The day of the month; `c` in thousandths.
fn solar_term(year: i16, leap: i16, c: i64) -> u8 {
    let y = i64::from(year).rem_euclid(100);
    let leap = i64::from(leap).rem_euclid(100);
    u8::try_from((2422 * y + c * 10) / 10_000 - leap / 4).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::calendar::days_between;
    use super::*;

    #[test]
    fn the_months_fill_the_years() {
        for pair in YEARS.windows(2) {
            let (year, month, day, lengths, leap, long) = pair[0];
            let days: i64 = (1..=12).map(|one| length(lengths, one)).sum();
            let days = days + if leap > 0 { leap_length(long) } else { 0 };
            let (next_year, next_month, next_day, ..) = pair[1];
            let from = Date::new(year, month, day).unwrap();
            let to = Date::new(next_year, next_month, next_day).unwrap();
            assert_eq!(days_between(from, to), days, "{year}");
        }
    }

    #[test]
    fn festivals_fall_where_they_do() {
        let on = |month, day, year| {
            days_of(month, day)
                .find(|date| date.year() == year)
                .unwrap()
                .to_string()
        };
        assert_eq!(on(5, 5, 2025), "2025-05-31");
        assert_eq!(on(8, 15, 2025), "2025-10-06");
        assert_eq!(on(7, 7, 2026), "2026-08-19");
        assert_eq!(on(8, 15, 2023), "2023-09-29");
        assert_eq!(movable("父亲节", 2026).unwrap().to_string(), "2026-06-21");
        assert_eq!(movable("冬至", 2025).unwrap().to_string(), "2025-12-21");
        assert_eq!(movable("立秋", 2026).unwrap().to_string(), "2026-08-07");
        assert_eq!(movable("立春", 2026).unwrap().to_string(), "2026-02-04");
        assert_eq!(movable("黑五", 2025).unwrap().to_string(), "2025-11-28");
        assert_eq!(movable("清明", 2026).unwrap().to_string(), "2026-04-05");
    }
}

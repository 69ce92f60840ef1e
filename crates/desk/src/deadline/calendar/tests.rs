//! The working calendar on days people argue about.

use proptest::prelude::*;

use super::*;
use crate::{deadline::local::spell, rules::Rules};

fn calendar() -> Calendar {
    Rules::load_default().calendar
}

fn at(local: &str) -> Timestamp {
    let zoned: jiff::Zoned = format!("{local}[Asia/Shanghai]").parse().expect("a local time");
    Timestamp(zoned.timestamp().as_millisecond())
}

fn spelled(calendar: &Calendar, at: Timestamp) -> String {
    spell(calendar.zone(), at).en
}

fn count_working(calendar: &Calendar, from: civil::Date, to: civil::Date) -> usize {
    from.series(1.day())
        .take_while(|day| *day <= to)
        .filter(|day| calendar.day(*day).is_working())
        .count()
}

#[test]
fn the_published_tables_give_the_known_number_of_working_days() {
    let calendar = calendar();
    // 365 days less the weekends and holidays of each published notice, plus its make-up days.
    for (year, days) in [(2025, 248), (2026, 248)] {
        let (from, to) = (civil::date(year, 1, 1), civil::date(year, 12, 31));
        assert_eq!(count_working(&calendar, from, to), days, "{year}");
    }
}

#[test]
fn make_up_days_are_weekend_days_outside_holidays() {
    let calendar = calendar();
    for year in calendar.years.values() {
        for day in &year.make_up {
            assert!(
                day.weekday().to_monday_one_offset() > 5,
                "{day} is no weekend day"
            );
            assert!(
                !year.holidays.iter().any(|h| (h.from..=h.to).contains(day)),
                "{day} is a holiday"
            );
        }
    }
}

#[test]
fn an_hour_from_friday_half_past_five_ends_on_monday_morning() {
    let calendar = calendar();
    let due = calendar.add_business_minutes(at("2026-11-20T17:30"), 60);
    assert_eq!(spelled(&calendar, due), "23 Nov 2026 09:30");
}

#[test]
fn the_lunch_break_does_not_count() {
    let calendar = calendar();
    let due = calendar.add_business_minutes(at("2026-11-20T11:30"), 60);
    assert_eq!(spelled(&calendar, due), "20 Nov 2026 14:00");
    assert_eq!(calendar.business_minutes(at("2026-11-20T11:30"), due), 60);
}

#[test]
fn calendar_days_that_end_on_a_holiday_end_on_the_next_working_day() {
    let calendar = calendar();
    let (due, counted) = calendar.add_calendar_days(at("2026-09-20T10:00"), 15);
    assert_eq!(spelled(&calendar, due), "8 Oct 2026 18:00");
    assert_eq!(counted.holidays.len(), 1);
    let (due, _) = calendar.add_calendar_days(at("2026-11-02T10:00"), 7);
    assert_eq!(spelled(&calendar, due), "10 Nov 2026 00:00");
}

#[test]
fn wrong_calendars_are_refused_with_the_reason() {
    let text = include_str!("../../../data/calendar-cn.toml");
    for (from, to, message) in [
        ("Asia/Shanghai", "Asia/Nowhere", "`Asia/Nowhere` is no time zone"),
        (
            "09:00-12:00",
            "12:00-09:00",
            "periods must be like 09:00-12:00, in order, not touching",
        ),
        (
            "\"2025-01-01\", to",
            "\"2025-02-30\", to",
            "`2025-02-30` is no date",
        ),
    ] {
        let error = Calendar::parse(&text.replace(from, to)).expect_err("the text is wrong");
        assert_eq!(error.to_string(), format!("calendar-cn.toml: {message}"));
    }
}

/// Sundays in London, so that the days of 23 and 25 hours are worked.
fn sundays() -> Calendar {
    let text = include_str!("../../../data/calendar-uk.toml");
    Calendar::parse(&text.replace("weekdays = [1, 2, 3, 4, 5]", "weekdays = [7]")).expect("a calendar")
}

fn london(local: &str) -> Timestamp {
    let zoned: jiff::Zoned = format!("{local}[Europe/London]").parse().expect("a local time");
    Timestamp(zoned.timestamp().as_millisecond())
}

#[test]
fn business_closes_by_the_clock_on_the_wall_when_summer_time_begins_and_ends() {
    let calendar = sundays();
    for (start, due) in [
        ("2026-03-23T10:00", "29 Mar 2026 17:30"),
        ("2026-10-19T10:00", "25 Oct 2026 17:30"),
    ] {
        let (closed, _) = calendar.add_working_days(london(start), 1);
        assert_eq!(spelled(&calendar, closed), due);
    }
    // The night of the change is no business time, so the day has its eight hours and a half.
    let (open, close) = (london("2026-03-29T00:00"), london("2026-03-30T00:00"));
    assert_eq!(calendar.business_minutes(open, close), 510);
    let noon = calendar.add_business_minutes(london("2026-03-29T00:30"), 180);
    assert_eq!(spelled(&calendar, noon), "29 Mar 2026 12:00");
    // Calendar days end at midnight on the wall, be the day short or long.
    let (end, _) = calendar.add_calendar_days(london("2026-03-22T10:00"), 7);
    assert_eq!(end, close);
    assert_eq!(
        calendar.days_between(london("2026-03-28T23:00"), london("2026-03-30T01:00"), false),
        2
    );
}

proptest! {
    #[test]
    fn any_timestamp_is_taken_and_later_starts_are_never_due_earlier(a: i64, b in -1_000_000_000_000i64..4_000_000_000_000, gap in 0i64..4_000_000_000, days in 0u32..40) {
        let calendar = calendar();
        calendar.add_working_days(Timestamp(a), days);
        calendar.add_calendar_days(Timestamp(a), days);
        calendar.add_business_minutes(Timestamp(a), i64::from(days) * 97);
        let (early, late) = (Timestamp(b), Timestamp(b).plus_ms(gap));
        prop_assert!(calendar.add_working_days(early, days).0 <= calendar.add_working_days(late, days).0);
        prop_assert!(calendar.add_calendar_days(early, days).0 <= calendar.add_calendar_days(late, days).0);
        prop_assert!(calendar.add_working_days(early, days).0 <= calendar.add_working_days(early, days + 1).0);
    }

    #[test]
    fn business_time_added_is_business_time_counted(start in 1_500_000_000_000i64..2_000_000_000_000, minutes in 0i64..20_000) {
        let calendar = calendar();
        let start = Timestamp(start - start % 60_000);
        let end = calendar.add_business_minutes(start, minutes);
        prop_assert_eq!(calendar.business_minutes(start, end), minutes);
    }
}

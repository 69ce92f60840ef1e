//! Between points in time and local days and minutes, for any timestamp there is.

use domain::Timestamp;
use jiff::{civil, tz::TimeZone};

/// The first and the last point that are computed with, so that no timestamp leaves the calendar: 1900 and 2299.
const EARLIEST: i64 = -2_208_988_800_000;
const LATEST: i64 = 10_413_792_000_000;
const SPELLED: &str = "the clamped point lies well within the calendar";

/// The local date and time of a point; points before 1900 and after 2299 count as these.
pub(crate) fn local(zone: &TimeZone, at: Timestamp) -> civil::DateTime {
    let at = jiff::Timestamp::from_millisecond(at.0.clamp(EARLIEST, LATEST)).expect(SPELLED);
    zone.to_datetime(at)
}

/// The point of a local date and time; in a gap or fold of the zone, the compatible one.
pub(crate) fn point(zone: &TimeZone, local: civil::DateTime) -> Timestamp {
    match zone.to_timestamp(local) {
        Ok(at) => Timestamp(at.as_millisecond().clamp(EARLIEST, LATEST)),
        Err(_) => Timestamp(LATEST),
    }
}

/// A point in words, to the minute.
pub(crate) fn spell(zone: &TimeZone, at: Timestamp) -> domain::Bilingual {
    let local = local(zone, at);
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    let day = spell_day(local.date());
    domain::Bilingual::new(
        format!("{}年{} {clock}", local.year(), day.zh),
        format!("{} {} {clock}", day.en, local.year()),
    )
}

/// A day in words, without its year.
pub(crate) fn spell_day(date: civil::Date) -> domain::Bilingual {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    domain::Bilingual::new(
        format!("{}月{}日", date.month(), date.day()),
        format!("{} {month}", date.day()),
    )
}

/// The local day of a point, as `YYYY-MM-DD`.
pub(crate) fn day_of(zone: &TimeZone, at: Timestamp) -> String {
    local(zone, at).date().to_string()
}

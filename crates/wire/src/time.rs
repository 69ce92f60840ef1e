//! Times on the wire: RFC 3339 with the offset of China, read with any offset.

use domain::{Date, Timestamp};
use jiff::tz::{Offset, TimeZone};

/// The hours that China is ahead of UTC, all year round.
const CHINA_OFFSET_HOURS: i8 = 8;

fn china() -> TimeZone {
    TimeZone::fixed(Offset::constant(CHINA_OFFSET_HOURS))
}

/// The time as RFC 3339 in China's offset, to the second; times outside of the calendar are clamped to it.
pub fn rfc3339(at: Timestamp) -> String {
    let (least, most) = (
        jiff::Timestamp::MIN.as_millisecond(),
        jiff::Timestamp::MAX.as_millisecond(),
    );
    let instant = jiff::Timestamp::from_millisecond(at.0.clamp(least, most)).unwrap_or_default();
    instant
        .to_zoned(china())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// The time written as RFC 3339 with any offset, or nothing when it is none.
pub fn parse_rfc3339(text: &str) -> Option<Timestamp> {
    let instant: jiff::Timestamp = text.trim().parse().ok()?;
    Some(Timestamp(instant.as_millisecond()))
}

/// The first moment of a day written `YYYY-MM-DD` in China, or nothing when there is no such day.
pub fn parse_day(text: &str) -> Option<Timestamp> {
    let date: jiff::civil::Date = text.trim().parse().ok().filter(|_| text.trim().len() == 10)?;
    let zoned = date.to_zoned(china()).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

/// A time or a day; a day counts from its first moment.
pub fn parse_time_or_day(text: &str) -> Option<Timestamp> {
    parse_day(text).or_else(|| parse_rfc3339(text))
}

/// The day in China a moment falls on.
pub fn china_day(at: Timestamp) -> Option<Date> {
    let instant = jiff::Timestamp::from_millisecond(at.0).ok()?;
    let date = instant.to_zoned(china()).date();
    Date::new(
        date.year(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
}

/// The time as people of both languages read it, such as `11月22日 17:00`.
pub fn spoken(at: Timestamp) -> domain::Bilingual {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let zoned = instant.to_zoned(china());
    domain::Bilingual::new(
        zoned.strftime("%-m月%-d日 %H:%M").to_string(),
        zoned.strftime("%H:%M on %B %-d").to_string(),
    )
}

/// A day in words of both languages, as seen on a clock in China.
pub fn spoken_day(at: Timestamp) -> domain::Bilingual {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let zoned = instant.to_zoned(china());
    domain::Bilingual::new(
        zoned.strftime("%Y年%-m月%-d日").to_string(),
        zoned.strftime("%B %-d, %Y").to_string(),
    )
}

/// The hour of a moment on a clock in China, 0–23.
pub fn china_hour(at: Timestamp) -> u8 {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    instant.to_zoned(china()).hour().unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_round_trip_in_the_offset_of_china() {
        let at = parse_rfc3339("2026-11-22T01:00:00Z").unwrap();
        assert_eq!(rfc3339(at), "2026-11-22T09:00:00+08:00");
        assert_eq!(parse_rfc3339(&rfc3339(at)), Some(at));
        assert_eq!(
            rfc3339(parse_day("2026-11-22").unwrap()),
            "2026-11-22T00:00:00+08:00"
        );
        assert_eq!(parse_day("2026-02-30"), None);
        assert_eq!(parse_rfc3339("yesterday"), None);
        assert_eq!(parse_rfc3339("2026-11-22T09:00:00"), None);
        assert_eq!(rfc3339(Timestamp(i64::MAX)).len(), 25);
        assert_eq!(china_day(at).unwrap().to_string(), "2026-11-22");
    }
}

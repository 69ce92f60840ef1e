//! Local days, counted from 1970-01-01, and how they are written.

use domain::{Bilingual, Timestamp};
use jiff::civil;

/// The milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

/// The local day of a moment, `offset_minutes` east of UTC. One fixed offset for all, so that a change of the clocks
/// neither doubles nor drops a day.
pub fn day_of(at: Timestamp, offset_minutes: i32) -> i32 {
    let local = at.0.saturating_add(i64::from(offset_minutes) * 60_000);
    let day = local.div_euclid(DAY_MS);
    i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX })
}

/// A day as `2026-11-22`; days outside the calendar as their number.
pub fn date_words(day: i32) -> String {
    let epoch = civil::date(1970, 1, 1);
    let span = jiff::Span::new().try_days(day);
    span.and_then(|span| epoch.checked_add(span))
        .map_or_else(|_| format!("day {day}"), |date| date.to_string())
}

/// From one day to another, in both languages.
pub(crate) fn range_words(from: i32, to: i32) -> Bilingual {
    let (from, to) = (date_words(from), date_words(to));
    Bilingual::new(format!("{from} 至 {to}"), format!("{from} to {to}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_local_and_never_overflow() {
        // 2026-11-22 16:30 UTC is the 23rd in Beijing.
        let at = Timestamp(1_795_365_000_000);
        assert_eq!(date_words(day_of(at, 0)), "2026-11-22");
        assert_eq!(date_words(day_of(at, 480)), "2026-11-23");
        assert_eq!(date_words(day_of(Timestamp(-1), 0)), "1969-12-31");
        assert!(date_words(day_of(Timestamp(i64::MAX), 480)).starts_with("day"));
        assert_eq!(range_words(0, 1).en, "1970-01-01 to 1970-01-02");
    }
}

//! Until when a promise given in a conversation is kept.

use domain::{PromiseGiven, Timestamp};
use jiff::Span;

use super::Calendar;

/// The last moment at which a promise given at `given_at` is kept: the moment named, the end of the day named, or the
/// end of the span of time named, in working days where the words say so; nothing when no time can be told.
pub fn promised_until(promise: &PromiseGiven, given_at: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
    if let Some(at) = promise.at {
        return Some(at);
    }
    if let Some(day) = promise.due {
        return Some(calendar.end_of(day));
    }
    let span: Span = promise.within.as_deref()?.parse().ok()?;
    let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    let hours = i64::from(span.get_hours());
    if months > 0 || days > 0 {
        // A month is counted as thirty days: whoever promises "within a month" has the later day on their side.
        let days = u32::try_from(days + months * 30).ok()?;
        return Some(match promise.working {
            true => calendar.add_working_days(given_at, days).0,
            false => calendar.end_of(calendar.date_of(given_at.plus_hours(i64::from(days) * 24))),
        });
    }
    Some(given_at.plus_ms(hours * 3_600_000 + span.get_minutes() * 60_000))
}

#[cfg(test)]
mod tests {
    use domain::{Date, Quote};

    use super::*;
    use crate::Rules;

    fn promise(within: Option<&str>, working: bool) -> PromiseGiven {
        PromiseGiven {
            turn: 1,
            quote: Quote::at(0, "明天给您回电").expect("a short text"),
            until: String::new(),
            due: None,
            at: None,
            within: within.map(str::to_owned),
            working,
        }
    }

    /// Friday, 2026-11-20, 10:00 in Shanghai.
    const GIVEN: Timestamp = Timestamp(1_795_140_000_000);

    #[test]
    fn spans_days_and_moments_end_when_the_words_say() {
        let calendar = Rules::load_default().calendar;
        let until = |promise: &PromiseGiven| promised_until(promise, GIVEN, &calendar);
        let day = |until: Option<Timestamp>| until.map(|at| calendar.date_of(at));
        assert_eq!(until(&promise(Some("PT2H"), false)), Some(GIVEN.plus_hours(2)));
        assert_eq!(
            until(&promise(Some("PT30M"), false)),
            Some(GIVEN.plus_ms(1_800_000))
        );
        assert_eq!(day(until(&promise(Some("P3D"), false))), Date::new(2026, 11, 23));
        assert_eq!(day(until(&promise(Some("P3D"), true))), Date::new(2026, 11, 25));
        assert_eq!(day(until(&promise(Some("P1W"), false))), Date::new(2026, 11, 27));
        let mut named = promise(None, false);
        assert_eq!(until(&named), None);
        named.due = Date::new(2026, 11, 21);
        assert_eq!(day(until(&named)), Date::new(2026, 11, 21));
        named.at = Some(GIVEN.plus_hours(5));
        assert_eq!(until(&named), Some(GIVEN.plus_hours(5)));
        assert_eq!(until(&promise(Some("soon"), false)), None);
    }
}

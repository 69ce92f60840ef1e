//! Times as files write them.

use domain::Timestamp;
use jiff::civil;
use jiff::tz::{Offset, TimeZone};

/// Times without an offset are meant in China, which is eight hours ahead of UTC.
const CHINA: Offset = Offset::constant(8);

/// The point in time, from RFC 3339 or from `2026-11-22`, `2026/11/22 9:05`, `2026-11-22 09:05:00`; nothing when it
/// is none or does not exist.
pub fn parse_time(words: &str) -> Option<Timestamp> {
    let words = words.trim();
    if let Ok(instant) = words.parse::<jiff::Timestamp>() {
        return Some(Timestamp(instant.as_millisecond()));
    }
    let (day, clock) = words.split_once([' ', 'T']).unwrap_or((words, "0:0"));
    let day = numbers(day, &['-', '/', '.'])?;
    let clock = numbers(clock.trim(), &[':'])?;
    let ([year, month, day], [hour, minute, rest @ ..]) = (day.as_slice(), clock.as_slice()) else {
        return None;
    };
    let second = match rest {
        [] => 0,
        [second] => *second,
        _ => return None,
    };
    let at = civil::DateTime::new(
        i16::try_from(*year).ok()?,
        i8::try_from(*month).ok()?,
        i8::try_from(*day).ok()?,
        i8::try_from(*hour).ok()?,
        i8::try_from(*minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    );
    let zoned = at.ok()?.to_zoned(TimeZone::fixed(CHINA)).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

fn numbers(words: &str, marks: &[char]) -> Option<Vec<u32>> {
    words.split(marks).map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_files() {
        let nine = Some(Timestamp(1_795_309_500_000));
        for words in [
            "2026-11-22T09:05:00+08:00",
            "2026-11-22T01:05:00Z",
            "2026/11/22 9:05",
            "2026-11-22 09:05:00",
        ] {
            assert_eq!(parse_time(words), nine, "{words}");
        }
        assert_eq!(parse_time("2026-11-22"), Some(Timestamp(1_795_276_800_000)));
        for words in ["", "2026-02-30", "22-11", "tomorrow", "2026-11-22 25:00"] {
            assert_eq!(parse_time(words), None, "{words}");
        }
    }
}

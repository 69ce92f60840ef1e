//! Clock marks of subtitles and transcripts.

/// Milliseconds of `01:02:03,456`, `02:03.4` or `02:03`; nothing when it is none.
pub(crate) fn clock_ms(words: &str) -> Option<i64> {
    let (clock, part) = match words.trim().split_once([',', '.']) {
        Some((clock, part)) => (clock, fraction_ms(part)?),
        None => (words.trim(), 0),
    };
    let numbers: Option<Vec<i64>> = clock
        .split(':')
        .map(|part| part.parse().ok().filter(|n| *n >= 0))
        .collect();
    let seconds = match numbers?.as_slice() {
        [minutes, seconds] if *minutes < 100_000 && *seconds < 60 => minutes * 60 + seconds,
        [hours, minutes, seconds] if *hours < 1_000 && *minutes < 60 && *seconds < 60 => {
            hours * 3_600 + minutes * 60 + seconds
        }
        _ => return None,
    };
    Some(seconds * 1_000 + part)
}

fn fraction_ms(part: &str) -> Option<i64> {
    if part.is_empty() || part.len() > 6 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    digits.parse().ok()
}

/// The two ends of a subtitle's line `00:00:01,000 --> 00:00:02,500 align:start`.
pub(crate) fn cue_ms(line: &str) -> Option<(i64, i64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((clock_ms(start)?, clock_ms(end)?))
}

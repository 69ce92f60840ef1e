//! How turns lie in time: silence, overlap and speed where the record has times.

use domain::{Conversation, Pace, Turn};

/// Milliseconds in a minute.
const MINUTE: f32 = 60_000.0;
/// Faster than anybody speaks or types; such times are wrong, in characters a minute.
const FASTEST: f32 = 3_000.0;

/// The pace of every turn.
pub(crate) fn pace(conversation: &Conversation) -> Vec<Pace> {
    let origin = conversation.turns.iter().find_map(|turn| turn.at);
    let start = |turn: &Turn| {
        let from_clock = turn.at.zip(origin).map(|(at, origin)| at.since_ms(origin));
        turn.starts_ms.or(from_clock)
    };
    let mut last: Option<(i64, domain::Speaker)> = None;
    let mut paces = Vec::with_capacity(conversation.turns.len());
    for turn in &conversation.turns {
        let starts = start(turn);
        let mut pace = Pace::default();
        if let (Some(starts), Some((ended, speaker))) = (starts, last) {
            let gap = starts.saturating_sub(ended);
            pace.silence_ms = (gap > 0).then_some(gap);
            pace.overlap_ms = (gap < 0 && turn.ends_ms.is_some() && speaker != turn.speaker)
                .then_some(gap.saturating_neg());
        }
        pace.speed = speed(turn, starts);
        if let Some(starts) = starts {
            let end = turn.ends_ms.unwrap_or(starts).max(starts);
            last = Some((last.map_or(end, |(ended, _)| ended.max(end)), turn.speaker));
        }
        paces.push(pace);
    }
    paces
}

fn speed(turn: &Turn, starts: Option<i64>) -> Option<f32> {
    let took = turn.ends_ms?.saturating_sub(starts?) as f32;
    let chars = turn.text.chars().filter(|c| c.is_alphanumeric()).count() as f32;
    let speed = chars * MINUTE / took;
    (took > 0.0 && chars > 0.0 && speed < FASTEST).then_some(speed)
}

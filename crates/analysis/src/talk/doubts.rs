//! What makes a conversation's reading less sure.

use domain::{Conversation, Speaker, TalkDoubt};

use crate::talk::facts::{Facts, Side};

/// Fewer readable turns say little.
const FEWEST: usize = 4;

/// The doubts, those of the record first.
pub(crate) fn doubts(conversation: &Conversation, facts: &[Facts], cut: bool) -> Vec<TalkDoubt> {
    let mut doubts = conversation.doubts.clone();
    let turns = &conversation.turns;
    let readable = facts.iter().filter(|facts| facts.side.is_some()).count();
    let on = |side: Side| facts.iter().any(|facts| facts.side == Some(side));
    let said = [
        (readable == 0, TalkDoubt::Empty),
        (
            readable > 0 && on(Side::Customer) != on(Side::Agent),
            TalkDoubt::OneSided,
        ),
        (readable > 0 && readable < FEWEST, TalkDoubt::Short),
        (
            turns.iter().any(|turn| turn.speaker_p < 1.0),
            TalkDoubt::RolesGuessed,
        ),
        (
            turns.iter().any(|turn| turn.text.trim().is_empty()),
            TalkDoubt::EmptyTurns,
        ),
        (
            turns
                .iter()
                .any(|turn| matches!(turn.speaker, Speaker::Bot | Speaker::System)),
            TalkDoubt::Machines,
        ),
        (times_missing(conversation), TalkDoubt::TimesMissing),
        (times_disordered(conversation), TalkDoubt::TimesDisordered),
        (cut, TalkDoubt::VeryLong),
    ];
    for (holds, doubt) in said {
        if holds && !doubts.contains(&doubt) {
            doubts.push(doubt);
        }
    }
    doubts
}

fn times_missing(conversation: &Conversation) -> bool {
    let timed = conversation
        .turns
        .iter()
        .filter(|turn| turn.at.is_some() || turn.starts_ms.is_some())
        .count();
    timed > 0 && timed < conversation.turns.len()
}

fn times_disordered(conversation: &Conversation) -> bool {
    let by_clock: Vec<i64> = conversation
        .turns
        .iter()
        .filter_map(|turn| Some(turn.at?.0))
        .collect();
    let by_offset: Vec<i64> = conversation
        .turns
        .iter()
        .filter_map(|turn| turn.starts_ms)
        .collect();
    let backward = |times: &[i64]| times.windows(2).any(|pair| pair[1] < pair[0]);
    let ends_early = conversation
        .turns
        .iter()
        .any(|turn| turn.starts_ms.zip(turn.ends_ms).is_some_and(|(a, b)| b < a));
    backward(&by_clock) || backward(&by_offset) || ends_early
}

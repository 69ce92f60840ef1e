//! Moves: what guidance amounts to, in a closed list, so that contradictions can be seen.

/// The keys of all moves, in the order of their bits.
pub const MOVES: &[&str] = &[
    "listen",
    "acknowledge_feeling",
    "apologize_treatment",
    "apologize_fully",
    "admit_fault",
    "verify_facts",
    "ask_need",
    "explain_reason",
    "explain_rule",
    "offer_options",
    "offer_remedy",
    "hold_remedy",
    "commit_date",
    "name_owner",
    "senior_owner",
    "report_progress",
    "close_firmly",
    "set_boundary",
    "keep_door_open",
    "record_suggestion",
    "thank",
    "invite_in",
    "keep_records",
    "legal_hold",
    "public_line",
    "move_private",
    "public_closing",
    "safety_first",
    "stop_use",
    "human_supervisor",
    "settle_quickly",
    "slow_down",
    "take_time",
    "check_history",
    "one_voice",
    "correct_process",
    "tell_back_action",
    "call_back",
    "stop_contact",
    "retain_offer",
    "explain_computation",
    "collect_similar",
    "short_answer",
    "full_detail",
];

/// A set of moves, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MoveSet(u64);

impl MoveSet {
    /// The set of these keys, or the first key that names no move.
    pub(crate) fn of<'k>(keys: impl IntoIterator<Item = &'k str>) -> Result<Self, &'k str> {
        keys.into_iter().try_fold(Self::default(), |set, key| {
            let bit = MOVES.iter().position(|known| *known == key).ok_or(key)?;
            Ok(Self(set.0 | 1 << bit))
        })
    }

    /// The moves in either set.
    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets share a move.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The places of the moves in the list.
    pub(crate) fn bits(self) -> impl Iterator<Item = usize> {
        (0..MOVES.len()).filter(move |bit| self.0 & (1 << bit) != 0)
    }

    /// Whether every move of this set stands in `other`.
    pub(crate) fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether the set holds nothing.
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The keys, in the order of the list.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'static str> {
        self.bits().map(|bit| MOVES[bit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_has_its_own_bit() {
        let all = MoveSet::of(MOVES.iter().copied()).expect("known keys");
        assert_eq!(all.keys().count(), MOVES.len());
        assert!(MOVES.len() <= 64);
        assert_eq!(MoveSet::of(["listen", "shout"]), Err("shout"));
    }
}

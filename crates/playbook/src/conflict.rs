//! Moves that contradict each other, with the reason told to the agent.

use domain::Bilingual;
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::guidance::Do;
use crate::load::{move_set, parse};
use crate::moves::{MOVES, MoveSet};

const FILE: &str = "conflicts.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConflictFile {
    pair: Vec<PairRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PairRow {
    moves: [String; 2],
    zh: String,
    en: String,
}

/// Two moves that one plan never holds together.
#[derive(Clone, Debug)]
pub(crate) struct Conflict {
    one: MoveSet,
    other: MoveSet,
    pub(crate) because: Bilingual,
}

impl Conflict {
    fn parts(&self, first: MoveSet, second: MoveSet) -> bool {
        (first.meets(self.one) && second.meets(self.other))
            || (first.meets(self.other) && second.meets(self.one))
    }
}

/// The table of conflicts.
#[derive(Clone, Debug)]
pub(crate) struct Conflicts {
    conflicts: Vec<Conflict>,
    /// For each move, by its place in the list, all moves that contradict it.
    against: Vec<MoveSet>,
}

impl Conflicts {
    /// Reads `conflicts.toml`.
    pub(crate) fn load(source: &str) -> Result<Self, PlaybookError> {
        let rows = parse::<ConflictFile>(FILE, source)?.pair;
        let rows = rows.into_iter().enumerate();
        let conflicts: Vec<Conflict> = rows.map(read_pair).collect::<Result<_, _>>()?;
        let mut against = vec![MoveSet::default(); MOVES.len()];
        for conflict in &conflicts {
            for (from, to) in [(conflict.one, conflict.other), (conflict.other, conflict.one)] {
                from.bits().for_each(|bit| against[bit] = against[bit].union(to));
            }
        }
        Ok(Self { conflicts, against })
    }

    /// All moves that contradict one of these.
    pub(crate) fn against(&self, moves: MoveSet) -> MoveSet {
        moves
            .bits()
            .fold(MoveSet::default(), |set, bit| set.union(self.against[bit]))
    }

    /// The first conflict between the two sets.
    pub(crate) fn between(&self, first: MoveSet, second: MoveSet) -> Option<&Conflict> {
        self.conflicts
            .iter()
            .find(|conflict| conflict.parts(first, second))
    }

    /// Refuses guidance whose moves contradict one another within one act.
    pub(crate) fn check<'d>(&self, acts: impl Iterator<Item = &'d Do>) -> Result<(), PlaybookError> {
        for act in acts {
            if self.against(act.moves).meets(act.moves) {
                return Err(PlaybookError::content(
                    FILE,
                    &act.id,
                    "the moves of this act contradict one another",
                ));
            }
        }
        Ok(())
    }
}

fn read_pair((number, row): (usize, PairRow)) -> Result<Conflict, PlaybookError> {
    let error = |problem: String| PlaybookError::content(FILE, format!("pair {}", number + 1), problem);
    let [one, other] = &row.moves;
    if one == other {
        return Err(error("a move cannot conflict with itself".to_owned()));
    }
    Ok(Conflict {
        one: move_set(std::slice::from_ref(one)).map_err(error)?,
        other: move_set(std::slice::from_ref(other)).map_err(error)?,
        because: Bilingual::new(row.zh, row.en),
    })
}

//! Moves that contradict each other, with the reason told to the agent.

use domain::Bilingual;
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::{move_set, parse};
use crate::moves::MoveSet;

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
pub(crate) struct Conflicts(Vec<Conflict>);

impl Conflicts {
    /// Reads `conflicts.toml`.
    pub(crate) fn load(source: &str) -> Result<Self, PlaybookError> {
        let file = "conflicts.toml";
        let read = |(number, row): (usize, PairRow)| {
            let error =
                |problem: String| PlaybookError::content(file, format!("pair {}", number + 1), problem);
            let [one, other] = &row.moves;
            if one == other {
                return Err(error("a move cannot conflict with itself".to_owned()));
            }
            Ok(Conflict {
                one: move_set(std::slice::from_ref(one)).map_err(error)?,
                other: move_set(std::slice::from_ref(other)).map_err(error)?,
                because: Bilingual::new(row.zh, row.en),
            })
        };
        let rows = parse::<ConflictFile>(file, source)?.pair;
        rows.into_iter()
            .enumerate()
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The first conflict between the two sets.
    pub(crate) fn between(&self, first: MoveSet, second: MoveSet) -> Option<&Conflict> {
        self.0.iter().find(|conflict| conflict.parts(first, second))
    }

    /// Whether the moves contradict one another among themselves.
    pub(crate) fn within(&self, moves: MoveSet) -> Option<&Conflict> {
        self.between(moves, moves)
    }
}

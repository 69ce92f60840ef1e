//! The three changes (C5): another person, place or time when a contact is stuck.

use domain::{
    Appeal, Bilingual, Emotion, Facet, PlanReason, PlanStep, Situation, Stage, ThreeChange, Vocabulary,
};
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::{move_set, parse};
use crate::moves::MoveSet;
use crate::template::{Facts, Phrase};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeFile {
    change: Vec<ChangeRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeRow {
    kind: String,
    moves: Vec<String>,
    zh: String,
    en: String,
    dont_zh: String,
    dont_en: String,
    phrase_zh: String,
    phrase_en: String,
    again_zh: String,
    again_en: String,
}

/// One of the three changes with its wording.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    kind: ThreeChange,
    pub(crate) moves: MoveSet,
    act: Bilingual,
    dont: Bilingual,
    phrases: [Phrase; 2],
}

/// Reads `changes.toml`: each of the three once, in the order they are tried.
pub(crate) fn load_changes(source: &str) -> Result<Vec<Change>, PlaybookError> {
    let file = "changes.toml";
    let rows = parse::<ChangeFile>(file, source)?.change;
    let changes: Vec<Change> = rows
        .into_iter()
        .map(|row| read(file, row))
        .collect::<Result<_, _>>()?;
    for kind in ThreeChange::ALL {
        if changes.iter().filter(|change| change.kind == *kind).count() != 1 {
            return Err(PlaybookError::content(file, kind.key(), "is needed exactly once"));
        }
    }
    Ok(changes)
}

fn read(file: &str, row: ChangeRow) -> Result<Change, PlaybookError> {
    let error = |problem: String| PlaybookError::content(file, row.kind.clone(), problem);
    Ok(Change {
        kind: ThreeChange::from_key(&row.kind).ok_or_else(|| error("is no change".to_owned()))?,
        moves: move_set(&row.moves).map_err(error)?,
        phrases: [
            Phrase::parse(&row.phrase_zh, &row.phrase_en).map_err(error)?,
            Phrase::parse(&row.again_zh, &row.again_en).map_err(error)?,
        ],
        act: Bilingual::new(row.zh, row.en),
        dont: Bilingual::new(row.dont_zh, row.dont_en),
    })
}

/// The first change not made yet that the plan allows, when the contact is stuck.
pub(crate) fn find_change<'p>(
    changes: &'p [Change],
    situation: &Situation,
    allows: impl Fn(MoveSet) -> bool,
) -> Option<&'p Change> {
    let open = |change: &&Change| !situation.changes_made.contains(&change.kind) && allows(change.moves);
    changes.iter().find(open).filter(|_| situation.stuck)
}

/// The step that offers a change; it answers the feeling that got stuck.
pub(crate) fn write_change(change: &Change, facts: &Facts, emotion: &Emotion) -> PlanStep {
    PlanStep {
        id: format!("change.{}", change.kind.key()),
        appeal: Appeal::Emotion,
        stage: Stage::Empathize,
        act: change.act.clone(),
        moves: change.moves.keys().map(str::to_owned).collect(),
        dont: vec![change.dont.clone()],
        phrases: change
            .phrases
            .iter()
            .filter_map(|phrase| phrase.fill(facts, None))
            .collect(),
        because: vec![PlanReason {
            facet: Facet::Emotion,
            value: emotion.stage.value().key().to_owned(),
            quote: emotion.stage.quotes().first().cloned(),
        }],
    }
}

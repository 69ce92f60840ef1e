//! The ten recovery principles (C3) and the handling principles (C4), checked on a plan.

use domain::{Bilingual, Plan};
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::{move_set, parse};
use crate::moves::MoveSet;

const FILE: &str = "principles.toml";
/// The principle that looks at the redress part instead of at moves.
const COMPENSATION: &str = "consider_compensation";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PrincipleFile {
    principle: Vec<PrincipleRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PrincipleRow {
    key: String,
    group: String,
    moves: Vec<String>,
    zh: String,
    en: String,
}

/// Which list a principle belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipleGroup {
    /// The ten recovery principles (C3).
    Recovery,
    /// The handling principles (C4).
    Handling,
}

/// How a plan stands to one principle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipleCheck {
    /// The principle's key, such as `keep_informed`.
    pub key: String,
    /// The list it belongs to.
    pub group: PrincipleGroup,
    /// What it says.
    pub name: Bilingual,
    /// The ids of the steps that keep it; for compensation empty, since the redress part keeps it.
    pub steps: Vec<String>,
    /// Whether the plan keeps it.
    pub kept: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Principle {
    key: String,
    group: PrincipleGroup,
    pub(crate) moves: MoveSet,
    name: Bilingual,
}

/// Reads `principles.toml`.
pub(crate) fn load_principles(source: &str) -> Result<Vec<Principle>, PlaybookError> {
    let read = |row: PrincipleRow| {
        let error = |problem: String| PlaybookError::content(FILE, row.key.clone(), problem);
        let group = match row.group.as_str() {
            "recovery" => PrincipleGroup::Recovery,
            "handling" => PrincipleGroup::Handling,
            other => return Err(error(format!("“{other}” is neither recovery nor handling"))),
        };
        let moves = move_set(&row.moves).map_err(error)?;
        if moves.is_empty() && row.key != COMPENSATION {
            return Err(error("no move keeps it".to_owned()));
        }
        Ok(Principle {
            key: row.key,
            group,
            moves,
            name: Bilingual::new(row.zh, row.en),
        })
    };
    parse::<PrincipleFile>(FILE, source)?
        .principle
        .into_iter()
        .map(read)
        .collect()
}

/// Checks a plan against every principle.
pub(crate) fn check_principles(principles: &[Principle], plan: &Plan) -> Vec<PrincipleCheck> {
    principles
        .iter()
        .map(|principle| check(principle, plan))
        .collect()
}

fn check(principle: &Principle, plan: &Plan) -> PrincipleCheck {
    let keeps = |step: &&domain::PlanStep| {
        let moves = MoveSet::of(step.moves.iter().map(String::as_str)).unwrap_or_default();
        moves.meets(principle.moves)
    };
    let steps: Vec<String> = plan
        .steps
        .iter()
        .filter(keeps)
        .map(|step| step.id.clone())
        .collect();
    PrincipleCheck {
        key: principle.key.clone(),
        group: principle.group,
        name: principle.name.clone(),
        // Considered means that the redress part gives its reasons, be there options or not.
        kept: !steps.is_empty() || (principle.key == COMPENSATION && !plan.redress.because.zh.is_empty()),
        steps,
    }
}

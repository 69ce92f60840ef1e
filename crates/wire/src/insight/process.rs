//! The process as it ran, on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CaseLink, Cut, Figure};

/// A state with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StateName {
    /// The key.
    pub key: String,
    /// The name in words.
    pub name: String,
}

/// A way that cases took.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Variant {
    /// The states in order.
    pub states: Vec<StateName>,
    /// How many cases took it.
    pub cases: u64,
    /// Their share, 0–1.
    pub share: Figure,
    /// The median hours from first to last.
    pub median_hours: Figure,
    /// The filters that show them.
    pub link: CaseLink,
}

/// A step between two states.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Step {
    /// From this state.
    pub from: StateName,
    /// To this one.
    pub to: StateName,
    /// How often.
    pub count: u64,
    /// The median hours it took.
    pub median_hours: Figure,
    /// The slowest tenth took longer than this, in hours.
    pub slow_hours: f64,
    /// The hours of all cases together.
    pub total_hours: f64,
    /// The filters that show the cases that wait there now.
    pub waiting: CaseLink,
}

/// A state that cases went through again.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Rework {
    /// The state.
    pub state: StateName,
    /// How many cases.
    pub cases: u64,
    /// Their share, 0–1.
    pub share: Figure,
    /// How many extra times.
    pub repeats: u64,
    /// The filters that show them.
    pub link: CaseLink,
}

/// A step the flow of states does not know.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Breach {
    /// From this state; null at the beginning.
    pub from: Option<StateName>,
    /// To this one.
    pub to: StateName,
    /// How often.
    pub count: u64,
    /// Some of the cases, as ids.
    pub examples: Vec<String>,
}

/// The process as it ran.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Process {
    /// Whether older cases were left out, because there are more than one answer reads; null when it rests on all.
    pub cut: Option<Cut>,
    /// When it was worked out.
    pub made_at: String,
    /// Cases looked at.
    pub cases: u64,
    /// The ways, the most usual first.
    pub variants: Vec<Variant>,
    /// How many ways there are in all.
    pub all_variants: u64,
    /// The steps, those with the most hours first.
    pub steps: Vec<Step>,
    /// What was done again.
    pub rework: Vec<Rework>,
    /// The share of cases that kept to the flow, 0–1.
    pub conforming: Figure,
    /// Where they left it.
    pub breaches: Vec<Breach>,
}

//! Who takes a case as JSON: what colleagues are good at, who suits, how fairly work is shared.

use domain::{Strength, Subject};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    case::Person,
    fields::{FieldError, Fields},
    key::{RoleKey, StrengthKey, SubjectKey, keys_of},
};

/// What a colleague is good at, and how many cases he can take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StaffProfile {
    /// Who.
    pub person: Person,
    /// The role.
    pub role: RoleKey,
    /// What he has shown to be good at with people.
    pub strengths: Vec<StrengthKey>,
    /// The matters he knows.
    pub skills: Vec<SubjectKey>,
    /// How many open cases he can take; 0 takes none.
    pub capacity: u32,
}

/// What a colleague is good at, as told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProfileRequest {
    /// What he has shown to be good at with people.
    pub strengths: Vec<StrengthKey>,
    /// The matters he knows.
    pub skills: Vec<SubjectKey>,
    /// How many open cases he can take.
    #[schema(minimum = 0, maximum = 1000)]
    pub capacity: u32,
}

impl ProfileRequest {
    /// The profile told, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let strengths = fields.keys::<Strength>("strengths");
        let skills = fields.keys::<Subject>("skills");
        let capacity = fields.number("capacity", 0, 1_000);
        let capacity = capacity.and_then(|capacity| u32::try_from(capacity).ok());
        fields.finish(capacity.map(|capacity| Self {
            strengths: keys_of(&strengths),
            skills: keys_of(&skills),
            capacity,
        }))
    }
}

/// A colleague who could take a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Assignee {
    /// Who.
    pub person: Person,
    /// How well he suits, 0–1.
    pub score: f64,
    /// Why.
    pub because: Vec<String>,
}

/// How much one colleague carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StaffLoad {
    /// Who.
    pub person: Person,
    /// Open cases.
    pub open: u32,
    /// Open cases of severity 3 and 4.
    pub hard: u32,
    /// Open cases with a clock that is near.
    pub near: u32,
    /// Open cases with a clock that was missed.
    pub breached: u32,
    /// How many he can take.
    pub capacity: u32,
}

/// How fairly work is shared.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FairnessReport {
    /// Gini coefficient of open cases, 0 (even) – 1.
    pub load_gini: f64,
    /// Gini coefficient of hard cases.
    pub hard_gini: f64,
    /// The largest load over the mean.
    pub most_over_mean: f64,
    /// Colleagues by name.
    pub people: Vec<StaffLoad>,
}

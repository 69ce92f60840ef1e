//! Satisfaction on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CaseLink, Cut, Figure};

/// How those who gave a mark differ from those who gave none.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Leaning {
    /// What is compared: `below`, `late` or `severe`.
    pub key: String,
    /// The share of those with a mark, 0–1.
    pub marked: Figure,
    /// The share of those without.
    pub silent: Figure,
    /// The first less the second, −1 to 1.
    pub difference: Figure,
}

/// What customers of one subject expected against what they received.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExpectationGap {
    /// The key of the subject.
    pub subject: String,
    /// The subject in words.
    pub name: String,
    /// How many verdicts.
    pub judged: u64,
    /// How many received less than they expected.
    pub below: u64,
    /// How many received more.
    pub exceeded: u64,
    /// The share that received less, 0–1.
    pub below_share: Figure,
    /// How much larger than in all other subjects, −1 to 1.
    pub against_others: Figure,
    /// The filters that show those that received less.
    pub cases: CaseLink,
}

/// How satisfied customers are, and how far that can be known.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Satisfaction {
    /// Whether older cases were left out, because there are more than one answer reads; null when it rests on all.
    pub cut: Option<Cut>,
    /// When it was worked out.
    pub made_at: String,
    /// Closed cases.
    pub closed: u64,
    /// Those with a mark.
    pub marked: u64,
    /// The share with a mark, 0–1.
    pub response: Figure,
    /// The mean mark.
    pub mean: Figure,
    /// The share of marks from 4 on.
    pub satisfied: Figure,
    /// The mean as if every stratum had answered as often.
    pub weighted: Figure,
    /// The share of closed cases in strata where nobody answered.
    pub unheard: Figure,
    /// The mean of all if all silent ones gave the worst mark.
    pub lowest: Option<f64>,
    /// The mean of all if all silent ones gave the best mark.
    pub highest: Option<f64>,
    /// How many gave each mark, from 1 to 5.
    pub counts: Vec<u64>,
    /// How answering leans.
    pub leanings: Vec<Leaning>,
    /// What was expected and what was received, by subject.
    pub gaps: Vec<ExpectationGap>,
    /// The filters that show the closed cases.
    pub cases: CaseLink,
}

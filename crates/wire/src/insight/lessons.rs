//! Lessons on the wire: claims put to the test, suggestions as opportunities, who would gain from practice.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CaseLink, Cut, Figure, QuotedCase};

/// A claim of the trade after its test on the cases of the period.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ClaimTest {
    /// Its key: `repeat_temperament`, `fast_answer`, `anger_unhappy` or `phone_anger`.
    pub key: String,
    /// What became of it: `holds`, `opposite`, `no_difference` or `untold`.
    pub verdict: String,
    /// How many the claim speaks of.
    pub here_of: u64,
    /// How many others there are.
    pub there_of: u64,
    /// The filters that show those it speaks of; null where no filter tells them apart.
    pub here_cases: Option<CaseLink>,
    /// The filters that show the others, likewise.
    pub there_cases: Option<CaseLink>,
    /// The share among those it speaks of, 0–1.
    pub here: Figure,
    /// The share among the others, 0–1.
    pub there: Figure,
    /// The first less the second, −1 to 1.
    pub difference: Figure,
    /// The probability of such counts by chance, corrected for the number of claims; null without enough data.
    pub corrected_p: Option<f64>,
}

/// What customers suggest about one product, or one subject where no product is named.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Opportunity {
    /// `product` or `topic`.
    pub dimension: String,
    /// The product, or the subject in words.
    pub name: String,
    /// Cases with a suggestion.
    pub count: u64,
    /// Customers who suggest something; those without an identity count once each.
    pub customers: u64,
    /// The share of suggestions among its cases, 0–1.
    pub share: Figure,
    /// Words that set these suggestions apart from all others; none when there are too few.
    pub words: Vec<String>,
    /// Some of them, the newest first.
    pub typical: Vec<QuotedCase>,
    /// The filters that show them.
    pub cases: CaseLink,
}

/// A fault that shows in more conversations of an agent or a team than of the others.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TrainingNeed {
    /// `agent` or `team`.
    pub kind: String,
    /// The agent or the team.
    pub name: String,
    /// The key of the fault.
    pub fault: String,
    /// The fault in words.
    pub fault_name: String,
    /// Conversations.
    pub of: u64,
    /// Those in which it was heard.
    pub shown: u64,
    /// The share after shrinkage toward everybody's, 0–1.
    pub share: Figure,
    /// Everybody's share, 0–1.
    pub usual: f64,
    /// Conversations that would be free of it, were the share like everybody's.
    pub gain: f64,
    /// Conversations that show it, by id.
    pub examples: Vec<String>,
}

/// What cases and conversations of a period teach.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Lessons {
    /// Whether older cases were left out, because there are more than one answer reads; null when it rests on all.
    pub cut: Option<Cut>,
    /// When it was worked out.
    pub made_at: String,
    /// The cases.
    pub complaints: u64,
    /// The conversations heard, the newest of all.
    pub conversations: u64,
    /// The claims.
    pub claims: Vec<ClaimTest>,
    /// The suggestions, most frequent first.
    pub opportunities: Vec<Opportunity>,
    /// What practice would gain most, first.
    pub training: Vec<TrainingNeed>,
}

//! What like cases got, what a remedy may cost before it stops paying, and what speaks for and against a claim.

use crate::{Bilingual, CaseId, CheckState, Money, Principle, Remedy, Timestamp};

/// How sums are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many sums.
    pub count: u32,
    /// The least.
    pub least: Money,
    /// A quarter lies at or below it.
    pub lower: Money,
    /// The middle.
    pub median: Money,
    /// A quarter lies at or above it.
    pub upper: Money,
    /// The most.
    pub most: Money,
}

/// One remedy that was granted in an earlier case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedent {
    /// The case.
    pub case: CaseId,
    /// The number people say.
    pub number: String,
    /// When it was proposed.
    pub at: Timestamp,
    /// The remedy.
    pub remedy: Remedy,
    /// How much, when it was of money.
    pub amount: Option<Money>,
}

/// What like cases got of one remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikeRemedy {
    /// The remedy.
    pub remedy: Remedy,
    /// In how many cases.
    pub cases: u32,
    /// How the sums are spread, in the currency used most; nothing when there were none.
    pub sums: Option<Spread>,
    /// The newest precedents.
    pub newest: Vec<Precedent>,
}

/// How alike the cases are that were compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The same subject, severity and product.
    Product,
    /// The same subject and severity.
    Severity,
    /// The same subject.
    Subject,
}

/// What like cases got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikeCases {
    /// How alike they are.
    pub likeness: Likeness,
    /// How many cases.
    pub cases: u32,
    /// By remedy, the most frequent first.
    pub remedies: Vec<LikeRemedy>,
}

/// Up to which cost making good pays for itself by the customer kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakEven {
    /// What the customer bought within a year.
    pub yearly: Money,
    /// What is earned on it, in percent.
    pub margin_percent: u8,
    /// Years looked ahead.
    pub years: u8,
    /// How many of a hundred stay when nothing is settled.
    pub stay_unsettled_percent: u8,
    /// How many of a hundred stay when it is settled.
    pub stay_settled_percent: u8,
    /// The cost at which gain and loss are equal.
    pub sum: Money,
    /// The computation in words.
    pub because: Bilingual,
}

/// One of the ten principles on a case (C3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipleState {
    /// The principle.
    pub principle: Principle,
    /// Kept, to do, or violated.
    pub state: CheckState,
    /// Why.
    pub because: Bilingual,
}

/// One reason of a two-sided record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredenceReason {
    /// The kind of reason, such as `promise_broken`.
    pub key: &'static str,
    /// The reason in words.
    pub because: Bilingual,
    /// When what it tells of happened.
    pub at: Option<Timestamp>,
}

/// What speaks for believing a claim and what asks for a check (D5): never a reason to refuse by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credence {
    /// Reasons to believe.
    pub believe: Vec<CredenceReason>,
    /// Reasons to check.
    pub check: Vec<CredenceReason>,
    /// What follows: believed as it stands, or checked first.
    pub advice: Bilingual,
    /// Whether an investigation is due before a sum is named.
    pub investigate: bool,
}

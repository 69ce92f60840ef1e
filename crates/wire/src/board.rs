//! The supervisor's board as JSON: what breaks next and by which rule, what waits for a decision, who carries what.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    case::{Deadline, Person, RemedyOffer},
    key::{CaseStateKey, CommandKindKey, Key, WaitingKey},
    staff::FairnessReport,
};

/// A case in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardCase {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// The title, masked.
    pub title: String,
    /// The state.
    pub state: CaseStateKey,
    /// How serious, 1–4.
    pub severity: u8,
    /// The owner.
    pub owner: Option<Person>,
    /// Counts the events; send it back as `If-Match`.
    pub version: u32,
}

impl BoardCase {
    /// The line of a case, already masked.
    pub fn of(case: &domain::Case) -> Self {
        Self {
            id: case.id.0.clone(),
            number: case.number.clone(),
            title: case.title.clone(),
            state: Key(case.state),
            severity: case.severity.level(),
            owner: case.owner.as_ref().map(Person::from),
            version: case.version,
        }
    }
}

/// A clock that was missed, or will be next.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BoardClock {
    /// The case.
    pub case: BoardCase,
    /// The clock, with the rule it comes from.
    pub clock: Deadline,
}

/// Something that waits for a decision.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BoardDecision {
    /// The case.
    pub case: BoardCase,
    /// A proposal, a request about a clock, or a statement.
    pub what: WaitingKey,
    /// Who asks.
    pub by: Option<Person>,
    /// Since when.
    pub at: String,
    /// What is asked, in the words of who asks; personal data covered.
    pub words: String,
    /// The remedies of a proposal.
    pub offers: Vec<RemedyOffer>,
    /// The commands by which the caller may decide; empty when it is the caller's own or beyond the role.
    pub commands: Vec<CommandKindKey>,
    /// Why the caller may not decide.
    pub because: Option<String>,
}

/// Where trouble is, in numbers; each is a list of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardCounts {
    /// Open cases with a clock that was missed.
    pub breached: u64,
    /// Open cases with a clock that is near.
    pub near: u64,
    /// Open cases without an owner.
    pub unowned: u64,
    /// Open cases in which somebody may come to harm.
    pub safety: u64,
    /// Cases in which something waits for a decision.
    pub waiting: u64,
    /// Open cases.
    pub open: u64,
}

/// The supervisor's board.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Board {
    /// Where trouble is.
    pub counts: BoardCounts,
    /// Missed clocks, the most overdue first.
    pub late: Vec<BoardClock>,
    /// Clocks that run out next.
    pub next: Vec<BoardClock>,
    /// What waits for a decision, the most pressing case first.
    pub decisions: Vec<BoardDecision>,
    /// Who carries what, and how evenly.
    pub load: FairnessReport,
    /// When it was looked at.
    pub made_at: String,
}

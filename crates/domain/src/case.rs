//! The case: the present state of the work on one complaint.

use crate::{
    Analysis, Attachment, Bilingual, CaseId, CaseState, Channel, CheckRule, CheckState, CustomerId, Deadline,
    Matter, Money, Nature, Outcome, Person, Priority, Promise, Remedy, Severity, ThreeChange, TimeRequest,
    Timestamp, Waiting,
};

/// One remedy offered, with its money when it is of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemedyOffer {
    /// What is offered.
    pub remedy: Remedy,
    /// How much.
    pub amount: Option<Money>,
}

/// What was proposed to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The remedies.
    pub offers: Vec<RemedyOffer>,
    /// In words.
    pub summary: String,
    /// Who proposed.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// Whether it is beyond the proposer's authority and waits for approval.
    pub needs_approval: bool,
    /// Who approved.
    pub approved_by: Option<Person>,
    /// The rulebook it was decided by; unknown for proposals of older releases.
    pub rulebook: Option<String>,
}

/// How the case was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// What the customer had expected, in words.
    pub expected: String,
    /// What the customer received, in words.
    pub received: String,
    /// The customer's verdict.
    pub outcome: Outcome,
    /// Satisfaction 1–5, when given.
    pub csat: Option<u8>,
    /// What was tried to get a verdict, when none was given.
    pub attempts: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The result of one check of the eight rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule.
    pub rule: CheckRule,
    /// Kept, to do, or violated.
    pub state: CheckState,
    /// Why.
    pub because: Bilingual,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageDirection {
    /// From the customer.
    Inbound,
    /// To the customer.
    Outbound,
    /// Between colleagues; never shown to the customer.
    Internal,
}

/// One message of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who wrote to whom.
    pub direction: MessageDirection,
    /// The words.
    pub text: String,
    /// The channel.
    pub channel: Channel,
    /// The colleague who wrote it.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
}

/// How a case stood when it was joined into another, so that joining can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The state before.
    pub from: CaseState,
    /// The clocks that counted then.
    pub clocks: Vec<Deadline>,
}

/// The one statement with which everybody answers about an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The words.
    pub text: String,
    /// Who drafted it.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// Who approved it; never the one who drafted it.
    pub approved_by: Option<Person>,
}

/// The present state of one case. Only `desk::apply` changes it; it equals the replay of its events.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The identity.
    pub id: CaseId,
    /// The number people say, such as `TS-20261122-0001`.
    pub number: String,
    /// Counts the events; the precondition of every change.
    pub version: u32,
    /// The state.
    pub state: CaseState,
    /// A short title.
    pub title: String,
    /// The words as received.
    pub text: String,
    /// Where it came from.
    pub channel: Channel,
    /// What it is about.
    pub matter: Matter,
    /// The customer, when known.
    pub customer: Option<CustomerId>,
    /// The one accountable owner.
    pub owner: Option<Person>,
    /// What was read, with corrections.
    pub analysis: Analysis,
    /// The nature before the last correction, when it changed: a communicative complaint can turn valid.
    pub earlier_natures: Vec<Nature>,
    /// Whether the complaint was verified as valid, and registered.
    pub valid: Option<bool>,
    /// How serious.
    pub severity: Severity,
    /// Why that serious.
    pub severity_because: Vec<Bilingual>,
    /// How soon.
    pub priority: Priority,
    /// The clocks.
    pub deadlines: Vec<Deadline>,
    /// The rule packs that set clocks beside the house's, by key.
    pub packs: Vec<String>,
    /// What was asked for a clock and is not decided yet.
    pub time_request: Option<TimeRequest>,
    /// The promise ledger.
    pub promises: Vec<Promise>,
    /// The agreed bottom line, recorded before negotiating.
    pub core_position: Option<String>,
    /// The last proposal.
    pub proposal: Option<Proposal>,
    /// Changes of person, place or time made.
    pub changes: Vec<ThreeChange>,
    /// All messages, oldest first.
    pub messages: Vec<Message>,
    /// How it was closed.
    pub closure: Option<Closure>,
    /// The incident case this one belongs to.
    pub parent: Option<CaseId>,
    /// The case this one was joined into.
    pub merged_into: Option<CaseId>,
    /// How it stood before it was joined.
    pub joined: Option<Joined>,
    /// Files on the case.
    pub attachments: Vec<Attachment>,
    /// The one statement of the incident that this case stands for.
    pub statement: Option<Statement>,
    /// Actions against the cause that the customer was told of, oldest first (D9).
    pub preventions: Vec<String>,
    /// Whether the words and the customer's data were erased.
    pub erased: bool,
    /// How often it was opened again.
    pub reopened: u32,
    /// The rulebook of the last decision: playbook, guarantee table and rules of the desk in one version.
    pub rulebook: Option<String>,
    /// When an investigation was last started.
    pub investigated_at: Option<Timestamp>,
    /// Whether the record was made for demonstration.
    pub demo: bool,
    /// When the complaint was received.
    pub received_at: Timestamp,
    /// When the case was opened.
    pub opened_at: Timestamp,
    /// When the last event happened.
    pub updated_at: Timestamp,
}

impl Case {
    /// What about it waits for somebody else's decision.
    pub fn waits_for(&self) -> Vec<Waiting> {
        let proposal = self.proposal.as_ref();
        let statement = self.statement.as_ref();
        let waits = [
            (
                Waiting::Proposal,
                self.state == CaseState::Proposed && proposal.is_some_and(|proposal| proposal.needs_approval),
            ),
            (Waiting::Time, self.time_request.is_some()),
            (
                Waiting::Statement,
                statement.is_some_and(|statement| statement.approved_by.is_none()),
            ),
        ];
        let open = waits.into_iter().filter(|(_, waits)| *waits);
        open.map(|(what, _)| what).collect()
    }
}

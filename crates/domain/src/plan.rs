//! How to handle what was read: steps, each naming the findings it answers.

use crate::{
    Appeal, Bilingual, CaseState, Channel, Dealings, Facet, Loyalty, Money, Quote, Remedy, Role, Stage,
    ThreeChange, Timestamp,
};

/// What the plan may know besides the reading. Facts about the case, never a label on the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// The time the plan is made.
    pub now: Timestamp,
    /// Where the complaint came from.
    pub channel: Channel,
    /// How far the case is.
    pub state: CaseState,
    /// How close the customer is.
    pub loyalty: Loyalty,
    /// The severity of the case, 1–4.
    pub severity: crate::Severity,
    /// The customer's name with form of address, when it may be used.
    pub customer_name: Option<String>,
    /// Who is responsible.
    pub owner_name: Option<String>,
    /// The role of the person who will act; sets the authority.
    pub actor_role: Role,
    /// The next time named to the customer, in words of both languages.
    pub next_due: Option<Bilingual>,
    /// The amount in dispute, when known from the case.
    pub amount: Option<Money>,
    /// The product, when known from the case.
    pub product: Option<String>,
    /// The order number, when known from the case.
    pub order: Option<String>,
    /// The place, when known from the case.
    pub place: Option<String>,
    /// How many earlier complaints of this customer are on file.
    pub earlier_complaints: u32,
    /// Remedies this customer got before.
    pub earlier_remedies: Vec<Remedy>,
    /// The contact is stuck: offer a change of person, place or time.
    pub stuck: bool,
    /// Changes already made.
    pub changes_made: Vec<ThreeChange>,
    /// A promise to this customer was broken.
    pub broken_promise: bool,
    /// The approved statement of the incident this case belongs to.
    pub approved_statement: Option<Bilingual>,
    /// Whether temperament hints may be used.
    pub use_temperament: bool,
    /// What earlier dealings tell.
    pub dealings: Dealings,
}

/// A finding that a step answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanReason {
    /// Which facet.
    pub facet: Facet,
    /// The key of its value.
    pub value: String,
    /// The customer's words.
    pub quote: Option<Quote>,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// Stable within a playbook version, such as `empathize.1`.
    pub id: String,
    /// Which of the three appeals.
    pub appeal: Appeal,
    /// Which of the five steps.
    pub stage: Stage,
    /// What to do.
    pub act: Bilingual,
    /// The moves the step makes, for the table of conflicts.
    pub moves: Vec<String>,
    /// What not to do.
    pub dont: Vec<Bilingual>,
    /// What can be said, slots filled.
    pub phrases: Vec<Bilingual>,
    /// The findings it answers; never empty.
    pub because: Vec<PlanReason>,
}

/// A remedy that may be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedressOption {
    /// The remedy.
    pub remedy: Remedy,
    /// The range in money, when the remedy is of money.
    pub range: Option<RedressRange>,
    /// Why this one.
    pub because: Bilingual,
}

/// A range of money, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedressRange {
    /// The least.
    pub least: Money,
    /// The most.
    pub most: Money,
}

/// The redress part of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redress {
    /// What may be offered, best first.
    pub options: Vec<RedressOption>,
    /// What the acting role may grant alone.
    pub authority: Money,
    /// How it was computed.
    pub because: Bilingual,
    /// Below this nobody haggles.
    pub no_haggling_below: Money,
    /// Above this facts and history are checked before a sum is named.
    pub investigate_above: Money,
    /// Whether the sum in dispute is so small that nobody haggles.
    pub small: bool,
    /// Whether the sum in dispute makes an investigation and a check of the history due.
    pub large: bool,
    /// Whether the sum in dispute is of another currency than the authorities.
    pub foreign: bool,
}

/// Who else must come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// The role to bring in.
    pub to: Role,
    /// Why.
    pub because: Bilingual,
}

/// What may be said to a public complaint, and what belongs into a private channel (C8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReply {
    /// The public line: short, human, no defense, nothing personal.
    pub line: Bilingual,
    /// What is said in private.
    pub private: Bilingual,
    /// The public word when it is solved.
    pub closing: Bilingual,
    /// What must not be said in public.
    pub never: Vec<Bilingual>,
}

/// A fact about this customer that shaped the plan (C7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFact {
    /// The kind of fact, such as `earlier_complaints`.
    pub key: &'static str,
    /// The fact, with its date where it has one.
    pub fact: Bilingual,
    /// What it changed in the plan.
    pub effect: Bilingual,
}

/// The handling plan of one complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// One or two sentences.
    pub summary: Bilingual,
    /// Ordered by the three appeals and the five steps.
    pub steps: Vec<PlanStep>,
    /// What may be offered.
    pub redress: Redress,
    /// Who else must come in.
    pub escalate: Option<Escalation>,
    /// A first answer to the customer, ready to send (B6).
    pub acknowledgement: Bilingual,
    /// For a public complaint: the public line and the private message.
    pub public: Option<PublicReply>,
    /// The facts about this customer that were used.
    pub facts: Vec<PlanFact>,
    /// Which playbook made it.
    pub playbook_version: String,
}

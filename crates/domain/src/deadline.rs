//! Clocks and promises of a case.

use crate::{
    Bilingual, DeadlineKind, DeadlineState, Person, PromiseState, Quote, TimeRequestKind, Timestamp,
};

/// How a span of time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// Hours on the wall clock, nights and holidays included.
    Hours,
    /// Calendar days (自然日).
    Calendar,
    /// Working days (工作日), by the working calendar.
    Working,
}

/// How long something may take, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlinePolicy {
    /// The name of the policy, such as `house`.
    pub key: String,
    /// What the clock counts down to.
    pub kind: DeadlineKind,
    /// How many hours or days.
    pub amount: u32,
    /// Hours, calendar days or working days.
    pub unit: DayKind,
    /// The share of the time, in percent, after which the clock counts as near.
    pub near_percent: u8,
    /// The rule in words: its name, article and version date.
    pub source: Bilingual,
}

/// One clock of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What it counts down to.
    pub kind: DeadlineKind,
    /// The policy that set it.
    pub policy: String,
    /// When it started.
    pub started_at: Timestamp,
    /// When a warning is due.
    pub near_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// How it stands.
    pub state: DeadlineState,
    /// "Due because …" in words.
    pub because: Bilingual,
    /// How many extensions were granted.
    pub extensions: u8,
    /// Days left out of the count because somebody outside appraised.
    pub days_out: u32,
    /// Since when it is paused.
    pub paused_at: Option<Timestamp>,
}

/// What was asked for a clock, and waits for somebody else's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeRequest {
    /// An extension, a pause or a fresh start.
    pub what: TimeRequestKind,
    /// Why.
    pub reason: String,
    /// What the customer will be told when it is granted.
    pub notice: Option<String>,
    /// Who asked.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
}

/// An entry of the promise ledger (A13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Counts from 1 within a case.
    pub number: u32,
    /// Who promised, in words.
    pub by: String,
    /// What was promised.
    pub what: String,
    /// Until when, if a time was named.
    pub until: Option<Timestamp>,
    /// When it was made or found.
    pub made_at: Timestamp,
    /// How it stands.
    pub state: PromiseState,
    /// The customer's words that tell of it, when it was found in a text.
    pub quote: Option<Quote>,
}

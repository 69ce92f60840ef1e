//! Rule packs: the deadlines of one law, platform or house as data, with their source and what moves them.

use domain::{Bilingual, CaseState, Channel, DeadlineKind, DeadlinePolicy, Role, Severity};

use super::clock::Policy;

/// What starts or ends a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockEvent {
    /// The complaint was received.
    Received,
    /// The customer had a first answer.
    Answered,
    /// It was decided whether the complaint stands.
    Examined,
    /// It was decided that it stands, and it was registered.
    Accepted,
    /// The customer agreed to what was proposed.
    Agreed,
    /// What was agreed was carried out.
    Remedied,
    /// The complaint was turned down by rule.
    Refused,
    /// The customer withdrew.
    Withdrawn,
    /// The case was joined into another.
    Merged,
    /// The case was closed.
    Closed,
    /// A promise was made.
    Promised,
}

impl ClockEvent {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Received,
        Self::Answered,
        Self::Examined,
        Self::Accepted,
        Self::Agreed,
        Self::Remedied,
        Self::Refused,
        Self::Withdrawn,
        Self::Merged,
        Self::Closed,
        Self::Promised,
    ];

    /// The name that packs write.
    pub fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Answered => "answered",
            Self::Examined => "examined",
            Self::Accepted => "accepted",
            Self::Agreed => "agreed",
            Self::Remedied => "remedied",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
            Self::Closed => "closed",
            Self::Promised => "promised",
        }
    }

    /// The event of this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.key() == key)
    }

    /// The event that reaching a state is.
    pub fn of_state(state: CaseState) -> Option<Self> {
        match state {
            CaseState::Agreed => Some(Self::Agreed),
            CaseState::Remedied => Some(Self::Remedied),
            CaseState::Refused => Some(Self::Refused),
            CaseState::Withdrawn => Some(Self::Withdrawn),
            CaseState::Merged => Some(Self::Merged),
            CaseState::Closed => Some(Self::Closed),
            _ => None,
        }
    }
}

/// One step by which a rule lets a term be longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The whole term after it, counted from the same start.
    pub total: u32,
    /// How the whole term is counted.
    pub unit: domain::DayKind,
    /// The roles that may grant it.
    pub roles: Vec<Role>,
    /// Whether the customer has to be told, with the reason.
    pub notice: bool,
    /// In which case.
    pub when: Bilingual,
    /// Who grants it, in the rule's words.
    pub approver: Bilingual,
}

/// How a rule leaves out the time of an appraisal outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The roles that may grant it.
    pub roles: Vec<Role>,
    /// Whether the customer has to be told.
    pub notice: bool,
    /// The rule in our words.
    pub because: Bilingual,
}

/// One clock of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackClock {
    /// How long, by which rule, from which severity on.
    pub policy: Policy,
    /// The article, in our words.
    pub article: Bilingual,
    /// What starts it.
    pub start: ClockEvent,
    /// What ends it.
    pub stop: Vec<ClockEvent>,
    /// How it may be made longer, step by step.
    pub extensions: Vec<Extension>,
    /// How it may be paused.
    pub pause: Option<Pause>,
}

impl PackClock {
    /// The rule after so many extensions: its amount and unit are those of the last step.
    pub fn rule_after(&self, extensions: u8) -> DeadlinePolicy {
        let mut rule = self.policy.rule.clone();
        let step = usize::from(extensions).checked_sub(1);
        if let Some(step) = step.and_then(|step| self.extensions.get(step)) {
            (rule.amount, rule.unit) = (step.total, step.unit);
        }
        rule
    }
}

/// The deadlines of one law, platform or house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The stable name; equal to the file's.
    pub key: String,
    /// The name shown.
    pub name: Bilingual,
    /// The rule it comes from.
    pub source: Bilingual,
    /// Since when the rule holds, or when it was looked up; `YYYY-MM-DD`.
    pub version: String,
    /// The day it stopped holding.
    pub until: Option<String>,
    /// Whether the numbers were checked against the text of the rule.
    pub confirmed: bool,
    /// The calendar that counts its days.
    pub calendar: String,
    /// The channels it is for; empty means all.
    pub channels: Vec<Channel>,
    /// Whether new facts let the term begin anew.
    pub restart_on_new_facts: bool,
    /// Where it can be read, without the scheme.
    pub links: Vec<String>,
    /// What else the rule asks for.
    pub notes: Vec<Bilingual>,
    /// The clocks.
    pub clocks: Vec<PackClock>,
}

impl Pack {
    /// The pack whose clocks every case has.
    pub const HOUSE: &'static str = "house";

    /// The clock of a kind, at a severity.
    pub fn clock(&self, kind: DeadlineKind, severity: Severity) -> Option<&PackClock> {
        self.clocks
            .iter()
            .filter(|clock| clock.policy.rule.kind == kind && clock.policy.from_severity <= severity)
            .max_by_key(|clock| clock.policy.from_severity)
    }

    /// Whether cases of a channel fall under it.
    pub fn covers(&self, channel: Channel) -> bool {
        self.channels.is_empty() || self.channels.contains(&channel)
    }

    /// Whether it holds on a local day written `YYYY-MM-DD`.
    pub fn holds_on(&self, day: &str) -> bool {
        self.until.as_deref().is_none_or(|until| day < until)
    }
}

#[cfg(test)]
mod tests;

//! What to do next while a conversation runs (B5).

use crate::{Bilingual, Quote, Role, ThreeChange};

/// Why something is advised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdviceReason {
    /// The turn it follows from, from 0.
    pub turn: usize,
    /// What was seen there.
    pub seen: Bilingual,
    /// The words.
    pub quote: Option<Quote>,
}

/// The next best action after a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The turn it is given after, from 0.
    pub after: usize,
    /// The rule that gives it; stable within a playbook version.
    pub rule: String,
    /// What to do now.
    pub act: Bilingual,
    /// What not to do.
    pub dont: Bilingual,
    /// Two or three things that can be said, filled with the facts of the case.
    pub phrases: Vec<Bilingual>,
    /// Why.
    pub because: Vec<AdviceReason>,
    /// A change of person, place or time to propose.
    pub change: Option<ThreeChange>,
    /// Who must come in.
    pub bring_in: Option<Role>,
}

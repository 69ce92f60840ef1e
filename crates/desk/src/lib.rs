//! 案台: the pure rules of handling a case — what may be done, what follows, by when. Time is an argument.

pub mod assignment;
pub mod case;
pub mod deadline;
pub mod quality;
pub mod rules;

pub use assignment::{Candidate, Colleague, Fairness, candidates, fairness};
pub use case::{
    Context, LIKELY, Likeness, NewCase, WITHIN_DAYS, allowed, apply, checks, decide, erased, kind_of,
    likeness, next_check_at, open, priority_of, replay, severity_of, tick,
};
pub use deadline::{Calendar, ClockEvent, DayFact, Pack, PackClock, Policy, set_clock};
pub use rules::{Rules, RulesError};

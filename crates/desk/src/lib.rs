//! 案台: the pure rules of handling a case — what may be done, what follows, by when. Time is an argument.

pub mod case;
pub mod deadline;
pub mod rules;

pub use case::{
    Context, NewCase, allowed, apply, checks, decide, kind_of, next_check_at, open, priority_of, replay,
    severity_of, tick,
};
pub use deadline::{Calendar, ClockEvent, DayFact, Pack, PackClock, Policy, set_clock};
pub use rules::{Rules, RulesError};

//! 案台: the pure rules of handling a case — what may be done, what follows, by when. Time is an argument.

pub mod case;
pub mod deadline;
pub mod redress;
pub mod rules;

pub use case::{
    Context, Heard, Known, NewCase, Standing, allowed, apply, checks, checks_known, credence, decide,
    kind_of, next_check_at, open, principles, priority_of, replay, severity_of, tick,
};
pub use deadline::{Calendar, DayFact, Policy, set_clock};
pub use rules::{DoubtSums, FILES, Rules, RulesError};

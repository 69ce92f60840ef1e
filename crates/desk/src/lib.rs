//! 案台: the pure rules of handling a case — what may be done, what follows, by when. Time is an argument.

pub mod assignment;
pub mod case;
pub mod deadline;
pub mod quality;
pub mod redress;
pub mod rules;

pub use assignment::{Candidate, Colleague, Fairness, candidates, fairness};
pub use case::{
    Context, Heard, Known, LIKELY, Likeness, NewCase, Standing, Telling, WITHIN_DAYS, allowed, apply,
    awaits_verdict, checks, checks_known, credence, decide, erased, informed, judged_again, kind_of,
    likeness, next_check_at, open, principles, priority_of, replay, severity_of, tells, tick, told,
};
pub use deadline::{
    Calendar, ClockEvent, DayFact, Pack, PackClock, Policy, promised_until, set_clock, set_pack_clock,
};
pub use rules::{DoubtSums, Rules, RulesError, files};

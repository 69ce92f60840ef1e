//! The border of this crate: a script of commands → the log of events and refusals.

mod border;
mod duplicates;
mod lifecycle;
mod promises;
mod properties;
mod redress;
mod sample;
mod terms;
mod verdict;

pub(super) fn sample_case() -> domain::Case {
    sample::Desk::open(sample::analysis()).case
}

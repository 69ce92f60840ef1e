//! The border of this crate: a script of commands → the log of events and refusals.

mod border;
mod lifecycle;
mod promises;
mod properties;
mod sample;
mod terms;

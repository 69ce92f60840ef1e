//! The border of this crate: a script of commands → the log of events and refusals.

mod border;
mod promises;
mod properties;
mod redress;
mod sample;

//! The use cases at their border: the classic cases read, planned and taken in by the real engine, playbook and store.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and shows its tally"
)]

mod scenarios;

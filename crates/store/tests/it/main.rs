//! The store at its border: the same tests on SQLite and on PostgreSQL, each with a fresh database.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these are tests throughout"
)]

mod cases;
mod crash;
mod documents;
mod durable;
mod feed;
mod format;
mod insight;
mod jobs;
mod ledgers;
mod lists;
mod people;
mod rollups;
mod sample;
mod search;
mod temporary;
mod upgrade;
mod ways;

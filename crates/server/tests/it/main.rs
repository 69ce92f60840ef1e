//! The server at its border: real requests to the real router over a real database, on SQLite and on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says when it was skipped"
)]

mod administration;
mod bad_input;
mod cases;
mod conversations;
mod corrections;
mod demo_desk;
mod files;
mod handling;
mod idempotency;
mod insight;
mod lifecycle;
mod lists;
mod live;
mod masking;
mod openapi;
mod pages;
mod permissions;
mod planted;
mod presets;
mod rights;
mod sessions;
mod settings;
mod temporary;
mod terms;

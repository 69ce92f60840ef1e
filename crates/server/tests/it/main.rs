//! The server at its border: real requests to the real router over a real database, on SQLite and on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says when it was skipped"
)]

mod account;
mod administration;
mod attacks;
mod bad_input;
mod both;
mod cases;
mod causes;
mod conversations;
mod corrections;
mod demo_desk;
mod everywhere;
mod files;
mod handling;
mod idempotency;
mod imports;
mod insight;
mod lifecycle;
mod lists;
mod live;
mod masking;
mod observe;
mod openapi;
mod pages;
mod permissions;
mod planted;
mod presets;
mod progress;
mod promises;
mod rates;
mod refusals;
mod rights;
mod sessions;
mod settings;
mod teams;
mod temporary;
mod terms;
mod trail;
mod tries;
mod webhooks;

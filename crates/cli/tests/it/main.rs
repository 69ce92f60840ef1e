//! The real binary, run as people and scripts run it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on says so, and when it was skipped"
)]

mod accounts;
mod analyze;
mod backups;
mod configuration;
mod converse;
mod corrections;
mod crash;
mod desk;
#[cfg(any(feature = "oidc", feature = "otlp"))]
mod doors;
mod facets;
mod files;
mod fresh;
mod howto;
mod http;
mod import;
mod insight;
mod overload;
mod planted;
mod processes;
mod receiver;
mod soak;
mod tool;
mod trouble;

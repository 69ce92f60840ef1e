//! The real binary, run as people and scripts run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod accounts;
mod analyze;
mod configuration;
mod converse;
mod corrections;
mod desk;
mod facets;
mod files;
mod howto;
mod import;
mod insight;
mod tool;

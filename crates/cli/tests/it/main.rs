//! The real binary, run as people and scripts run it.

mod analyze;
mod desk;
mod facets;
mod files;
mod tool;

//! The process as it ran (F6): the event log and its XES form, the ways cases take, where they wait, what is done
//! twice, and which steps leave the flow they should follow (D2).

mod conform;
mod flow;
mod log;
mod steps;
mod variants;
mod xes;

pub use conform::{Breach, Conformance, check_conformance};
pub use flow::Flow;
pub use log::{Log, LogEvent, Trace, read_log};
pub use steps::{Rework, Step, find_rework, find_steps};
pub use variants::{Variant, find_variants};
pub use xes::write_xes;

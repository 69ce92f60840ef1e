//! What the organization learns: facts from the store, statistics from `insight`, words and links for the wire. Answers
//! are kept in memory, since many people look at the same numbers.

mod ahead;
mod breakdown;
mod causes;
mod clock;
mod economics;
mod facts;
mod kept;
mod lessons;
mod outbreaks;
mod process;
mod quotes;
mod report;
mod root_causes;
mod satisfaction;
mod show;
mod silent;

pub(crate) use kept::Learned;
pub use report::{ReportFile, ReportFormat};

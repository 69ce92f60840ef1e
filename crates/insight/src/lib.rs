//! 洞察: what the organization learns from its cases. Outbreaks, silent leavers, causes, the economics of recovery, the
//! process as it ran, and a report in plain words. Pure computation: facts come in, figures with their uncertainty or a
//! stated reason come out; no file, clock or randomness, and never a number that is none.

pub mod causes;
pub mod claims;
mod compare;
mod days;
mod dispersion;
pub mod economics;
mod figure;
mod gap;
mod linear;
mod median;
pub mod outbreak;
pub mod process;
mod rank;
pub mod report;
pub mod satisfaction;
pub mod silent;
pub mod training;

pub use compare::{lowest_ratio, rate_ratio, share_difference};
pub use days::{DAY_MS, date_words, day_of};
pub use figure::{Estimate, Figure};
pub use gap::{Counted, Gap};
pub use median::Median;
pub use rank::benjamini_hochberg;

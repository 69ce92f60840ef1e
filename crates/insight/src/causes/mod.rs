//! Causes (F4): the words that set a slice of complaints apart, what is new or rising, what belongs together, and which
//! batch of which product stands out.

mod cluster;
mod count;
mod defect;
mod gram;
mod phrase;
mod rising;

pub use cluster::{Cluster, cluster};
pub use defect::{Basis, Batch, DefectCandidate, find_defects};
pub use phrase::{LogOdds, Phrase, PhraseOptions, distinguish, log_odds};
pub use rising::{Rising, find_rising};

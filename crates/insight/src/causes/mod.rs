//! Causes (F4): the words that set a slice of complaints apart, what is new or rising, what belongs together, which batch
//! of which product stands out, and where the range or the rules of a product hurt.

mod cluster;
mod count;
mod defect;
mod gram;
mod pain;
mod phrase;
mod rising;
mod units;
mod within;

pub use cluster::{Cluster, cluster};
pub use defect::{Basis, Batch, DefectCandidate, find_defects};
pub use pain::{PainKind, PainPoint, ProductCase, RANGE_WORDS, find_pains};
pub use phrase::{LogOdds, Phrase, PhraseOptions, distinguish, log_odds};
pub use rising::{Rising, find_rising};
pub use units::UnitsSold;
pub use within::{Labeled, cluster_within};

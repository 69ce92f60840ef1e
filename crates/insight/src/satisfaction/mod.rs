//! Satisfaction (F8): marks with their interval, what those who gave no mark may change, and where customers got less
//! than they expected.

mod gap;
mod marks;

pub use gap::{ExpectationGap, Judged, find_gaps};
pub use marks::{Leaning, Marked, Satisfaction, mean_of_sums, measure_satisfaction};

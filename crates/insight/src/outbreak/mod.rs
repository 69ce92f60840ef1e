//! Outbreaks (F2): rises of topic × place × product beyond what chance and season explain, when they began, how large
//! they are, and whether the reports are independent or copied.

mod course;
mod ears;
mod farrington;
mod glm;
mod herd;
mod noufaily;
mod onset;
mod recent;
mod reference;
mod reports;
mod scan;

pub use course::{CourseBlock, course_of};
pub use ears::{Ears, EarsError, EarsPoint, ears};
pub use farrington::{Power, Threshold, delta_threshold, exceedance};
pub use glm::{Row, assign_weights};
pub use herd::{Herd, read_herd};
pub use noufaily::{
    Farrington, FarringtonPoint, NegativeThreshold, ThresholdMethod, farrington, negative_threshold,
};
pub use onset::{Onset, find_onset};
pub use recent::{RecentPoint, pooled_dispersion, recent};
pub use reports::{Report, ReportSet, Slice};
pub use scan::{Alarm, Method, MethodName, Outbreak, ScanOptions, Scanned, scan, test_counts};

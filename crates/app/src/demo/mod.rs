//! Demonstration data: an invented organization with some weeks of cases, made by real commands at the real desk.
//! The same options always give the same data; everything is marked as demo.

mod course;
mod data;
mod dice;
mod generate;
mod people;
mod seed;
mod sketch;
mod story;
mod talks;
mod texts;
mod volume;

use domain::Timestamp;

pub use course::Reader;
pub use generate::{Cast, Generator};
pub use people::Member;
pub use seed::Summary;
pub use story::Told;

/// How many cases the usual demo has.
pub const CASES: usize = 2_000;
/// How many days the usual demo tells of: sixteen weeks.
pub const DAYS: u32 = 112;
/// The seed of the usual demo.
// Chosen because it shows a follow-up that is near; with few closings a day, other seeds can have none.
pub const SEED: u64 = 7;

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many cases.
    pub cases: usize,
    /// Over how many days before `at`.
    pub days: u32,
    /// The end of the story; clocks stand as they would at this moment.
    pub at: Timestamp,
    /// Another seed gives other data.
    pub seed: u64,
}

#[cfg(test)]
mod tests;

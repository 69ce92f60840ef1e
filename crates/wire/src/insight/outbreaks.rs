//! Outbreaks on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CaseLink, Cut, Figure, QuotedCase, SliceValue};

/// One week of the course of an outbreak.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CourseWeek {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// How many cases.
    pub count: u64,
    /// How many were expected from the weeks before; null while there are too few.
    pub expected: Option<f64>,
    /// The count that chance passes in one week of a hundred; null while it cannot be told.
    pub threshold: Option<f64>,
}

/// A rise beyond chance.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Outbreak {
    /// What the cases have in common; empty for a rise of everything.
    pub slice: Vec<SliceValue>,
    /// The filters that show its cases.
    pub cases: CaseLink,
    /// The day from which it stands out most.
    pub since: String,
    /// How many cases since then.
    pub reports: u64,
    /// How many were expected.
    pub expected: f64,
    /// How many more than expected.
    pub excess: Figure,
    /// How many times as many.
    pub ratio: Figure,
    /// The probability by chance, corrected for the number of tests.
    pub corrected_p: f64,
    /// The probability when copies count once.
    pub p_when_copies_count_once: f64,
    /// Texts that were compared with each other.
    pub compared_texts: u64,
    /// Of them, those worded independently.
    pub independent_texts: u64,
    /// The test that found it: `noufaily`, `recent` and so on.
    pub method: String,
    /// The first cases.
    pub first: Vec<QuotedCase>,
    /// The most typical ones.
    pub typical: Vec<QuotedCase>,
    /// The newest weeks, the oldest first.
    pub course: Vec<CourseWeek>,
    /// Other rises that it explains, in words.
    pub explains_also: Vec<String>,
}

/// What the scan found.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OutbreakList {
    /// Whether older cases were left out, because there are more than one answer reads; null when it rests on all.
    pub cut: Option<Cut>,
    /// The last day counted.
    pub until: String,
    /// When it was worked out.
    pub made_at: String,
    /// Cases that were counted.
    pub complaints: u64,
    /// Weeks of history.
    pub weeks: u64,
    /// Slices tested.
    pub tests: u64,
    /// Slices that could not be judged.
    pub not_judged: u64,
    /// Why nothing could be judged; null when something was.
    pub reason: Option<String>,
    /// The share of false outbreaks accepted among those named.
    pub accepted_share_of_false_alarms: f64,
    /// The outbreaks, the surest first.
    pub items: Vec<Outbreak>,
}

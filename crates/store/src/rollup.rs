//! Numbers over many cases, counted by the database and equal to a recount of the cases.

use domain::{
    CaseState, Cause, Channel, Date, DeadlineState, EmotionStage, Intensity, Motive, Nature, Outcome,
    Priority, Psychology, Risk, Severity, Stance, Subject, UserId,
};

use crate::{CaseFilter, Store, StoreError};

/// How often each value occurs; values that do not occur are left out. Ordered by count, then by key.
pub type Counts<V> = Vec<(V, u64)>;

/// The facets of the cases, counted. Multi-valued facets count a case once for each of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// Primary psychology.
    pub psychology: Counts<Psychology>,
    /// Motives.
    pub motive: Counts<Motive>,
    /// Emotion stage.
    pub emotion: Counts<EmotionStage>,
    /// Intensity.
    pub intensity: Counts<Intensity>,
    /// Subjects.
    pub subject: Counts<Subject>,
    /// Nature.
    pub nature: Counts<Nature>,
    /// Stance.
    pub stance: Counts<Stance>,
    /// Causes.
    pub cause: Counts<Cause>,
    /// Risks.
    pub risk: Counts<Risk>,
    /// Channel.
    pub channel: Counts<Channel>,
    /// State.
    pub state: Counts<CaseState>,
    /// Severity.
    pub severity: Counts<Severity>,
    /// Priority.
    pub priority: Counts<Priority>,
}

/// How satisfied customers said they were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CsatStats {
    /// How many gave a mark.
    pub n: u64,
    /// The mean mark, 1–5; nothing when there is none.
    pub mean: Option<f64>,
}

/// How soon cases got their first answer, counted from when they were received.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FirstResponseStats {
    /// How many cases were answered.
    pub n: u64,
    /// The median time to the first answer, in hours; nothing when none was answered.
    pub median_hours: Option<f64>,
    /// How many were answered within 24 hours.
    pub within_24h: u64,
}

/// The numbers of the dashboard over the cases of a filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dashboard {
    /// Cases opened per local day, oldest first; days without a case are left out.
    pub volume: Vec<(Date, u64)>,
    /// Cases in a state that is not final.
    pub open: u64,
    /// Cases in a final state.
    pub closed: u64,
    /// The facets.
    pub facets: FacetCounts,
    /// Cases that have at least one clock in the state.
    pub clocks: Counts<DeadlineState>,
    /// Verdicts of closed cases.
    pub outcomes: Counts<Outcome>,
    /// Satisfaction.
    pub csat: CsatStats,
    /// Open cases per owner; nothing stands for cases nobody owns.
    pub backlog_by_owner: Vec<(Option<UserId>, u64)>,
    /// Cases per product, most first, at most [`PRODUCT_LIMIT`].
    pub by_product: Vec<(String, u64)>,
    /// First answers.
    pub first_response: FirstResponseStats,
}

/// The most products a dashboard names.
pub const PRODUCT_LIMIT: u32 = 50;

impl Store {
    /// The dashboard over the cases of `filter`; days are those of a clock `offset_minutes` ahead of UTC.
    pub async fn dashboard(&self, filter: &CaseFilter, offset_minutes: i32) -> Result<Dashboard, StoreError> {
        let _ = (filter, offset_minutes);
        Err(StoreError::Unsupported("dashboard"))
    }
}

//! The queue of work as JSON: what waits, what was done, what failed for good.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Job {
    /// The identity.
    pub id: i64,
    /// What kind of work: `webhook`, `sweep`, `reports`.
    pub kind: String,
    /// `waiting`, `done` or `shelved`: failed for good, until somebody replays it.
    #[schema(example = "waiting")]
    pub state: String,
    /// How often it was tried since it was queued or replayed.
    pub attempts: u32,
    /// How the last try ended; empty before the first.
    pub outcome: String,
    /// When it is tried next; nothing when it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_at: Option<String>,
    /// When it was queued.
    pub created_at: String,
    /// When it last changed.
    pub updated_at: String,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobTry {
    /// Counts from 1.
    pub number: u32,
    /// When it ended.
    pub ended_at: String,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// How it ended.
    pub outcome: String,
}

/// A piece of work with every try.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct JobDetail {
    /// The work.
    #[serde(flatten)]
    pub job: Job,
    /// What is to be done; holds nothing personal.
    pub body: Value,
    /// The tries, oldest first.
    pub tries: Vec<JobTry>,
}

/// A page of work, with how much there is in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobList {
    /// The work, newest first.
    pub items: Vec<Job>,
    /// How much waits.
    pub waiting: u64,
    /// How much was done lately.
    pub done: u64,
    /// How much failed for good.
    pub shelved: u64,
    /// Ask with this for what was queued before these; nothing when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// What a list of jobs is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobQuery {
    /// In this state.
    pub state: Option<String>,
    /// Queued before the last of the page before.
    pub cursor: Option<String>,
    /// How many.
    pub limit: Option<u32>,
}

/// The text as JSON, or as a string when it is none.
pub fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

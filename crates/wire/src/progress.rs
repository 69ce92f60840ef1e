//! What a customer sees by a secret link: how far the case is and what was promised, nothing else.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    fields::{FieldError, Fields},
    key::{CaseStateKey, OutcomeKey, PromiseStateKey},
};

/// One step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgressStep {
    /// When.
    pub at: String,
    /// In words.
    pub what: String,
}

/// One promise of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgressPromise {
    /// What was promised, personal data covered.
    pub what: String,
    /// Until when.
    pub until: Option<String>,
    /// How it stands.
    pub state: PromiseStateKey,
}

/// What the customer said of the result, as the page shows it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgressVerdict {
    /// What was expected, personal data covered.
    pub expected: String,
    /// What was received, personal data covered.
    pub received: String,
    /// How the two compare.
    pub outcome: OutcomeKey,
    /// Satisfaction 1–5.
    pub csat: Option<u8>,
    /// Whether it is settled.
    pub settled: bool,
    /// When.
    pub at: String,
}

/// How far a case is, for its customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Progress {
    /// The number people say.
    pub number: String,
    /// The state.
    pub state: CaseStateKey,
    /// The state in words.
    pub state_name: String,
    /// When the complaint was received.
    pub received_at: String,
    /// When it was last worked on.
    pub updated_at: String,
    /// What is due next, and when, in words.
    pub next: Option<String>,
    /// The steps taken, oldest first.
    pub steps: Vec<ProgressStep>,
    /// What the desk promised.
    pub promises: Vec<ProgressPromise>,
    /// Whether the customer can say now what came of it.
    pub may_judge: bool,
    /// Whether the customer can say that it is not settled after all.
    pub may_object: bool,
    /// What the customer said.
    pub verdict: Option<ProgressVerdict>,
    /// When the link ends.
    pub expires_at: String,
}

/// What the customer says of the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VerdictRequest {
    /// What was expected, in a sentence.
    pub expected: String,
    /// What was received, in a sentence.
    pub received: String,
    /// How the two compare: `below`, `met` or `above`.
    pub outcome: OutcomeKey,
    /// Satisfaction 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 5)]
    pub csat: Option<u8>,
    /// Whether the case may be closed; when left out, unless less was received than expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<bool>,
}

impl VerdictRequest {
    /// The verdict of a body as a command upon the case, or every field error.
    pub fn parse(body: &Value) -> Result<domain::Command, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let command = crate::command::read_verdict(&mut fields);
        fields.finish(command)
    }
}

/// How long a link lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgressLinkRequest {
    /// Days; 90 when left out.
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 365)]
    pub days: u32,
}

impl ProgressLinkRequest {
    /// The life asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let days = fields.optional_number("days", 1, 365).unwrap_or(90);
        fields.finish(u32::try_from(days).ok().map(|days| Self { days }))
    }
}

/// A fresh link; the secret is shown this once, and earlier links of the case have ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgressLink {
    /// The path of the page, to be put behind the address of the workbench.
    pub path: String,
    /// When it ends.
    pub expires_at: String,
}

/// A case that may be the same complaint.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Duplicate {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// The title, masked.
    pub title: String,
    /// How far it is.
    pub state: CaseStateKey,
    /// When the complaint was received.
    pub received_at: String,
    /// How like the two are, 0–1.
    pub score: f64,
    /// What they have in common.
    pub because: Vec<String>,
}

/// What removed the cause, and what the customers are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreventionRequest {
    /// What was done against the cause.
    pub action: String,
    /// What every customer is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl PreventionRequest {
    /// The telling asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let action = fields.short("action");
        let message = fields.optional_text("message", crate::limits::TEXT_CHARS);
        fields.finish(Some(Self { action, message }))
    }
}

/// A case whose customer was not told, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NotTold {
    /// The number people say.
    pub number: String,
    /// Why not.
    pub because: String,
}

/// Whose customers were told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreventionTold {
    /// The numbers of the cases.
    pub told: Vec<String>,
    /// The others.
    pub not_told: Vec<NotTold>,
}

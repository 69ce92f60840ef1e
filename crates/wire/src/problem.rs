//! Errors as RFC 9457 problem documents with a stable code.

use domain::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{case::Case, fields::FieldError};

/// One field at fault.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ProblemField {
    /// The path of the field, such as `corrections.psychology.primary`.
    pub field: String,
    /// What is wrong with it and what is allowed.
    pub message: String,
}

impl ProblemField {
    /// The field error in one language.
    pub fn of(error: &FieldError, language: Language) -> Self {
        Self {
            field: error.field.clone(),
            message: error.message.in_language(language).to_owned(),
        }
    }
}

/// What went wrong (`application/problem+json`, RFC 9457).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem: `urn:tingsu:error:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong and what to do.
    pub detail: String,
    /// What to do next.
    pub next: String,
    /// Stable, for programs.
    pub code: String,
    /// The fields at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// The present case, when the version sent was stale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Case>>,
}

//! Who is at a case right now: looking at it, or writing.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    fields::{FieldError, Fields},
    limits,
};

/// What somebody does at a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Has it open.
    Viewing,
    /// Writes a reply or fills in a form.
    Writing,
    /// Has left it.
    Gone,
}

impl Doing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Viewing, Self::Writing, Self::Gone];

    /// The key on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::Viewing => "viewing",
            Self::Writing => "writing",
            Self::Gone => "gone",
        }
    }
}

/// What the caller does at a case; to be told again every 15 seconds while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PresenceRequest {
    /// What.
    pub doing: Doing,
}

impl PresenceRequest {
    /// The request of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let word = fields.text("doing", limits::NAME_CHARS);
        let doing = Doing::ALL.into_iter().find(|doing| doing.key() == word);
        if doing.is_none() && !word.is_empty() {
            let known = Doing::ALL.map(Doing::key).join(", ");
            fields.refuse(
                "doing",
                format!("可用：{known}"),
                format!("must be one of {known}"),
            );
        }
        fields.finish(doing.map(|doing| Self { doing }))
    }
}

/// Somebody at a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Present {
    /// The identity.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they do.
    pub doing: Doing,
    /// Since when they have been there.
    pub since: String,
}

/// Who is at a case, the caller included; also told by the live stream (`event: presence`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Presence {
    /// The case.
    pub case: String,
    /// Who, the first to come first.
    pub people: Vec<Present>,
}

//! The audit trail as JSON: who signed in, saw unmasked data, took data away or changed settings.

use serde::Serialize;
use utoipa::ToSchema;

/// One line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditLine {
    /// The place in the trail, from 1.
    pub number: i64,
    /// When.
    pub at: String,
    /// Who: the id of an account, or `system`.
    pub actor: String,
    /// The name of the account, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What, such as `login`, `unmask`, `person_exported`, `change_document`.
    pub action: String,
    /// Upon what, such as the id of a case.
    pub target: String,
    /// Why or what else, with personal data covered.
    pub detail: String,
}

/// A page of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditPage {
    /// The lines, newest first.
    pub items: Vec<AuditLine>,
    /// Ask with this for the lines before these; nothing when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// What the audit trail is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By this account.
    pub actor: Option<String>,
    /// Of this kind.
    pub action: Option<String>,
    /// Upon this.
    pub target: Option<String>,
    /// Before the last line of the page before.
    pub cursor: Option<String>,
    /// How many.
    pub limit: Option<u32>,
}

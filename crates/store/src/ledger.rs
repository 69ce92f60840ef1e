//! Small ledgers: idempotency keys, settings and the audit trail.

use domain::Timestamp;

use crate::{Store, StoreError};

/// The key of a repeatable request, kept with the effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose key it is, such as a user id; keys of different callers never meet.
    pub scope: String,
    /// The key as sent.
    pub key: String,
    /// The hash of the request, to tell a repetition from another request under the same key.
    pub request_hash: String,
    /// What to answer a repetition with, such as the case id; opaque to the store.
    pub answer: String,
    /// When it was first used.
    pub created_at: Timestamp,
}

/// One line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who, as a user id or `system`.
    pub actor: String,
    /// What, such as `login`, `unmask`, `token_created`.
    pub action: String,
    /// Upon what, such as a case id.
    pub target: String,
    /// Anything else worth knowing, as JSON or plain words.
    pub detail: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// The key used before, or nothing.
    pub async fn idempotency(&self, scope: &str, key: &str) -> Result<Option<IdempotencyKey>, StoreError> {
        let _ = (scope, key);
        Err(StoreError::Unsupported("idempotency"))
    }

    /// The value of a setting as JSON, or nothing.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let _ = key;
        Err(StoreError::Unsupported("settings"))
    }

    /// Sets a setting.
    pub async fn set_setting(&self, key: &str, json: &str) -> Result<(), StoreError> {
        let _ = (key, json);
        Err(StoreError::Unsupported("settings"))
    }

    /// Adds a line to the audit trail.
    pub async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let _ = entry;
        Err(StoreError::Unsupported("audit"))
    }

    /// The newest lines of the audit trail, at most `limit`; of one target when given.
    pub async fn audit_trail(&self, target: Option<&str>, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let _ = (target, limit);
        Err(StoreError::Unsupported("audit"))
    }
}

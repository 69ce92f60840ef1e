//! Small ledgers: idempotency keys, settings and the audit trail.

use domain::Timestamp;

use crate::{
    Store, StoreError,
    db::{Value, values},
};

/// Keys whose scope begins like this are kept for good: what was imported once is not imported again.
pub const LASTING_SCOPE: &str = "import:";
/// Keys looked up with one statement.
const KEYS_AT_ONCE: usize = 500;

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

/// Which lines of the audit trail are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// By this account.
    pub actor: Option<String>,
    /// Of this kind.
    pub action: Option<String>,
    /// Upon this.
    pub target: Option<String>,
    /// Before this place in the trail.
    pub before: Option<i64>,
}

/// Scope, key, request's hash, answer, made at.
type KeyRow = (String, String, String, String, i64);
/// Actor, action, target, detail, time.
type AuditRow = (String, String, String, String, i64);
/// Place, actor, action, target, detail, time.
type NumberedRow = (i64, String, String, String, String, i64);

impl Store {
    /// The key used before, or nothing.
    pub async fn idempotency(&self, scope: &str, key: &str) -> Result<Option<IdempotencyKey>, StoreError> {
        let sql = "SELECT scope, key, request_hash, answer, created_at FROM idempotency_keys \
                   WHERE scope = $1 AND key = $2";
        let found: Option<KeyRow> = self.db().fetch_first(sql, values![scope, key]).await?;
        Ok(found.map(idempotency_key))
    }

    /// Those of these keys that were used before in a scope, in any order.
    pub async fn idempotencies(
        &self,
        scope: &str,
        keys: &[String],
    ) -> Result<Vec<IdempotencyKey>, StoreError> {
        let mut found = Vec::new();
        for some in keys.chunks(KEYS_AT_ONCE) {
            let places: Vec<String> = (2..some.len() + 2).map(|place| format!("${place}")).collect();
            let sql = format!(
                "SELECT scope, key, request_hash, answer, created_at FROM idempotency_keys \
                 WHERE scope = $1 AND key IN ({})",
                places.join(", ")
            );
            let bound = std::iter::once(scope).chain(some.iter().map(String::as_str));
            let rows: Vec<KeyRow> = self.db().fetch(&sql, bound.map(Value::from).collect()).await?;
            found.extend(rows.into_iter().map(idempotency_key));
        }
        Ok(found)
    }

    /// The value of a setting as JSON, or nothing.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM settings WHERE key = $1";
        let found: Option<(String,)> = self.db().fetch_first(sql, values![key]).await?;
        Ok(found.map(|(value,)| value))
    }

    /// The values of two settings as JSON, read at one moment.
    pub async fn settings(&self, keys: [&str; 2]) -> Result<[Option<String>; 2], StoreError> {
        let asked = self.read_settings(keys);
        let found = self.keep(|kept| &kept.settings, &keys.join("\n"), asked).await?;
        Ok(found.unwrap_or_default())
    }

    async fn read_settings(&self, keys: [&str; 2]) -> Result<Option<[Option<String>; 2]>, StoreError> {
        let sql = "SELECT key, value FROM settings WHERE key IN ($1, $2)";
        let found: Vec<(String, String)> = self.db().fetch(sql, values![keys[0], keys[1]]).await?;
        let value_of = |key: &str| {
            found
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.clone())
        };
        Ok(Some(keys.map(value_of)))
    }

    /// Sets a setting.
    pub async fn set_setting(&self, key: &str, json: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO settings (key, value) VALUES ($1, $2) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.execute(sql, values![key, json]).await.map(drop)
    }

    /// Adds a line to the audit trail.
    pub async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let sql = "INSERT INTO audit (ordinal, happened_at, actor, action, target, detail) \
                   VALUES (COALESCE((SELECT MAX(ordinal) FROM audit), 0) + 1, $1, $2, $3, $4, $5)";
        let bound = values![
            entry.at.0,
            entry.actor.as_str(),
            entry.action.as_str(),
            entry.target.as_str(),
            entry.detail.as_str()
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// Lines of the audit trail with their places, newest first, at most `limit`.
    pub async fn audit_lines(
        &self,
        filter: &AuditFilter,
        limit: u32,
    ) -> Result<Vec<(i64, AuditEntry)>, StoreError> {
        let mut bound = values![filter.before.unwrap_or(i64::MAX), limit];
        let mut which = String::from("ordinal < $1");
        let wanted = [
            ("actor", &filter.actor),
            ("action", &filter.action),
            ("target", &filter.target),
        ];
        for (column, value) in wanted {
            if let Some(value) = value {
                bound.push(Value::from(value.as_str()));
                which.push_str(&format!(" AND {column} = ${}", bound.len()));
            }
        }
        let sql = format!(
            "SELECT ordinal, actor, action, target, detail, happened_at FROM audit \
             WHERE {which} ORDER BY ordinal DESC LIMIT $2"
        );
        let rows: Vec<NumberedRow> = self.db().fetch(&sql, bound).await?;
        let lines = rows
            .into_iter()
            .map(|(number, actor, action, target, detail, at)| {
                (number, audit_entry((actor, action, target, detail, at)))
            });
        Ok(lines.collect())
    }

    /// The newest lines of the audit trail, at most `limit`; of one target when given.
    pub async fn audit_trail(&self, target: Option<&str>, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let (which, bound) = match target {
            Some(target) => ("WHERE target = $2", values![limit, target]),
            None => ("", values![limit]),
        };
        let sql = format!(
            "SELECT actor, action, target, detail, happened_at FROM audit {which} ORDER BY ordinal DESC LIMIT $1"
        );
        let rows: Vec<AuditRow> = self.db().fetch(&sql, bound).await?;
        Ok(rows.into_iter().map(audit_entry).collect())
    }
}

fn idempotency_key((scope, key, request_hash, answer, created_at): KeyRow) -> IdempotencyKey {
    IdempotencyKey {
        scope,
        key,
        request_hash,
        answer,
        created_at: Timestamp(created_at),
    }
}

fn audit_entry((actor, action, target, detail, at): AuditRow) -> AuditEntry {
    AuditEntry {
        actor,
        action,
        target,
        detail,
        at: Timestamp(at),
    }
}

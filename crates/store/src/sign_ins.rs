//! Sign-ins that were begun at the organization's provider and not ended yet; kept as hashes, each good for one return.

use domain::Timestamp;

use crate::{Store, StoreError, db::values};

impl Store {
    /// Keeps that a sign-in was begun. `Duplicate` when the hash exists.
    pub async fn begin_sign_in(&self, secret_hash: &str, expires_at: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO sign_ins (secret_hash, expires_at) VALUES ($1, $2)";
        self.execute(sql, values![secret_hash, expires_at.0])
            .await
            .map(drop)
    }

    /// Ends a sign-in; answers whether it was begun, not ended before and not too old.
    pub async fn end_sign_in(&self, secret_hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "DELETE FROM sign_ins WHERE secret_hash = $1 AND expires_at > $2";
        Ok(self.execute(sql, values![secret_hash, now.0]).await? > 0)
    }
}

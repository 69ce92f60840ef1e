//! What stands between an acknowledged write and the disk.

use crate::{Store, StoreError, db::Db};

/// What `PRAGMA synchronous` answers when each commit is flushed.
const FULL: i64 = 2;

impl Store {
    /// Settings of the database, as `name = value`, by which a power cut could lose what was acknowledged; usually none.
    pub async fn find_lossy_settings(&self) -> Result<Vec<String>, StoreError> {
        match self.db() {
            Db::Lite { write, .. } => {
                let mut conn = write.lend().await?;
                let level: i64 = sqlx::query_scalar("PRAGMA synchronous")
                    .fetch_one(&mut *conn)
                    .await?;
                conn.rest();
                let lossy = (level < FULL).then(|| format!("synchronous = {level}"));
                Ok(lossy.into_iter().collect())
            }
            Db::Pg { read, .. } => {
                let mut conn = read.lend().await?;
                let sql = "SELECT name || ' = ' || setting FROM pg_settings WHERE setting = 'off' \
                           AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name";
                let lossy = sqlx::query_scalar(sql).fetch_all(&mut *conn).await?;
                conn.rest();
                Ok(lossy)
            }
        }
    }
}

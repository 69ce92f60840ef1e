//! Whole cases that match a filter, newest first: what precedents and previews look at.

use domain::Case;

use crate::{CaseFilter, LIST_LIMIT, Store, StoreError, db::Db, filter::condition, record};

impl Store {
    /// The newest cases that match, at most `limit` and never more than [`LIST_LIMIT`].
    pub async fn newest_cases(&self, filter: &CaseFilter, limit: u32) -> Result<Vec<Case>, StoreError> {
        let db: &Db = self.db();
        let mut condition = condition(db, filter);
        let most = condition.bind(limit.clamp(1, LIST_LIMIT));
        let sql = format!(
            "SELECT c.ordinal, s.body FROM cases c JOIN snapshots s ON s.ordinal = c.ordinal WHERE {} \
             ORDER BY c.opened_at DESC, c.ordinal DESC LIMIT {most}",
            condition.sql()
        );
        let rows: Vec<(i64, String)> = db.fetch(&sql, condition.values).await?;
        let read = |(ordinal, body): (i64, String)| record::from_json(&body, || format!("case at {ordinal}"));
        rows.into_iter().map(read).collect()
    }
}

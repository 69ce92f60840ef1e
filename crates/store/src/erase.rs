//! Erasing a person's words: the stored history is written anew without them, in one transaction, and its hash chain
//! with it. This is the only place where what was stored is changed.

use domain::{CaseId, Event, Timestamp};

use crate::{
    CaseWrite, Store, StoreError,
    cases::{Prepared, append_events},
    chain::{Link, hash},
    db::{Conn, values},
    record,
};

/// An event without its words, as it will be stored.
struct Covered {
    at: i64,
    actor: String,
    body: String,
}

impl Store {
    /// Puts `covered` in the place of the events so far and appends those of `write`; answers the global sequence of the
    /// last event. `Stale` when the case has changed meanwhile.
    pub async fn erase(
        &self,
        expected_version: u32,
        covered: &[Event],
        write: CaseWrite<'_>,
    ) -> Result<i64, StoreError> {
        if u32::try_from(covered.len()) != Ok(expected_version) {
            return Err(StoreError::Invalid("every event is covered, or none".into()));
        }
        let events = covered.iter().map(|event| {
            Ok(Covered {
                at: event.at.0,
                actor: record::to_json(&event.actor)?,
                body: record::to_json(&event.kind)?,
            })
        });
        let events: Vec<Covered> = events.collect::<Result<_, StoreError>>()?;
        let prepared = Prepared::of(self.db(), &write, expected_version)?;
        let id = write.case.id.clone();
        self.write(move |conn| Box::pin(rewrite(conn, id, expected_version, events, prepared)))
            .await
    }

    /// Cases that ended before `before` and still hold words, the longest ended first.
    pub async fn ended_before(&self, before: Timestamp, limit: u32) -> Result<Vec<CaseId>, StoreError> {
        let sql = "SELECT id FROM cases WHERE NOT open AND NOT erased AND updated_at < $1 \
                   ORDER BY updated_at, ordinal LIMIT $2";
        let rows: Vec<(String,)> = self.db().fetch(sql, values![before.0, limit]).await?;
        Ok(rows.into_iter().map(|(id,)| CaseId(id)).collect())
    }

    /// Every case of a customer, oldest first.
    pub async fn case_ids_of(&self, customer: &domain::CustomerId) -> Result<Vec<CaseId>, StoreError> {
        let sql = "SELECT id FROM cases WHERE customer = $1 ORDER BY opened_at, ordinal";
        let rows: Vec<(String,)> = self.db().fetch(sql, values![customer.as_str()]).await?;
        Ok(rows.into_iter().map(|(id,)| CaseId(id)).collect())
    }
}

async fn rewrite(
    conn: &mut Conn,
    id: CaseId,
    expected_version: u32,
    events: Vec<Covered>,
    change: Prepared,
) -> Result<i64, StoreError> {
    let sql = "SELECT ordinal, version FROM cases WHERE id = $1";
    let found: Option<(i64, i64)> = conn.fetch_first(sql, values![id.as_str()]).await?;
    let (ordinal, version) = found.ok_or(StoreError::NotFound { what: "case" })?;
    if version != i64::from(expected_version) {
        let current_version = u32::try_from(version).unwrap_or_default();
        return Err(StoreError::Stale { current_version });
    }
    let mut before = String::new();
    for (position, event) in (0i64..).zip(&events) {
        let link = Link {
            case: id.as_str(),
            position,
            at: event.at,
            actor: &event.actor,
            body: &event.body,
        };
        before = hash(&before, &link);
        let sql = "UPDATE events SET body = $3, hash = $4 WHERE ordinal = $1 AND position = $2";
        let bound = values![ordinal, position, event.body.as_str(), before.as_str()];
        conn.execute(sql, bound).await?;
    }
    let sql = "UPDATE cases SET chain = $2 WHERE ordinal = $1";
    conn.execute(sql, values![ordinal, before]).await?;
    append_events(conn, expected_version, change).await
}

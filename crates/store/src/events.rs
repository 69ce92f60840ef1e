//! What happened, case by case and as one feed.

use domain::{Case, CaseId, Event, Timestamp};

use crate::{
    Store, StoreError,
    db::{Value, values},
    record,
};

/// The most events one reading of the feed answers.
const FEED_LIMIT: u32 = 10_000;

/// An event as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    /// The place among all events of all cases; grows in the order of commits, without overtaking.
    pub sequence: i64,
    /// The case.
    pub case: CaseId,
    /// The place within the case, from 0.
    pub index: u32,
    /// What happened.
    pub event: Event,
    /// SHA-256 in hexadecimal over the event and the hash before it.
    pub hash: String,
}

/// A case with everything that happened to it.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The place among all cases.
    pub ordinal: i64,
    /// The case as stored.
    pub case: Case,
    /// Its events, oldest first.
    pub events: Vec<Event>,
}

/// Sequence, case, position, time, actor, body, hash.
type EventRow = (i64, String, i64, i64, String, String, String);

impl Store {
    /// The events of a case, oldest first; empty when there is no such case.
    pub async fn events(&self, id: &CaseId) -> Result<Vec<StoredEvent>, StoreError> {
        self.read_events("c.id = $1 ORDER BY e.position", values![id.as_str()])
            .await
    }

    /// The events of all cases after `sequence`, oldest first, at most `limit`.
    pub async fn events_after(&self, sequence: i64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let limit = limit.min(FEED_LIMIT);
        self.read_events(
            "e.sequence > $1 ORDER BY e.sequence LIMIT $2",
            values![sequence, limit],
        )
        .await
    }

    /// Cases with their events, in the order they were stored, after the one at `ordinal`.
    pub async fn histories_after(&self, ordinal: i64, limit: u32) -> Result<Vec<History>, StoreError> {
        let sql = "SELECT ordinal, body FROM snapshots WHERE ordinal > $1 ORDER BY ordinal LIMIT $2";
        let cases: Vec<(i64, String)> = self.db().fetch(sql, values![ordinal, limit]).await?;
        let mut histories = Vec::with_capacity(cases.len());
        for (ordinal, body) in cases {
            let case: Case = record::from_json(&body, || format!("case {ordinal}"))?;
            let events = self.events(&case.id).await?;
            histories.push(History {
                ordinal,
                case,
                events: events.into_iter().map(|stored| stored.event).collect(),
            });
        }
        Ok(histories)
    }

    async fn read_events(&self, which: &str, values: Vec<Value>) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = format!(
            "SELECT e.sequence, c.id, e.position, e.happened_at, e.actor, e.body, e.hash \
             FROM events e JOIN cases c ON c.ordinal = e.ordinal WHERE {which}"
        );
        let rows: Vec<EventRow> = self.db().fetch(&sql, values).await?;
        rows.into_iter().map(stored_event).collect()
    }

    /// The sequence of the newest event; 0 when there is none.
    pub async fn last_sequence(&self) -> Result<i64, StoreError> {
        let found: Option<(i64,)> = self
            .db()
            .fetch_first("SELECT COALESCE(MAX(sequence), 0) FROM events", values![])
            .await?;
        Ok(found.map_or(0, |(sequence,)| sequence))
    }
}

fn stored_event(
    (sequence, case, position, at, actor, body, hash): EventRow,
) -> Result<StoredEvent, StoreError> {
    let what = || format!("event {sequence} of case {case}");
    let event = Event {
        at: Timestamp(at),
        actor: record::from_json(&actor, what)?,
        kind: record::from_json(&body, what)?,
    };
    let index = u32::try_from(position).unwrap_or(u32::MAX);
    Ok(StoredEvent {
        sequence,
        case: CaseId(case),
        index,
        event,
        hash,
    })
}

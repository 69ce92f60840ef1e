//! Cases: events, snapshot, index, search words and idempotency key are stored in one transaction.

use domain::{Case, CaseId, Event, Timestamp};

use crate::{CasePage, CaseQuery, IdempotencyKey, Store, StoreError};

/// One change of one case, stored whole or not at all.
#[derive(Clone, Copy, Debug)]
pub struct CaseWrite<'a> {
    /// The case after the change.
    pub case: &'a Case,
    /// What happened; for a new case everything that ever happened.
    pub events: &'a [Event],
    /// The words the case is found by; nothing keeps those stored before.
    pub search_tokens: Option<&'a [String]>,
    /// When the clock should look at the case next.
    pub next_check_at: Option<Timestamp>,
    /// The key that makes the request repeatable, kept with its effect.
    pub idempotency: Option<&'a IdempotencyKey>,
}

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

/// An event whose stored form does not agree with its hash chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainBreak {
    /// The case.
    pub case: CaseId,
    /// The event at fault, or the number of events when the case's own end does not fit.
    pub index: u32,
    /// What does not fit.
    pub because: String,
}

/// What a check of the hash chains found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainReport {
    /// How many cases were checked.
    pub cases: u64,
    /// How many events were checked.
    pub events: u64,
    /// The breaks, at most 100.
    pub breaks: Vec<ChainBreak>,
}

impl Store {
    /// Stores a new case; answers the global sequence of its last event. `Duplicate` when the id, the number or
    /// the idempotency key exists.
    pub async fn create(&self, write: CaseWrite<'_>) -> Result<i64, StoreError> {
        self.create_many(&[write]).await
    }

    /// Stores many new cases, all or none; answers the global sequence of the last event.
    pub async fn create_many(&self, writes: &[CaseWrite<'_>]) -> Result<i64, StoreError> {
        let _ = writes;
        Err(StoreError::Unsupported("create"))
    }

    /// Appends events to a case that stands at `expected_version`; answers the global sequence of the last event.
    /// `Stale` when the case has changed meanwhile.
    pub async fn append(&self, expected_version: u32, write: CaseWrite<'_>) -> Result<i64, StoreError> {
        let _ = (expected_version, write);
        Err(StoreError::Unsupported("append"))
    }

    /// The case, or nothing.
    pub async fn case(&self, id: &CaseId) -> Result<Option<Case>, StoreError> {
        let _ = id;
        Err(StoreError::Unsupported("case"))
    }

    /// The case with this number, or nothing.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<Case>, StoreError> {
        let _ = number;
        Err(StoreError::Unsupported("case"))
    }

    /// The events of a case, oldest first; empty when there is no such case.
    pub async fn events(&self, id: &CaseId) -> Result<Vec<StoredEvent>, StoreError> {
        let _ = id;
        Err(StoreError::Unsupported("events"))
    }

    /// The events of all cases after `sequence`, oldest first, at most `limit`.
    pub async fn events_after(&self, sequence: i64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let _ = (sequence, limit);
        Err(StoreError::Unsupported("events"))
    }

    /// The sequence of the newest event; 0 when there is none.
    pub async fn last_sequence(&self) -> Result<i64, StoreError> {
        Err(StoreError::Unsupported("events"))
    }

    /// One page of the list.
    pub async fn list(&self, query: &CaseQuery) -> Result<CasePage, StoreError> {
        let _ = query;
        Err(StoreError::Unsupported("list"))
    }

    /// Cases whose `next_check_at` has come, most overdue first.
    pub async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<CaseId>, StoreError> {
        let _ = (now, limit);
        Err(StoreError::Unsupported("due"))
    }

    /// Reserves `count` case numbers of a day such as `20261122`; answers the first. Counts from 1.
    pub async fn reserve_numbers(&self, day: &str, count: u32) -> Result<u32, StoreError> {
        let _ = (day, count);
        Err(StoreError::Unsupported("numbers"))
    }

    /// Checks the hash chain of one case, or of all.
    pub async fn verify_chain(&self, id: Option<&CaseId>) -> Result<ChainReport, StoreError> {
        let _ = id;
        Err(StoreError::Unsupported("verify_chain"))
    }
}

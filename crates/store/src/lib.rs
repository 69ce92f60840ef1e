//! 存储: the only crate that knows a database; cases, people and ledgers on SQLite or PostgreSQL, one code path.

mod cases;
mod customers;
mod error;
mod ledger;
mod query;
mod rollup;
mod users;

use std::path::Path;

pub use cases::{CaseWrite, ChainBreak, ChainReport, StoredEvent};
pub use error::StoreError;
pub use ledger::{AuditEntry, IdempotencyKey};
pub use query::{CaseFilter, CasePage, CaseQuery, CaseRow, CaseSort, LIST_LIMIT, NextDeadline, OwnerFilter};
pub use rollup::{Counts, CsatStats, Dashboard, FacetCounts, FirstResponseStats, PRODUCT_LIMIT};
pub use users::{ApiToken, Session, User};

/// A database, opened and brought up to date; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {}

impl Store {
    /// Opens `sqlite://path` (made when missing), `sqlite::memory:` (a file that vanishes with the store) or
    /// `postgres://…`, and brings its tables up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Err(StoreError::UnsupportedUrl(url.to_owned()))
    }

    /// Fails when the database does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Err(StoreError::Closed)
    }

    /// Writes a consistent copy into a new file, while work goes on; SQLite only.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let _ = to;
        Err(StoreError::Unsupported("backup"))
    }

    /// Finishes what is under way and closes all connections.
    pub async fn close(&self) {}
}

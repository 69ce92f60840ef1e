//! 存储: the only crate that knows a database; cases, people and ledgers on SQLite or PostgreSQL, one code path.

mod cases;
mod chain;
mod conversations;
mod counted;
mod customer_list;
mod customers;
mod db;
mod derived;
mod documents;
mod erase;
mod error;
mod events;
mod facets;
mod facts;
mod files;
mod filter;
mod groups;
mod index;
mod keeping;
mod ledger;
mod list;
mod newest;
mod presets;
mod query;
mod record;
mod reports;
mod rolled;
mod rollup;
mod root_causes;
mod search;
mod users;
mod writer;

use std::{path::Path, sync::Arc};

pub use cases::CaseWrite;
pub use chain::{ChainBreak, ChainReport};
pub use conversations::{Appeal, AppealDecision, StoredTalk, TalksOf};
pub use customer_list::{CustomerPage, CustomerQuery, CustomerRow};
pub use documents::Revision;
pub use error::StoreError;
pub use events::StoredEvent;
pub use facts::{CaseFact, FACT_LIMIT, PURCHASE_LIMIT, StateFact};
pub use files::StoredFile;
use futures_util::future::BoxFuture;
pub use groups::{Group, GroupBy};
pub use keeping::{ClosedAlike, Load, ProgressLink};
pub use ledger::{AuditEntry, IdempotencyKey, LASTING_SCOPE};
pub use presets::PresetRecord;
pub use query::{CaseFilter, CasePage, CaseQuery, CaseRow, CaseSort, LIST_LIMIT, NextDeadline, OwnerFilter};
pub use reports::StoredReport;
pub use rollup::{Counts, CsatStats, Dashboard, FacetCounts, FirstResponseStats, PRODUCT_LIMIT};
pub use root_causes::RootCauseRecord;
pub use search::RANKED;
use tempfile::TempDir;
pub use users::{ApiToken, Session, User};

use crate::{
    db::{Conn, Db, Value, values},
    writer::Writer,
};

/// A database, opened and brought up to date; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    db: Db,
    writer: Writer,
    /// The folder of a database that vanishes with the store.
    _vanishing: Option<TempDir>,
}

impl Store {
    /// Opens `sqlite://path` (made when missing), `sqlite::memory:` (a file that vanishes with the store) or
    /// `postgres://…`, and brings its tables up to date. Needs a tokio runtime.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let mut vanishing = None;
        let db = match Address::of(url)? {
            Address::Temporary => {
                let folder = vanishing.insert(tempfile::tempdir()?);
                Db::open_sqlite(&folder.path().join("tingsu.db")).await?
            }
            Address::File(path) => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                Db::open_sqlite(path).await?
            }
            Address::Server(url) => Db::open_postgres(url).await?,
        };
        db.migrate().await?;
        let writer = Writer::start(db.clone());
        let store = Self {
            inner: Arc::new(Inner {
                db,
                writer,
                _vanishing: vanishing,
            }),
        };
        store.refresh_derived().await?;
        Ok(store)
    }

    /// Fails when the database does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db()
            .fetch::<(i64,)>("SELECT COUNT(*) FROM settings", values![])
            .await
            .map(drop)
    }

    /// Whether the database is a file of ours rather than a server.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.db(), Db::Lite { .. })
    }

    /// Writes a consistent copy into a new file, while work goes on; SQLite only. `Duplicate` when the file exists.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Duplicate { what: "file" });
        }
        self.db().backup(to).await
    }

    /// Finishes what is under way and closes all connections; every later call answers `Closed` or fails.
    pub async fn close(&self) {
        self.writer().stop().await;
        self.db().close().await;
    }

    fn db(&self) -> &Db {
        &self.inner.db
    }

    fn writer(&self) -> &Writer {
        &self.inner.writer
    }

    /// Runs one statement that changes something; answers how many rows it touched, after the commit.
    async fn execute(&self, sql: impl Into<String>, values: Vec<Value>) -> Result<u64, StoreError> {
        let sql = sql.into();
        self.write(move |conn| Box::pin(async move { conn.execute(&sql, values).await }))
            .await
    }

    /// Has a change made inside a transaction; answers after the commit.
    async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        self.writer().run(work).await
    }
}

/// Where a database is.
#[derive(Debug, PartialEq)]
enum Address<'a> {
    Temporary,
    File(&'a Path),
    Server(&'a str),
}

impl<'a> Address<'a> {
    fn of(url: &'a str) -> Result<Self, StoreError> {
        if url == "sqlite::memory:" {
            return Ok(Self::Temporary);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Server(url));
        }
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"));
        match path.map(|path| path.split('?').next().unwrap_or_default()) {
            Some(path) if !path.is_empty() => Ok(Self::File(Path::new(path))),
            _ => Err(StoreError::UnsupportedUrl(url.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        assert_eq!(
            Address::of("sqlite://./var/t.db").unwrap(),
            Address::File(Path::new("./var/t.db"))
        );
        assert_eq!(
            Address::of("sqlite:///t.db?mode=rwc").unwrap(),
            Address::File(Path::new("/t.db"))
        );
        assert_eq!(Address::of("sqlite::memory:").unwrap(), Address::Temporary);
        assert!(matches!(
            Address::of("postgresql://localhost/x").unwrap(),
            Address::Server(_)
        ));
        for wrong in ["", "sqlite://", "mysql://x", "t.db"] {
            assert!(
                matches!(Address::of(wrong), Err(StoreError::UnsupportedUrl(_))),
                "{wrong}"
            );
        }
    }
}

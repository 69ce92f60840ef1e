//! 存储: the only crate that knows a database; cases, people and ledgers on SQLite or PostgreSQL, one code path.

mod alone;
mod backup;
mod cases;
mod chain;
mod conversations;
mod counted;
mod customer_list;
mod customers;
mod db;
mod derived;
mod documents;
mod durable;
mod erase;
mod error;
mod events;
mod facets;
mod facts;
mod files;
mod filter;
mod groups;
mod index;
mod jobs;
mod keeping;
mod kept;
mod ledger;
mod lend;
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
mod second_factors;
mod sign_ins;
mod users;
mod webhooks;
mod writer;

use std::{path::Path, sync::Arc, time::Duration};

pub use cases::CaseWrite;
pub use chain::{ChainBreak, ChainReport};
pub use conversations::{Appeal, AppealDecision, StoredTalk, TalksOf};
pub use customer_list::{CustomerPage, CustomerQuery, CustomerRow};
pub use customers::NewPurchase;
pub use documents::Revision;
use domain::Timestamp;
pub use error::{StoreError, Trouble};
pub use events::{History, StoredEvent};
pub use facts::{CaseFact, ContactFact, FACT_LIMIT, HeardFact, PURCHASE_LIMIT, StateFact};
pub use files::StoredFile;
use futures_util::future::BoxFuture;
pub use groups::{GROUP_LIMIT, Group, GroupBy, GroupsWanted};
pub use jobs::{Job, JobAttempt, JobEnd, JobFilter, JobRow, JobState, NewJob};
pub use keeping::{ClosedAlike, Load, ProgressLink};
pub use ledger::{AuditEntry, AuditFilter, IdempotencyKey, LASTING_SCOPE};
pub use presets::PresetRecord;
pub use query::{
    Answered, CaseFilter, CasePage, CaseQuery, CaseRow, CaseSort, LIST_LIMIT, LocalTime, NextDeadline,
    OwnerFilter,
};
pub use reports::StoredReport;
pub use rollup::{Counts, CsatStats, Dashboard, FacetCounts, FirstResponseStats, PRODUCT_LIMIT};
pub use root_causes::{RootCauseRecord, SliceCount};
pub use search::RANKED;
pub use second_factors::SecondFactor;
use tempfile::TempDir;
use tokio::time::timeout;
pub use users::{ApiToken, SESSION_NAME_LETTERS, Session, User};
pub use webhooks::{Webhook, webhook_pool};

use crate::{
    alone::{Candidate, Claim},
    db::{Conn, Db, Value, values},
    kept::{Changes, Kept},
    writer::Writer,
};

/// How long the writer may take to write next to nothing.
const WRITER_WAIT: Duration = Duration::from_secs(2);

/// A database, opened and brought up to date; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    db: Db,
    writer: Writer,
    changes: Arc<Changes>,
    /// What the one server of a file remembers; nothing where others may write as well.
    kept: Option<Kept>,
    candidate: Candidate,
    _claim: Option<Claim>,
    /// The folder of a database that vanishes with the store.
    _vanishing: Option<TempDir>,
}

impl Store {
    /// Opens `sqlite://path` (made when missing; `?max_mb=N` lets it grow to N MiB), `sqlite::memory:` (a file that vanishes with the store) or
    /// `postgres://…`, and brings its tables up to date. Needs a tokio runtime.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_as(url, false).await
    }

    /// As [`Store::open`], for a server: `Served` when another server works on the same SQLite file. Any number of
    /// servers may work on one PostgreSQL database.
    pub async fn open_to_serve(url: &str) -> Result<Self, StoreError> {
        Self::open_as(url, true).await
    }

    async fn open_as(url: &str, serves: bool) -> Result<Self, StoreError> {
        let (mut vanishing, mut claim) = (None, None);
        let db = match Address::of(url)? {
            Address::Temporary => {
                let folder = vanishing.insert(tempfile::tempdir()?);
                Db::open_sqlite(&folder.path().join("tingsu.db"), None).await?
            }
            Address::File { path, most_mb } => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                if serves {
                    // Before anything is touched: the other server may be of another release.
                    claim = Some(Claim::lay(path)?);
                }
                Db::open_sqlite(path, most_mb).await?
            }
            Address::Server(url) => Db::open_postgres(url).await?,
        };
        db.migrate().await?;
        let changes = Arc::new(Changes::default());
        let writer = Writer::start(db.clone(), Arc::clone(&changes));
        let store = Self {
            inner: Arc::new(Inner {
                db,
                writer,
                changes,
                kept: claim.as_ref().map(|_| Kept::default()),
                candidate: Candidate::default(),
                _claim: claim,
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

    /// Fails when nothing can be written, by writing down that somebody asked; `NoAnswer` when it takes too long.
    pub async fn check_writer(&self, now: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO settings (key, value) VALUES ('asked_at', $1) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        let asked = self.execute(sql, values![now.0.to_string()]);
        match timeout(WRITER_WAIT, asked).await {
            Ok(written) => written.map(drop),
            Err(_) => Err(StoreError::WriterBusy),
        }
    }

    /// Changes that wait to be written.
    pub fn waiting_changes(&self) -> usize {
        self.writer().waiting()
    }

    /// Reading connections to the database, and how many of them are idle.
    pub fn connections(&self) -> (u32, u64) {
        self.db().connections()
    }

    /// Whether the database is a file of ours rather than a server.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.db(), Db::Lite { .. })
    }

    /// Finishes what is under way and closes all connections; every later call answers `Closed` or fails.
    pub async fn close(&self) {
        self.writer().stop().await;
        self.candidate().resign().await;
        self.db().close().await;
    }

    fn db(&self) -> &Db {
        &self.inner.db
    }

    fn writer(&self) -> &Writer {
        &self.inner.writer
    }

    fn changes(&self) -> &Changes {
        &self.inner.changes
    }

    fn kept(&self) -> Option<&Kept> {
        self.inner.kept.as_ref()
    }

    fn candidate(&self) -> &Candidate {
        &self.inner.candidate
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
    File {
        path: &'a Path,
        /// How many MiB the file may grow to.
        most_mb: Option<u32>,
    },
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
        let unsupported = || StoreError::UnsupportedUrl(url.to_owned());
        let path = path.ok_or_else(unsupported)?;
        let (path, options) = path.split_once('?').unwrap_or((path, ""));
        let most_mb = options
            .split('&')
            .find_map(|option| option.strip_prefix("max_mb="));
        let most_mb = most_mb.map(str::parse).transpose().map_err(|_| unsupported())?;
        match path {
            "" => Err(unsupported()),
            path => Ok(Self::File {
                path: Path::new(path),
                most_mb,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        let file = |path, most_mb| Address::File {
            path: Path::new(path),
            most_mb,
        };
        for (url, expected) in [
            ("sqlite://./var/t.db", file("./var/t.db", None)),
            ("sqlite:///t.db?mode=rwc", file("/t.db", None)),
            ("sqlite:///t.db?max_mb=512", file("/t.db", Some(512))),
        ] {
            assert_eq!(Address::of(url).unwrap(), expected);
        }
        assert_eq!(Address::of("sqlite::memory:").unwrap(), Address::Temporary);
        assert!(matches!(
            Address::of("postgresql://localhost/x").unwrap(),
            Address::Server(_)
        ));
        for wrong in ["", "sqlite://", "mysql://x", "t.db", "sqlite://t.db?max_mb=many"] {
            assert!(
                matches!(Address::of(wrong), Err(StoreError::UnsupportedUrl(_))),
                "{wrong}"
            );
        }
    }
}

//! Who may work alone: one server on an SQLite file, and one process among many that turns the clock.

use std::{
    fs::{File, TryLockError},
    io::{Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{Connection, PgConnection};
use tokio::{sync::Mutex, time::timeout};

use crate::{Store, StoreError, db::Db};

/// Held by the process that turns the clock, on PostgreSQL.
const LEADER_LOCK: i64 = 0x7469_6e67_7376;
/// How long the database may take to say who leads.
const LEADER_WAIT: Duration = Duration::from_secs(3);

/// The mark of a server on a database file; goes with the process, however that ends.
#[derive(Debug)]
pub(crate) struct Claim {
    _file: File,
}

impl Claim {
    /// Marks a file as served by this process; `Served` when another one serves it.
    pub(crate) fn lay(database: &Path) -> Result<Self, StoreError> {
        let path = mark_of(database);
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                file.read_to_string(&mut process)?;
                return Err(StoreError::Served {
                    path: database.display().to_string(),
                    process: process.trim().to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        file.set_len(0)?;
        file.write_all(std::process::id().to_string().as_bytes())?;
        Ok(Self { _file: file })
    }
}

/// `desk.db.serving` beside `desk.db`.
fn mark_of(database: &Path) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(".serving");
    database.with_file_name(name)
}

/// A connection that asks to lead, and whether it does.
#[derive(Debug, Default)]
pub(crate) struct Candidate {
    held: Mutex<Option<(PgConnection, bool)>>,
}

impl Candidate {
    async fn lead(&self, db: &Db) -> Result<bool, StoreError> {
        let Db::Pg { read, .. } = db else { return Ok(true) };
        let mut held = self.held.lock().await;
        // The lock lives and dies with its connection, so the connection is asked each time.
        let (mut conn, leads) = match held.take() {
            Some(held) => held,
            None => (
                PgConnection::connect_with(&read.pool().connect_options()).await?,
                false,
            ),
        };
        let leads = match leads {
            true => {
                conn.ping().await?;
                true
            }
            false => {
                let asked = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)").bind(LEADER_LOCK);
                asked.fetch_one(&mut conn).await?
            }
        };
        *held = Some((conn, leads));
        Ok(leads)
    }

    /// Gives the lead away.
    pub(crate) async fn resign(&self) {
        if let Some((conn, _)) = self.held.lock().await.take() {
            // The lock ends with the connection, whether it says goodbye or not.
            let _ = conn.close().await;
        }
    }
}

impl Store {
    /// Whether this process turns the clock: the only one on SQLite; on PostgreSQL the one that holds the lock. A
    /// process that loses its connection stops leading with its next question.
    pub async fn lead(&self) -> Result<bool, StoreError> {
        match timeout(LEADER_WAIT, self.candidate().lead(self.db())).await {
            Ok(leads) => leads,
            Err(_) => Err(StoreError::NoAnswer(LEADER_WAIT.as_secs())),
        }
    }
}

//! Connections kept at hand between questions: a pool asks a connection before and after every use whether it lives,
//! and that takes longer than most questions do.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sqlx::{Database, Pool, pool::PoolConnection};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// A connection that has rested longer goes back to the pool, which asks whether it lives before it is used again.
const RESTED: Duration = Duration::from_secs(1);

/// Lends the connections of a pool, at most so many at a time.
pub(crate) struct Lender<DB: Database> {
    inner: Arc<Inner<DB>>,
}

/// Connections, each since when.
type Resting<DB> = Vec<(PoolConnection<DB>, Instant)>;

struct Inner<DB: Database> {
    pool: Pool<DB>,
    turns: Arc<Semaphore>,
    wait: Duration,
    /// The connections at rest, the longest resting one first; nothing once closed.
    resting: Mutex<Option<Resting<DB>>>,
}

impl<DB: Database> Clone for Lender<DB> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
        }
    }
}

impl<DB: Database> fmt::Debug for Lender<DB> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Lender").finish_non_exhaustive()
    }
}

impl<DB: Database> Lender<DB> {
    /// Lends at most `most` connections of a pool, which must be able to hold as many; whoever waits longer than
    /// `wait` for his turn is refused.
    pub(crate) fn new(pool: Pool<DB>, most: u32, wait: Duration) -> Self {
        let turns = Arc::new(Semaphore::new(most as usize));
        let resting = Mutex::new(Some(Vec::new()));
        Self {
            inner: Arc::new(Inner {
                pool,
                turns,
                wait,
                resting,
            }),
        }
    }

    /// The pool behind.
    pub(crate) fn pool(&self) -> &Pool<DB> {
        &self.inner.pool
    }

    /// How many connections rest here.
    pub(crate) fn resting(&self) -> usize {
        self.inner.resting().as_ref().map_or(0, Vec::len)
    }

    /// A connection to work with.
    pub(crate) async fn lend(&self) -> Result<Lent<DB>, sqlx::Error> {
        let inner = &self.inner;
        let turn = match timeout(inner.wait, Arc::clone(&inner.turns).acquire_owned()).await {
            Ok(turn) => turn.map_err(|_| sqlx::Error::PoolClosed)?,
            Err(_) => return Err(sqlx::Error::PoolTimedOut),
        };
        let conn = match inner.take() {
            Some(conn) => conn,
            None => inner.pool.acquire().await?,
        };
        Ok(Lent {
            conn: Some(conn),
            inner: Arc::clone(inner),
            is_unfinished: false,
            _turn: turn,
        })
    }

    /// Closes what rests and keeps nothing any more. The pool may be closed once all its lenders have stopped: it
    /// waits for every connection.
    pub(crate) async fn stop(&self) {
        let resting = self.inner.resting().take();
        for (conn, _) in resting.into_iter().flatten() {
            // It is gone, whether it says goodbye or not.
            let _ = conn.close().await;
        }
    }
}

impl<DB: Database> Inner<DB> {
    fn resting(&self) -> MutexGuard<'_, Option<Resting<DB>>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<PoolConnection<DB>> {
        let mut resting = self.resting();
        let resting = resting.as_mut()?;
        let rested = resting.partition_point(|(_, since)| since.elapsed() > RESTED);
        drop(resting.drain(..rested));
        resting.pop().map(|(conn, _)| conn)
    }

    fn put(&self, conn: PoolConnection<DB>) {
        if let Some(resting) = self.resting().as_mut() {
            resting.push((conn, Instant::now()));
        }
    }
}

impl<DB: Database> Drop for Inner<DB> {
    fn drop(&mut self) {
        // There may be no runtime left in which they could go back to the pool.
        for (conn, _) in self.resting().take().into_iter().flatten() {
            drop(conn.leak());
        }
    }
}

/// A connection that was lent. Dropped without a word it goes back to the pool, which finds out what it is worth.
pub(crate) struct Lent<DB: Database> {
    conn: Option<PoolConnection<DB>>,
    inner: Arc<Inner<DB>>,
    is_unfinished: bool,
    _turn: OwnedSemaphorePermit,
}

impl<DB: Database> Lent<DB> {
    /// Says that a transaction is open: unless it is ended, the connection is closed, which undoes it.
    pub(crate) fn begin(&mut self) {
        self.is_unfinished = true;
    }

    /// Keeps a connection at hand that answered well and has no open transaction.
    pub(crate) fn rest(mut self) {
        self.is_unfinished = false;
        if let Some(conn) = self.conn.take() {
            self.inner.put(conn);
        }
    }
}

impl<DB: Database> fmt::Debug for Lent<DB> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Lent").finish_non_exhaustive()
    }
}

impl<DB: Database> Deref for Lent<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &DB::Connection {
        self.conn.as_ref().expect("only giving it back takes it away")
    }
}

impl<DB: Database> DerefMut for Lent<DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        self.conn.as_mut().expect("only giving it back takes it away")
    }
}

impl<DB: Database> Drop for Lent<DB> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.as_mut() else { return };
        if self.is_unfinished {
            conn.close_on_drop();
        }
        // Where one has failed, those that rest may have failed with it: the pool asks all of them.
        if let Some(resting) = self.inner.resting().as_mut() {
            resting.clear();
        }
    }
}

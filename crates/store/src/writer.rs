//! The one writer: changes that wait at the same time share one transaction and one flush to the disk.

use futures_util::future::BoxFuture;
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
};

use crate::{
    StoreError,
    db::{Conn, Db, values},
};

/// The most changes that share one transaction.
const MOST_TOGETHER: usize = 256;
/// The most changes that wait; further callers wait until there is room.
const MOST_WAITING: usize = 1024;

/// A change: runs inside a transaction and answers once that is committed.
trait Job: Send {
    /// Runs; whether it went well.
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool>;
    /// Tells the caller, after the commit or its failure.
    fn answer(self: Box<Self>, commit: Result<(), String>);
}

struct Change<T, F> {
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Change<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
{
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else {
                return false;
            };
            let result = work(conn).await;
            let good = result.is_ok();
            self.result = Some(result);
            good
        })
    }

    fn answer(self: Box<Self>, commit: Result<(), String>) {
        let answer = match (self.result, commit) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(because)) => Err(StoreError::NotCommitted(because)),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Closed),
        };
        // A caller that has gone away no longer wants to know; the change stands.
        let _ = self.reply.send(answer);
    }
}

/// The way to the writer.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the writer of a database.
    pub(crate) fn start(db: Db) -> Self {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        Self {
            jobs: Mutex::new(Some(jobs)),
            task: Mutex::new(Some(tokio::spawn(write_all(db, waiting)))),
        }
    }

    /// Has `work` done inside a transaction; answers after it is safely stored. It is done even when the caller
    /// stops waiting.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let jobs = self.jobs.lock().await.clone().ok_or(StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let change = Change {
            work: Some(work),
            result: None,
            reply,
        };
        jobs.send(Box::new(change))
            .await
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Finishes what waits and stops.
    pub(crate) async fn stop(&self) {
        self.jobs.lock().await.take();
        if let Some(task) = self.task.lock().await.take() {
            // The writer only ends early when the whole runtime goes down.
            let _ = task.await;
        }
    }
}

async fn write_all(db: Db, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
    let mut batch = Vec::with_capacity(MOST_TOGETHER);
    while waiting.recv_many(&mut batch, MOST_TOGETHER).await > 0 {
        write_batch(&db, std::mem::take(&mut batch)).await;
    }
}

/// Writes a batch in one transaction; a change that fails is undone alone.
async fn write_batch(db: &Db, mut batch: Vec<Box<dyn Job>>) {
    let commit = match try_batch(db, &mut batch).await {
        Ok(()) => Ok(()),
        Err(error) => Err(describe(&error)),
    };
    for job in batch {
        job.answer(commit.clone());
    }
}

async fn try_batch(db: &Db, batch: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    let mut conn = db.begin().await?;
    if let [only] = batch {
        // Alone, a failing change is undone by dropping the transaction.
        if only.run(&mut conn).await {
            conn.commit().await?;
        }
        return Ok(());
    }
    for job in batch {
        conn.execute("SAVEPOINT change", values![]).await?;
        if !job.run(&mut conn).await {
            conn.execute("ROLLBACK TO SAVEPOINT change", values![]).await?;
        }
        conn.execute("RELEASE SAVEPOINT change", values![]).await?;
    }
    conn.commit().await
}

/// The whole chain of causes in one line; the same failure answers many callers.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

//! The one writer: changes that wait at the same time share one transaction and one flush to the disk.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
};

use crate::{
    StoreError, Trouble,
    cases::{Prepared, insert_cases},
    db::{Conn, Db, values},
    kept::Changes,
};

/// The most changes that share one transaction.
const MOST_TOGETHER: usize = 256;
/// The most changes that wait; further callers wait until there is room.
const MOST_WAITING: usize = 1024;

/// A change: runs inside a transaction and answers once that is committed.
trait Job: Send {
    /// Runs; whether it went well.
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool>;
    /// Whether it ran well already, together with others of its kind.
    fn is_done(&self) -> bool {
        false
    }
    /// The new cases, when that is all it stores.
    fn creation(&mut self) -> Option<&mut Creation> {
        None
    }
    /// The trouble that the database had with it.
    fn trouble(&self) -> Option<Trouble>;
    /// Tells the caller, after the commit or its failure.
    fn answer(self: Box<Self>, commit: Result<(), Undone>);
}

/// Why a transaction was not committed.
#[derive(Clone, Debug)]
struct Undone {
    because: String,
    trouble: Trouble,
}

/// What to tell the caller. One that has gone away no longer wants to know; the change stands.
fn tell<T>(
    reply: oneshot::Sender<Result<T, StoreError>>,
    result: Option<Result<T, StoreError>>,
    commit: Result<(), Undone>,
) {
    let answer = match (result, commit) {
        (Some(Err(error)), _) => Err(error),
        (_, Err(Undone { because, trouble })) => Err(StoreError::NotCommitted { because, trouble }),
        (Some(Ok(value)), Ok(())) => Ok(value),
        (None, Ok(())) => Err(StoreError::Closed),
    };
    let _ = reply.send(answer);
}

/// Any change.
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
            let result = self.result.insert(work(conn).await);
            result.is_ok()
        })
    }

    fn trouble(&self) -> Option<Trouble> {
        self.result.as_ref()?.as_ref().err()?.trouble()
    }

    fn answer(self: Box<Self>, commit: Result<(), Undone>) {
        tell(self.reply, self.result, commit);
    }
}

/// New cases. Those of many callers are inserted together, which costs hardly more than those of one.
struct Creation {
    cases: Vec<Prepared>,
    result: Option<Result<i64, StoreError>>,
    reply: oneshot::Sender<Result<i64, StoreError>>,
}

impl Job for Creation {
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let cases: Vec<&Prepared> = self.cases.iter().collect();
            let sequences = insert_cases(conn, &cases).await;
            let last = sequences.map(|sequences| sequences.last().copied().unwrap_or_default());
            self.result.insert(last).is_ok()
        })
    }

    fn is_done(&self) -> bool {
        matches!(self.result, Some(Ok(_)))
    }

    fn creation(&mut self) -> Option<&mut Creation> {
        Some(self)
    }

    fn trouble(&self) -> Option<Trouble> {
        self.result.as_ref()?.as_ref().err()?.trouble()
    }

    fn answer(self: Box<Self>, commit: Result<(), Undone>) {
        tell(self.reply, self.result, commit);
    }
}

/// The way to the writer.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the writer of a database, which notes every change but new cases.
    pub(crate) fn start(db: Db, changes: Arc<Changes>) -> Self {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        Self {
            jobs: Mutex::new(Some(jobs)),
            task: Mutex::new(Some(tokio::spawn(write_all(db, changes, waiting)))),
        }
    }

    /// Changes that wait; none while the writer is being stopped.
    pub(crate) fn waiting(&self) -> usize {
        let jobs = self.jobs.try_lock();
        let sender = jobs.as_deref().ok().and_then(Option::as_ref);
        sender.map_or(0, |sender| sender.max_capacity() - sender.capacity())
    }

    /// Has `work` done inside a transaction; answers after it is safely stored. It is done even when the caller
    /// stops waiting.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let change = Change {
            work: Some(work),
            result: None,
            reply,
        };
        self.send(change, answer).await
    }

    /// Has new cases stored; answers the sequence of the last event after all is safely stored.
    pub(crate) async fn create(&self, cases: Vec<Prepared>) -> Result<i64, StoreError> {
        let (reply, answer) = oneshot::channel();
        let creation = Creation {
            cases,
            result: None,
            reply,
        };
        self.send(creation, answer).await
    }

    async fn send<T>(
        &self,
        job: impl Job + 'static,
        answer: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let jobs = self.jobs.lock().await.clone().ok_or(StoreError::Closed)?;
        jobs.send(Box::new(job)).await.map_err(|_| StoreError::Closed)?;
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

async fn write_all(db: Db, changes: Arc<Changes>, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
    let mut batch = Vec::with_capacity(MOST_TOGETHER);
    while waiting.recv_many(&mut batch, MOST_TOGETHER).await > 0 {
        write_batch(&db, &changes, std::mem::take(&mut batch)).await;
    }
}

/// Writes a batch in one transaction; a change that fails is undone alone.
async fn write_batch(db: &Db, changes: &Changes, mut batch: Vec<Box<dyn Job>>) {
    let only_creates = batch.iter_mut().all(|job| job.creation().is_some());
    let commit = try_batch(db, &mut batch).await.map_err(|error| {
        // A change that met a full disk knows better than the transaction that ended with it.
        let known = batch.iter().find_map(|job| job.trouble());
        Undone {
            because: describe(&error),
            trouble: known.or(error.trouble()).unwrap_or(Trouble::Away),
        }
    });
    if !only_creates {
        changes.note();
    }
    for job in batch {
        job.answer(commit.clone());
    }
}

async fn try_batch(db: &Db, batch: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    let mut conn = db.begin().await?;
    if let [only] = batch {
        return match only.run(&mut conn).await {
            true => conn.commit().await,
            false => {
                // A full disk ends a transaction by itself; then the connection is closed, and all is undone too.
                let _ = conn.undo().await;
                Ok(())
            }
        };
    }
    if !create_together(&mut conn, batch).await {
        // One of them cannot be stored: nothing is done so far, and each is tried alone.
        let _ = conn.undo().await;
        conn = db.begin().await?;
    }
    for job in batch.iter_mut().filter(|job| !job.is_done()) {
        conn.execute("SAVEPOINT change", values![]).await?;
        if !job.run(&mut conn).await {
            conn.execute("ROLLBACK TO SAVEPOINT change", values![]).await?;
        }
        conn.execute("RELEASE SAVEPOINT change", values![]).await?;
    }
    conn.commit().await
}

/// Inserts the new cases of all callers at once, before anything else is done; whether that went well. A savepoint
/// would cost every group two conversations with the database for what hardly ever happens.
async fn create_together(conn: &mut Conn, batch: &mut [Box<dyn Job>]) -> bool {
    let mut creations: Vec<&mut Creation> = batch.iter_mut().filter_map(|job| job.creation()).collect();
    if creations.len() < 2 {
        return true;
    }
    let cases: Vec<&Prepared> = creations.iter().flat_map(|creation| &creation.cases).collect();
    let Ok(sequences) = insert_cases(conn, &cases).await else {
        return false;
    };
    let mut counted = 0;
    for creation in &mut creations {
        counted += creation.cases.len();
        let last = counted.checked_sub(1).and_then(|last| sequences.get(last));
        creation.result = Some(Ok(last.copied().unwrap_or_default()));
    }
    true
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

//! The queue of work: leased to one worker at a time, tried again later when it fails, shelved when it fails for good.

use domain::Timestamp;

use crate::{
    Store, StoreError,
    db::{Conn, Value, values},
    webhooks::AWAKE,
};

/// Work to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// What kind of work, such as `webhook`.
    pub kind: String,
    /// What it shares its workers with: so many of one pool run at once that the others are never starved.
    pub pool: String,
    /// Jobs of one lane are done one after the other, in the order they were queued.
    pub lane: Option<String>,
    /// A key is queued once, for as long as the job is remembered.
    pub key: Option<String>,
    /// What to do; opaque to the store.
    pub body: String,
    /// When it may be taken first.
    pub run_at: Timestamp,
}

/// A job that a worker has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The identity.
    pub id: i64,
    /// What kind of work.
    pub kind: String,
    /// What to do.
    pub body: String,
    /// How often it was tried before.
    pub attempts: u32,
    /// Proves that the worker still holds it.
    pub lease: String,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for its turn, or a worker holds it.
    Waiting,
    /// It was done.
    Done,
    /// It failed for good; somebody must look at it.
    Shelved,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Done, Self::Shelved];

    /// The stable name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Shelved => "shelved",
        }
    }

    /// The state of a name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// A job as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// The identity.
    pub id: i64,
    /// What kind of work.
    pub kind: String,
    /// What it shares its workers with.
    pub pool: String,
    /// What to do.
    pub body: String,
    /// Where it stands.
    pub state: JobState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it may be taken; while leased, when the lease ends.
    pub run_at: Timestamp,
    /// How the last try ended, in a few words.
    pub outcome: String,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// It is done.
    Done,
    /// It is tried again then.
    Again(Timestamp),
    /// It failed for good.
    Shelved,
}

/// One try of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobAttempt {
    /// Counts from 1.
    pub attempt: u32,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// How it ended, in a few words.
    pub outcome: String,
}

/// Which jobs are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Of this pool.
    pub pool: Option<String>,
    /// In this state.
    pub state: Option<JobState>,
    /// Queued before this one.
    pub before: Option<i64>,
}

/// Under this name the counters keep the identity of the newest job, which is never given twice.
const COUNTER: &str = "jobs";
const INSERT: &str = "INSERT INTO jobs \
    (id, kind, pool, lane, key, body, state, attempts, run_at, lease, outcome, created_at, updated_at)";
const ROW: &str = "id, kind, pool, body, state, attempts, run_at, outcome, created_at, updated_at";

/// Id, kind, pool, body, state, attempts, run at, outcome, made at, changed at.
type RawRow = (i64, String, String, String, String, i64, i64, String, i64, i64);
/// Id, kind, body, attempts.
type Free = (i64, String, String, i64);

impl Store {
    /// Queues work; a key that is remembered already is left out. Answers how many jobs were queued.
    pub async fn queue_jobs(&self, jobs: Vec<NewJob>, now: Timestamp) -> Result<u64, StoreError> {
        self.write(move |conn| Box::pin(async move { insert_jobs(conn, jobs, now).await }))
            .await
    }

    /// Takes jobs that may be done now, at most `each` of one pool at the same time, and holds them until `until`.
    pub async fn lease_jobs(
        &self,
        now: Timestamp,
        until: Timestamp,
        lease: &str,
        each: u32,
    ) -> Result<Vec<Job>, StoreError> {
        // Looked for beside the writer first: most of the time there is nothing to do.
        let sql = format!("SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND run_at <= $1 AND {AWAKE}");
        let due: Option<(i64,)> = self.db().fetch_first(&sql, values![now.0]).await?;
        if due.is_none_or(|(count,)| count == 0) {
            return Ok(Vec::new());
        }
        let lease = lease.to_owned();
        self.write(move |conn| Box::pin(async move { take_jobs(conn, now, until, lease, each).await }))
            .await
    }

    /// Notes how a try ended; false when the lease has passed to another worker, whose word counts.
    pub async fn end_job(&self, job: &Job, end: JobEnd, attempt: JobAttempt) -> Result<bool, StoreError> {
        let (id, lease) = (job.id, job.lease.clone());
        self.write(move |conn| Box::pin(async move { note_end(conn, id, lease, end, attempt).await }))
            .await
    }

    /// Jobs, newest first, at most `limit`.
    pub async fn jobs(&self, filter: &JobFilter, limit: u32) -> Result<Vec<JobRow>, StoreError> {
        let mut bound = values![filter.before.unwrap_or(i64::MAX), limit];
        let mut which = String::from("id < $1");
        let wanted = [
            ("pool", filter.pool.clone()),
            ("state", filter.state.map(|state| state.key().to_owned())),
        ];
        for (column, value) in wanted {
            if let Some(value) = value {
                bound.push(Value::from(value));
                which.push_str(&format!(" AND {column} = ${}", bound.len()));
            }
        }
        let sql = format!("SELECT {ROW} FROM jobs WHERE {which} ORDER BY id DESC LIMIT $2");
        let rows: Vec<RawRow> = self.db().fetch(&sql, bound).await?;
        rows.into_iter().map(job_row).collect()
    }

    /// The tries of a job, oldest first.
    pub async fn job_attempts(&self, id: i64) -> Result<Vec<JobAttempt>, StoreError> {
        let sql =
            "SELECT attempt, ended_at, took_ms, outcome FROM job_attempts WHERE job = $1 ORDER BY attempt";
        let rows: Vec<(i64, i64, i64, String)> = self.db().fetch(sql, values![id]).await?;
        let attempts = rows
            .into_iter()
            .map(|(attempt, ended_at, took_ms, outcome)| JobAttempt {
                attempt: small(attempt),
                ended_at: Timestamp(ended_at),
                took_ms: small(took_ms),
                outcome,
            });
        Ok(attempts.collect())
    }

    /// Puts a job that ended back into the queue, as if it had never been tried; `NotFound` when none of this id and
    /// pool has ended.
    pub async fn replay_job(&self, id: i64, pool: Option<&str>, now: Timestamp) -> Result<(), StoreError> {
        let mut bound = values![id, now.0];
        let mut which = String::from("id = $1 AND state <> 'waiting'");
        if let Some(pool) = pool {
            bound.push(Value::from(pool));
            which.push_str(" AND pool = $3");
        }
        let sql = format!(
            "UPDATE jobs SET state = 'waiting', attempts = 0, run_at = $2, lease = NULL, updated_at = $2 WHERE {which}"
        );
        match self.execute(sql, bound).await? {
            0 => Err(StoreError::NotFound { what: "ended job" }),
            _ => Ok(()),
        }
    }

    /// How many jobs stand where.
    pub async fn count_jobs(&self) -> Result<Vec<(JobState, u64)>, StoreError> {
        let sql = "SELECT state, COUNT(*) FROM jobs GROUP BY state";
        let rows: Vec<(String, i64)> = self.db().fetch(sql, values![]).await?;
        let count = |state: JobState| {
            let row = rows.iter().find(|(key, _)| key == state.key());
            (state, row.map_or(0, |(_, count)| count.unsigned_abs()))
        };
        Ok(JobState::ALL.map(count).to_vec())
    }

    /// Forgets jobs that were done before `before`; answers how many. Shelved ones wait for a person.
    pub async fn sweep_jobs(&self, before: Timestamp) -> Result<u64, StoreError> {
        let swept = self
            .execute(
                "DELETE FROM jobs WHERE state = 'done' AND updated_at < $1",
                values![before.0],
            )
            .await?;
        if swept > 0 {
            let sql = "DELETE FROM job_attempts WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.id = job)";
            self.execute(sql, values![]).await?;
        }
        Ok(swept)
    }
}

pub(crate) async fn insert_jobs(
    conn: &mut Conn,
    jobs: Vec<NewJob>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let jobs = unknown_jobs(conn, jobs).await?;
    let count = i64::try_from(jobs.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(0);
    }
    let sql = "INSERT INTO counters (name, value) VALUES ($1, $2) \
               ON CONFLICT (name) DO UPDATE SET value = counters.value + $2 RETURNING value";
    let last: Option<(i64,)> = conn.fetch_first(sql, values![COUNTER, count]).await?;
    let first = last.map_or(1, |(last,)| last - count + 1);
    let rows = (first..).zip(jobs).map(|(id, job)| {
        let none: Option<String> = None;
        values![
            id,
            job.kind,
            job.pool,
            job.lane,
            job.key,
            job.body,
            JobState::Waiting.key(),
            0i64,
            job.run_at.0,
            none,
            "",
            now.0,
            now.0
        ]
    });
    conn.insert_rows(INSERT, &[], rows.collect()).await?;
    Ok(count.unsigned_abs())
}

/// Those whose key is not remembered.
async fn unknown_jobs(conn: &mut Conn, jobs: Vec<NewJob>) -> Result<Vec<NewJob>, StoreError> {
    let mut unknown = Vec::with_capacity(jobs.len());
    for job in jobs {
        if let Some(key) = &job.key {
            let sql = "SELECT id FROM jobs WHERE key = $1";
            let found: Option<(i64,)> = conn.fetch_first(sql, values![key.as_str()]).await?;
            if found.is_some() {
                continue;
            }
        }
        unknown.push(job);
    }
    Ok(unknown)
}

async fn take_jobs(
    conn: &mut Conn,
    now: Timestamp,
    until: Timestamp,
    lease: String,
    each: u32,
) -> Result<Vec<Job>, StoreError> {
    let sql = format!(
        "SELECT DISTINCT pool FROM jobs WHERE state = 'waiting' AND run_at <= $1 AND {AWAKE} ORDER BY pool"
    );
    let pools: Vec<(String,)> = conn.fetch(&sql, values![now.0]).await?;
    let mut taken = Vec::new();
    for (pool,) in pools {
        let sql = "SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND pool = $1 AND lease IS NOT NULL AND run_at > $2";
        let held: Option<(i64,)> = conn.fetch_first(sql, values![pool.as_str(), now.0]).await?;
        let room = i64::from(each) - held.map_or(0, |(held,)| held);
        if room <= 0 {
            continue;
        }
        // The first unfinished job of a lane stands for all of it.
        let sql = "SELECT j.id, j.kind, j.body, j.attempts FROM jobs j \
                   WHERE j.state = 'waiting' AND j.pool = $1 AND j.run_at <= $2 AND NOT EXISTS \
                   (SELECT 1 FROM jobs e WHERE e.lane = j.lane AND e.state = 'waiting' AND e.id < j.id) \
                   ORDER BY j.run_at, j.id LIMIT $3";
        let free: Vec<Free> = conn.fetch(sql, values![pool.as_str(), now.0, room]).await?;
        for (id, kind, body, attempts) in free {
            let sql = "UPDATE jobs SET lease = $2, run_at = $3, updated_at = $4 WHERE id = $1";
            conn.execute(sql, values![id, lease.as_str(), until.0, now.0])
                .await?;
            taken.push(Job {
                id,
                kind,
                body,
                attempts: small(attempts),
                lease: lease.clone(),
            });
        }
    }
    Ok(taken)
}

async fn note_end(
    conn: &mut Conn,
    id: i64,
    lease: String,
    end: JobEnd,
    attempt: JobAttempt,
) -> Result<bool, StoreError> {
    let at = attempt.ended_at.0;
    let (state, run_at) = match end {
        JobEnd::Done => (JobState::Done, at),
        JobEnd::Again(then) => (JobState::Waiting, then.0),
        JobEnd::Shelved => (JobState::Shelved, at),
    };
    let sql = "UPDATE jobs SET state = $3, run_at = $4, lease = NULL, attempts = attempts + 1, outcome = $5, \
               updated_at = $6 WHERE id = $1 AND lease = $2 AND state = 'waiting'";
    let outcome = attempt.outcome.as_str();
    let bound = values![id, lease, state.key(), run_at, outcome, at];
    if conn.execute(sql, bound).await? == 0 {
        return Ok(false);
    }
    let sql = "INSERT INTO job_attempts (job, attempt, ended_at, took_ms, outcome) \
               SELECT $1, COALESCE(MAX(attempt), 0) + 1, $2, $3, $4 FROM job_attempts WHERE job = $1";
    conn.execute(sql, values![id, at, attempt.took_ms, outcome])
        .await?;
    Ok(true)
}

fn job_row(row: RawRow) -> Result<JobRow, StoreError> {
    let (id, kind, pool, body, state, attempts, run_at, outcome, created_at, updated_at) = row;
    Ok(JobRow {
        id,
        kind,
        pool,
        body,
        state: JobState::from_key(&state).ok_or_else(|| StoreError::Corrupt {
            what: format!("job {id}"),
            because: format!("`{state}` is no state"),
        })?,
        attempts: small(attempts),
        run_at: Timestamp(run_at),
        outcome,
        created_at: Timestamp(created_at),
        updated_at: Timestamp(updated_at),
    })
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

//! The queue of work: taken by a worker, tried again with growing pauses, shelved when it fails for good.

use channels::Courier;
use domain::Timestamp;
use store::{Job, JobAttempt, JobEnd, JobFilter, JobRow, JobState, NewJob};
use tokio::{
    task::JoinSet,
    time::{Duration, sleep},
};
use wire::{
    job::{JobDetail, JobList, JobQuery, JobTry, json_of},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Code, Verb, limits, permission, secret};

/// The kind of job that brings a message to a webhook.
pub(crate) const WEBHOOK: &str = "webhook";
/// The kind of job that sweeps away what has ended.
const SWEEP: &str = "sweep";
/// The kind of job that makes the reports that are due.
const REPORTS: &str = "reports";
/// Jobs that the clock queues every hour, one after the other.
const HOURLY: [&str; 2] = [SWEEP, REPORTS];

/// What one round of work did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkReport {
    /// Jobs that are done.
    pub done: usize,
    /// Jobs that will be tried again.
    pub again: usize,
    /// Jobs that failed for good.
    pub shelved: usize,
}

/// How a try went.
pub(crate) enum Tried {
    Done(String),
    Failed(String),
    /// It can never succeed.
    Hopeless(String),
}

impl App {
    /// Does what is due once, side by side; answers when all of it has ended. A running server uses
    /// [`App::run_jobs`].
    pub async fn work(&self, courier: &Courier) -> Result<WorkReport, AppError> {
        self.queue_webhooks().await?;
        let mut running = JoinSet::new();
        for job in self.lease_jobs().await? {
            let (app, courier) = (self.clone(), courier.clone());
            running.spawn(async move { app.do_job(&job, &courier).await });
        }
        let mut report = WorkReport::default();
        for end in running.join_all().await {
            match end? {
                JobEnd::Done => report.done += 1,
                JobEnd::Again(_) => report.again += 1,
                JobEnd::Shelved => report.shelved += 1,
            }
        }
        Ok(report)
    }

    /// Works for ever; ends with the task it runs in. What it held then comes back when its lease ends.
    pub async fn run_jobs(self, courier: Courier) {
        let mut news = self.bus().listen();
        let mut running = JoinSet::new();
        loop {
            if let Err(error) = self.start_jobs(&courier, &mut running).await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the queue of work cannot be read"
                );
                sleep(Duration::from_millis(limits::WORK_EVERY_MS)).await;
            }
            tokio::select! {
                Some(ended) = running.join_next() => note_failure(ended),
                _ = news.changed() => {}
                () = sleep(Duration::from_millis(limits::WORK_EVERY_MS)) => {}
            }
            // News come in showers; looking once for many of them is enough.
            sleep(Duration::from_millis(limits::WORK_PAUSE_MS)).await;
        }
    }

    async fn start_jobs(
        &self,
        courier: &Courier,
        running: &mut JoinSet<Result<JobEnd, AppError>>,
    ) -> Result<(), AppError> {
        self.queue_webhooks().await?;
        for job in self.lease_jobs().await? {
            let (app, courier) = (self.clone(), courier.clone());
            running.spawn(async move { app.do_job(&job, &courier).await });
        }
        Ok(())
    }

    async fn lease_jobs(&self) -> Result<Vec<Job>, AppError> {
        let now = self.now();
        let until = now.plus_ms(limits::LEASE_MS);
        let lease = secret::new_id(now, self.randomness());
        Ok(self
            .store()
            .lease_jobs(now, until, &lease, limits::WORKERS_EACH)
            .await?)
    }

    async fn do_job(&self, job: &Job, courier: &Courier) -> Result<JobEnd, AppError> {
        let started = self.now();
        let tried = match job.kind.as_str() {
            WEBHOOK => self.bring_message(job, courier).await,
            SWEEP => tried(self.sweep(started).await),
            REPORTS => tried(self.make_due_reports().await.map(drop)),
            _ => Tried::Hopeless("no such kind of work".to_owned()),
        };
        let ended = self.now();
        let attempts = job.attempts + 1;
        let mut dice = [0; 1];
        self.randomness().fill(&mut dice);
        let (end, outcome) = match tried {
            Tried::Done(words) => (JobEnd::Done, words),
            Tried::Hopeless(words) => (JobEnd::Shelved, words),
            Tried::Failed(words) if attempts >= limits::JOB_ATTEMPTS => (JobEnd::Shelved, words),
            Tried::Failed(words) => (JobEnd::Again(ended.plus_ms(pause_ms(attempts, dice[0]))), words),
        };
        let attempt = JobAttempt {
            attempt: attempts,
            ended_at: ended,
            took_ms: u32::try_from(ended.since_ms(started)).unwrap_or_default(),
            outcome,
        };
        self.store().end_job(job, end.clone(), attempt).await?;
        Ok(end)
    }

    /// Queues what the clock wants done every hour; each once, whoever asks.
    pub(crate) async fn queue_hourly(&self, now: Timestamp) -> Result<(), AppError> {
        let hour = now.0.div_euclid(limits::SWEEP_EVERY_MS);
        if self.note_hour(hour) {
            let jobs = HOURLY.iter().map(|kind| NewJob {
                kind: (*kind).to_owned(),
                pool: "clock".to_owned(),
                lane: Some("clock".to_owned()),
                key: Some(format!("{kind}:{hour}")),
                body: String::new(),
                run_at: now,
            });
            self.store().queue_jobs(jobs.collect(), now).await?;
        }
        Ok(())
    }

    /// Work of every kind, newest first, with how much there is.
    pub async fn list_jobs(&self, caller: &Caller, query: JobQuery) -> Result<JobList, AppError> {
        permission::require(caller.role, Verb::ListJobs)?;
        let filter = JobFilter {
            pool: None,
            state: state_of(query.state.as_deref())?,
            before: cursor_of(query.cursor.as_deref())?,
        };
        let limit = rows_of(query.limit)?;
        let rows = self.store().jobs(&filter, limit).await?;
        let counts = self.store().count_jobs().await?;
        let count = |state| {
            counts
                .iter()
                .find(|(known, _)| *known == state)
                .map_or(0, |(_, count)| *count)
        };
        Ok(JobList {
            next_cursor: next_cursor(&rows, limit),
            items: rows.iter().map(job_of).collect(),
            waiting: count(JobState::Waiting),
            done: count(JobState::Done),
            shelved: count(JobState::Shelved),
        })
    }

    /// One piece of work with every try.
    pub async fn show_job(&self, caller: &Caller, id: i64) -> Result<JobDetail, AppError> {
        permission::require(caller.role, Verb::ListJobs)?;
        let filter = JobFilter {
            before: id.checked_add(1),
            ..JobFilter::default()
        };
        let rows = self.store().jobs(&filter, 1).await?;
        let row = rows.first().filter(|row| row.id == id);
        let row = row.ok_or_else(|| AppError::not_found("任务", "job"))?;
        let tries = self
            .store()
            .job_attempts(id)
            .await?
            .into_iter()
            .map(|attempt| JobTry {
                number: attempt.attempt,
                ended_at: rfc3339(attempt.ended_at),
                took_ms: attempt.took_ms,
                outcome: attempt.outcome,
            });
        Ok(JobDetail {
            job: job_of(row),
            body: json_of(&row.body),
            tries: tries.collect(),
        })
    }

    /// Puts work that ended back into the queue.
    pub async fn replay_job(&self, caller: &Caller, id: i64) -> Result<JobDetail, AppError> {
        permission::require(caller.role, Verb::ReplayJob)?;
        let replayed = self.store().replay_job(id, None, self.now()).await;
        replayed.map_err(|error| match error {
            store::StoreError::NotFound { .. } => AppError::not_found("已结束的任务", "ended job"),
            error => error.into(),
        })?;
        self.note_audit(&caller.person.id.0, "job_replayed", &id.to_string(), "")
            .await?;
        self.show_job(caller, id).await
    }
}

fn tried(result: Result<(), AppError>) -> Tried {
    match result {
        Ok(()) => Tried::Done("done".to_owned()),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a job failed");
            Tried::Failed(error.code().row().key.to_owned())
        }
    }
}

fn note_failure(ended: Result<Result<JobEnd, AppError>, tokio::task::JoinError>) {
    match ended {
        Ok(Ok(_)) => {}
        // Its lease ends, and it is tried again.
        Ok(Err(error)) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "how a job ended cannot be noted"
        ),
        Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "a job broke off"),
    }
}

/// How long to wait after so many tries: twice as long each time up to a limit, and then somewhere between half of it
/// and all of it, so that many failures do not come back at the same moment.
fn pause_ms(attempts: u32, dice: u8) -> i64 {
    let doubled = limits::RETRY_FIRST_MS << (attempts.saturating_sub(1)).min(20);
    let whole = doubled.min(limits::RETRY_MOST_MS);
    whole / 2 + whole / 2 * i64::from(dice) / 255
}

pub(crate) fn job_of(row: &JobRow) -> wire::job::Job {
    wire::job::Job {
        id: row.id,
        kind: row.kind.clone(),
        state: row.state.key().to_owned(),
        attempts: row.attempts,
        outcome: row.outcome.clone(),
        next_at: (row.state == JobState::Waiting).then(|| rfc3339(row.run_at)),
        created_at: rfc3339(row.created_at),
        updated_at: rfc3339(row.updated_at),
    }
}

pub(crate) fn state_of(key: Option<&str>) -> Result<Option<JobState>, AppError> {
    let Some(key) = key else { return Ok(None) };
    let found = JobState::from_key(key);
    found.map(Some).ok_or_else(|| {
        AppError::field(
            "state",
            "应为 waiting、done 或 shelved",
            "must be waiting, done or shelved",
        )
    })
}

/// The rows of a page.
pub(crate) fn rows_of(limit: Option<u32>) -> Result<u32, AppError> {
    let most = u32::try_from(wire::limits::PAGE_ROWS).unwrap_or(u32::MAX);
    let usual = u32::try_from(wire::limits::PAGE_ROWS_DEFAULT).unwrap_or(most);
    let wanted = limit.unwrap_or(usual);
    if (1..=most).contains(&wanted) {
        return Ok(wanted);
    }
    Err(AppError::field(
        "limit",
        format!("应是 1–{most} 的整数"),
        format!("must be a whole number from 1 to {most}"),
    ))
}

/// The number behind a cursor.
pub(crate) fn cursor_of(cursor: Option<&str>) -> Result<Option<i64>, AppError> {
    let number = cursor.map(str::parse).transpose();
    number.map_err(|_| AppError::Plain(Code::InvalidCursor))
}

pub(crate) fn next_cursor(rows: &[JobRow], limit: u32) -> Option<String> {
    let full = rows.len() >= limit as usize;
    rows.last().filter(|_| full).map(|row| row.id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_a_limit_and_scatter() {
        let whole = |attempts| pause_ms(attempts, 255);
        assert_eq!([whole(1), whole(2), whole(3)], [5_000, 10_000, 20_000]);
        assert_eq!(pause_ms(1, 0), 2_500);
        assert_eq!(whole(40), limits::RETRY_MOST_MS);
        let all: i64 = (1..limits::JOB_ATTEMPTS).map(whole).sum();
        assert!(
            (10..48).contains(&(all / 3_600_000)),
            "a receiver has {all} ms to come back"
        );
    }
}

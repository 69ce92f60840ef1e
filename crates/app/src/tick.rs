//! The ticking clock: due cases are looked at, and what time did to them is stored and told.

use std::time::Duration;

use domain::{CaseId, Timestamp};
use store::{CaseWrite, StoreError};
use tokio::task::JoinSet;

use crate::{App, AppError, limits};

/// What one round of the clock did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TickReport {
    /// Cases that were due.
    pub looked_at: usize,
    /// Events that time made happen.
    pub events: usize,
}

impl App {
    /// Looks at the cases that are due, at most 200.
    pub async fn tick(&self) -> Result<TickReport, AppError> {
        // Another process may have changed what decides.
        self.reload_rulebook().await?;
        let now = self.now();
        let due = self.store().due(now, limits::TICK_CASES).await?;
        let mut report = TickReport {
            looked_at: due.len(),
            events: 0,
        };
        // Side by side they share one flush to the disk.
        for part in due.chunks(limits::TICK_AT_ONCE) {
            let ticked = part.iter().cloned().map(|id| {
                let app = self.clone();
                async move { app.tick_case(&id, now).await }
            });
            for events in ticked.collect::<JoinSet<_>>().join_all().await {
                report.events += events?;
            }
        }
        self.note_tick(now);
        Ok(report)
    }

    async fn tick_case(&self, id: &CaseId, now: Timestamp) -> Result<usize, AppError> {
        let Some(case) = self.store().case(id).await? else {
            return Ok(0);
        };
        let events = desk::tick(&case, now, &self.rules());
        let mut changed = case.clone();
        events.iter().for_each(|event| desk::apply(&mut changed, event));
        let write = CaseWrite {
            case: &changed,
            events: &events,
            search_tokens: None,
            next_check_at: desk::next_check_at(&changed),
            idempotency: None,
        };
        match self.store().append(case.version, write).await {
            Ok(sequence) => {
                self.bus().publish(sequence);
                Ok(events.len())
            }
            // Somebody changed the case meanwhile; the next round sees it as it is then.
            Err(StoreError::Stale { .. }) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Sweeps away what has ended: sessions, keys, files that nobody attached.
    pub(crate) async fn sweep(&self, now: Timestamp) -> Result<(), AppError> {
        self.store()
            .sweep(now, now.plus_ms(-limits::IDEMPOTENCY_MS))
            .await?;
        self.erase_outdated(now).await?;
        self.store()
            .sweep_files(now.plus_ms(-limits::FILE_WAITS_MS))
            .await?;
        self.store().sweep_jobs(now.plus_ms(-limits::JOB_KEPT_MS)).await?;
        Ok(())
    }

    /// Ticks for ever in the process that leads; ends with the task it runs in. A round that fails is logged and the
    /// next one tried.
    pub async fn run_clock(self) {
        loop {
            if let Err(error) = self.turn_clock().await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the clock could not tick"
                );
            }
            tokio::time::sleep(Duration::from_millis(limits::TICK_EVERY_MS)).await;
        }
    }

    /// One round, when this process is the one to turn the clock.
    async fn turn_clock(&self) -> Result<(), AppError> {
        let leads = self.store().lead().await;
        self.note_lead(matches!(leads, Ok(true)));
        if leads? {
            self.queue_hourly(self.now()).await?;
            // After a standstill much may be due at once.
            for _ in 0..limits::TICKS_IN_A_ROW {
                if self.tick().await?.looked_at < limits::TICK_CASES as usize {
                    break;
                }
            }
        }
        Ok(())
    }
}

//! The ticking clock: due cases are looked at, and what time did to them is stored and told.

use std::time::Duration;

use domain::{CaseId, Timestamp};
use store::{CaseWrite, StoreError};

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
        for id in &due {
            report.events += self.tick_case(id, now).await?;
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
    async fn sweep(&self, now: Timestamp) -> Result<(), AppError> {
        self.store()
            .sweep(now, now.plus_ms(-limits::IDEMPOTENCY_MS))
            .await?;
        self.erase_outdated(now).await?;
        self.store()
            .sweep_files(now.plus_ms(-limits::FILE_WAITS_MS))
            .await?;
        Ok(())
    }

    /// Ticks for ever, and keeps house beside that, so that no deadline waits for a report or an erasure; ends with the
    /// task it runs in. A round that fails is logged and the next one tried.
    pub async fn run_clock(self) {
        tokio::join!(self.tick_for_ever(), self.keep_house_for_ever());
    }

    async fn tick_for_ever(&self) {
        loop {
            tell(self.tick().await, "the clock could not tick");
            tokio::time::sleep(Duration::from_millis(limits::TICK_EVERY_MS)).await;
        }
    }

    async fn keep_house_for_ever(&self) {
        let mut swept_at = Timestamp(i64::MIN);
        loop {
            let now = self.now();
            if now.since_ms(swept_at) >= limits::SWEEP_EVERY_MS {
                swept_at = now;
                tell(self.sweep(now).await, "what ended could not be swept");
                tell(
                    self.make_due_reports().await,
                    "the reports that are due could not be made",
                );
            }
            tokio::time::sleep(Duration::from_millis(limits::TICK_EVERY_MS)).await;
        }
    }
}

fn tell<T>(done: Result<T, AppError>, what: &str) {
    if let Err(error) = done {
        tracing::error!(error = &error as &dyn std::error::Error, "{what}");
    }
}

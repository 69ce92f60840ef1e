//! The history of all cases, verified: no event was changed, none is missing, and every case equals its replayed events.

use domain::{Case, CaseId, Event};
use store::{ChainReport, History};

use crate::{App, AppError, limits};

/// What a check of the whole history found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryReport {
    /// The hash chains.
    pub chain: ChainReport,
    /// Cases that differ from their replayed events, at most 100.
    pub differing: Vec<CaseId>,
}

impl HistoryReport {
    /// Whether everything is as it was written.
    pub fn is_whole(&self) -> bool {
        self.first_fault().is_none()
    }

    /// The first thing that is not, in one sentence.
    pub fn first_fault(&self) -> Option<String> {
        let broken = self.chain.breaks.first().map(|broken| {
            let (case, index, because) = (&broken.case, broken.index + 1, broken.because);
            format!("the chain is broken at event {index} of case {case}: {because}")
        });
        let differs = || {
            let case = self.differing.first()?;
            Some(format!("case {case} differs from its replayed events"))
        };
        let missing = || {
            let place = self.chain.missing?;
            Some(format!("event {place} of the whole history is missing"))
        };
        broken.or_else(missing).or_else(differs)
    }
}

impl App {
    /// Reads every event and every case, and verifies them.
    pub async fn verify_history(&self) -> Result<HistoryReport, AppError> {
        let mut report = HistoryReport {
            chain: self.store().verify_chain(None).await?,
            differing: Vec::new(),
        };
        let mut after = 0;
        loop {
            let part = self.store().histories_after(after, limits::HISTORIES).await?;
            let Some(last) = part.last() else {
                return Ok(report);
            };
            after = last.ordinal;
            for history in part {
                let suspect = differs(&history.case, &history.events);
                if suspect && report.differing.len() < limits::FAULTS && self.still_differs(&history).await? {
                    report.differing.push(history.case.id);
                }
            }
        }
    }

    /// A case that changed between two readings looks different; one that was tampered with stays so.
    async fn still_differs(&self, history: &History) -> Result<bool, AppError> {
        let again = self.store().histories_after(history.ordinal - 1, 1).await?;
        Ok(again.iter().any(|again| {
            let moved_on = again.case.version != history.case.version;
            !moved_on && differs(&again.case, &again.events)
        }))
    }
}

fn differs(case: &Case, events: &[Event]) -> bool {
    desk::replay(events).as_ref() != Some(case)
}

//! What has been counted since the start, for whoever watches the product run.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts that only grow.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    intakes: AtomicU64,
    analyses: AtomicU64,
    failed_logins: AtomicU64,
}

/// The counts at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Complaints taken in.
    pub intakes: u64,
    /// Texts read on request, those of intakes included.
    pub analyses: u64,
    /// Attempts to sign in with a wrong password or code.
    pub failed_logins: u64,
}

impl Counters {
    pub(crate) fn note_intakes(&self, count: usize) {
        add(&self.intakes, count);
    }

    pub(crate) fn note_analyses(&self, count: usize) {
        add(&self.analyses, count);
    }

    pub(crate) fn note_failed_login(&self) {
        add(&self.failed_logins, 1);
    }

    pub(crate) fn read(&self) -> Counted {
        Counted {
            intakes: self.intakes.load(Ordering::Relaxed),
            analyses: self.analyses.load(Ordering::Relaxed),
            failed_logins: self.failed_logins.load(Ordering::Relaxed),
        }
    }
}

fn add(counter: &AtomicU64, count: usize) {
    counter.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
}

//! Tells listeners that something was stored; what it was they read from the store.

use tokio::sync::watch;

/// The sequence of the newest stored event, watched by all live streams.
#[derive(Debug)]
pub struct Bus {
    newest: watch::Sender<i64>,
}

impl Bus {
    /// A bus that has heard of events up to `sequence`.
    pub fn new(sequence: i64) -> Self {
        Self {
            newest: watch::Sender::new(sequence),
        }
    }

    /// Tells that events up to `sequence` are stored; older news is ignored.
    pub fn publish(&self, sequence: i64) {
        self.newest.send_if_modified(|newest| {
            let grew = sequence > *newest;
            *newest = sequence.max(*newest);
            grew
        });
    }

    /// A listener that wakes up with each publication.
    pub fn listen(&self) -> watch::Receiver<i64> {
        self.newest.subscribe()
    }
}

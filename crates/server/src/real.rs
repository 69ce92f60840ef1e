//! The real clock and the real source of randomness, handed to the use cases at the start.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::Timestamp;
use rand::{TryRngCore, rngs::OsRng};

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl app::Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The operating system's source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomness;

impl app::Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        OsRng
            .try_fill_bytes(bytes)
            .expect("an operating system without randomness can keep no secret");
    }
}

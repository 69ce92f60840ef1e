//! The limits of the HTTP face, each with its name.

use std::time::Duration;

/// The largest request body, in bytes.
pub const BODY_BYTES: usize = 1024 * 1024;
/// Callers whose rate is remembered; beyond them those who have rested are forgotten.
pub(crate) const CALLERS: usize = 100_000;
/// Live streams open at the same time.
pub(crate) const LIVE_STREAMS: usize = 512;
/// How often a silent live stream says that it lives, and looks for what another process stored.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a live stream lives before the browser has to connect, and to be recognized, anew.
pub(crate) const STREAM_LIFE: Duration = Duration::from_secs(3600);
/// How long the numbers of cases in the metrics may be old.
pub(crate) const METRICS_AGE: Duration = Duration::from_secs(10);
/// How long an answer to whether the product is ready may be old.
pub(crate) const READY_AGE: Duration = Duration::from_secs(1);
/// How long requests under way have to end when the server stops.
pub(crate) const SHUTDOWN: Duration = Duration::from_secs(10);
/// Cases of the demonstration.
pub(crate) const DEMO_CASES: usize = 2_000;
/// The demonstration is the same everywhere, but for the day it ends on.
pub(crate) const DEMO_SEED: u64 = 1;

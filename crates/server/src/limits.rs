//! The limits of the HTTP face, each with its name.

use std::time::Duration;

/// The largest request body, in bytes.
pub const BODY_BYTES: usize = 1024 * 1024;
/// Callers whose rate is remembered; beyond them those who have rested are forgotten.
pub(crate) const CALLERS: usize = 100_000;
/// Requests of the API under way at the same time.
pub(crate) const IN_FLIGHT: usize = 256;
/// Requests with a large body, or one of untold length, under way at the same time.
pub(crate) const LARGE_IN_FLIGHT: usize = 32;
/// Bodies up to this size are read before the request takes a place, in bytes.
pub(crate) const SMALL_BODY: usize = 64 * 1024;
/// How long a small body may take to come in.
pub(crate) const BODY_WAIT: Duration = Duration::from_secs(10);
/// How long an answer may take.
pub(crate) const ANSWER_WAIT: Duration = Duration::from_secs(60);
/// Connections open at the same time; below the 1,024 files that a process may usually open.
pub(crate) const CONNECTIONS: usize = 900;
/// How long the head of a request may take to come in, and a kept connection may say nothing.
pub(crate) const HEAD_WAIT: Duration = Duration::from_secs(15);
/// The largest head of a request, in bytes.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;
/// How long a client may take nothing of its answer.
pub(crate) const WRITE_WAIT: Duration = Duration::from_secs(30);
/// Seconds after which a request that was turned away should come again.
pub(crate) const RETRY_AFTER_S: i64 = 1;
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

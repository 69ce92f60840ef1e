//! The published figures and the reference implementations that the statistics must meet. Data that are not part of the
//! repository are looked for under `TINGSU_DATA`; without them the test says so and passes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod cdnow;
mod data;
mod odd;
mod rhythms;
mod surveillance;

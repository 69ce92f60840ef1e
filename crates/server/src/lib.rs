//! HTTP: extract, call `app`, convert. Routes, OpenAPI, live events, the embedded workbench; no business decision.

mod admit;
mod api;
mod extract;
mod failure;
mod headers;
mod language;
mod limits;
mod listen;
mod metrics;
mod real;
mod routes;
mod serve;

pub use api::{openapi_json, router};
pub use limits::BODY_BYTES;
pub use real::{SystemClock, SystemRandomness};
pub use serve::{Bound, ServeError, ServeOptions, open_app, serve};

//! HTTP: extract, call `app`, convert. Routes, OpenAPI, live events, the embedded workbench; no business decision.

mod admit;
mod api;
mod description;
mod examples;
mod extract;
mod failure;
mod headers;
mod language;
mod limits;
mod listen;
mod metrics;
#[cfg(feature = "oidc")]
mod oidc;
mod rates;
mod real;
mod routes;
mod serve;
#[cfg(feature = "otlp")]
mod spans;

pub use api::{openapi_json, router, router_with};
pub use failure::status_of_code;
pub use limits::BODY_BYTES;
pub use metrics::{FAMILIES, Family};
#[cfg(feature = "oidc")]
pub use oidc::{OidcClaim, OidcOptions};
pub use rates::RateOptions;
pub use real::{SystemClock, SystemRandomness};
pub use serve::{Bound, ServeError, ServeOptions, open_app, serve};
#[cfg(feature = "otlp")]
pub use spans::SPANS;

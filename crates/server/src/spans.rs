//! One span for each request, for whoever collects traces: method, pattern of the route and status, nothing personal.

use axum::{extract::Request, middleware::Next, response::Response};
use tracing::{Instrument, field};

/// The target of every span that may leave the process.
pub const SPANS: &str = "tingsu::request";

/// Answers a request within its span.
pub(crate) async fn run(next: Next, request: Request, method: &str, route: &str) -> Response {
    let span = tracing::info_span!(
        target: SPANS,
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = field::Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = field::Empty,
    );
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    response
}

//! Pages for machines: alive, ready, numbers.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};

use crate::api::Server;

/// The routes outside of the API.
pub(crate) fn routes() -> Router<Server> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(show_ready))
        .route("/metrics", get(show_metrics))
}

/// Whether the database answers.
async fn show_ready(State(server): State<Server>) -> (StatusCode, &'static str) {
    match server.app.check_ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

async fn show_metrics(State(server): State<Server>) -> impl IntoResponse {
    let text = server.metrics.write(&server).await;
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
}

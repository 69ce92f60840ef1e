//! Pages for machines: alive, ready, numbers.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};

use crate::{api::Server, limits::READY_AGE};

/// The routes outside of the API.
pub(crate) fn routes() -> Router<Server> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(show_ready))
        .route("/metrics", get(show_metrics))
}

/// Whether the database answers and takes changes; asked anew at most once a second.
async fn show_ready(State(server): State<Server>) -> (StatusCode, &'static str) {
    if server.ready.is_fresh() {
        return READY;
    }
    match server.app.check_ready().await {
        Ok(()) => {
            server.ready.note();
            READY
        }
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer, or takes no changes\n",
            )
        }
    }
}

const READY: (StatusCode, &str) = (StatusCode::OK, "ready\n");

/// When the product was last found to be ready. That it was not is never remembered.
#[derive(Debug, Default)]
pub(crate) struct Ready(Mutex<Option<Instant>>);

impl Ready {
    fn is_fresh(&self) -> bool {
        let found = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.is_some_and(|at| at.elapsed() < READY_AGE)
    }

    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

async fn show_metrics(State(server): State<Server>) -> impl IntoResponse {
    let text = server.metrics.write(&server).await;
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
}

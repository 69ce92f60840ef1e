//! How much is taken on at once: beyond it a request is answered at once that it should come again, instead of making
//! everybody wait; and one that trickles in does not hold a place.

use std::sync::Arc;

use app::Code;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::{sync::Semaphore, time::timeout};

use crate::{
    api::Server,
    failure::Failure,
    limits::{ANSWER_WAIT, BODY_WAIT, IN_FLIGHT, LARGE_IN_FLIGHT, SMALL_BODY},
};

/// The places of requests under way.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    all: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(IN_FLIGHT)),
            large: Arc::new(Semaphore::new(LARGE_IN_FLIGHT)),
        }
    }
}

/// Admits requests of the API; what machines ask about the server's health always gets through.
pub(crate) async fn admit(State(server): State<Server>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let answered = answer(&server.places, request, next).await;
    answered.unwrap_or_else(|code| Failure::from(code).into_response())
}

async fn answer(places: &Places, request: Request, next: Next) -> Result<Response, Code> {
    let mut request = request;
    let mut _large = None;
    match length_of(&request) {
        0 => {}
        // Small bodies are waited for before they hold a place that others need.
        length if length <= SMALL_BODY => request = read_body(request).await?,
        _ => _large = Some(places.large.try_acquire().map_err(|_| Code::Overloaded)?),
    }
    let _place = places.all.try_acquire().map_err(|_| Code::Overloaded)?;
    timeout(ANSWER_WAIT, next.run(request))
        .await
        .map_err(|_| Code::Overloaded)
}

/// How many bytes the body has, as far as it is told; untold ones count as many.
fn length_of(request: &Request) -> usize {
    let headers = request.headers();
    let told = headers.get(header::CONTENT_LENGTH);
    let told = told.and_then(|length| length.to_str().ok()?.parse().ok());
    match (told, headers.contains_key(header::TRANSFER_ENCODING)) {
        (Some(length), _) => length,
        (None, true) => usize::MAX,
        (None, false) => 0,
    }
}

async fn read_body(request: Request) -> Result<Request, Code> {
    let (parts, body) = request.into_parts();
    let read = timeout(BODY_WAIT, to_bytes(body, SMALL_BODY)).await;
    let bytes = read
        .map_err(|_| Code::RequestTooSlow)?
        .map_err(|_| Code::MalformedRequest)?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

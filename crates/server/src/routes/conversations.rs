//! Conversations: whole or live, with review, advice, inspection and appeals.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::{App, AppError, Caller, Code};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::sse::{Event, Sse},
};
use domain::Language;
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast, watch},
    time::{Instant, timeout},
};
use utoipa::IntoParams;
use wire::conversation::{
    Advice, AppealRequest, ConversationPage, ConversationRequest, ConversationView, DecisionRequest,
    TurnsRequest,
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Query, Signed},
    failure::Failure,
    language::Reads,
    limits::{HEARTBEAT, STREAM_LIFE},
};

const RETRY: Duration = Duration::from_secs(2);

/// Which conversations are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub(crate) struct ConversationParams {
    /// Of this agent alone.
    agent: Option<String>,
    /// About this case alone, by id or number.
    case: Option<String>,
}

/// Takes a conversation in, whole or as far as it has come; review and advice are part of the answer.
#[utoipa::path(post, path = "/conversations", tag = "conversation", request_body = ConversationRequest,
    responses((status = 201, body = ConversationView, description = "The conversation as heard")))]
pub(crate) async fn open_conversation(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    body: Body,
) -> Result<(StatusCode, Json<ConversationView>), Failure> {
    let request = ConversationRequest::parse(&body.json).map_err(AppError::from)?;
    let view = server.app.open_talk(&caller, request, language).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// The newest conversations, the agents in them, and how far people agree with the rules of inspection.
#[utoipa::path(get, path = "/conversations", tag = "conversation", params(ConversationParams),
    responses((status = 200, body = ConversationPage, description = "Newest first")))]
pub(crate) async fn list_conversations(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<ConversationParams>,
) -> Answer<ConversationPage> {
    Ok(Json(
        server
            .app
            .list_talks(&caller, params.agent.as_deref(), params.case.as_deref(), language)
            .await?,
    ))
}

/// Adds turns to a conversation that runs; a repetition adds nothing.
#[utoipa::path(post, path = "/conversations/{id}/turns", tag = "conversation", request_body = TurnsRequest,
    params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = ConversationView, description = "The conversation as heard, with advice")))]
pub(crate) async fn add_turns(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    body: Body,
) -> Answer<ConversationView> {
    let request = TurnsRequest::parse(&body.json).map_err(AppError::from)?;
    Ok(Json(server.app.add_turns(&caller, &id, request, language).await?))
}

/// A conversation with all that was heard in it.
#[utoipa::path(get, path = "/conversations/{id}/review", tag = "conversation",
    params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = ConversationView, description = "The conversation as heard")))]
pub(crate) async fn review_conversation(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Answer<ConversationView> {
    Ok(Json(server.app.review_talk(&caller, &id, language).await?))
}

/// Appeals against what a rule took off.
#[utoipa::path(post, path = "/conversations/{id}/appeals", tag = "conversation", request_body = AppealRequest,
    params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = ConversationView, description = "The conversation with the appeal")))]
pub(crate) async fn appeal(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    body: Body,
) -> Answer<ConversationView> {
    let request = AppealRequest::parse(&body.json).map_err(AppError::from)?;
    Ok(Json(server.app.appeal(&caller, &id, &request, language).await?))
}

/// Decides an appeal.
#[utoipa::path(post, path = "/conversations/{id}/decisions", tag = "conversation", request_body = DecisionRequest,
    params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = ConversationView, description = "The conversation with the decision")))]
pub(crate) async fn decide_appeal(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    body: Body,
) -> Answer<ConversationView> {
    let request = DecisionRequest::parse(&body.json).map_err(AppError::from)?;
    Ok(Json(
        server.app.decide_appeal(&caller, &id, &request, language).await?,
    ))
}

/// The advice after each new turn, as server-sent events: `advice` with the number of turns as id, `silence` when there
/// is nothing useful to say. Resuming after an id repeats nothing.
#[utoipa::path(get, path = "/conversations/{id}/events", tag = "conversation",
    params(("id" = String, Path, description = "Id"), ("Last-Event-ID" = Option<String>, Header, description = "Resume after so many turns")),
    responses((status = 200, content_type = "text/event-stream", body = Advice, description = "A stream that does not end")))]
pub(crate) async fn follow_conversation(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let seat = Arc::clone(&server.streams)
        .try_acquire_owned()
        .map_err(|_| Code::TooManyStreams)?;
    let told = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    // Asked once before the stream begins, so that a wrong id or role is an answer and not a silent stream.
    server.app.talk_advice(&caller, &id, language).await?;
    let listener = Listener {
        news: server.app.listen_talks(),
        stopping: server.stopping.clone(),
        app: server.app,
        caller,
        id,
        language,
        told,
        ends_at: Instant::now() + STREAM_LIFE,
        _seat: seat,
    };
    Ok(Sse::new(stream::unfold(listener, Listener::next)))
}

/// One who follows a conversation.
struct Listener {
    app: App,
    caller: Caller,
    id: String,
    language: Language,
    told: Option<usize>,
    news: broadcast::Receiver<Arc<str>>,
    stopping: watch::Receiver<bool>,
    ends_at: Instant,
    _seat: OwnedSemaphorePermit,
}

impl Listener {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        while Instant::now() < self.ends_at && !*self.stopping.borrow() {
            let heard = self.app.talk_advice(&self.caller, &self.id, self.language).await;
            if let Ok((turns, advice)) = heard
                && self.told != Some(turns)
            {
                self.told = Some(turns);
                return Some((Ok(write_event(turns, advice.as_ref())), self));
            }
            let mut stopping = self.stopping.clone();
            tokio::select! {
                waited = timeout(HEARTBEAT, grown(&mut self.news, &self.id)) => {
                    if waited.is_err() {
                        return Some((Ok(Event::default().comment("still here")), self));
                    }
                }
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            }
        }
        None
    }
}

/// Waits until this conversation has grown, or may have.
async fn grown(news: &mut broadcast::Receiver<Arc<str>>, id: &str) {
    while let Ok(other) = news.recv().await {
        if *other == *id {
            return;
        }
    }
}

fn write_event(turns: usize, advice: Option<&Advice>) -> Event {
    let event = Event::default().id(turns.to_string()).retry(RETRY);
    match advice {
        Some(advice) => event.event("advice").json_data(advice).unwrap_or_default(),
        None => event.event("silence").data("{}"),
    }
}

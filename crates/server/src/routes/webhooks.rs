//! Webhooks: who is told of which events, and what was told.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use wire::{
    job::JobQuery,
    webhook::{DeliveryList, ReplayRequest, Webhook, WebhookChange, WebhookList, WebhookRequest},
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Query, Signed},
    failure::Failure,
    routes::jobs::JobParams,
};

/// All subscriptions, without their secrets.
#[utoipa::path(get, path = "/webhooks", tag = "webhooks",
    responses((status = 200, body = WebhookList, description = "The subscriptions")))]
pub(crate) async fn list_webhooks(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<WebhookList> {
    Ok(Json(server.app.list_webhooks(&caller).await?))
}

/// Subscribes to what happens from now on; the secret that messages are signed with is shown this once.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", request_body = WebhookRequest,
    responses((status = 201, body = Webhook, description = "The subscription")))]
pub(crate) async fn add_webhook(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Result<(StatusCode, Json<Webhook>), Failure> {
    let request = WebhookRequest::parse(&body.json)?;
    let made = server.app.add_webhook(&caller, &request).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Changes where, what and whether is told.
#[utoipa::path(post, path = "/webhooks/{id}", tag = "webhooks", request_body = WebhookChange,
    params(("id" = String, Path, description = "The subscription's id")),
    responses((status = 200, body = Webhook, description = "The subscription")))]
pub(crate) async fn change_webhook(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Webhook> {
    let change = WebhookChange::parse(&body.json)?;
    Ok(Json(server.app.change_webhook(&caller, &id, change).await?))
}

/// Ends a subscription; what waits for it is dropped, and its log with it.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks",
    params(("id" = String, Path, description = "The subscription's id")),
    responses((status = 204, description = "Nothing more is sent")))]
pub(crate) async fn remove_webhook(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    server.app.remove_webhook(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was sent to a subscription and what waits, newest first; holds no words of customers.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks",
    params(("id" = String, Path, description = "The subscription's id"), JobParams),
    responses((status = 200, body = DeliveryList, description = "The log")))]
pub(crate) async fn list_deliveries(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(params): Query<JobParams>,
) -> Answer<DeliveryList> {
    let query = JobQuery::from(params);
    Ok(Json(server.app.list_deliveries(&caller, &id, query).await?))
}

/// Sends everything after a place in the history again; messages keep their `webhook-id`.
#[utoipa::path(post, path = "/webhooks/{id}/replay", tag = "webhooks", request_body = ReplayRequest,
    params(("id" = String, Path, description = "The subscription's id")),
    responses((status = 200, body = Webhook, description = "The subscription")))]
pub(crate) async fn replay_webhook(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Webhook> {
    let ReplayRequest { after } = ReplayRequest::parse(&body.json)?;
    Ok(Json(server.app.replay_webhook(&caller, &id, after).await?))
}

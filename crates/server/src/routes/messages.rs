//! Checking a message before it is sent.

use app::AppError;
use axum::{Json, extract::State};
use wire::message::{MessageCheck, MessageCheckRequest};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    language::Reads,
};

/// What should be changed in a message before it goes to the customer.
#[utoipa::path(post, path = "/messages/check", tag = "message", request_body = MessageCheckRequest,
    responses((status = 200, body = MessageCheck, description = "The findings, heaviest first")))]
pub(crate) async fn check_message(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    body: Body,
) -> Answer<MessageCheck> {
    let request = MessageCheckRequest::parse(&body.json).map_err(AppError::from)?;
    Ok(Json(server.app.check_message(&caller, &request, language).await?))
}

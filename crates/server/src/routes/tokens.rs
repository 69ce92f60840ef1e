//! API tokens.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use wire::session::{Token, TokenRequest, TokenRow};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    failure::Failure,
};

/// Makes an API token; the secret is shown this once.
#[utoipa::path(post, path = "/tokens", tag = "session", request_body = TokenRequest,
    responses((status = 201, body = Token, description = "The token")))]
pub(crate) async fn make_token(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Result<(StatusCode, Json<Token>), Failure> {
    let request = TokenRequest::parse(&body.json)?;
    Ok((
        StatusCode::CREATED,
        Json(server.app.make_token(&caller, &request).await?),
    ))
}

/// The own API tokens, newest first, without their secrets.
#[utoipa::path(get, path = "/tokens", tag = "session",
    responses((status = 200, body = Vec<TokenRow>, description = "The tokens")))]
pub(crate) async fn list_tokens(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<Vec<TokenRow>> {
    Ok(Json(server.app.list_tokens(&caller).await?))
}

/// Ends an API token at once.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "session",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 204, description = "It no longer works")))]
pub(crate) async fn revoke_token(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    server.app.revoke_token(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

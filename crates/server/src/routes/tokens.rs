//! API tokens.

use axum::{Json, extract::State, http::StatusCode};
use wire::session::{Token, TokenRequest};

use crate::{
    api::Server,
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

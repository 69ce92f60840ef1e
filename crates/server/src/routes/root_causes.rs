//! The tree of causes.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use wire::insight::root_cause::{CauseAsked, RootCause, RootCauseList, parse_cause};

use crate::{
    api::{Answer, Server},
    extract::{Body, IfMatch, Signed},
    failure::Failure,
    language::Reads,
};

/// All causes with their cases and effects.
#[utoipa::path(get, path = "/insight/root-causes", tag = "insight",
    responses((status = 200, body = RootCauseList, description = "The causes, the oldest first")))]
pub(crate) async fn list_root_causes(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
) -> Answer<RootCauseList> {
    Ok(Json(server.app.root_causes(&caller, language).await?))
}

/// Writes a cause down.
#[utoipa::path(post, path = "/insight/root-causes", tag = "insight", request_body = CauseAsked,
    responses((status = 201, body = RootCause, description = "The cause")))]
pub(crate) async fn add_root_cause(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    body: Body,
) -> Result<(StatusCode, Json<RootCause>), Failure> {
    let words = parse_cause(&body.json)?;
    let cause = server.app.add_root_cause(&caller, words, language).await?;
    Ok((StatusCode::CREATED, Json(cause)))
}

/// Changes a cause; what is left out is emptied.
#[utoipa::path(post, path = "/insight/root-causes/{id}", tag = "insight", request_body = CauseAsked,
    params(("id" = String, Path, description = "The cause"),
        ("If-Match" = String, Header, description = "The version you saw, such as \"3\"")),
    responses((status = 200, body = RootCause, description = "The cause after the change")))]
pub(crate) async fn change_root_cause(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    body: Body,
) -> Answer<RootCause> {
    let words = parse_cause(&body.json)?;
    let changed = server
        .app
        .change_root_cause(&caller, &id, version, words, language)
        .await?;
    Ok(Json(changed))
}

/// Tells the customers hurt what keeps it from happening again; at most 200 cases, the newest. Nobody is told twice.
#[utoipa::path(post, path = "/insight/root-causes/{id}/tell", tag = "insight",
    params(("id" = String, Path, description = "The cause"),
        ("If-Match" = String, Header, description = "The version you saw, such as \"3\"")),
    responses((status = 200, body = RootCause, description = "The cause, with whom it reached")))]
pub(crate) async fn tell_customers(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Answer<RootCause> {
    let told = server.app.tell_customers(&caller, &id, version, language).await?;
    Ok(Json(told))
}

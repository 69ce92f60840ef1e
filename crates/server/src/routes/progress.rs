//! Secret links for customers, duplicates and prevention.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use wire::progress::{
    Duplicate, PreventionRequest, PreventionTold, Progress, ProgressLink, ProgressLinkRequest, VerdictRequest,
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    failure::Failure,
    language::Reads,
};

/// Makes a secret link by which the customer follows the case; earlier ones end.
#[utoipa::path(post, path = "/cases/{id}/progress-link", tag = "case", request_body = ProgressLinkRequest,
    params(("id" = String, Path, description = "The case's id")),
    responses((status = 201, body = ProgressLink, description = "The link; its secret is shown this once")))]
pub(crate) async fn make_progress_link(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Result<(StatusCode, Json<ProgressLink>), Failure> {
    let asked = ProgressLinkRequest::parse(&body.json)?;
    let link = server.app.make_progress_link(&caller, &id, asked).await?;
    Ok((StatusCode::CREATED, Json(link)))
}

/// How far a case is, for whoever holds its secret.
#[utoipa::path(get, path = "/progress/{secret}", tag = "progress", security(()),
    params(("secret" = String, Path, description = "The secret of the link")),
    responses((status = 200, body = Progress, description = "How far the case is")))]
pub(crate) async fn show_progress(
    State(server): State<Server>,
    Reads(language): Reads,
    Path(secret): Path<String>,
) -> Answer<Progress> {
    Ok(Json(server.app.progress(&secret, language).await?))
}

/// What the customer says of the result, by whoever holds the secret: closes the case, or puts it back to work.
#[utoipa::path(post, path = "/progress/{secret}/verdict", tag = "progress", security(()), request_body = VerdictRequest,
    params(("secret" = String, Path, description = "The secret of the link")),
    responses((status = 200, body = Progress, description = "How far the case is after it")))]
pub(crate) async fn give_verdict(
    State(server): State<Server>,
    Reads(language): Reads,
    Path(secret): Path<String>,
    body: Body,
) -> Answer<Progress> {
    let command = VerdictRequest::parse(&body.json)?;
    Ok(Json(server.app.give_verdict(&secret, command, language).await?))
}

/// Cases that may be the same complaint, most alike first; join them with the command `merge`.
#[utoipa::path(get, path = "/cases/{id}/duplicates", tag = "case",
    params(("id" = String, Path, description = "The case's id")),
    responses((status = 200, body = Vec<Duplicate>, description = "The cases, with reasons")))]
pub(crate) async fn list_duplicates(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Answer<Vec<Duplicate>> {
    Ok(Json(server.app.duplicates(&caller, &id, language).await?))
}

/// Tells the customers of an incident that its cause was removed.
#[utoipa::path(post, path = "/cases/{id}/prevention", tag = "case", request_body = PreventionRequest,
    params(("id" = String, Path, description = "The incident's id")),
    responses((status = 200, body = PreventionTold, description = "Whose customers were told")))]
pub(crate) async fn tell_prevention(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    body: Body,
) -> Answer<PreventionTold> {
    let asked = PreventionRequest::parse(&body.json)?;
    Ok(Json(
        server.app.tell_prevention(&caller, &id, &asked, language).await?,
    ))
}

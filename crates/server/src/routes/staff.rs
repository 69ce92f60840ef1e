//! Who takes a case, and how fairly work is shared.

use axum::{
    Json,
    extract::{Path, State},
};
use wire::staff::{Assignee, FairnessReport, ProfileRequest, StaffProfile};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    language::Reads,
};

/// Colleagues who could take a case, best first; assign with the command `assign`.
#[utoipa::path(get, path = "/cases/{id}/assignees", tag = "case",
    params(("id" = String, Path, description = "The case's id")),
    responses((status = 200, body = Vec<Assignee>, description = "The colleagues, with reasons")))]
pub(crate) async fn list_assignees(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Answer<Vec<Assignee>> {
    Ok(Json(server.app.assignees(&caller, &id, language).await?))
}

/// What colleagues are good at, and how many cases they can take.
#[utoipa::path(get, path = "/users/profiles", tag = "session",
    responses((status = 200, body = Vec<StaffProfile>, description = "The profiles")))]
pub(crate) async fn list_profiles(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<Vec<StaffProfile>> {
    Ok(Json(server.app.list_profiles(&caller).await?))
}

/// Says what a colleague is good at, and how many cases he can take.
#[utoipa::path(post, path = "/users/{id}/profile", tag = "session", request_body = ProfileRequest,
    params(("id" = String, Path, description = "The colleague's id")),
    responses((status = 200, body = StaffProfile, description = "The profile")))]
pub(crate) async fn put_profile(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<StaffProfile> {
    let asked = ProfileRequest::parse(&body.json)?;
    Ok(Json(server.app.put_profile(&caller, &id, &asked).await?))
}

/// How fairly work is shared: figures over all colleagues who take cases, and what each carries.
#[utoipa::path(get, path = "/insight/fairness", tag = "insight",
    responses((status = 200, body = FairnessReport, description = "The figures")))]
pub(crate) async fn show_fairness(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<FairnessReport> {
    Ok(Json(server.app.fairness(&caller).await?))
}

//! What people lay ready: views, macros, signatures.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use wire::preset::{Preset, PresetAsked, PresetList, parse_preset};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    failure::Failure,
};

/// The own presets and those shared by others.
#[utoipa::path(get, path = "/presets", tag = "preset",
    responses((status = 200, body = PresetList, description = "The presets, by kind and name")))]
pub(crate) async fn list_presets(State(server): State<Server>, Signed(caller): Signed) -> Answer<PresetList> {
    Ok(Json(server.app.presets(&caller).await?))
}

/// Lays a view, a macro or a signature ready.
#[utoipa::path(post, path = "/presets", tag = "preset", request_body = PresetAsked,
    responses((status = 201, body = Preset, description = "The preset")))]
pub(crate) async fn add_preset(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Result<(StatusCode, Json<Preset>), Failure> {
    let asked = parse_preset(&body.json)?;
    let preset = server.app.add_preset(&caller, asked).await?;
    Ok((StatusCode::CREATED, Json(preset)))
}

/// Changes a preset: the own, and as a leader a shared one.
#[utoipa::path(post, path = "/presets/{id}", tag = "preset", request_body = PresetAsked,
    params(("id" = String, Path, description = "The preset")),
    responses((status = 200, body = Preset, description = "The preset after the change")))]
pub(crate) async fn change_preset(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Preset> {
    let asked = parse_preset(&body.json)?;
    Ok(Json(server.app.change_preset(&caller, &id, asked).await?))
}

/// Throws a preset away: the own, and as a leader a shared one.
#[utoipa::path(delete, path = "/presets/{id}", tag = "preset",
    params(("id" = String, Path, description = "The preset")),
    responses((status = 204, description = "It is gone")))]
pub(crate) async fn delete_preset(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    server.app.delete_preset(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Rule packs.

use axum::{Json, extract::State};
use wire::{
    pack::{PacksInForce, RulePack},
    settings::Preview,
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    language::Reads,
};

/// Every rule pack: where deadlines come from, what starts, ends and moves them.
#[utoipa::path(get, path = "/packs", tag = "deadline",
    responses((status = 200, body = Vec<RulePack>, description = "The packs, the house's first")))]
pub(crate) async fn list_packs(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
) -> Answer<Vec<RulePack>> {
    Ok(Json(server.app.list_packs(&caller, language).await?))
}

/// Says which packs new cases fall under; the house's rules always hold.
#[utoipa::path(post, path = "/packs/in-force", tag = "deadline", request_body = PacksInForce,
    responses((status = 200, body = PacksInForce, description = "The packs in force")))]
pub(crate) async fn put_packs_in_force(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Answer<PacksInForce> {
    let asked = PacksInForce::parse(&body.json)?;
    Ok(Json(server.app.put_packs_in_force(&caller, &asked).await?))
}

/// What these packs would set on the newest open cases; nothing is kept.
#[utoipa::path(post, path = "/packs/preview", tag = "deadline", request_body = PacksInForce,
    responses((status = 200, body = Preview, description = "What would change")))]
pub(crate) async fn preview_packs(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    body: Body,
) -> Answer<Preview> {
    let asked = PacksInForce::parse(&body.json)?;
    let parts = server.app.preview_packs(&caller, &asked).await?;
    Ok(Json(Preview::of(&parts, language)))
}

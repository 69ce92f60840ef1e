//! What helps to decide how to make good.

use axum::{
    Json,
    extract::{Path, State},
};
use wire::redress::RedressAdvice;

use crate::{
    api::{Answer, Server},
    extract::Signed,
    language::Reads,
};

/// What like cases got, where a remedy stops paying, and who may grant how much.
#[utoipa::path(get, path = "/cases/{id}/redress", tag = "case", params(("id" = String, Path, description = "Id or number")),
    responses((status = 200, body = RedressAdvice, description = "Like cases, break-even and limits")))]
pub(crate) async fn show_advice(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Answer<RedressAdvice> {
    let parts = server.app.redress_advice(&caller, &id).await?;
    Ok(Json(RedressAdvice::of(&parts, language)))
}

//! The names of everything.

use axum::Json;
use wire::legend::Legend;

use crate::{api::Answer, extract::Signed};

/// All vocabularies with their names and meanings in both languages.
#[utoipa::path(get, path = "/legend", tag = "legend",
    responses((status = 200, body = Legend, description = "The vocabularies")))]
pub(crate) async fn legend(_caller: Signed) -> Answer<Legend> {
    Ok(Json(Legend::load()))
}

//! Numbers.

use axum::{Json, extract::State};
use wire::{
    dashboard::{Dashboard, DashboardParams},
    list::CaseListParams,
};

use crate::{
    api::{Answer, Server},
    extract::{Query, Signed},
};

/// The dashboard over the cases that match.
#[utoipa::path(get, path = "/insight/dashboard", tag = "insight", params(DashboardParams),
    responses((status = 200, body = Dashboard, description = "The numbers")))]
pub(crate) async fn dashboard(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<DashboardParams>,
) -> Answer<Dashboard> {
    Ok(Json(
        server
            .app
            .dashboard(&caller, CaseListParams::from(params).parse()?)
            .await?,
    ))
}

//! The audit trail.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;
use wire::audit::{AuditPage, AuditQuery};

use crate::{
    api::{Answer, Server},
    extract::{Query, Signed},
};

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuditParams {
    /// By this account
    actor: Option<String>,
    /// Of this kind, such as `login`, `login_failed`, `unmask`, `person_exported`, `report_exported`
    action: Option<String>,
    /// Upon this, such as the id of a case
    target: Option<String>,
    /// The `next_cursor` of the page before
    cursor: Option<String>,
    /// How many, at most 200
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Who signed in, saw unmasked data, took data away or changed settings; newest first, personal data covered.
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditParams),
    responses((status = 200, body = AuditPage, description = "The lines")))]
pub(crate) async fn list_audit(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<AuditParams>,
) -> Answer<AuditPage> {
    let query = AuditQuery {
        actor: params.actor,
        action: params.action,
        target: params.target,
        cursor: params.cursor,
        limit: params.limit,
    };
    Ok(Json(server.app.audit_trail(&caller, query).await?))
}

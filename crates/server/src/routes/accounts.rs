//! Accounts, the own password, and the trail of what was done beside the cases.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use utoipa::IntoParams;
use wire::account::{Account, AccountChange, AccountRequest, PasswordRequest, TrailLine};

use crate::{
    api::{Answer, Server},
    extract::{Body, COOKIE, Query, Signed},
    failure::Failure,
};

/// Which lines of the trail.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrailParams {
    /// Only what was done to this, such as `privacy`, `packs_in_force` or an account's id.
    target: Option<String>,
}

/// Every account, those that are shut included.
#[utoipa::path(get, path = "/accounts", tag = "session",
    responses((status = 200, body = Vec<Account>, description = "The accounts, by name")))]
pub(crate) async fn list_accounts(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<Vec<Account>> {
    Ok(Json(server.app.list_accounts(&caller).await?))
}

/// Makes an account.
#[utoipa::path(post, path = "/accounts", tag = "session", request_body = AccountRequest,
    responses((status = 201, body = Account, description = "The account")))]
pub(crate) async fn make_account(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Result<(StatusCode, Json<Account>), Failure> {
    let asked = AccountRequest::parse(&body.json)?;
    let account = server.app.make_account(&caller, asked).await?;
    Ok((StatusCode::CREATED, Json(account)))
}

/// Changes an account: name, role, password, whether the person may sign in.
#[utoipa::path(post, path = "/accounts/{id}", tag = "session", request_body = AccountChange,
    params(("id" = String, Path, description = "The account's id")),
    responses((status = 200, body = Account, description = "The account after the change")))]
pub(crate) async fn change_account(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Account> {
    let asked = AccountChange::parse(&body.json)?;
    Ok(Json(server.app.change_account(&caller, &id, &asked).await?))
}

/// Changes the own password; sessions in other browsers end.
#[utoipa::path(post, path = "/me/password", tag = "session", request_body = PasswordRequest,
    responses((status = 204, description = "The new password holds")))]
pub(crate) async fn change_password(
    State(server): State<Server>,
    Signed(caller): Signed,
    jar: CookieJar,
    body: Body,
) -> Result<StatusCode, Failure> {
    let asked = PasswordRequest::parse(&body.json)?;
    let cookie = jar.get(COOKIE).map(|cookie| cookie.value());
    server.app.change_password(&caller, cookie, &asked).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was done beside the cases: accounts, tokens, settings, rights of persons; newest first.
#[utoipa::path(get, path = "/trail", tag = "settings", params(TrailParams),
    responses((status = 200, body = Vec<TrailLine>, description = "The newest lines")))]
pub(crate) async fn show_trail(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<TrailParams>,
) -> Answer<Vec<TrailLine>> {
    Ok(Json(server.app.trail(&caller, params.target.as_deref()).await?))
}

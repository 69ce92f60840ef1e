//! The own account: sessions, password, second factor; and letting a colleague in again.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use axum_extra::extract::CookieJar;
use wire::account::{
    CodeProof, PasswordChange, PasswordProof, RecoveryCodes, SecondFactorOffer, SecondFactorState, SessionRow,
};

use crate::{
    api::{Answer, Server},
    extract::{Body, COOKIE, Signed},
    failure::Failure,
};

/// The own sessions, newest first.
#[utoipa::path(get, path = "/me/sessions", tag = "session",
    responses((status = 200, body = Vec<SessionRow>, description = "The sessions")))]
pub(crate) async fn list_sessions(
    State(server): State<Server>,
    Signed(caller): Signed,
    jar: CookieJar,
) -> Answer<Vec<SessionRow>> {
    let cookie = jar.get(COOKIE).map(|cookie| cookie.value());
    Ok(Json(server.app.list_sessions(&caller, cookie).await?))
}

/// Ends one of the own sessions at once.
#[utoipa::path(delete, path = "/me/sessions/{id}", tag = "session",
    params(("id" = String, Path, description = "The session's id")),
    responses((status = 204, description = "It has ended")))]
pub(crate) async fn end_session(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    server.app.end_session(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes the own password; all other sessions end.
#[utoipa::path(post, path = "/me/password", tag = "session", request_body = PasswordChange,
    responses((status = 204, description = "Changed")))]
pub(crate) async fn change_password(
    State(server): State<Server>,
    Signed(caller): Signed,
    jar: CookieJar,
    body: Body,
) -> Result<StatusCode, Failure> {
    let PasswordChange { current, new } = PasswordChange::parse(&body.json)?;
    let cookie = jar.get(COOKIE).map(|cookie| cookie.value());
    server
        .app
        .change_password(&caller, &current, &new, cookie)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How the own second factor stands.
#[utoipa::path(get, path = "/me/second-factor", tag = "session",
    responses((status = 200, body = SecondFactorState, description = "Whether signing in asks for a code")))]
pub(crate) async fn show_second_factor(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<SecondFactorState> {
    Ok(Json(server.app.second_factor(&caller).await?))
}

/// Offers a secret for an authenticator; nothing is asked for until it is confirmed.
#[utoipa::path(post, path = "/me/second-factor", tag = "session", request_body = PasswordProof,
    responses((status = 201, body = SecondFactorOffer, description = "The secret, shown this once")))]
pub(crate) async fn offer_second_factor(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Result<(StatusCode, Json<SecondFactorOffer>), Failure> {
    let PasswordProof { password } = PasswordProof::parse(&body.json)?;
    let offer = server.app.offer_second_factor(&caller, &password).await?;
    Ok((StatusCode::CREATED, Json(offer)))
}

/// Confirms the secret by a code of the authenticator; from then on signing in asks for one.
#[utoipa::path(post, path = "/me/second-factor/confirm", tag = "session", request_body = CodeProof,
    responses((status = 200, body = RecoveryCodes, description = "Recovery codes, shown this once")))]
pub(crate) async fn confirm_second_factor(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Answer<RecoveryCodes> {
    let CodeProof { code } = CodeProof::parse(&body.json)?;
    Ok(Json(server.app.confirm_second_factor(&caller, &code).await?))
}

/// Takes the own second factor away.
#[utoipa::path(post, path = "/me/second-factor/remove", tag = "session", request_body = PasswordProof,
    responses((status = 204, description = "Signing in asks for the password alone")))]
pub(crate) async fn remove_second_factor(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Result<StatusCode, Failure> {
    let PasswordProof { password } = PasswordProof::parse(&body.json)?;
    server.app.remove_second_factor(&caller, &password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a colleague sign in again who is locked out after wrong passwords.
#[utoipa::path(post, path = "/users/{id}/unlock", tag = "session",
    params(("id" = String, Path, description = "The colleague's id")),
    responses((status = 204, description = "The colleague may try again at once")))]
pub(crate) async fn unlock_user(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    server.app.unlock_user(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a colleague's second factor away and ends all their sessions, as when the authenticator was lost.
#[utoipa::path(post, path = "/users/{id}/second-factor/reset", tag = "session",
    params(("id" = String, Path, description = "The colleague's id")),
    responses((status = 204, description = "Signing in asks for the password alone")))]
pub(crate) async fn reset_second_factor(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    server.app.reset_second_factor(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Signing in and out, and the own account.

use app::{Caller, Credential};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, header},
};
use axum_extra::extract::CookieJar;
use wire::{
    key::Key,
    session::{LoginRequest, Me},
};

use crate::{
    api::{Answer, Server},
    extract::{Body, COOKIE, Signed},
    failure::Failure,
    language::language_key,
};

pub(crate) type SetCookie = [(HeaderName, String); 1];

/// What the browser says of itself.
pub(crate) fn agent_of(headers: &HeaderMap) -> &str {
    let agent = headers.get(header::USER_AGENT);
    agent.and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Signs in by name and password; sets the session cookie.
#[utoipa::path(post, path = "/login", tag = "session", request_body = LoginRequest, security(()),
    responses((status = 200, body = Me, description = "Signed in; the cookie `tingsu_session` is set")))]
pub(crate) async fn login(
    State(server): State<Server>,
    headers: HeaderMap,
    body: Body,
) -> Result<(SetCookie, Json<Me>), Failure> {
    let request = LoginRequest::parse(&body.json)?;
    let signed = server.app.login(&request, agent_of(&headers)).await?;
    let cookie = session_cookie(&signed.cookie, &headers, signed.max_age_s);
    Ok((cookie, Json(me_of(&signed.caller))))
}

/// Ends the session.
#[utoipa::path(post, path = "/logout", tag = "session", responses((status = 204, description = "Signed out")))]
pub(crate) async fn logout(
    State(server): State<Server>,
    Signed(caller): Signed,
    headers: HeaderMap,
    jar: CookieJar,
) -> Result<(StatusCode, SetCookie), Failure> {
    if let Some(cookie) = jar.get(COOKIE) {
        server.app.logout(&caller, cookie.value()).await?;
    }
    Ok((StatusCode::NO_CONTENT, session_cookie("", &headers, 0)))
}

/// The own account.
#[utoipa::path(get, path = "/me", tag = "session",
    responses((status = 200, body = Me, description = "The account that acts")))]
pub(crate) async fn me(Signed(caller): Signed) -> Answer<Me> {
    Ok(Json(me_of(&caller)))
}

pub(super) fn me_of(caller: &Caller) -> Me {
    Me {
        id: caller.person.id.0.clone(),
        name: caller.person.name.clone(),
        login: caller.login.clone(),
        role: Key(caller.role),
        team: caller.team.clone(),
        language: language_key(caller.language).to_owned(),
        csrf: match &caller.credential {
            Credential::Session { csrf } => Some(csrf.clone()),
            Credential::Token { .. } | Credential::Local => None,
        },
    }
}

/// The session cookie; marked secure when a proxy in front says that the browser came by TLS.
pub(crate) fn session_cookie(value: &str, headers: &HeaderMap, max_age_s: i64) -> SetCookie {
    let by_tls = headers
        .get("x-forwarded-proto")
        .is_some_and(|proto| proto == "https");
    let secure = if by_tls { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}");
    [(header::SET_COOKIE, cookie)]
}

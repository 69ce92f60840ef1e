//! The first day of a desk, and what anybody may know of it.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use wire::{
    session::Me,
    setup::{DemoFilled, DeskFacts, OrganizationRequest, SetupRequest},
};

use super::session::{SetCookie, agent_of, me_of, session_cookie};
use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    failure::Failure,
    limits,
};

/// What the desk is called, and whether it still has to be set up; asks nobody who he is.
#[utoipa::path(get, path = "/desk", tag = "session", security(()),
    responses((status = 200, body = DeskFacts, description = "What anybody may know")))]
pub(crate) async fn show_desk(State(server): State<Server>) -> Answer<DeskFacts> {
    let single_sign_on = server.single_sign_on;
    Ok(Json(DeskFacts {
        single_sign_on,
        ..server.app.desk_facts().await?
    }))
}

/// Says what the organization is called.
#[utoipa::path(post, path = "/desk", tag = "settings", request_body = OrganizationRequest,
    responses((status = 200, body = DeskFacts, description = "What anybody may know now")))]
pub(crate) async fn name_organization(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Answer<DeskFacts> {
    let asked = OrganizationRequest::parse(&body.json)?;
    let facts = server.app.name_organization(&caller, &asked).await?;
    let single_sign_on = server.single_sign_on;
    Ok(Json(DeskFacts {
        single_sign_on,
        ..facts
    }))
}

/// Sets the desk up with the code that the server printed: makes the first administrator and signs him in.
#[utoipa::path(post, path = "/setup", tag = "session", request_body = SetupRequest, security(()),
    responses((status = 201, body = Me, description = "Signed in; the cookie `tingsu_session` is set")))]
pub(crate) async fn set_up(
    State(server): State<Server>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, SetCookie, Json<Me>), Failure> {
    let asked = SetupRequest::parse(&body.json)?;
    let agent = agent_of(&headers);
    let signed = server.app.set_up(asked, agent).await?;
    let cookie = session_cookie(&signed.cookie, &headers, signed.max_age_s);
    Ok((StatusCode::CREATED, cookie, Json(me_of(&signed.caller))))
}

/// Puts demonstration data into a desk that holds no case.
#[utoipa::path(post, path = "/setup/demo", tag = "settings",
    responses((status = 200, body = DemoFilled, description = "What was put in")))]
pub(crate) async fn fill_demo(State(server): State<Server>, Signed(caller): Signed) -> Answer<DemoFilled> {
    let options = app::demo::Options {
        cases: limits::DEMO_CASES,
        days: app::demo::DAYS,
        at: server.app.now(),
        seed: limits::DEMO_SEED,
    };
    // On its own, so that half a demonstration is not left behind when the browser goes away.
    let filling = tokio::spawn(async move { server.app.fill_demo(&caller, options).await });
    let filled = filling.await.map_err(|_| app::Code::Failed)?;
    Ok(Json(filled?))
}

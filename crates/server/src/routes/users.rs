//! Colleagues.

use axum::{Json, extract::State};
use wire::session::User;

use crate::{
    api::{Answer, Server},
    extract::Signed,
};

/// The colleagues a case can be given to, by name.
#[utoipa::path(get, path = "/users", tag = "session",
    responses((status = 200, body = Vec<User>, description = "The colleagues")))]
pub(crate) async fn list_users(State(server): State<Server>, Signed(caller): Signed) -> Answer<Vec<User>> {
    Ok(Json(server.app.list_users(&caller).await?))
}

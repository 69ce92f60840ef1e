//! The supervisor's board.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;
use wire::board::Board;

use crate::{
    api::{Answer, Server},
    extract::{Query, Signed},
    language::Reads,
};

/// Whose board.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct BoardParams {
    /// Only what this team carries, letter for letter: the cases of its people, and those about it that nobody owns.
    team: Option<String>,
}

/// What breaks next and by which rule, what waits for a decision, who carries what.
#[utoipa::path(get, path = "/board", tag = "case", params(BoardParams),
    responses((status = 200, body = Board, description = "The board as it stands now")))]
pub(crate) async fn show_board(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<BoardParams>,
) -> Answer<Board> {
    Ok(Json(
        server
            .app
            .board(&caller, params.team.as_deref(), language)
            .await?,
    ))
}

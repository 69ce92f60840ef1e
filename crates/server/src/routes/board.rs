//! The supervisor's board.

use axum::{Json, extract::State};
use wire::board::Board;

use crate::{
    api::{Answer, Server},
    extract::Signed,
    language::Reads,
};

/// What breaks next and by which rule, what waits for a decision, who carries what.
#[utoipa::path(get, path = "/board", tag = "case",
    responses((status = 200, body = Board, description = "The board as it stands now")))]
pub(crate) async fn show_board(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
) -> Answer<Board> {
    Ok(Json(server.app.board(&caller, language).await?))
}

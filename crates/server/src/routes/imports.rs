//! Files of complaints: read first, then imported row by row.

use app::SentFile;
use axum::{Json, body::Bytes, extract::State};
use wire::{
    FieldError,
    import::{FileParams, FileReading, ImportAnswer, ImportRequest},
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Query, Signed},
    language::Reads,
};

/// Reads a file of complaints; nothing is stored. Rows that cannot become cases come with the reason. At most 10 MiB
/// and 5,000 rows.
#[utoipa::path(post, path = "/imports/read", tag = "case", params(FileParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FileReading, description = "The rows")))]
pub(crate) async fn read_file(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<FileParams>,
    body: Bytes,
) -> Answer<FileReading> {
    if body.is_empty() {
        return Err(vec![FieldError::new("file", "文件是空的", "the file is empty")].into());
    }
    let channel = params.channel().map_err(|error| vec![error])?;
    let file = SentFile {
        channel,
        name: params.name.unwrap_or_default(),
        column: params.column.filter(|column| !column.is_empty()),
        bytes: body.to_vec(),
    };
    Ok(Json(server.app.read_file(&caller, file, language).await?))
}

/// Opens a case for each of up to 100 rows, all or none; a row that was imported before is answered with its case.
#[utoipa::path(post, path = "/imports", tag = "case", request_body = ImportRequest,
    responses((status = 200, body = ImportAnswer, description = "What became of each row")))]
pub(crate) async fn import_rows(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Answer<ImportAnswer> {
    let input = ImportRequest::parse(&body.json, server.app.now())?;
    Ok(Json(server.app.import(&caller, input).await?))
}

//! Files on cases.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use wire::keeping::UploadedFile;

use crate::{api::Server, extract::Signed, failure::Failure};

/// Pictures, text and PDF may be looked at; everything else is saved.
const SHOWN: [&str; 3] = ["image/", "text/plain", "application/pdf"];

/// Uploads a file; attach it with the command `attach`. At most 10 MiB: pictures, documents, recordings, text.
#[utoipa::path(post, path = "/attachments", tag = "case",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = UploadedFile, description = "The file, known by its content")))]
pub(crate) async fn upload(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Bytes,
) -> Result<(StatusCode, Json<UploadedFile>), Failure> {
    let file = server.app.upload(&caller, body.to_vec()).await?;
    Ok((StatusCode::CREATED, Json(file)))
}

/// A file of a case; who saw it is on record.
#[utoipa::path(get, path = "/cases/{id}/attachments/{hash}", tag = "case",
    params(("id" = String, Path, description = "The case's id"), ("hash" = String, Path, description = "The file's hash")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>, description = "The bytes, in their own media type")))]
pub(crate) async fn show_attachment(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path((id, hash)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let file = server.app.attachment(&caller, &id, &hash).await?;
    let shown = SHOWN.iter().any(|kind| file.media_type.starts_with(kind));
    let how = if shown { "inline" } else { "attachment" };
    let name: String = file.name.bytes().map(escape).collect();
    let kind = HeaderValue::from_str(&file.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let how = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{name}"))
        .unwrap_or(HeaderValue::from_static("attachment"));
    Ok((
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, how)],
        file.body,
    )
        .into_response())
}

/// A byte of a name as RFC 5987 writes it.
fn escape(byte: u8) -> String {
    match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

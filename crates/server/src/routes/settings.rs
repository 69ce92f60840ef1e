//! The documents that decide: playbook, guarantee table, rules; their changes, previews and undoing.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, header},
};
use domain::Language;
use serde::Deserialize;
use utoipa::IntoParams;
use wire::settings::{
    Document, DocumentChange, DocumentList, DocumentParts, DocumentRow, Preview, RevisionList, UndoRequest,
};

use crate::{
    api::{Answer, Server},
    extract::{Body, IfMatch, Query, Signed},
    failure::Failure,
    language::Reads,
};

/// A document with its revision as `ETag`.
type DocumentAnswer = ([(HeaderName, String); 1], Json<Document>);

fn answer(parts: &DocumentParts, language: Language) -> DocumentAnswer {
    let tag = format!("\"{}\"", parts.revision);
    ([(header::ETAG, tag)], Json(Document::of(parts, language)))
}

/// Which revision of a document.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentParams {
    /// A revision instead of the present one; 0 is the seed file.
    revision: Option<u32>,
}

/// Every document that decides, with the rulebook they make.
#[utoipa::path(get, path = "/settings", tag = "settings",
    responses((status = 200, body = DocumentList, description = "The documents")))]
pub(crate) async fn list_documents(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
) -> Answer<DocumentList> {
    let (rulebook, documents) = server.app.list_documents(&caller).await?;
    let items = documents
        .iter()
        .map(|parts| DocumentRow::of(parts, language))
        .collect();
    Ok(Json(DocumentList { rulebook, items }))
}

/// One document with its text, as TOML and as data.
#[utoipa::path(get, path = "/settings/{name}", tag = "settings",
    params(("name" = String, Path, description = "The document, such as guarantee.toml"), DocumentParams),
    responses((status = 200, body = Document, description = "The document", headers(("ETag" = String)))))]
pub(crate) async fn show_document(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(name): Path<String>,
    Query(params): Query<DocumentParams>,
) -> Result<DocumentAnswer, Failure> {
    Ok(answer(
        &server.app.document(&caller, &name, params.revision).await?,
        language,
    ))
}

/// The changes of a document, newest first.
#[utoipa::path(get, path = "/settings/{name}/revisions", tag = "settings",
    params(("name" = String, Path, description = "The document")),
    responses((status = 200, body = RevisionList, description = "The changes")))]
pub(crate) async fn list_revisions(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(name): Path<String>,
) -> Answer<RevisionList> {
    Ok(Json(server.app.document_history(&caller, &name).await?))
}

/// Saves a change of a document; it holds at once, for everybody.
#[utoipa::path(post, path = "/settings/{name}/revisions", tag = "settings", request_body = DocumentChange,
    params(("name" = String, Path, description = "The document"),
        ("If-Match" = String, Header, description = "The revision you saw, such as \"3\"")),
    responses((status = 200, body = Document, description = "The document after the change", headers(("ETag" = String)))))]
pub(crate) async fn change_document(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(name): Path<String>,
    IfMatch(seen): IfMatch,
    body: Body,
) -> Result<DocumentAnswer, Failure> {
    let change = DocumentChange::parse(&body.json, true)?;
    let parts = server.app.change_document(&caller, &name, seen, &change).await?;
    Ok(answer(&parts, language))
}

/// What a change would do on the newest cases; nothing is kept.
#[utoipa::path(post, path = "/settings/{name}/preview", tag = "settings", request_body = DocumentChange,
    params(("name" = String, Path, description = "The document")),
    responses((status = 200, body = Preview, description = "What would change")))]
pub(crate) async fn preview_document(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(name): Path<String>,
    body: Body,
) -> Answer<Preview> {
    let change = DocumentChange::parse(&body.json, false)?;
    let parts = server.app.preview_document(&caller, &name, &change).await?;
    Ok(Json(Preview::of(&parts, language)))
}

/// Brings back an earlier revision of a document.
#[utoipa::path(post, path = "/settings/{name}/undo", tag = "settings", request_body = UndoRequest,
    params(("name" = String, Path, description = "The document"),
        ("If-Match" = String, Header, description = "The revision you saw, such as \"3\"")),
    responses((status = 200, body = Document, description = "The document after it", headers(("ETag" = String)))))]
pub(crate) async fn undo_document(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(name): Path<String>,
    IfMatch(seen): IfMatch,
    body: Body,
) -> Result<DocumentAnswer, Failure> {
    let request = UndoRequest::parse(&body.json)?;
    let parts = server.app.undo_document(&caller, &name, seen, &request).await?;
    Ok(answer(&parts, language))
}

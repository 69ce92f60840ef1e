//! Cases: intake, list, one case, its history and messages, and every change.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
};
use domain::Language;
use wire::{
    Case, CaseParts,
    command::{CommandRequest, parse_command},
    count::ValueCounts,
    event::EventList,
    intake::IntakeRequest,
    list::{CaseListParams, CasePage},
    message::MessageList,
    presence::{Presence, PresenceRequest},
};

use crate::{
    api::{Answer, Server},
    extract::{Body, IfMatch, Query, Signed},
    failure::Failure,
    language::Reads,
};

/// A case with its version as `ETag`.
type CaseAnswer = ([(HeaderName, String); 1], Json<Case>);

fn answer(parts: &CaseParts, language: Language) -> CaseAnswer {
    let tag = format!("\"{}\"", parts.case.version);
    ([(header::ETAG, tag)], Json(Case::of(parts, language)))
}

/// Takes a complaint in; analysis and plan are part of the answer.
#[utoipa::path(post, path = "/cases", tag = "case", request_body = IntakeRequest,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable")),
    responses((status = 201, body = Case, description = "The new case", headers(("ETag" = String), ("Location" = String)))))]
pub(crate) async fn open_case(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    body: Body,
) -> Result<(StatusCode, [(HeaderName, String); 1], CaseAnswer), Failure> {
    let intake = IntakeRequest::parse(&body.json, server.app.now())?;
    let parts = server
        .app
        .intake(&caller, intake, body.repeatable().as_ref())
        .await?;
    let location = format!("/api/v1/cases/{}", parts.case.id);
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        answer(&parts, language),
    ))
}

/// Lists and searches cases.
#[utoipa::path(get, path = "/cases", tag = "case", params(CaseListParams),
    responses((status = 200, body = CasePage, description = "One page")))]
pub(crate) async fn list_cases(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<CaseListParams>,
) -> Answer<CasePage> {
    Ok(Json(server.app.list_cases(&caller, params.parse()?).await?))
}

/// How many cases each value of a facet would list, with all other filters as they are.
#[utoipa::path(get, path = "/cases/counts/{facet}", tag = "case",
    params(("facet" = String, Path, description = "The name of a filter by vocabulary, such as `psychology` or `state`"), CaseListParams),
    responses((status = 200, body = ValueCounts, description = "The counts")))]
pub(crate) async fn count_cases(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(facet): Path<String>,
    Query(params): Query<CaseListParams>,
) -> Answer<ValueCounts> {
    let counts = server.app.count_cases(&caller, &facet, params.parse()?).await?;
    Ok(Json(counts))
}

/// One case, by id or number; personal data masked.
#[utoipa::path(get, path = "/cases/{id}", tag = "case", params(("id" = String, Path, description = "Id or number")),
    responses((status = 200, body = Case, description = "The case", headers(("ETag" = String)))))]
pub(crate) async fn show_case(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Result<CaseAnswer, Failure> {
    Ok(answer(&server.app.case(&caller, &id).await?, language))
}

/// The history of a case, oldest first; personal data masked.
#[utoipa::path(get, path = "/cases/{id}/events", tag = "case", params(("id" = String, Path, description = "Id or number")),
    responses((status = 200, body = EventList, description = "The events")))]
pub(crate) async fn list_case_events(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Answer<EventList> {
    Ok(Json(server.app.case_events(&caller, &id, language).await?))
}

/// The messages of a case, oldest first; personal data masked.
#[utoipa::path(get, path = "/cases/{id}/messages", tag = "case", params(("id" = String, Path, description = "Id or number")),
    responses((status = 200, body = MessageList, description = "The messages")))]
pub(crate) async fn list_case_messages(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<MessageList> {
    Ok(Json(server.app.case_messages(&caller, &id).await?))
}

/// Changes a case; `unmask` answers it with personal data shown.
#[utoipa::path(post, path = "/cases/{id}/commands", tag = "case", request_body = CommandRequest,
    params(("id" = String, Path, description = "Id or number"),
        ("If-Match" = String, Header, description = "The version you saw, such as \"3\""),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable")),
    responses((status = 200, body = Case, description = "The case after the change", headers(("ETag" = String))),
        (status = 409, body = wire::Problem, content_type = "application/problem+json",
            description = "Stale version with the `current` case, or the state does not allow it")))]
pub(crate) async fn command_case(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    body: Body,
) -> Result<CaseAnswer, Failure> {
    let command = parse_command(&body.json)?;
    let parts = server
        .app
        .command(&caller, &id, version, command, body.repeatable().as_ref())
        .await?;
    Ok(answer(&parts, language))
}

/// Tells what the caller does at a case, to be repeated while it lasts; answers who is there.
#[utoipa::path(post, path = "/cases/{id}/presence", tag = "case", request_body = PresenceRequest,
    params(("id" = String, Path, description = "Id or number")),
    responses((status = 200, body = Presence, description = "Who is at the case, the caller included")))]
pub(crate) async fn note_presence(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Presence> {
    let asked = PresenceRequest::parse(&body.json)?;
    Ok(Json(server.app.note_presence(&caller, &id, asked.doing).await?))
}

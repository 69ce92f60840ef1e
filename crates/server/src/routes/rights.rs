//! A person's rights and the switches of privacy.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use wire::{
    customer::CustomerCard,
    rights::{
        Assessment, AssessmentRequest, Consent, ConsentRequest, CorrectionRequest, Erasure, ErasureRequest,
        Explanation, PersonExport, PrivacySettings,
    },
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    failure::Failure,
    language::Reads,
};

/// Everything on file about a person, unmasked; who asked is on record.
#[utoipa::path(get, path = "/customers/{id}/export", tag = "customer",
    params(("id" = String, Path, description = "The customer's id")),
    responses((status = 200, body = PersonExport, description = "The person's data")))]
pub(crate) async fn export_person(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Answer<PersonExport> {
    Ok(Json(server.app.export_person(&caller, &id, language).await?))
}

/// Puts right what is on file about a person.
#[utoipa::path(post, path = "/customers/{id}/correct", tag = "customer", request_body = CorrectionRequest,
    params(("id" = String, Path, description = "The customer's id")),
    responses((status = 200, body = CustomerCard, description = "The card, masked")))]
pub(crate) async fn correct_person(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<CustomerCard> {
    let asked = CorrectionRequest::parse(&body.json)?;
    Ok(Json(server.app.correct_person(&caller, &id, asked).await?))
}

/// Erases a person's name, contacts, words and files; what is counted stays. Open cases have to be ended first.
#[utoipa::path(post, path = "/customers/{id}/erase", tag = "customer", request_body = ErasureRequest,
    params(("id" = String, Path, description = "The customer's id")),
    responses((status = 200, body = Erasure, description = "What was erased")))]
pub(crate) async fn erase_person(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Erasure> {
    let asked = ErasureRequest::parse(&body.json)?;
    Ok(Json(server.app.erase_person(&caller, &id, &asked.reason).await?))
}

/// Notes what a customer allows or refuses.
#[utoipa::path(post, path = "/customers/{id}/consents", tag = "customer", request_body = ConsentRequest,
    params(("id" = String, Path, description = "The customer's id")),
    responses((status = 200, body = Vec<Consent>, description = "The last word on every purpose")))]
pub(crate) async fn put_consent(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Vec<Consent>> {
    let asked = ConsentRequest::parse(&body.json)?;
    Ok(Json(server.app.put_consent(&caller, &id, asked).await?))
}

/// How a case was read by a machine, in words for the customer, and how to refuse it.
#[utoipa::path(get, path = "/cases/{id}/explanation", tag = "case",
    params(("id" = String, Path, description = "The case's id")),
    responses((status = 200, body = Explanation, description = "The explanation")))]
pub(crate) async fn explain(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(id): Path<String>,
) -> Answer<Explanation> {
    Ok(Json(server.app.explain(&caller, &id, language).await?))
}

/// The switches of privacy.
#[utoipa::path(get, path = "/settings/privacy", tag = "privacy",
    responses((status = 200, body = PrivacySettings, description = "The switches")))]
pub(crate) async fn show_privacy(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<PrivacySettings> {
    Ok(Json(server.app.privacy_settings(&caller).await?))
}

/// Sets the switches of privacy: temperament as a hint, and how long words of ended cases are kept.
#[utoipa::path(post, path = "/settings/privacy", tag = "privacy", request_body = PrivacySettings,
    responses((status = 200, body = PrivacySettings, description = "The switches")))]
pub(crate) async fn put_privacy(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Answer<PrivacySettings> {
    let asked = PrivacySettings::parse(&body.json)?;
    Ok(Json(server.app.put_privacy_settings(&caller, asked).await?))
}

/// Impact assessments, newest first.
#[utoipa::path(get, path = "/privacy/assessments", tag = "privacy",
    responses((status = 200, body = Vec<Assessment>, description = "The assessments")))]
pub(crate) async fn list_assessments(
    State(server): State<Server>,
    Signed(caller): Signed,
) -> Answer<Vec<Assessment>> {
    Ok(Json(server.app.list_assessments(&caller).await?))
}

/// Keeps an impact assessment; it cannot be changed afterwards.
#[utoipa::path(post, path = "/privacy/assessments", tag = "privacy", request_body = AssessmentRequest,
    responses((status = 201, body = Assessment, description = "The assessment")))]
pub(crate) async fn add_assessment(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Result<(StatusCode, Json<Assessment>), Failure> {
    let asked = AssessmentRequest::parse(&body.json)?;
    let kept = server.app.add_assessment(&caller, &asked).await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

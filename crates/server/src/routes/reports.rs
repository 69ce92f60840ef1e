//! Reports: on demand, as files, and those made by the clock.

use app::{Code, ReportFormat};
use axum::{
    Json,
    extract::{Path, State},
};
use domain::Language;
use wire::insight::report::{Report, ReportParams, ReportSchedule, ReportShelf};

use crate::{
    api::{Answer, Server},
    extract::{Body, Query, Signed},
    failure::Failure,
    language::Reads,
    routes::download::{Download, download},
};

/// A named language before that of the request.
fn language_of(params: &ReportParams, reads: Language) -> Language {
    match params.language.as_deref() {
        Some("en") => Language::English,
        Some("zh") => Language::Chinese,
        _ => reads,
    }
}

/// Five findings in plain words on a day, a week or a month.
#[utoipa::path(get, path = "/insight/report", tag = "insight", params(ReportParams),
    responses((status = 200, body = Report, description = "The report")))]
pub(crate) async fn report(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<ReportParams>,
) -> Answer<Report> {
    let query = params.parse(server.app.now())?;
    let language = language_of(&params, language);
    Ok(Json(server.app.report(&caller, query, language).await?))
}

/// The report as a file: `html`, `pdf` or `xlsx`.
#[utoipa::path(get, path = "/insight/report/{format}", tag = "insight",
    params(("format" = String, Path, description = "html, pdf or xlsx"), ReportParams),
    responses((status = 200, content_type = "application/octet-stream", description = "The file")))]
pub(crate) async fn report_file(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Path(format): Path<String>,
    Query(params): Query<ReportParams>,
) -> Result<Download, Failure> {
    let format = ReportFormat::of(&format).ok_or(Code::RouteNotFound)?;
    let query = params.parse(server.app.now())?;
    let language = language_of(&params, language);
    let file = server.app.report_file(&caller, query, language, format).await?;
    let kind = match format {
        ReportFormat::Html => "text/html; charset=utf-8",
        ReportFormat::Pdf => "application/pdf",
        ReportFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    Ok(download(&file.name, kind, file.bytes))
}

/// The reports made by the clock, and which it makes.
#[utoipa::path(get, path = "/insight/reports", tag = "insight",
    responses((status = 200, body = ReportShelf, description = "The shelf")))]
pub(crate) async fn list_reports(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
) -> Answer<ReportShelf> {
    Ok(Json(server.app.report_shelf(&caller, language).await?))
}

/// Says which reports the clock makes; those due are made at once.
#[utoipa::path(post, path = "/insight/reports/schedule", tag = "insight", request_body = ReportSchedule,
    responses((status = 200, body = ReportShelf, description = "The shelf")))]
pub(crate) async fn schedule_reports(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    body: Body,
) -> Answer<ReportShelf> {
    let schedule = ReportSchedule::parse(&body.json)?;
    Ok(Json(
        server.app.schedule_reports(&caller, schedule, language).await?,
    ))
}

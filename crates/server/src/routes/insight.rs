//! What the organization learns: numbers, outbreaks, silent leavers, causes, economics, process, satisfaction.

use std::sync::Arc;

use axum::{Json, extract::State};
use wire::{
    dashboard::{Dashboard, DashboardParams},
    insight::{
        PeriodParams, USUAL_DAYS,
        breakdown::{Breakdown, BreakdownParams},
        causes::{CauseParams, Causes},
        economics::{Economics, EconomicsParams},
        lessons::Lessons,
        outbreaks::OutbreakList,
        process::Process,
        purchases::{PurchaseRequest, PurchasesStored, parse_purchases},
        satisfaction::Satisfaction,
        silent::SilentList,
    },
    list::CaseListParams,
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Query, Signed},
    failure::Failure,
    language::Reads,
    routes::download::{Download, download},
};

/// The dashboard over the cases that match.
#[utoipa::path(get, path = "/insight/dashboard", tag = "insight", params(DashboardParams),
    responses((status = 200, body = Dashboard, description = "The numbers")))]
pub(crate) async fn dashboard(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<DashboardParams>,
) -> Answer<Dashboard> {
    Ok(Json(
        server
            .app
            .dashboard(&caller, CaseListParams::from(params).parse()?)
            .await?,
    ))
}

/// The numbers group by group, two periods side by side.
#[utoipa::path(get, path = "/insight/breakdown", tag = "insight", params(BreakdownParams),
    responses((status = 200, body = Breakdown, description = "The groups")))]
pub(crate) async fn breakdown(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<BreakdownParams>,
) -> Answer<Arc<Breakdown>> {
    let query = params.parse(server.app.now())?;
    Ok(Json(server.app.breakdown(&caller, query, language).await?))
}

/// Rises beyond chance, with onset, size, words and course.
#[utoipa::path(get, path = "/insight/outbreaks", tag = "insight",
    responses((status = 200, body = OutbreakList, description = "The outbreaks of today")))]
pub(crate) async fn outbreaks(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
) -> Answer<Arc<OutbreakList>> {
    Ok(Json(server.app.outbreaks(&caller, language).await?))
}

/// Customers who fell silent beyond their own rhythm: a suspicion with reasons to call.
#[utoipa::path(get, path = "/insight/silent", tag = "insight",
    responses((status = 200, body = SilentList, description = "The call list")))]
pub(crate) async fn silent_leavers(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
) -> Answer<Arc<SilentList>> {
    Ok(Json(server.app.silent_leavers(&caller, language).await?))
}

/// Brings purchases in, all or none; they tell who has fallen silent.
#[utoipa::path(post, path = "/purchases", tag = "insight", request_body = PurchaseRequest,
    responses((status = 200, body = PurchasesStored, description = "How many were stored")))]
pub(crate) async fn add_purchases(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Answer<PurchasesStored> {
    let purchases = parse_purchases(&body.json, server.app.now())?;
    Ok(Json(server.app.add_purchases(&caller, purchases).await?))
}

/// Words that set cases apart, groups of like cases, defect candidates.
#[utoipa::path(get, path = "/insight/causes", tag = "insight", params(CauseParams),
    responses((status = 200, body = Causes, description = "What may lie behind complaints")))]
pub(crate) async fn causes(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<CauseParams>,
) -> Answer<Arc<Causes>> {
    let query = params.parse(server.app.now())?;
    Ok(Json(server.app.causes(&caller, query, language).await?))
}

/// What recovery is worth under the assumptions named.
#[utoipa::path(get, path = "/insight/economics", tag = "insight", params(EconomicsParams),
    responses((status = 200, body = Economics, description = "Rates, value, break-even, what if")))]
pub(crate) async fn economics(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<EconomicsParams>,
) -> Answer<Economics> {
    let query = params.parse(server.app.now())?;
    Ok(Json(server.app.economics(&caller, query, language).await?))
}

/// The process as it ran: ways, waits, repeats, breaches of the flow.
#[utoipa::path(get, path = "/insight/process", tag = "insight", params(PeriodParams),
    responses((status = 200, body = Process, description = "The process of the cases opened in the period")))]
pub(crate) async fn process(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<PeriodParams>,
) -> Answer<Arc<Process>> {
    let period = params.parse(USUAL_DAYS, server.app.now())?;
    Ok(Json(server.app.process(&caller, period, language).await?))
}

/// The log of states as XES (IEEE 1849), which process mining tools read.
#[utoipa::path(get, path = "/insight/process.xes", tag = "insight", params(PeriodParams),
    responses((status = 200, content_type = "application/xml", description = "The log")))]
pub(crate) async fn process_xes(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<PeriodParams>,
) -> Result<Download, Failure> {
    let period = params.parse(USUAL_DAYS, server.app.now())?;
    let log = server.app.process_xes(&caller, period).await?;
    Ok(download(
        "tingsu.xes",
        "application/xml; charset=utf-8",
        log.into_bytes(),
    ))
}

/// How satisfied customers are, and how far that can be known.
#[utoipa::path(get, path = "/insight/satisfaction", tag = "insight", params(PeriodParams),
    responses((status = 200, body = Satisfaction, description = "Marks with intervals, response bias, expectation gaps")))]
pub(crate) async fn satisfaction(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<PeriodParams>,
) -> Answer<Arc<Satisfaction>> {
    let period = params.parse(USUAL_DAYS, server.app.now())?;
    Ok(Json(server.app.satisfaction(&caller, period, language).await?))
}

/// Claims put to the test, suggestions as opportunities, faults worth practicing.
#[utoipa::path(get, path = "/insight/lessons", tag = "insight", params(PeriodParams),
    responses((status = 200, body = Lessons, description = "What cases and conversations teach")))]
pub(crate) async fn lessons(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    Query(params): Query<PeriodParams>,
) -> Answer<Arc<Lessons>> {
    let period = params.parse(USUAL_DAYS, server.app.now())?;
    Ok(Json(server.app.lessons(&caller, period, language).await?))
}

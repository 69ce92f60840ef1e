//! Reading texts and planning, nothing stored.

use axum::{Json, extract::State};
use wire::{
    Analysis, Plan,
    intake::{AnalysisAnswer, AnalysisList, AnalysisRequest, PlanRequest},
};

use crate::{
    api::{Answer, Server},
    extract::{Body, Signed},
    language::Reads,
};

/// Reads one text, or up to 500; nothing is stored.
#[utoipa::path(post, path = "/analyses", tag = "analysis", request_body = AnalysisRequest,
    responses((status = 200, body = AnalysisAnswer, description = "One analysis for `text`, a list for `texts`")))]
pub(crate) async fn analyze(
    State(server): State<Server>,
    Signed(caller): Signed,
    body: Body,
) -> Answer<AnalysisAnswer> {
    let input = AnalysisRequest::parse(&body.json)?;
    let analyses = server.app.analyze(&caller, input.complaints).await?;
    let numbered = analyses
        .iter()
        .zip(1..)
        .map(|(read, number): (_, u32)| Analysis::of(read, Some(number.to_string())));
    let mut items: Vec<Analysis> = numbered.collect();
    let answer = match items.pop_if(|_| input.single) {
        Some(one) => AnalysisAnswer::One(Box::new(one)),
        None => AnalysisAnswer::Many(AnalysisList { items }),
    };
    Ok(Json(answer))
}

/// The handling plan for a text or for a case.
#[utoipa::path(post, path = "/plans", tag = "analysis", request_body = PlanRequest,
    responses((status = 200, body = Plan, description = "The plan")))]
pub(crate) async fn plan(
    State(server): State<Server>,
    Signed(caller): Signed,
    Reads(language): Reads,
    body: Body,
) -> Answer<Plan> {
    let plan = server.app.plan(&caller, PlanRequest::parse(&body.json)?).await?;
    Ok(Json(Plan::of(&plan, language)))
}

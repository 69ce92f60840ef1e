//! The queue of work: what waits, what failed for good, and putting it back.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use utoipa::IntoParams;
use wire::{
    job::{JobDetail, JobList, JobQuery},
    query::WorkState,
};

use crate::{
    api::{Answer, Server},
    extract::{Query, Signed},
};

/// Which jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct JobParams {
    /// `waiting`, `done` or `shelved`
    #[param(inline, value_type = Option<WorkState>)]
    state: Option<String>,
    /// The `next_cursor` of the page before
    cursor: Option<String>,
    /// How many, at most 200
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl From<JobParams> for JobQuery {
    fn from(params: JobParams) -> Self {
        Self {
            state: params.state,
            cursor: params.cursor,
            limit: params.limit,
        }
    }
}

/// Work of every kind, newest first, with how much there is.
#[utoipa::path(get, path = "/jobs", tag = "jobs", params(JobParams),
    responses((status = 200, body = JobList, description = "The work")))]
pub(crate) async fn list_jobs(
    State(server): State<Server>,
    Signed(caller): Signed,
    Query(params): Query<JobParams>,
) -> Answer<JobList> {
    Ok(Json(server.app.list_jobs(&caller, params.into()).await?))
}

/// One piece of work with every try.
#[utoipa::path(get, path = "/jobs/{id}", tag = "jobs",
    params(("id" = i64, Path, description = "The job's id")),
    responses((status = 200, body = JobDetail, description = "The work")))]
pub(crate) async fn show_job(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<JobDetail> {
    Ok(Json(server.app.show_job(&caller, number_of(&id)).await?))
}

/// Puts work that ended back into the queue, as if it had never been tried.
#[utoipa::path(post, path = "/jobs/{id}/replay", tag = "jobs",
    params(("id" = i64, Path, description = "The job's id")),
    responses((status = 200, body = JobDetail, description = "The work")))]
pub(crate) async fn replay_job(
    State(server): State<Server>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<JobDetail> {
    Ok(Json(server.app.replay_job(&caller, number_of(&id)).await?))
}

/// Jobs count from 1: what is no number names none of them.
fn number_of(id: &str) -> i64 {
    id.parse().unwrap_or_default()
}

//! The routes put together: the API with its OpenAPI description, the pages for machines, the workbench.

use std::sync::Arc;

use app::App;
use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    http::header,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use tokio::sync::{Semaphore, watch};
use tower_http::compression::CompressionLayer;
use utoipa::{
    OpenApi,
    openapi::{
        self, ContentBuilder, Ref, RefOr, ResponseBuilder,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    failure::write_problems,
    headers::add_security_headers,
    limits::{BODY_BYTES, LIVE_STREAMS},
    metrics::{Metrics, measure},
    routes,
};

/// What handlers share.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) stopping: watch::Receiver<bool>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tingsu 听诉",
        description = "A complaint desk that understands people. Errors are RFC 9457 problem documents with a stable \
                       `code`; texts come in the language of `Accept-Language` (zh by default, en).",
    ),
    components(schemas(wire::Problem, wire::event::LiveEvent, wire::presence::Presence)),
    security(("session" = []), ("token" = [])),
)]
struct Api;

/// The API with its description.
fn api() -> OpenApiRouter<Server> {
    let description = Api::openapi();
    OpenApiRouter::with_openapi(description).nest("/api/v1", routes::all())
}

/// The description of the API as a document.
fn openapi() -> openapi::OpenApi {
    let (_, mut document) = api().split_for_parts();
    add_security(&mut document);
    for path in document.paths.paths.values_mut() {
        let operations = [
            &mut path.get,
            &mut path.post,
            &mut path.put,
            &mut path.delete,
            &mut path.patch,
        ];
        for operation in operations.into_iter().flatten() {
            operation
                .responses
                .responses
                .insert("default".to_owned(), problem_response());
        }
    }
    document
}

fn add_security(document: &mut openapi::OpenApi) {
    let components = document.components.get_or_insert_default();
    let cookie = ApiKeyValue::with_description(
        crate::extract::COOKIE,
        "A browser session; writes also need the X-CSRF-Token that login returned.",
    );
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
}

fn problem_response() -> RefOr<openapi::Response> {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let response = ResponseBuilder::new()
        .description("What went wrong, and what to do")
        .content("application/problem+json", content);
    response.build().into()
}

/// The OpenAPI 3.1 description of the API, as committed in `openapi.json`; ends with a line feed.
pub fn openapi_json() -> String {
    let mut text = openapi().to_pretty_json().expect("the description is plain data");
    text.push('\n');
    text
}

async fn serve_openapi() -> ([(header::HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "application/json")], openapi_json())
}

/// Everything the server answers.
pub fn router(app: App) -> Router {
    router_until(app, watch::channel(false).1)
}

/// Everything the server answers; live streams end when `stopping` says so.
pub(crate) fn router_until(app: App, stopping: watch::Receiver<bool>) -> Router {
    let server = Server {
        app,
        metrics: Arc::new(Metrics::default()),
        streams: Arc::new(Semaphore::new(LIVE_STREAMS)),
        stopping,
    };
    let (api, _) = api().split_for_parts();
    api.route("/api/v1/openapi.json", get(serve_openapi))
        .merge(routes::health::routes())
        .fallback(routes::web::serve_page)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn_with_state(server.clone(), measure))
        .layer(from_fn(write_problems))
        .layer(from_fn(add_security_headers))
        .layer(CompressionLayer::new())
        .with_state(server)
}

/// An answer as JSON.
pub(crate) type Answer<T> = Result<Json<T>, crate::failure::Failure>;

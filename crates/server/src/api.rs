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
        self,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    admit::{Places, admit},
    description::complete,
    failure::write_problems,
    headers::add_security_headers,
    limits::{BODY_BYTES, LIVE_STREAMS},
    metrics::{Metrics, measure},
    rates::{RateOptions, Rates, limit_rate},
    routes,
};

/// What handlers share.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) rates: Arc<Rates>,
    pub(crate) ready: Arc<routes::health::Ready>,
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) places: Places,
    pub(crate) single_sign_on: bool,
    pub(crate) stopping: watch::Receiver<bool>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tingsu 听诉",
        description = "A complaint desk that understands people. Errors are RFC 9457 problem documents with a stable \
                       `code`; texts come in the language of `Accept-Language` (zh by default, en). No text of a \
                       request may hold the letter NUL, and fields that are not described are refused.",
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
    complete(&mut document);
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
    router_with(app, RateOptions::NONE)
}

/// Everything the server answers, to callers who do not ask too often.
pub fn router_with(app: App, rates: RateOptions) -> Router {
    router_until(app, rates, Extras::default(), watch::channel(false).1)
}

/// What only some builds have.
#[derive(Default)]
pub(crate) struct Extras {
    /// The provider at which the organization's people sign in.
    #[cfg(feature = "oidc")]
    pub(crate) oidc: Option<crate::OidcOptions>,
}

impl Extras {
    /// Routes beside the API, and whether people can sign in at a provider.
    #[cfg(feature = "oidc")]
    fn routes(self) -> (Router<Server>, bool) {
        use crate::oidc::Provider;
        let made = self.oidc.map(Provider::new).transpose();
        let provider = made
            .inspect_err(|error| tracing::error!(%error, "the provider cannot be asked"))
            .unwrap_or_default();
        match provider {
            Some(provider) => (crate::oidc::routes(Arc::new(provider)), true),
            None => (Router::new(), false),
        }
    }

    /// Routes beside the API, and whether people can sign in at a provider.
    #[cfg(not(feature = "oidc"))]
    fn routes(self) -> (Router<Server>, bool) {
        (Router::new(), false)
    }
}

/// Everything the server answers; live streams end when `stopping` says so.
pub(crate) fn router_until(
    app: App,
    rates: RateOptions,
    extras: Extras,
    stopping: watch::Receiver<bool>,
) -> Router {
    let (other_doors, single_sign_on) = extras.routes();
    let server = Server {
        app,
        metrics: Arc::new(Metrics::default()),
        rates: Arc::new(Rates::new(rates)),
        ready: Arc::default(),
        streams: Arc::new(Semaphore::new(LIVE_STREAMS)),
        places: Places::default(),
        single_sign_on,
        stopping,
    };
    let (api, _) = api().split_for_parts();
    api.route("/api/v1/openapi.json", get(serve_openapi))
        .merge(routes::health::routes())
        .merge(other_doors)
        .fallback(routes::web::serve_page)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn_with_state(server.clone(), admit))
        .layer(from_fn_with_state(server.clone(), measure))
        .layer(from_fn_with_state(server.clone(), limit_rate))
        .layer(from_fn(write_problems))
        .layer(from_fn(add_security_headers))
        .layer(CompressionLayer::new())
        .with_state(server)
}

/// An answer as JSON.
pub(crate) type Answer<T> = Result<Json<T>, crate::failure::Failure>;

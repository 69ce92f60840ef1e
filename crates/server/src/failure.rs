//! Failures on their way out: kept as they are until a layer writes them as problem documents in the caller's
//! language.

use std::sync::Arc;

use app::{AppError, Code, ErrorKind};
use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Language;
use wire::{Case, Problem, problem::ProblemField};

use crate::{language::language_of, limits::RETRY_AFTER_S};

/// A failure to be answered.
#[derive(Clone, Debug)]
pub(crate) struct Failure(Arc<AppError>);

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(Arc::new(error))
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        AppError::Plain(code).into()
    }
}

impl From<Vec<wire::FieldError>> for Failure {
    fn from(errors: Vec<wire::FieldError>) -> Self {
        AppError::from(errors).into()
    }
}

/// The HTTP status of each kind of failure.
fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::Malformed => StatusCode::BAD_REQUEST,
        ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        ErrorKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::TooSlow => StatusCode::REQUEST_TIMEOUT,
        ErrorKind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The HTTP status that goes with a code.
pub fn status_of_code(code: Code) -> u16 {
    status_of(code.row().kind).as_u16()
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let kind = self.0.code().row().kind;
        let overloaded = self.0.code() == Code::Overloaded;
        if matches!(kind, ErrorKind::Failed | ErrorKind::Unavailable) && !overloaded {
            let error: &dyn std::error::Error = self.0.as_ref();
            tracing::error!(error, "a request failed");
        }
        let mut response = status_of(kind).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes every failure, and every bare error of the API's router, as a problem document.
pub(crate) async fn write_problems(request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let of_api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if let Some(failure) = response.extensions().get::<Failure>().cloned() {
        return write(&failure.0, language, response);
    }
    let bare = match response.status() {
        StatusCode::NOT_FOUND => Code::RouteNotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::BAD_REQUEST => Code::MalformedRequest,
        status if status.is_server_error() => Code::Failed,
        _ => return response,
    };
    if of_api {
        write(&AppError::Plain(bare), language, response)
    } else {
        response
    }
}

fn write(error: &AppError, language: Language, bare: Response) -> Response {
    let mut response = (bare.status(), Json(problem_of(error, language))).into_response();
    let told = match error {
        AppError::Wait(_, seconds) => Some((header::RETRY_AFTER, HeaderValue::from(*seconds))),
        _ => match error.code() {
            Code::Unauthenticated => Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            code if matches!(code.row().kind, ErrorKind::Unavailable | ErrorKind::TooMany) => {
                Some((header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_S)))
            }
            _ => None,
        },
    };
    let kept = [header::ALLOW, header::RETRY_AFTER];
    let kept = kept
        .into_iter()
        .filter_map(|name| Some((name.clone(), bare.headers().get(name)?.clone())));
    response.headers_mut().extend(kept.chain(told));
    let problem = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, problem);
    response.headers_mut().insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(tag_of(language)),
    );
    response
}

fn tag_of(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    }
}

/// What was sent may hold personal data, and an error must not repeat it into logs and screens.
fn covered(field: ProblemField) -> ProblemField {
    ProblemField {
        field: app::mask_words(&field.field),
        message: app::mask_words(&field.message),
    }
}

fn problem_of(error: &AppError, language: Language) -> Problem {
    let row = error.code().row();
    let pick = |zh: &'static str, en: &'static str| match language {
        Language::Chinese => zh,
        Language::English => en,
    };
    let next = pick(row.next.zh, row.next.en);
    let detail = match error.detail() {
        Some(words) => words.in_language(language).to_owned(),
        None => next.to_owned(),
    };
    Problem {
        kind: format!("urn:tingsu:error:{}", row.key),
        title: pick(row.what.zh, row.what.en).to_owned(),
        status: status_of(row.kind).as_u16(),
        detail: app::mask_words(&detail),
        next: next.to_owned(),
        code: row.key.to_owned(),
        errors: error
            .fields()
            .iter()
            .map(|field| covered(ProblemField::of(field, language)))
            .collect(),
        current: match error {
            AppError::Stale(current) => Some(Box::new(Case::of(current, language))),
            _ => None,
        },
    }
}

//! What handlers take out of requests: who calls, the body, the version seen, the key of a repeatable write.

use app::{AppError, Caller, Code, PERMISSIONS, Repeatable};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, MatchedPath, Request},
    http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts},
    response::IntoResponse,
};
use axum_extra::extract::CookieJar;
use domain::Bilingual;
use serde::de::DeserializeOwned;
use wire::Value;

use crate::{api::Server, failure::Failure};

/// The name of the session cookie.
pub(crate) const COOKIE: &str = "tingsu_session";
const CSRF_HEADER: &str = "x-csrf-token";
const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// The recognized caller, who may use the route by the table of permissions.
#[derive(Debug)]
pub(crate) struct Signed(pub(crate) Caller);

impl FromRequestParts<Server> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        refuse_nul(&parts.uri)?;
        let caller = match bearer(&parts.headers)? {
            Some(token) => server.app.recognize_token(token).await?,
            None => {
                let jar = CookieJar::from_headers(&parts.headers);
                let cookie = jar.get(COOKIE).ok_or(Code::Unauthenticated)?;
                server.app.recognize_session(cookie.value()).await?
            }
        };
        if !parts.method.is_safe() {
            let sent = parts
                .headers
                .get(CSRF_HEADER)
                .and_then(|value| value.to_str().ok());
            server.app.require_csrf(&caller, sent)?;
        }
        let path = parts
            .extensions
            .get::<MatchedPath>()
            .map_or("", MatchedPath::as_str);
        if !may_use(&caller, &parts.method, path) {
            return Err(Code::Forbidden.into());
        }
        if !caller.is_within_scope(parts.method.as_str(), path) {
            return Err(Code::ScopeMissing.into());
        }
        Ok(Self(caller))
    }
}

/// No identity and no word searched for holds a NUL, and not every database can be asked for one.
fn refuse_nul(uri: &Uri) -> Result<(), Failure> {
    let holds_nul = |part: &str| part.contains("%00");
    if holds_nul(uri.path()) || uri.query().is_some_and(holds_nul) {
        let words = Bilingual::new(
            "地址里含有空字符（%00），请删去",
            "the address holds a NUL character (%00); remove it",
        );
        return Err(AppError::Told(Code::MalformedRequest, words).into());
    }
    Ok(())
}

/// The token of an `Authorization` header; any other scheme is refused rather than ignored.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Failure> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default();
    let token = text
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    token
        .map(|(_, token)| Some(token.trim()))
        .ok_or_else(|| Code::Unauthenticated.into())
}

/// A route without a row in the table is open to nobody; asking for the head is asking for the whole.
fn may_use(caller: &Caller, method: &Method, path: &str) -> bool {
    let method = if method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    let of_route =
        |row: &&app::Permission| row.path == path && method.as_str().eq_ignore_ascii_case(row.method);
    PERMISSIONS
        .iter()
        .filter(of_route)
        .any(|row| row.roles.contains(&caller.role))
}

/// A JSON body, with the bytes it came in.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) json: Value,
    bytes: Bytes,
    key: Option<String>,
    route: String,
}

impl Body {
    /// What makes the write repeatable, when the caller asked for it.
    pub(crate) fn repeatable(&self) -> Option<Repeatable> {
        let key = self.key.clone()?;
        let request = [self.route.as_bytes(), b"\n", &self.bytes].concat();
        Some(Repeatable { key, request })
    }
}

impl FromRequest<Server> for Body {
    type Rejection = Failure;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            return Err(Code::UnsupportedType.into());
        }
        let key = request
            .headers()
            .get(IDEMPOTENCY_HEADER)
            .map(|value| value.to_str().map(str::to_owned));
        let key = key.transpose().map_err(|_| {
            AppError::field(
                "Idempotency-Key",
                "只能含可见 ASCII 字符",
                "must hold visible ASCII only",
            )
        })?;
        let route = format!("{} {}", request.method(), request.uri().path());
        let bytes = Bytes::from_request(request, server).await.map_err(|rejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
                _ => Code::MalformedRequest,
            }
        })?;
        Ok(Self {
            json: read_json(&bytes)?,
            bytes,
            key,
            route,
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parts = content_type
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let json = parts
        .next()
        .is_some_and(|mime| mime == "application/json" || mime.ends_with("+json"));
    let utf8 = |part: String| match part.strip_prefix("charset=") {
        Some(charset) => charset.trim_matches('"') == "utf-8",
        None => true,
    };
    json && parts.all(utf8)
}

fn read_json(bytes: &[u8]) -> Result<Value, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let byte = error.valid_up_to();
        AppError::Told(
            Code::InvalidUtf8,
            Bilingual::new(
                format!("第 {byte} 字节处不是 UTF-8；请把内容转成 UTF-8 再发送"),
                format!("byte {byte} is not UTF-8; convert the content to UTF-8 and send it again"),
            ),
        )
    })?;
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let words = Bilingual::new(
            format!("第 {line} 行第 {column} 列不是正确的 JSON"),
            format!("not valid JSON at line {line} column {column}"),
        );
        AppError::Told(Code::MalformedJson, words).into()
    })
}

/// The version of the case that the caller saw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IfMatch(pub(crate) u32);

impl FromRequestParts<Server> for IfMatch {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Server) -> Result<Self, Failure> {
        let sent = parts
            .headers
            .get(header::IF_MATCH)
            .ok_or(Code::PreconditionRequired)?;
        let text = sent.to_str().unwrap_or_default().trim();
        let version = text.strip_prefix("W/").unwrap_or(text).trim_matches('"').parse();
        version.map(Self).map_err(|_| {
            AppError::field(
                "If-Match",
                "应是所见案件的版本，如 \"3\"",
                "must be the version of the case you saw, such as \"3\"",
            )
            .into()
        })
    }
}

/// The query of a URL, with an error that names what is wrong.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Server> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, server).await;
        query.map(|query| Self(query.0)).map_err(|rejection| {
            let words = rejection.body_text();
            AppError::field("query", format!("查询参数不正确：{words}"), words).into()
        })
    }
}

//! The workbench, embedded in the binary: files with their caching, and one page for every address of the app.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Workbench;

/// Files under this folder carry a hash in their name, so they never change.
const HASHED: &str = "assets/";
const PAGE: &str = "index.html";
/// Packed copies that the build laid beside the files.
const PACKED: &str = ".gz";
const NOT_BUILT: &str = "The workbench is not part of this binary: build web/ first (make run does).\n";

/// A file of the workbench, or its page for addresses that the page itself understands.
pub(crate) async fn serve_page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if uri.path().starts_with("/api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    if !method.is_safe() {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let path = uri.path().trim_start_matches('/');
    match Workbench::get(path) {
        _ if path.ends_with(PACKED) => StatusCode::NOT_FOUND.into_response(),
        Some(file) if !path.is_empty() => send(path, &file, &headers),
        _ if path.starts_with(HASHED) => StatusCode::NOT_FOUND.into_response(),
        _ => match Workbench::get(PAGE) {
            Some(page) => send(PAGE, &page, &headers),
            None => (StatusCode::NOT_FOUND, NOT_BUILT).into_response(),
        },
    }
}

fn send(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag: String = file.metadata.sha256_hash()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{tag}\"");
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|sent| sent.as_bytes() == tag.as_bytes())
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let caching = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let packed = takes_gzip(headers)
        .then(|| Workbench::get(&format!("{path}{PACKED}")))
        .flatten();
    let data = packed.as_ref().map_or(&file.data, |packed| &packed.data);
    let mut response = Body::from(data.to_vec()).into_response();
    let sent = response.headers_mut();
    sent.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    sent.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if packed.is_some() {
        sent.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    sent.extend(
        HeaderValue::from_str(kind.essence_str())
            .ok()
            .map(|kind| (header::CONTENT_TYPE, kind)),
    );
    sent.extend(HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag)));
    response
}

/// Whether the caller unpacks gzip; a weight of zero says no.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight = weight.trim().trim_start_matches("q=").parse().unwrap_or(1.0);
        name.trim().eq_ignore_ascii_case("gzip") && weight > 0.0
    })
}

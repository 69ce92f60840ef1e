//! Answers that are kept as files.

use axum::http::{HeaderName, HeaderValue, header};

/// A file with its kind and its name.
pub(crate) type Download = ([(HeaderName, HeaderValue); 2], Vec<u8>);

/// A file to be kept under a name, which is plain ASCII.
pub(crate) fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Download {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes)
}

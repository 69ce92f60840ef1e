//! The language of an answer, from `Accept-Language`.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts},
};
use domain::Language;

/// The language the caller reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reads(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for Reads {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(language_of(&parts.headers)))
    }
}

/// The language with the highest weight among those the product speaks; Chinese when none is named.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut best = (0.0, Language::Chinese);
    for part in accepted.split(',') {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let language = match tag.trim().to_ascii_lowercase().get(..2) {
            Some("zh") => Language::Chinese,
            Some("en") => Language::English,
            _ => continue,
        };
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

/// The wire name of a language.
pub(crate) fn language_key(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        let check = |accepted: &'static str, expected: Language| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, accepted.parse().unwrap())]);
            assert_eq!(language_of(&headers), expected, "{accepted}");
        };
        check("en-US,en;q=0.9,zh-CN;q=0.8", Language::English);
        check("fr;q=1, zh;q=0.5, en;q=0.4", Language::Chinese);
        check("de", Language::Chinese);
        check("", Language::Chinese);
    }
}

//! What a token may be used for: a narrowing of its role, decided by the route.

use domain::TokenScope;

/// The first part of a path after the version, and the scopes for reading and for changing. What is not named here
/// belongs to administration, so that a new route is closed to narrow tokens until somebody says otherwise.
const PARTS: &[(&str, TokenScope, TokenScope)] = &[
    ("analyses", TokenScope::Analyze, TokenScope::Analyze),
    ("plans", TokenScope::Analyze, TokenScope::Analyze),
    ("messages", TokenScope::Analyze, TokenScope::Analyze),
    ("cases", TokenScope::CasesRead, TokenScope::CasesWrite),
    ("events", TokenScope::CasesRead, TokenScope::CasesRead),
    ("attachments", TokenScope::CasesWrite, TokenScope::CasesWrite),
    (
        "conversations",
        TokenScope::Conversations,
        TokenScope::Conversations,
    ),
    ("customers", TokenScope::Customers, TokenScope::Customers),
    ("purchases", TokenScope::Customers, TokenScope::Customers),
    ("insight", TokenScope::Insight, TokenScope::Insight),
];

/// Routes that tell a program who it is and what the names mean; every token may.
const FREE: [&str; 2] = ["/api/v1/me", "/api/v1/legend"];

/// The scope that a route asks a token for; nothing when every token may.
pub fn scope_of(method: &str, path: &str) -> Option<TokenScope> {
    if FREE.contains(&path) && method.eq_ignore_ascii_case("get") {
        return None;
    }
    let part = path.strip_prefix("/api/v1/").unwrap_or(path);
    let part = part.split('/').next().unwrap_or_default();
    let named = PARTS.iter().find(|(name, _, _)| *name == part);
    Some(match named {
        Some((_, read, _)) if method.eq_ignore_ascii_case("get") => *read,
        Some((_, _, write)) => *write,
        None => TokenScope::Administration,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_route_is_closed_to_narrow_tokens() {
        assert_eq!(scope_of("get", "/api/v1/me"), None);
        assert_eq!(
            scope_of("post", "/api/v1/me/password"),
            Some(TokenScope::Administration)
        );
        assert_eq!(scope_of("get", "/api/v1/cases/{id}"), Some(TokenScope::CasesRead));
        assert_eq!(scope_of("post", "/api/v1/cases"), Some(TokenScope::CasesWrite));
        assert_eq!(
            scope_of("get", "/api/v1/casesx"),
            Some(TokenScope::Administration)
        );
    }
}

//! Every route, and how it is tried with a planted person: a new route must be entered here.

use serde_json::{Value, json};

use crate::masking::{BOTH, CARD, PLANTED};

/// How a route is tried with the planted person. In addresses and bodies `{id}` is the case, conversation, webhook or
/// job at hand.
pub(crate) enum Try {
    /// Read by every role; whoever may read it gets an answer.
    Get,
    /// Sent by every role with this body; it is carried out for one of them at least.
    Post(Value),
    /// Sent by every role with this body, which nobody gets carried out: what is answered is an error.
    Refused(Value),
    /// It has no answer but its status, as the description says.
    Silent,
    /// The test of this name tries it.
    By(&'static str),
    /// It carries no words of a case; why.
    Apart(&'static str),
}

/// Method, path and trial of every route of the description.
pub(crate) fn routes() -> Vec<(&'static str, &'static str, Try)> {
    let edited =
        "answers what this colleague wrote a moment ago, to be edited as it stands; nothing of a case";
    vec![
        (
            "post",
            "/api/v1/login",
            Try::Refused(json!({"login": PLANTED, "password": PLANTED})),
        ),
        ("post", "/api/v1/logout", Try::Silent),
        ("get", "/api/v1/me", Try::Get),
        ("get", "/api/v1/me/sessions", Try::Get),
        ("delete", "/api/v1/me/sessions/{id}", Try::Silent),
        (
            "post",
            "/api/v1/me/password",
            Try::Refused(json!({"current": PLANTED, "new": PLANTED})),
        ),
        ("get", "/api/v1/me/second-factor", Try::Get),
        (
            "post",
            "/api/v1/me/second-factor",
            Try::Refused(json!({"password": PLANTED})),
        ),
        (
            "post",
            "/api/v1/me/second-factor/confirm",
            Try::Refused(json!({"code": PLANTED})),
        ),
        ("post", "/api/v1/me/second-factor/remove", Try::Silent),
        ("post", "/api/v1/users/{id}/unlock", Try::Silent),
        ("post", "/api/v1/users/{id}/second-factor/reset", Try::Silent),
        ("get", "/api/v1/webhooks", Try::Get),
        (
            "post",
            "/api/v1/webhooks",
            Try::Refused(json!({"url": PLANTED, "events": [PLANTED]})),
        ),
        (
            "post",
            "/api/v1/webhooks/{id}",
            Try::Post(json!({"active": true})),
        ),
        ("delete", "/api/v1/webhooks/{id}", Try::Silent),
        ("get", "/api/v1/webhooks/{id}/deliveries", Try::Get),
        (
            "post",
            "/api/v1/webhooks/{id}/replay",
            Try::Post(json!({"after": 0})),
        ),
        ("get", "/api/v1/jobs", Try::Get),
        ("get", "/api/v1/jobs/{id}", Try::Get),
        ("post", "/api/v1/jobs/{id}/replay", Try::Refused(json!({}))),
        ("get", "/api/v1/audit", Try::Get),
        ("get", "/api/v1/tokens", Try::Get),
        ("get", "/api/v1/presets", Try::Get),
        ("post", "/api/v1/presets", Try::Apart(edited)),
        ("post", "/api/v1/presets/{id}", Try::Apart(edited)),
        ("delete", "/api/v1/presets/{id}", Try::Silent),
        (
            "post",
            "/api/v1/cases/{id}/presence",
            Try::Post(json!({"doing": "viewing"})),
        ),
        (
            "post",
            "/api/v1/tokens",
            Try::Apart("answers what its maker calls a key, to the maker alone"),
        ),
        ("delete", "/api/v1/tokens/{id}", Try::Silent),
        ("get", "/api/v1/users", Try::Get),
        ("get", "/api/v1/accounts", Try::Get),
        (
            "post",
            "/api/v1/accounts",
            Try::Refused(json!({"login": PLANTED, "name": PLANTED, "role": PLANTED})),
        ),
        (
            "post",
            "/api/v1/accounts/{id}",
            Try::Apart("answers a colleague as an administrator has just named them"),
        ),
        ("get", "/api/v1/trail", Try::Get),
        (
            "get",
            "/api/v1/desk",
            Try::Apart("answers what the organization is called, to everybody"),
        ),
        (
            "post",
            "/api/v1/desk",
            Try::Apart("answers what the organization is called"),
        ),
        (
            "post",
            "/api/v1/setup",
            Try::Refused(json!({"code": PLANTED, "login": PLANTED, "password": PLANTED})),
        ),
        (
            "post",
            "/api/v1/setup/demo",
            Try::Apart("answers how many people and cases were made up"),
        ),
        ("get", "/api/v1/board", Try::Get),
        ("get", "/api/v1/customers", Try::Get),
        (
            "post",
            "/api/v1/packs/preview",
            Try::Post(json!({"packs": ["{pack}"]})),
        ),
        ("get", "/api/v1/legend", Try::Get),
        ("get", "/api/v1/settings", Try::Get),
        ("get", "/api/v1/settings/{name}", Try::Get),
        ("get", "/api/v1/settings/{name}/revisions", Try::Get),
        (
            "post",
            "/api/v1/settings/{name}/preview",
            Try::Post(json!({"edits": [{"edit": "words", "rule": "taboo", "words": ["按流程走"]}]})),
        ),
        (
            "post",
            "/api/v1/settings/{name}/revisions",
            Try::Refused(json!({"text": format!("words = [{PLANTED}"), "note": PLANTED})),
        ),
        (
            "post",
            "/api/v1/settings/{name}/undo",
            Try::Refused(json!({"revision": 99, "note": PLANTED})),
        ),
        (
            "post",
            "/api/v1/analyses",
            Try::Apart(
                "answers spans of the text sent along, of which nothing is kept; `tingsu analyze --mask` covers",
            ),
        ),
        ("post", "/api/v1/plans", Try::Post(json!({"case_id": "{id}"}))),
        ("get", "/api/v1/cases", Try::Get),
        (
            "post",
            "/api/v1/cases",
            Try::Post(
                json!({"text": BOTH, "channel": "chat", "customer": {"name": CARD[0], "phone": CARD[1], "email": CARD[2]}}),
            ),
        ),
        ("get", "/api/v1/cases/counts/{facet}", Try::Get),
        (
            "post",
            "/api/v1/imports/read",
            Try::Apart(
                "answers the rows of the file sent along, which come back to be stored; nothing is kept",
            ),
        ),
        (
            "post",
            "/api/v1/imports",
            Try::Post(json!({"source": BOTH, "rows": [{"line": 1, "key": BOTH, "intake":
                {"text": BOTH, "channel": "chat", "customer": {"name": CARD[0], "phone": CARD[1]}}}]})),
        ),
        ("get", "/api/v1/cases/{id}", Try::Get),
        ("get", "/api/v1/cases/{id}/events", Try::Get),
        ("get", "/api/v1/cases/{id}/messages", Try::Get),
        ("get", "/api/v1/cases/{id}/redress", Try::Get),
        (
            "post",
            "/api/v1/cases/{id}/commands",
            Try::Post(json!({"command": "note", "text": BOTH})),
        ),
        (
            "post",
            "/api/v1/attachments",
            Try::Apart("answers hash, type and size, no name and no content"),
        ),
        (
            "get",
            "/api/v1/cases/{id}/attachments/{hash}",
            Try::Apart("answers a file as the customer sent it, with an audit line"),
        ),
        ("get", "/api/v1/packs", Try::Get),
        (
            "post",
            "/api/v1/packs/in-force",
            Try::Refused(json!({"packs": [PLANTED]})),
        ),
        ("get", "/api/v1/cases/{id}/duplicates", Try::Get),
        ("get", "/api/v1/cases/{id}/assignees", Try::Get),
        ("get", "/api/v1/cases/{id}/explanation", Try::Get),
        (
            "post",
            "/api/v1/cases/{id}/prevention",
            Try::Post(json!({"action": "已更换供应商"})),
        ),
        (
            "post",
            "/api/v1/cases/{id}/progress-link",
            Try::Post(json!({"days": 2})),
        ),
        (
            "get",
            "/api/v1/progress/{secret}",
            Try::By("the_customers_page_covers_everything"),
        ),
        (
            "post",
            "/api/v1/progress/{secret}/verdict",
            Try::By("the_customers_page_covers_everything"),
        ),
        (
            "get",
            "/api/v1/customers/{id}/export",
            Try::Apart("answers a person's own data bare, as the law asks, to leaders, with an audit line"),
        ),
        (
            "post",
            "/api/v1/customers/{id}/correct",
            Try::Post(json!({"name": CARD[0], "phone": CARD[1], "reason": BOTH})),
        ),
        (
            "post",
            "/api/v1/customers/{id}/erase",
            Try::By("erasing_leaves_the_figures_and_no_word"),
        ),
        (
            "post",
            "/api/v1/customers/{id}/consents",
            Try::Post(json!({"purpose": "training", "granted": true, "note": BOTH})),
        ),
        ("get", "/api/v1/settings/privacy", Try::Get),
        (
            "post",
            "/api/v1/settings/privacy",
            Try::Post(json!({"use_temperament": true, "retention_days": null})),
        ),
        ("get", "/api/v1/privacy/assessments", Try::Get),
        ("post", "/api/v1/privacy/assessments", Try::Apart(edited)),
        ("get", "/api/v1/users/profiles", Try::Get),
        (
            "post",
            "/api/v1/users/{id}/profile",
            Try::Refused(json!({"strengths": [PLANTED], "skills": [PLANTED], "capacity": 3})),
        ),
        ("get", "/api/v1/insight/fairness", Try::Get),
        (
            "post",
            "/api/v1/messages/check",
            Try::Post(json!({"text": "您好，这就为您查。", "case_id": "{id}"})),
        ),
        ("get", "/api/v1/customers/{id}", Try::Get),
        ("get", "/api/v1/insight/dashboard", Try::Get),
        (
            "post",
            "/api/v1/conversations",
            Try::Post(json!({"case": "{case}", "turns": [{"role": "customer", "text": BOTH}]})),
        ),
        ("get", "/api/v1/conversations", Try::Get),
        (
            "post",
            "/api/v1/conversations/{id}/turns",
            Try::Post(json!({"turns": [{"role": "customer", "text": BOTH}]})),
        ),
        ("get", "/api/v1/conversations/{id}/review", Try::Get),
        (
            "get",
            "/api/v1/conversations/{id}/events",
            Try::By("a_followed_conversation_covers_everything"),
        ),
        (
            "post",
            "/api/v1/conversations/{id}/appeals",
            Try::Post(json!({"rule": "abuse", "reason": BOTH})),
        ),
        (
            "post",
            "/api/v1/conversations/{id}/decisions",
            Try::Post(json!({"rule": "abuse", "upheld": true, "reason": BOTH})),
        ),
        (
            "get",
            "/api/v1/events",
            Try::By("the_stream_tells_nothing_of_a_planted_person"),
        ),
        ("get", "/api/v1/insight/breakdown", Try::Get),
        ("get", "/api/v1/insight/outbreaks", Try::Get),
        ("get", "/api/v1/insight/silent", Try::Get),
        (
            "post",
            "/api/v1/purchases",
            Try::Refused(
                json!({"purchases": [{"customer": PLANTED, "product": PLANTED, "at": PLANTED, "amount": PLANTED}]}),
            ),
        ),
        ("get", "/api/v1/insight/causes", Try::Get),
        ("get", "/api/v1/insight/economics", Try::Get),
        ("get", "/api/v1/insight/process", Try::Get),
        ("get", "/api/v1/insight/process.xes", Try::Get),
        ("get", "/api/v1/insight/satisfaction", Try::Get),
        ("get", "/api/v1/insight/lessons", Try::Get),
        ("get", "/api/v1/insight/root-causes", Try::Get),
        ("post", "/api/v1/insight/root-causes", Try::Apart(edited)),
        ("post", "/api/v1/insight/root-causes/{id}", Try::Apart(edited)),
        (
            "post",
            "/api/v1/insight/root-causes/{id}/tell",
            Try::Apart(edited),
        ),
        ("get", "/api/v1/insight/report", Try::Get),
        ("get", "/api/v1/insight/report/{format}", Try::Get),
        ("get", "/api/v1/insight/reports", Try::Get),
        (
            "post",
            "/api/v1/insight/reports/schedule",
            Try::Post(json!({"weekly": true})),
        ),
    ]
}

//! Every act that is watched leaves its line: who did what, upon what, and no words of a customer.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk, PASSWORD, Reply},
    temporary::on_both,
};

async fn newest(desk: &Desk, who: &Client) -> Value {
    let page = desk.get(who, "/api/v1/audit?limit=1").await.json();
    page["items"][0].clone()
}

/// Does something, which must work, and looks at the line that it left.
async fn leaves(desk: &Desk, admin: &Client, action: &str, target: Option<&str>, reply: Reply) -> Value {
    assert!(reply.status.is_success(), "{action}: {}", reply.text());
    let line = newest(desk, admin).await;
    let me = desk.get(admin, "/api/v1/me").await.json();
    assert_eq!(
        (&line["action"], &line["actor"]),
        (&json!(action), &me["id"]),
        "{line}"
    );
    if let Some(target) = target {
        assert_eq!(line["target"], target, "{line}");
    }
    assert!(!line.to_string().contains("13912345678"), "{line}");
    match reply.status {
        StatusCode::NO_CONTENT => Value::Null,
        _ => serde_json::from_slice(&reply.body).unwrap_or_default(),
    }
}

async fn what_administrators_change_leaves_its_line(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let token = json!({"name": "t", "role": "agent", "days": 1});
    let made = desk.post(&admin, "/api/v1/tokens", &token).await;
    let made = leaves(desk, &admin, "token_created", None, made).await;
    let id = made["id"].as_str().unwrap();
    let path = format!("/api/v1/tokens/{id}");
    let ended = desk
        .send(admin.request(Method::DELETE, &path, Body::empty()))
        .await;
    leaves(desk, &admin, "token_revoked", Some(id), ended).await;
    for (path, body, action) in [
        (
            "/api/v1/settings/guarantee.toml/revisions",
            json!({"edits": [{"edit": "authority", "role": "agent", "yuan": 300}], "note": "回电13912345678"}),
            "change_document",
        ),
        (
            "/api/v1/settings/privacy",
            json!({"use_temperament": true}),
            "privacy_set",
        ),
        ("/api/v1/packs/in-force", json!({"packs": []}), "packs_in_force"),
        (
            "/api/v1/insight/reports/schedule",
            json!({"weekly": false}),
            "schedule_reports",
        ),
        (
            "/api/v1/webhooks",
            json!({"url": "https://example.org/hook"}),
            "webhook_added",
        ),
        (
            "/api/v1/accounts",
            json!({"login": "neu", "name": "新人", "role": "agent", "password": PASSWORD}),
            "user_created",
        ),
    ] {
        let caller = match path.strip_suffix("/revisions") {
            Some(document) => {
                let now = desk.get(&admin, document).await.json();
                admin.and("if-match", &now["revision"].to_string())
            }
            None => admin.clone(),
        };
        let done = desk.post(&caller, path, &body).await;
        leaves(desk, &admin, action, None, done).await;
    }
    let user = desk.sign_in_as("neu").await;
    let user = desk.get(&user, "/api/v1/me").await.json();
    let user = user["id"].as_str().unwrap();
    let path = format!("/api/v1/accounts/{user}");
    let shut = desk.post(&admin, &path, &json!({"active": false})).await;
    leaves(desk, &admin, "account_changed", Some(user), shut).await;
    let change = json!({"current": PASSWORD, "new": "a longer battery"});
    let changed = desk.post(&admin, "/api/v1/me/password", &change).await;
    leaves(desk, &admin, "password_changed", None, changed).await;
}

async fn what_is_taken_out_leaves_its_line(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let body = json!({"text": COMPLAINT, "channel": "chat",
        "customer": {"name": "赵铁柱", "phone": "13912345678"}});
    let case = desk.post(&admin, "/api/v1/cases", &body).await.json();
    let customer = case["customer"]["id"].as_str().unwrap();
    let path = format!("/api/v1/customers/{customer}");
    let copy = desk.get(&admin, &format!("{path}/export")).await;
    leaves(desk, &admin, "person_exported", Some(customer), copy).await;
    let correct = json!({"name": "赵铁锤", "reason": "写错了13912345678"});
    let corrected = desk.post(&admin, &format!("{path}/correct"), &correct).await;
    leaves(desk, &admin, "person_corrected", Some(customer), corrected).await;
    let report = desk.get(&admin, "/api/v1/insight/report/html").await;
    leaves(desk, &admin, "report_exported", None, report).await;
    let process = desk.get(&admin, "/api/v1/insight/process.xes").await;
    leaves(desk, &admin, "process_exported", None, process).await;
    let id = case["id"].as_str().unwrap();
    let path = format!("/api/v1/cases/{id}/progress-link");
    let link = desk.post(&admin, &path, &json!({})).await;
    leaves(desk, &admin, "progress_link", Some(id), link).await;
}

/// Whoever is no administrator and no keeper of quality does not read the trail, and nobody writes upon it.
async fn the_trail_is_not_for_everybody_and_not_to_be_changed(desk: &mut Desk) {
    for role in [Role::Agent, Role::Specialist, Role::Supervisor, Role::Analyst] {
        let who = desk.sign_in(role).await;
        let refused = desk.get(&who, "/api/v1/audit").await;
        assert_eq!(refused.problem(), "403 forbidden", "{role:?}");
    }
    let admin = desk.sign_in(Role::Admin).await;
    let before = newest(desk, &admin).await;
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in ["/api/v1/audit", "/api/v1/audit/1"] {
            let tried = desk
                .send(admin.request(method.clone(), path, Body::empty()))
                .await;
            assert!(
                tried.status.is_client_error(),
                "{method} {path}: {}",
                tried.status
            );
        }
    }
    assert_eq!(newest(desk, &admin).await, before);
}

on_both!(
    what_administrators_change_leaves_its_line,
    what_is_taken_out_leaves_its_line,
    the_trail_is_not_for_everybody_and_not_to_be_changed,
);

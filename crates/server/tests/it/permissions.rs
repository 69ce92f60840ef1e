//! Every route × {anonymous, wrong role, right role}, driven by a table that must name every route.

use app::{PERMISSIONS, may};
use axum::http::{Method, StatusCode};
use domain::{Role, Vocabulary};
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

/// What a caller who may use the route sends, and what the answer is.
struct Row {
    method: &'static str,
    path: &'static str,
    body: fn() -> Value,
    expected: StatusCode,
}

const fn row(method: &'static str, path: &'static str, body: fn() -> Value, expected: StatusCode) -> Row {
    Row {
        method,
        path,
        body,
        expected,
    }
}

fn nothing() -> Value {
    Value::Null
}

const ROWS: &[Row] = &[
    row("get", "/api/v1/me", nothing, StatusCode::OK),
    row("post", "/api/v1/logout", nothing, StatusCode::NO_CONTENT),
    row(
        "post",
        "/api/v1/tokens",
        || json!({"name": "t", "role": "agent", "days": 1}),
        StatusCode::CREATED,
    ),
    row("get", "/api/v1/tokens", nothing, StatusCode::OK),
    // Whoever may end tokens learns that there is none of this id; the others do not even learn that.
    row("delete", "/api/v1/tokens/{id}", nothing, StatusCode::NOT_FOUND),
    row("get", "/api/v1/me/sessions", nothing, StatusCode::OK),
    // There is no such session; that of another would be no different.
    row(
        "delete",
        "/api/v1/me/sessions/{id}",
        nothing,
        StatusCode::NOT_FOUND,
    ),
    row(
        "post",
        "/api/v1/me/password",
        || json!({"current": "not this one", "new": "a longer battery"}),
        StatusCode::UNPROCESSABLE_ENTITY,
    ),
    row("get", "/api/v1/me/second-factor", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/me/second-factor",
        || json!({"password": crate::demo_desk::PASSWORD}),
        StatusCode::CREATED,
    ),
    row(
        "post",
        "/api/v1/me/second-factor/confirm",
        || json!({"code": "000000"}),
        StatusCode::UNPROCESSABLE_ENTITY,
    ),
    row(
        "post",
        "/api/v1/me/second-factor/remove",
        || json!({"password": crate::demo_desk::PASSWORD}),
        StatusCode::NO_CONTENT,
    ),
    // The id is that of a case: whoever may learns that there is no such colleague.
    row(
        "post",
        "/api/v1/users/{id}/unlock",
        nothing,
        StatusCode::NOT_FOUND,
    ),
    row(
        "post",
        "/api/v1/users/{id}/second-factor/reset",
        nothing,
        StatusCode::NOT_FOUND,
    ),
    row("get", "/api/v1/users", nothing, StatusCode::OK),
    row("get", "/api/v1/legend", nothing, StatusCode::OK),
    row("get", "/api/v1/accounts", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/accounts",
        || json!({"login": "neu", "name": "新人", "role": "agent", "password": "correct horse battery"}),
        StatusCode::CREATED,
    ),
    // The id is that of a case: whoever may learns that there is no such account.
    row(
        "post",
        "/api/v1/accounts/{id}",
        || json!({"active": false}),
        StatusCode::NOT_FOUND,
    ),
    row("get", "/api/v1/trail", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/desk",
        || json!({"organization": "青屿商城"}),
        StatusCode::OK,
    ),
    // The desk holds a case already.
    row("post", "/api/v1/setup/demo", || json!({}), StatusCode::CONFLICT),
    row("get", "/api/v1/board", nothing, StatusCode::OK),
    row("get", "/api/v1/customers", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/packs/preview",
        || json!({"packs": []}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/settings", nothing, StatusCode::OK),
    row("get", "/api/v1/settings/{name}", nothing, StatusCode::OK),
    row(
        "get",
        "/api/v1/settings/{name}/revisions",
        nothing,
        StatusCode::OK,
    ),
    row(
        "post",
        "/api/v1/settings/{name}/preview",
        || json!({"edits": [{"edit": "authority", "role": "agent", "yuan": 300}]}),
        StatusCode::OK,
    ),
    row(
        "post",
        "/api/v1/settings/{name}/revisions",
        || json!({"edits": [{"edit": "authority", "role": "agent", "yuan": 300}], "note": "试行"}),
        StatusCode::OK,
    ),
    row(
        "post",
        "/api/v1/settings/{name}/undo",
        || json!({}),
        StatusCode::OK,
    ),
    row(
        "post",
        "/api/v1/analyses",
        || json!({"text": COMPLAINT}),
        StatusCode::OK,
    ),
    row(
        "post",
        "/api/v1/plans",
        || json!({"text": COMPLAINT}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/cases", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/cases",
        || json!({"text": COMPLAINT, "channel": "chat"}),
        StatusCode::CREATED,
    ),
    row("get", "/api/v1/cases/{id}", nothing, StatusCode::OK),
    row("get", "/api/v1/cases/{id}/events", nothing, StatusCode::OK),
    row("get", "/api/v1/cases/{id}/messages", nothing, StatusCode::OK),
    row("get", "/api/v1/cases/{id}/redress", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/cases/{id}/commands",
        || json!({"command": "note", "text": "看过"}),
        StatusCode::OK,
    ),
    row(
        "post",
        "/api/v1/cases/{id}/presence",
        || json!({"doing": "viewing"}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/presets", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/presets",
        || json!({"kind": "view", "name": "快到期", "filters": {"sort": "due"}}),
        StatusCode::CREATED,
    ),
    // The id is that of a case: everybody learns that there is no such preset.
    row(
        "post",
        "/api/v1/presets/{id}",
        || json!({"kind": "macro", "name": "n", "text": "t"}),
        StatusCode::NOT_FOUND,
    ),
    row("delete", "/api/v1/presets/{id}", nothing, StatusCode::NOT_FOUND),
    row("get", "/api/v1/cases/{id}/duplicates", nothing, StatusCode::OK),
    row("get", "/api/v1/cases/{id}/assignees", nothing, StatusCode::OK),
    row("get", "/api/v1/cases/{id}/explanation", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/cases/{id}/progress-link",
        || json!({}),
        StatusCode::CREATED,
    ),
    row(
        "post",
        "/api/v1/cases/{id}/prevention",
        || json!({"action": "换了承运商"}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/users/profiles", nothing, StatusCode::OK),
    // The id is that of a case: whoever may learns that there is no such colleague.
    row(
        "post",
        "/api/v1/users/{id}/profile",
        || json!({"strengths": ["firm"], "skills": [], "capacity": 5}),
        StatusCode::NOT_FOUND,
    ),
    row("get", "/api/v1/insight/fairness", nothing, StatusCode::OK),
    row("get", "/api/v1/customers/{id}/export", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/customers/{id}/correct",
        || json!({"name": "赵铁柱先生", "reason": "客户来电更正"}),
        StatusCode::OK,
    ),
    // The case is open: whoever may is told to end it first.
    row(
        "post",
        "/api/v1/customers/{id}/erase",
        || json!({"reason": "客户要求"}),
        StatusCode::CONFLICT,
    ),
    row(
        "post",
        "/api/v1/customers/{id}/consents",
        || json!({"purpose": "survey", "granted": false}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/settings/privacy", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/settings/privacy",
        || json!({"use_temperament": true}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/privacy/assessments", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/privacy/assessments",
        || json!({"title": "投诉识读", "text": "目的、必要性、风险与措施"}),
        StatusCode::CREATED,
    ),
    row("get", "/api/v1/packs", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/packs/in-force",
        || json!({"packs": []}),
        StatusCode::OK,
    ),
    row(
        "post",
        "/api/v1/attachments",
        || json!("a receipt"),
        StatusCode::CREATED,
    ),
    // The case is there, the file is not.
    row(
        "get",
        "/api/v1/cases/{id}/attachments/{hash}",
        nothing,
        StatusCode::NOT_FOUND,
    ),
    row(
        "post",
        "/api/v1/messages/check",
        || json!({"text": "您好，我们今天 18:00 前给您回电"}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/customers/{id}", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/dashboard", nothing, StatusCode::OK),
    row("get", "/api/v1/conversations", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/conversations",
        || json!({"turns": [{"role": "customer", "text": COMPLAINT}]}),
        StatusCode::CREATED,
    ),
    row(
        "post",
        "/api/v1/conversations/{id}/turns",
        || json!({"turns": [{"role": "agent", "text": "您好，请问订单号是多少？"}]}),
        StatusCode::OK,
    ),
    row(
        "get",
        "/api/v1/conversations/{id}/review",
        nothing,
        StatusCode::OK,
    ),
    row(
        "get",
        "/api/v1/conversations/{id}/events",
        nothing,
        StatusCode::OK,
    ),
    // Whoever may appeal or decide learns that this was never taken off; the others do not even learn that.
    row(
        "post",
        "/api/v1/conversations/{id}/appeals",
        || json!({"rule": "none", "reason": "x"}),
        StatusCode::NOT_FOUND,
    ),
    row(
        "post",
        "/api/v1/conversations/{id}/decisions",
        || json!({"rule": "none", "upheld": true, "reason": "x"}),
        StatusCode::NOT_FOUND,
    ),
    row("get", "/api/v1/insight/breakdown", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/outbreaks", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/silent", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/purchases",
        || json!({"purchases": [{"customer": "c1", "at": "2026-11-01", "amount": "9.90"}]}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/insight/causes", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/economics", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/process", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/process.xes", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/satisfaction", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/lessons", nothing, StatusCode::OK),
    row("get", "/api/v1/insight/root-causes", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/insight/root-causes",
        || json!({"title": "电芯来料"}),
        StatusCode::CREATED,
    ),
    // Whoever may change causes learns that there is none of this id.
    row(
        "post",
        "/api/v1/insight/root-causes/{id}",
        || json!({"title": "电芯来料"}),
        StatusCode::NOT_FOUND,
    ),
    row(
        "post",
        "/api/v1/insight/root-causes/{id}/tell",
        nothing,
        StatusCode::PRECONDITION_REQUIRED,
    ),
    row("get", "/api/v1/insight/report", nothing, StatusCode::OK),
    row(
        "get",
        "/api/v1/insight/report/{format}",
        nothing,
        StatusCode::NOT_FOUND,
    ),
    row("get", "/api/v1/insight/reports", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/insight/reports/schedule",
        || json!({"weekly": false}),
        StatusCode::OK,
    ),
    row("get", "/api/v1/webhooks", nothing, StatusCode::OK),
    row(
        "post",
        "/api/v1/webhooks",
        || json!({"url": "https://example.org/hook"}),
        StatusCode::CREATED,
    ),
    // The id is that of a case: whoever may learns that there is no such subscription.
    row(
        "post",
        "/api/v1/webhooks/{id}",
        || json!({"active": false}),
        StatusCode::NOT_FOUND,
    ),
    row("delete", "/api/v1/webhooks/{id}", nothing, StatusCode::NOT_FOUND),
    row(
        "get",
        "/api/v1/webhooks/{id}/deliveries",
        nothing,
        StatusCode::NOT_FOUND,
    ),
    row(
        "post",
        "/api/v1/webhooks/{id}/replay",
        || json!({"after": 0}),
        StatusCode::NOT_FOUND,
    ),
    row("get", "/api/v1/jobs", nothing, StatusCode::OK),
    row("get", "/api/v1/jobs/{id}", nothing, StatusCode::NOT_FOUND),
    row("post", "/api/v1/jobs/{id}/replay", nothing, StatusCode::NOT_FOUND),
    row("get", "/api/v1/audit", nothing, StatusCode::OK),
    row("get", "/api/v1/events", nothing, StatusCode::OK),
];

/// Routes that ask nobody who they are.
const OPEN: &[(&str, &str)] = &[
    ("post", "/api/v1/login"),
    ("get", "/api/v1/progress/{secret}"),
    ("post", "/api/v1/progress/{secret}/verdict"),
    ("get", "/api/v1/desk"),
    ("post", "/api/v1/setup"),
];

/// The operations of the API's description.
fn operations() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&tingsu_server::openapi_json()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, operations)| {
        operations
            .as_object()
            .unwrap()
            .keys()
            .map(move |method| (method.clone(), path.clone()))
    });
    all.collect()
}

#[test]
fn every_route_has_its_row_here_and_in_the_table_of_permissions() {
    for (method, path) in operations() {
        if OPEN.contains(&(method.as_str(), path.as_str())) {
            continue;
        }
        assert!(
            ROWS.iter().any(|row| row.method == method && row.path == path),
            "{method} {path} has no row in this test"
        );
        assert!(
            PERMISSIONS
                .iter()
                .any(|row| row.method == method && row.path == path),
            "{method} {path} has no row in the table of permissions"
        );
    }
    for row in PERMISSIONS {
        let known = operations().contains(&(row.method.to_owned(), row.path.to_owned()));
        assert!(
            known,
            "{} {} is in the table, but is no route",
            row.method, row.path
        );
    }
}

/// A case and its customer, to be put into paths.
struct Subject {
    case: Value,
    talk: Value,
    admin: Client,
}

impl Subject {
    fn path(&self, pattern: &str) -> String {
        let of = match pattern {
            _ if pattern.contains("customers") => &self.case["customer"]["id"],
            _ if pattern.contains("conversations") => &self.talk["id"],
            _ => &self.case["id"],
        };
        let path = pattern.replace("{id}", of.as_str().unwrap());
        path.replace("{name}", "guarantee.toml")
    }
}

async fn call(desk: &Desk, client: &Client, row: &Row, subject: &Subject) -> (StatusCode, String) {
    let path = subject.path(row.path);
    let mut client = client.clone();
    if row.path.ends_with("root-causes/{id}") {
        client = client.and("if-match", "\"1\"");
    }
    if row.path.ends_with("commands") {
        let now = desk
            .get(&subject.admin, &subject.path("/api/v1/cases/{id}"))
            .await
            .json();
        client = client.and("if-match", &now["version"].to_string());
    }
    if row.method == "post" && row.path.contains("{name}") {
        let now = desk
            .get(&subject.admin, "/api/v1/settings/guarantee.toml")
            .await
            .json();
        client = client.and("if-match", &now["revision"].to_string());
    }
    if row.path.ends_with("/events") && !row.path.contains("cases") {
        return call_stream(desk, &client, &path).await;
    }
    let reply = match row.method {
        "get" => desk.get(&client, &path).await,
        "delete" => {
            desk.send(client.request(Method::DELETE, &path, axum::body::Body::empty()))
                .await
        }
        _ => desk.post(&client, &path, &(row.body)()).await,
    };
    (
        reply.status,
        if reply.status.is_success() {
            String::new()
        } else {
            reply.problem()
        },
    )
}

/// A stream never ends, so only its head is read.
async fn call_stream(desk: &Desk, client: &Client, path: &str) -> (StatusCode, String) {
    use tower::ServiceExt;
    let request = client.request(Method::GET, path, axum::body::Body::empty());
    let status = desk.router.clone().oneshot(request).await.unwrap().status();
    let told = if status.is_success() {
        String::new()
    } else {
        desk.get(client, path).await.problem()
    };
    (status, told)
}

async fn routes_open_to_the_right_roles_only(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let case = desk.open_case(&admin, COMPLAINT).await;
    let talk = json!({"turns": [{"role": "customer", "text": COMPLAINT}]});
    let talk = desk.post(&admin, "/api/v1/conversations", &talk).await.json();
    let subject = Subject { case, talk, admin };
    let anonymous = Client::default();
    for row in ROWS {
        let (status, told) = call(desk, &anonymous, row, &subject).await;
        assert_eq!(
            status,
            StatusCode::UNAUTHORIZED,
            "anonymous {} {}: {told}",
            row.method,
            row.path
        );
        assert_eq!(told, "401 unauthenticated");
    }
    for role in Role::ALL {
        let client = desk.sign_in(*role).await;
        // Signing out would end the session for the rows after it.
        let ends = |row: &&Row| row.path.ends_with("logout");
        let (last, rows): (Vec<&Row>, Vec<&Row>) = ROWS.iter().partition(ends);
        for row in rows.into_iter().chain(last) {
            let permission = PERMISSIONS
                .iter()
                .find(|known| known.method == row.method && known.path == row.path);
            let right = may(*role, permission.unwrap().verb);
            let (status, told) = call(desk, &client, row, &subject).await;
            let context = format!("{role:?} {} {}: {told}", row.method, row.path);
            if right {
                assert_eq!(status, row.expected, "{context}");
            } else {
                assert_eq!(told, "403 forbidden", "{context}");
            }
        }
    }
}

on_both!(routes_open_to_the_right_roles_only);

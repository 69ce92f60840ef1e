//! Personal data is covered wherever it could be seen, spans stay true, and unmasking is a right with a trace.

use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

const PHONE: &str = "13912345678";

/// Every quote of the document is where it says it is.
fn check_spans(value: &Value, text: &[char], path: &str) {
    match value {
        Value::Object(object) => {
            if let (Some(start), Some(end), Some(quote)) = (
                object.get("start").and_then(Value::as_u64),
                object.get("end").and_then(Value::as_u64),
                object.get("quote").and_then(Value::as_str),
            ) {
                let there: String = text[start as usize..end as usize].iter().collect();
                assert_eq!(there, quote, "{path}");
            }
            object
                .iter()
                .for_each(|(key, inner)| check_spans(inner, text, &format!("{path}.{key}")));
        }
        Value::Array(items) => items.iter().for_each(|inner| check_spans(inner, text, path)),
        _ => {}
    }
}

async fn a_telephone_number_is_covered_everywhere(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let id = case["id"].as_str().unwrap().to_owned();
    let note =
        json!({"command": "note", "text": format!("客户赵铁柱先生电话{PHONE}，已回拨；赵铁柱同意明天再谈")});
    let case = desk.must(&client, &case, &note).await;
    let shown: Vec<char> = case["text"].as_str().unwrap().chars().collect();
    assert_eq!(shown.len(), COMPLAINT.chars().count());
    check_spans(&case["analysis"], &shown, "analysis");
    check_spans(&case["plan"], &shown, "plan");
    let english = client.and("accept-language", "en");
    for path in [
        format!("/api/v1/cases/{id}"),
        format!("/api/v1/cases/{id}/events"),
        format!("/api/v1/cases/{id}/messages"),
        "/api/v1/cases".to_owned(),
        format!("/api/v1/cases?q={PHONE}"),
        format!("/api/v1/customers/{}", case["customer"]["id"].as_str().unwrap()),
    ] {
        for caller in [&client, &english] {
            let reply = desk.get(caller, &path).await;
            assert!(reply.status.is_success(), "{path}: {}", reply.text());
            for secret in [PHONE, "13812340000", "赵铁柱"] {
                assert!(
                    !reply.text().contains(secret),
                    "{path} shows {secret}: {}",
                    reply.text()
                );
            }
        }
    }
    let plan = desk
        .post(&client, "/api/v1/plans", &json!({"case_id": id}))
        .await
        .text();
    assert!(!plan.contains(PHONE), "{plan}");
}

async fn unmasking_is_a_right_with_a_trace(desk: &mut Desk) {
    let (agent, specialist) = (
        desk.sign_in(Role::Agent).await,
        desk.sign_in(Role::Specialist).await,
    );
    let case = desk.open_case(&agent, COMPLAINT).await;
    let unmask = json!({"command": "unmask", "reason": "回拨客户"});
    assert_eq!(
        desk.command(&agent, &case, &unmask).await.problem(),
        "403 forbidden"
    );
    let bare = desk
        .command(&specialist, &case, &json!({"command": "unmask"}))
        .await;
    assert_eq!(bare.fields(), ["reason"]);
    let seen = desk.must(&specialist, &case, &unmask).await;
    assert_eq!(
        (&seen["masked"], &seen["text"]),
        (&json!(false), &json!(COMPLAINT))
    );
    assert_eq!(seen["customer"]["name"], "赵铁柱先生");
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    let later = desk.get(&specialist, &path).await.json();
    assert_eq!(later["masked"], true, "the next look is masked again");
    let events = desk.get(&agent, &format!("{path}/events")).await.json();
    let trace = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["kind"] == "unmasked")
        .unwrap()
        .clone();
    assert_eq!(
        (&trace["actor"]["role"], &trace["data"]["reason"]),
        (&json!("specialist"), &json!("回拨客户"))
    );
    let trail = desk
        .app
        .store()
        .audit_trail(case["id"].as_str(), 10)
        .await
        .unwrap();
    assert_eq!(trail[0].action, "unmask");
}

/// Somebody who is not on file: only the reading of the text can know that this is personal.
pub(crate) const PLANTED: &str = "我叫欧阳倩，身份证110101199003077715，卡号6222020011223341，邮箱qian.ouyang@example.com，\
                       住柳荫路88号3栋2单元501，电话13712345678";
pub(crate) const SECRETS: [&str; 6] = [
    "欧阳倩",
    "110101199003077715",
    "6222020011223341",
    "qian.ouyang@example.com",
    "柳荫路88号",
    "13712345678",
];

/// How a route is tried with the planted person.
enum Try {
    Get,
    /// With this body, in which `{id}` is the case.
    Post(Value),
    /// It carries no words of a case; why.
    Apart(&'static str),
}

/// Every route of the description, so that a new one must be entered here.
fn routes() -> Vec<(&'static str, &'static str, Try)> {
    let own_words = "answers the caller's own words, where they stand";
    vec![
        (
            "post",
            "/api/v1/login",
            Try::Post(json!({"login": PLANTED, "password": PLANTED})),
        ),
        ("post", "/api/v1/logout", Try::Apart("ends the session")),
        ("get", "/api/v1/me", Try::Get),
        ("get", "/api/v1/me/sessions", Try::Get),
        (
            "delete",
            "/api/v1/me/sessions/{id}",
            Try::Apart("answers nothing"),
        ),
        (
            "post",
            "/api/v1/me/password",
            Try::Post(json!({"current": PLANTED, "new": PLANTED})),
        ),
        ("get", "/api/v1/me/second-factor", Try::Get),
        (
            "post",
            "/api/v1/me/second-factor",
            Try::Post(json!({"password": PLANTED})),
        ),
        (
            "post",
            "/api/v1/me/second-factor/confirm",
            Try::Post(json!({"code": PLANTED})),
        ),
        (
            "post",
            "/api/v1/me/second-factor/remove",
            Try::Apart("answers nothing"),
        ),
        ("post", "/api/v1/users/{id}/unlock", Try::Apart("answers nothing")),
        (
            "post",
            "/api/v1/users/{id}/second-factor/reset",
            Try::Apart("answers nothing"),
        ),
        ("get", "/api/v1/webhooks", Try::Get),
        ("post", "/api/v1/webhooks", Try::Apart("holds no case")),
        ("post", "/api/v1/webhooks/{id}", Try::Apart("holds no case")),
        ("delete", "/api/v1/webhooks/{id}", Try::Apart("answers nothing")),
        (
            "get",
            "/api/v1/webhooks/{id}/deliveries",
            Try::Apart("tried with a planted person among the webhooks"),
        ),
        (
            "post",
            "/api/v1/webhooks/{id}/replay",
            Try::Apart("holds no case"),
        ),
        ("get", "/api/v1/jobs", Try::Get),
        (
            "get",
            "/api/v1/jobs/{id}",
            Try::Apart("holds what a webhook is told, which is tried there"),
        ),
        ("post", "/api/v1/jobs/{id}/replay", Try::Apart("answers the same")),
        (
            "get",
            "/api/v1/audit",
            Try::Apart("tried with a reason that holds a number, among the webhooks"),
        ),
        ("get", "/api/v1/tokens", Try::Get),
        ("get", "/api/v1/presets", Try::Get),
        ("post", "/api/v1/presets", Try::Apart(own_words)),
        ("post", "/api/v1/presets/{id}", Try::Apart(own_words)),
        ("delete", "/api/v1/presets/{id}", Try::Apart("answers nothing")),
        (
            "post",
            "/api/v1/cases/{id}/presence",
            Try::Post(json!({"doing": "viewing"})),
        ),
        (
            "post",
            "/api/v1/tokens",
            Try::Apart("holds what its maker calls it"),
        ),
        ("delete", "/api/v1/tokens/{id}", Try::Apart("answers nothing")),
        ("get", "/api/v1/users", Try::Get),
        ("get", "/api/v1/accounts", Try::Get),
        ("post", "/api/v1/accounts", Try::Apart("holds a colleague")),
        ("post", "/api/v1/accounts/{id}", Try::Apart("holds a colleague")),
        ("get", "/api/v1/trail", Try::Get),
        (
            "get",
            "/api/v1/desk",
            Try::Apart("open to everybody; holds what the organization is called"),
        ),
        (
            "post",
            "/api/v1/desk",
            Try::Apart("holds what the organization is called"),
        ),
        ("post", "/api/v1/setup", Try::Apart("makes the first account")),
        ("post", "/api/v1/setup/demo", Try::Apart("answers counts")),
        ("get", "/api/v1/board", Try::Get),
        ("get", "/api/v1/customers", Try::Get),
        (
            "post",
            "/api/v1/packs/preview",
            Try::Apart("the titles of cases, masked as in lists"),
        ),
        ("get", "/api/v1/legend", Try::Get),
        ("get", "/api/v1/settings", Try::Get),
        ("get", "/api/v1/settings/{name}", Try::Apart("holds no case")),
        (
            "get",
            "/api/v1/settings/{name}/revisions",
            Try::Apart("holds no case"),
        ),
        (
            "post",
            "/api/v1/settings/{name}/preview",
            Try::Post(json!({"edits": [{"edit": "words", "rule": "taboo", "words": ["您好"]}]})),
        ),
        (
            "post",
            "/api/v1/settings/{name}/revisions",
            Try::Apart("holds no case"),
        ),
        (
            "post",
            "/api/v1/settings/{name}/undo",
            Try::Apart("holds no case"),
        ),
        ("post", "/api/v1/analyses", Try::Apart(own_words)),
        ("post", "/api/v1/plans", Try::Post(json!({"case_id": "{id}"}))),
        ("get", "/api/v1/cases", Try::Get),
        (
            "post",
            "/api/v1/cases",
            Try::Post(json!({"text": PLANTED, "channel": "chat"})),
        ),
        ("get", "/api/v1/cases/{id}", Try::Get),
        ("get", "/api/v1/cases/{id}/events", Try::Get),
        ("get", "/api/v1/cases/{id}/messages", Try::Get),
        ("get", "/api/v1/cases/{id}/redress", Try::Get),
        (
            "post",
            "/api/v1/cases/{id}/commands",
            Try::Post(json!({"command": "note", "text": PLANTED})),
        ),
        (
            "post",
            "/api/v1/attachments",
            Try::Apart("answers hash, type and size"),
        ),
        (
            "get",
            "/api/v1/cases/{id}/attachments/{hash}",
            Try::Apart("a file as it was sent, with an audit line"),
        ),
        ("get", "/api/v1/packs", Try::Get),
        (
            "post",
            "/api/v1/packs/in-force",
            Try::Apart("holds names of rules"),
        ),
        ("get", "/api/v1/cases/{id}/duplicates", Try::Get),
        ("get", "/api/v1/cases/{id}/assignees", Try::Get),
        ("get", "/api/v1/cases/{id}/explanation", Try::Get),
        (
            "post",
            "/api/v1/cases/{id}/prevention",
            Try::Apart("answers numbers of cases"),
        ),
        (
            "post",
            "/api/v1/cases/{id}/progress-link",
            Try::Apart("answers a secret and a date; the page is tried in progress.rs"),
        ),
        (
            "get",
            "/api/v1/progress/{secret}",
            Try::Apart("tried in progress.rs"),
        ),
        (
            "post",
            "/api/v1/progress/{secret}/verdict",
            Try::Apart("answers the page, tried in progress.rs"),
        ),
        (
            "get",
            "/api/v1/customers/{id}/export",
            Try::Apart("a person's own data, for leaders, with an audit line"),
        ),
        (
            "post",
            "/api/v1/customers/{id}/correct",
            Try::Apart("answers the card, which is tried"),
        ),
        (
            "post",
            "/api/v1/customers/{id}/erase",
            Try::Apart("tried in rights.rs"),
        ),
        (
            "post",
            "/api/v1/customers/{id}/consents",
            Try::Apart("answers purposes"),
        ),
        ("get", "/api/v1/settings/privacy", Try::Get),
        ("post", "/api/v1/settings/privacy", Try::Apart("holds switches")),
        ("get", "/api/v1/privacy/assessments", Try::Get),
        (
            "post",
            "/api/v1/privacy/assessments",
            Try::Apart("holds what its writer says"),
        ),
        ("get", "/api/v1/users/profiles", Try::Get),
        ("post", "/api/v1/users/{id}/profile", Try::Apart("holds skills")),
        ("get", "/api/v1/insight/fairness", Try::Get),
        ("post", "/api/v1/messages/check", Try::Apart(own_words)),
        ("get", "/api/v1/customers/{id}", Try::Get),
        ("get", "/api/v1/insight/dashboard", Try::Get),
        (
            "post",
            "/api/v1/conversations",
            Try::Post(json!({"turns": [{"role": "customer", "text": PLANTED}]})),
        ),
        ("get", "/api/v1/conversations", Try::Get),
        (
            "post",
            "/api/v1/conversations/{id}/turns",
            Try::Apart("answers what opening answers, which is tried"),
        ),
        (
            "get",
            "/api/v1/conversations/{id}/review",
            Try::Apart("answers what opening answers, which is tried"),
        ),
        (
            "get",
            "/api/v1/conversations/{id}/events",
            Try::Apart("a stream of the advice that opening answers"),
        ),
        (
            "post",
            "/api/v1/conversations/{id}/appeals",
            Try::Apart(own_words),
        ),
        (
            "post",
            "/api/v1/conversations/{id}/decisions",
            Try::Apart(own_words),
        ),
        (
            "get",
            "/api/v1/events",
            Try::Apart("a stream: tried in planted.rs"),
        ),
        ("get", "/api/v1/insight/breakdown", Try::Get),
        ("get", "/api/v1/insight/outbreaks", Try::Get),
        ("get", "/api/v1/insight/silent", Try::Get),
        ("post", "/api/v1/purchases", Try::Apart("answers a count")),
        ("get", "/api/v1/insight/causes", Try::Get),
        ("get", "/api/v1/insight/economics", Try::Get),
        ("get", "/api/v1/insight/process", Try::Get),
        ("get", "/api/v1/insight/process.xes", Try::Get),
        ("get", "/api/v1/insight/satisfaction", Try::Get),
        ("get", "/api/v1/insight/lessons", Try::Get),
        ("get", "/api/v1/insight/root-causes", Try::Get),
        ("post", "/api/v1/insight/root-causes", Try::Apart(own_words)),
        ("post", "/api/v1/insight/root-causes/{id}", Try::Apart(own_words)),
        (
            "post",
            "/api/v1/insight/root-causes/{id}/tell",
            Try::Apart("answers the words of the cause"),
        ),
        ("get", "/api/v1/insight/report", Try::Get),
        (
            "get",
            "/api/v1/insight/report/{format}",
            Try::Apart("the same report, as a file"),
        ),
        ("get", "/api/v1/insight/reports", Try::Get),
        (
            "post",
            "/api/v1/insight/reports/schedule",
            Try::Apart("answers what the shelf does"),
        ),
    ]
}

/// A planted name as it is shown, with words around it that stay.
const COVERED: &str = "我叫＊＊＊";

/// Routes of insight that quote customers' words once there are enough of them.
const QUOTING: [&str; 3] = [
    "/api/v1/insight/outbreaks",
    "/api/v1/insight/causes",
    "/api/v1/insight/report",
];

/// Sixteen weeks with a case now and then, and then one batch that explodes; every text has the planted person in it.
async fn plant_an_outbreak(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let token = json!({"name": "转写", "role": "agent", "days": 200});
    let token = desk.post(&admin, "/api/v1/tokens", &token).await.json();
    let secret = token["token"].as_str().expect("a secret");
    let agent = Client::default().and("authorization", &format!("Bearer {secret}"));
    let faults = ["屏幕裂了", "充不进电", "发热烫手", "外壳鼓起来", "按键失灵"];
    for day in 0..112_usize {
        let times = match day {
            105.. => 6,
            day if day % 4 == 0 => 1,
            _ => 0,
        };
        for time in 0..times {
            let text = format!(
                "{PLANTED}。充电宝{}，要求退款",
                faults[(day + time) % faults.len()]
            );
            let matter = match day {
                105.. => json!({"product": "充电宝", "batch": "B7", "site": "西门店"}),
                _ => json!({"product": "水杯", "batch": "A1", "site": "东门店"}),
            };
            let body = json!({"text": text, "channel": "chat", "matter": matter});
            let reply = desk.post(&agent, "/api/v1/cases", &body).await;
            assert!(reply.status.is_success(), "{}", reply.text());
        }
        desk.pass_hours(24);
    }
}

pub(crate) fn shows_no_secret(route: &str, shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{route} shows {secret}: {shown}");
    }
}

async fn every_route_covers_a_planted_person(desk: &mut Desk) {
    let description: Value = serde_json::from_str(&tingsu_server::openapi_json()).unwrap();
    let known = routes();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let entered = known
                .iter()
                .any(|(verb, route, _)| verb == method && route == path);
            assert!(
                entered,
                "enter {method} {path} in the table of routes and say how it is tried"
            );
        }
    }
    plant_an_outbreak(desk).await;
    let agent = desk.sign_in(Role::Agent).await;
    let body =
        json!({"text": PLANTED, "channel": "chat", "customer": {"name": "欧阳倩", "phone": "13712345678"}});
    let reply = desk.post(&agent, "/api/v1/cases", &body).await;
    shows_no_secret("open", &reply.text());
    let case = reply.json();
    desk.must(&agent, &case, &json!({"command": "note", "text": PLANTED}))
        .await;
    let (id, customer) = (
        case["id"].as_str().unwrap(),
        case["customer"]["id"].as_str().unwrap(),
    );
    for role in [
        Role::Agent,
        Role::Specialist,
        Role::Supervisor,
        Role::Quality,
        Role::Analyst,
        Role::Admin,
    ] {
        let client = desk.sign_in(role).await;
        for (method, route, how) in routes() {
            let path = route.replace("{id}", if route.contains("customers") { customer } else { id });
            let path = path.replace("{name}", "taboo.toml");
            let reply = match how {
                Try::Apart(why) => {
                    assert!(!why.is_empty());
                    continue;
                }
                Try::Get => {
                    let reply = desk.get(&client, &path).await;
                    let may = app::PERMISSIONS
                        .iter()
                        .any(|row| row.method == method && row.path == route && row.roles.contains(&role));
                    // Without a success nothing was shown, so nothing was tried.
                    assert_eq!(
                        reply.status.is_success(),
                        may,
                        "{role:?} {route}: {}",
                        reply.text()
                    );
                    if may && QUOTING.contains(&route) {
                        let shown = reply.text();
                        assert!(shown.contains(COVERED), "{route} quotes nothing: {shown}");
                    }
                    reply
                }
                Try::Post(body) => {
                    let body = serde_json::from_str(&body.to_string().replace("{id}", id)).unwrap();
                    desk.post(&client, &path, &body).await
                }
            };
            shows_no_secret(&format!("{role:?} {method} {route}"), &reply.text());
        }
        // Search, and errors about what was asked.
        for path in [
            "/api/v1/cases?q=13712345678",
            "/api/v1/cases?q=%E6%AC%A7%E9%98%B3%E5%80%A9",
            "/api/v1/cases/00000000-0000-0000-0000-000000000000",
        ] {
            shows_no_secret(path, &desk.get(&client, path).await.text());
        }
    }
}

on_both!(
    every_route_covers_a_planted_person,
    a_telephone_number_is_covered_everywhere,
    unmasking_is_a_right_with_a_trace
);

//! The customer's own page: what it shows, the verdict given on it, and what becomes of the case.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk, Reply},
    temporary::on_both,
};

fn id(case: &Value) -> &str {
    case["id"].as_str().expect("an id")
}

/// The secret of a fresh link.
async fn link(desk: &Desk, client: &Client, case: &Value, days: u32) -> String {
    let path = format!("/api/v1/cases/{}/progress-link", id(case));
    let reply = desk.post(client, &path, &json!({"days": days})).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    let path = reply.json()["path"].as_str().unwrap().to_owned();
    path.trim_start_matches("/progress/").to_owned()
}

async fn page(desk: &Desk, secret: &str) -> Value {
    let reply = desk
        .get(&Client::default(), &format!("/api/v1/progress/{secret}"))
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    reply.json()
}

async fn judge(desk: &Desk, secret: &str, body: &Value) -> Reply {
    let path = format!("/api/v1/progress/{secret}/verdict");
    desk.post(&Client::default(), &path, body).await
}

fn words(outcome: &str) -> Value {
    json!({"expected": "三天内退款，我叫赵铁柱", "received": "第五天到账 13812340000", "outcome": outcome, "csat": 4})
}

async fn now(desk: &Desk, client: &Client, case: &Value) -> Value {
    desk.get(client, &format!("/api/v1/cases/{}", id(case)))
        .await
        .json()
}

/// A valid complaint that was made good.
async fn remedied(desk: &Desk, client: &Client) -> Value {
    let mut case = desk.understood_case(client).await;
    let propose = json!({"command": "propose", "summary": "致歉", "core_position": "不赔付",
        "offers": [{"remedy": "apology"}]});
    for command in [propose, json!({"command": "agree"}), json!({"command": "remedy"})] {
        case = desk.must(client, &case, &command).await;
    }
    case
}

pub(crate) async fn the_verdict_closes_the_case(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let case = remedied(desk, &client).await;
    let valid = json!({"command": "verify_validity", "valid": true, "reason": "查实"});
    let case = desk.must(&client, &case, &valid).await;
    let secret = link(desk, &client, &case, 30).await;
    let before = page(desk, &secret).await;
    assert_eq!(
        (&before["may_judge"], &before["verdict"], &before["state"]),
        (&json!(true), &Value::Null, &json!("remedied"))
    );
    let reply = judge(desk, &secret, &words("met")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let after = reply.json();
    assert_eq!(
        (&after["state"], &after["may_judge"], &after["may_object"]),
        (&json!("closed"), &json!(false), &json!(true))
    );
    for personal in ["赵铁柱", "13812340000"] {
        assert!(!reply.text().contains(personal), "{}", reply.text());
    }
    let closed = now(desk, &client, &case).await;
    assert_eq!(closed["state"], "closed");
    assert_eq!(
        (&closed["closure"]["outcome"], &closed["closure"]["csat"]),
        (&json!("met"), &json!(4))
    );
    assert_eq!(closed["verdict"]["by_customer"], true);
    assert!(
        !closed["closure"].to_string().contains("赵铁柱"),
        "{}",
        closed["closure"]
    );
    let events = desk
        .get(&client, &format!("/api/v1/cases/{}/events", id(&case)))
        .await
        .json();
    let given = events["items"].as_array().unwrap().iter();
    let given: Vec<&Value> = given.filter(|event| event["kind"] == "verdict_given").collect();
    assert_eq!(given[0]["actor"]["role"], "customer_link", "{given:?}");
    assert!(
        given[0]["summary"].as_str().unwrap().contains("符合期望"),
        "{given:?}"
    );
    // A second tap says so, and the page can still be told that it is not over.
    let twice = judge(desk, &secret, &words("above")).await;
    assert_eq!(twice.problem(), "409 rule_violated");
    let again = json!({"expected": "不再漏", "received": "又漏了", "outcome": "below", "settled": false});
    let reopened = judge(desk, &secret, &again).await.json();
    assert_eq!(
        (&reopened["state"], &reopened["verdict"]),
        (&json!("understood"), &Value::Null)
    );
    let open = now(desk, &client, &case).await;
    assert_eq!((&open["reopened"], &open["closure"]), (&json!(1), &Value::Null));
    // The figures of satisfaction count what the customer said.
    let follow = json!({"command": "follow_up", "note": "n"});
    assert_eq!(
        desk.command(&client, &open, &follow).await.problem(),
        "409 wrong_state"
    );
}

async fn a_verdict_waits_for_registration_and_then_closes(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let case = remedied(desk, &client).await;
    let secret = link(desk, &client, &case, 30).await;
    let shown = judge(desk, &secret, &words("above")).await.json();
    assert_eq!(
        (
            &shown["state"],
            &shown["verdict"]["outcome"],
            &shown["verdict"]["settled"]
        ),
        (&json!("verified"), &json!("above"), &json!(true))
    );
    let case = now(desk, &client, &case).await;
    let close = json!({"command": "close"});
    let early = desk.command(&client, &case, &close).await;
    assert_eq!(early.problem(), "409 rule_violated");
    assert!(early.text().contains("核实"), "{}", early.text());
    let valid = json!({"command": "verify_validity", "valid": true, "reason": "查实"});
    let case = desk.must(&client, &case, &valid).await;
    let case = desk.must(&client, &case, &close).await;
    assert_eq!(case["closure"]["outcome"], "above");
    let follow = json!({"command": "follow_up", "note": "客户满意", "satisfied": true});
    let case = desk.must(&client, &case, &follow).await;
    assert_eq!(case["state"], "followed_up");
}

async fn what_cannot_be_judged_is_refused_with_the_way_on(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.understood_case(&client).await;
    let secret = link(desk, &client, &case, 1).await;
    assert_eq!(page(desk, &secret).await["may_judge"], false);
    let early = judge(desk, &secret, &words("met")).await;
    assert_eq!(early.problem(), "409 wrong_state");
    assert!(early.text().contains("补救执行后请客户评价"), "{}", early.text());
    let english = Client::default().and("accept-language", "en");
    let path = format!("/api/v1/progress/{secret}/verdict");
    let early = desk.post(&english, &path, &words("met")).await;
    assert!(early.text().contains("once it was made good"), "{}", early.text());
    let wrong = json!({"expected": " ", "outcome": "fine", "csat": 9, "stars": 5});
    let reply = judge(desk, &secret, &wrong).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    let mut fields = reply.fields();
    fields.sort_unstable();
    assert_eq!(fields, ["csat", "expected", "outcome", "received", "stars"]);
    assert_eq!(
        judge(desk, "guess", &words("met")).await.problem(),
        "404 not_found"
    );
    desk.pass_hours(25);
    assert_eq!(
        judge(desk, &secret, &words("met")).await.problem(),
        "404 not_found"
    );
}

async fn the_page_shows_steps_and_no_person(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let acknowledge =
        json!({"command": "acknowledge", "message": "您好，您反映的问题我们收到了，今天 18:00 前给您回电"});
    let case = desk.must(&agent, &case, &acknowledge).await;
    let promise = json!({"command": "promise", "what": "回电赵铁柱先生 13812340000", "until": "2026-11-23T18:00:00+08:00"});
    desk.must(&agent, &case, &promise).await;
    let secret = link(desk, &agent, &case, 2).await;
    let nobody = Client::default();
    let shown = desk.get(&nobody, &format!("/api/v1/progress/{secret}")).await;
    for personal in ["赵铁柱", "13812340000", "13912345678", "退款", "坐席"] {
        assert!(!shown.text().contains(personal), "{personal}: {}", shown.text());
    }
    let progress = shown.json();
    assert_eq!(
        (&progress["number"], &progress["state"]),
        (&case["number"], &json!("acknowledged"))
    );
    assert_eq!(progress["steps"][0]["what"], "已首响");
    let next = progress["next"].as_str().unwrap();
    assert!(next.contains("承诺兑现：11月23日 18:00 前"), "{progress}");
    let english = nobody.and("accept-language", "en");
    let english = desk.get(&english, &format!("/api/v1/progress/{secret}")).await;
    assert_eq!(english.json()["state_name"], "Acknowledged");
    // A new link ends the old one, and time ends the new one.
    let newer = link(desk, &agent, &case, 1).await;
    let gone = |secret: String| format!("/api/v1/progress/{secret}");
    assert_eq!(desk.get(&nobody, &gone(secret)).await.problem(), "404 not_found");
    desk.pass_hours(25);
    assert_eq!(desk.get(&nobody, &gone(newer)).await.problem(), "404 not_found");
    assert_eq!(
        desk.get(&nobody, "/api/v1/progress/guess").await.problem(),
        "404 not_found"
    );
}

on_both!(
    the_verdict_closes_the_case,
    a_verdict_waits_for_registration_and_then_closes,
    what_cannot_be_judged_is_refused_with_the_way_on,
    the_page_shows_steps_and_no_person,
);

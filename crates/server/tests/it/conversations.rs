//! Conversations over HTTP: advice after each turn, nothing twice, inspection with quotes, appeals that count.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{demo_desk::Desk, temporary::on_both};

fn turn(role: &str, text: &str) -> Value {
    json!({"role": role, "text": text})
}

async fn a_live_conversation_is_coached_turn_by_turn(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let opened = json!({"channel": "phone", "agent": "A01", "turns": [
        turn("customer", "洗衣机修了三次还是漏水，气死我了！你们到底管不管，电话13912345678！")]});
    let reply = desk.post(&agent, "/api/v1/conversations", &opened).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    let view = reply.json();
    let id = view["id"].as_str().unwrap().to_owned();
    assert_eq!(view["advice"]["after"], 0);
    assert_eq!(view["advice"]["rule"], "feeling_first", "{view}");
    assert!(view["advice"]["phrases"].as_array().unwrap().len() >= 2);
    assert!(
        !view.to_string().contains("13912345678"),
        "personal data is masked"
    );
    let turns = format!("/api/v1/conversations/{id}/turns");
    let more = json!({"after": 1, "turns": [turn("agent", "您自己没用对吧，别人家都没事。"), turn("customer", "叫你们经理来！不然我打12315！")]});
    let view = desk.post(&agent, &turns, &more).await.json();
    assert_eq!(view["review"]["turns"].as_array().unwrap().len(), 3);
    assert_eq!(view["advice"]["rule"], "superior", "{}", view["advice"]);
    assert_eq!(view["advice"]["bring_in"], "supervisor");
    // A sender that lost the answer sends again.
    let again = desk.post(&agent, &turns, &more).await.json();
    assert_eq!(
        (&again["version"], &again["advice"]),
        (&view["version"], &view["advice"])
    );
    let other = json!({"after": 1, "turns": [turn("agent", "别的话")]});
    assert_eq!(
        desk.post(&agent, &turns, &other).await.problem(),
        "409 stale_version"
    );
    let ahead = json!({"after": 9, "turns": [turn("agent", "好")]});
    assert_eq!(
        desk.post(&agent, &turns, &ahead).await.problem(),
        "409 stale_version"
    );
}

async fn an_appeal_is_filed_and_decided_and_counts(desk: &mut Desk) {
    let (agent, quality) = (desk.sign_in(Role::Agent).await, desk.sign_in(Role::Quality).await);
    let talk = json!({"agent": "A02", "turns": [
        turn("customer", "你们发错货了，我要换"),
        turn("agent", "这个不归我们管，您联系快递吧。"),
        turn("customer", "快递说找你们！"),
        turn("agent", "那您找厂家。你脑子有问题吧。"),
        turn("customer", "你骂谁呢！我要投诉你！")]});
    let view = desk.post(&agent, "/api/v1/conversations", &talk).await.json();
    let id = view["id"].as_str().unwrap();
    let deductions = view["inspection"]["deductions"].as_array().unwrap();
    let abuse = deductions
        .iter()
        .find(|deduction| deduction["rule"] == "abuse")
        .expect("a fatal rule");
    assert_eq!(abuse["proofs"][0]["evidence"][0]["quote"], "你脑子");
    assert_eq!(view["inspection"]["passed"], false);
    let appeals = format!("/api/v1/conversations/{id}/appeals");
    let appeal = json!({"rule": "abuse", "reason": "转写错误，说的是“您挠一下”"});
    let filed = desk.post(&agent, &appeals, &appeal).await.json();
    assert_eq!(filed["appeals"][0]["rule"], "abuse");
    assert_eq!(
        desk.post(&agent, &appeals, &appeal).await.problem(),
        "409 duplicate"
    );
    let decisions = format!("/api/v1/conversations/{id}/decisions");
    let decision = json!({"rule": "abuse", "upheld": false, "reason": "听了录音，确实没有"});
    let decided = desk.post(&quality, &decisions, &decision).await.json();
    assert_eq!(decided["appeals"][0]["upheld"], false);
    let left = decided["inspection"]["deductions"].as_array().unwrap();
    assert!(left.iter().all(|deduction| deduction["rule"] != "abuse"));
    assert!(decided["inspection"]["points"].as_f64() > view["inspection"]["points"].as_f64());
    let page = desk.get(&quality, "/api/v1/conversations").await.json();
    assert_eq!(page["rules"][0]["rule"], "abuse");
    assert_eq!(page["items"][0]["agent"], "A02");
    assert_eq!(page["agents"][0]["agent"], "A02");
}

async fn bad_turns_are_named(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let body = json!({"turns": [turn("wizard", "x"), {"role": "agent"}]});
    let reply = desk.post(&agent, "/api/v1/conversations", &body).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    let empty = desk
        .post(&agent, "/api/v1/conversations", &json!({"turns": []}))
        .await;
    assert_eq!(empty.status, StatusCode::CREATED);
    assert_eq!(empty.json()["review"]["doubts"][0], "empty");
    assert_eq!(
        desk.get(&agent, "/api/v1/conversations/none/review")
            .await
            .problem(),
        "404 not_found"
    );
}

on_both!(
    a_live_conversation_is_coached_turn_by_turn,
    an_appeal_is_filed_and_decided_and_counts,
    bad_turns_are_named
);

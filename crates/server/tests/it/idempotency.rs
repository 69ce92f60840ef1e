//! The same key has its effect once.

use axum::http::StatusCode;
use domain::Role;
use serde_json::json;

use crate::{
    demo_desk::{COMPLAINT, Desk},
    temporary::on_both,
};

async fn a_repeated_intake_opens_one_case(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await.and("idempotency-key", "form-7");
    let body = json!({"text": COMPLAINT, "channel": "web_form"});
    let first = desk.post(&client, "/api/v1/cases", &body).await;
    let again = desk.post(&client, "/api/v1/cases", &body).await;
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::CREATED)
    );
    assert_eq!(first.json()["id"], again.json()["id"]);
    let twice = client.and("idempotency-key", "form-8");
    let (left, right) = tokio::join!(
        desk.post(&twice, "/api/v1/cases", &body),
        desk.post(&twice, "/api/v1/cases", &body),
    );
    assert_eq!(
        left.json()["id"],
        right.json()["id"],
        "{} / {}",
        left.text(),
        right.text()
    );
    assert_eq!(desk.get(&client, "/api/v1/cases").await.json()["total"], 2);

    let other = desk
        .post(
            &client,
            "/api/v1/cases",
            &json!({"text": "别的事", "channel": "web_form"}),
        )
        .await;
    assert_eq!(other.problem(), "422 idempotency_key_reused");
    let colleague = desk
        .sign_in(Role::Specialist)
        .await
        .and("idempotency-key", "form-7");
    let theirs = desk.post(&colleague, "/api/v1/cases", &body).await;
    assert_ne!(
        theirs.json()["id"],
        first.json()["id"],
        "keys of different callers never meet"
    );
    let long = desk
        .post(
            &client.and("idempotency-key", &"k".repeat(300)),
            "/api/v1/cases",
            &body,
        )
        .await;
    assert_eq!(long.fields(), ["Idempotency-Key"]);
}

pub(crate) async fn a_repeated_command_is_carried_out_once(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, COMPLAINT).await;
    let keyed = client.and("idempotency-key", "tap");
    let note = json!({"command": "note", "text": "已核对订单"});
    let first = desk.must(&keyed, &case, &note).await;
    let again = desk.must(&keyed, &case, &note).await;
    assert_eq!(
        first["version"], again["version"],
        "the stale version does not matter for a repetition"
    );
    let path = format!("/api/v1/cases/{}/messages", case["id"].as_str().unwrap());
    let messages = desk.get(&client, &path).await.text();
    assert_eq!(messages.matches("已核对订单").count(), 1, "{messages}");
}

async fn numbers_follow_each_other_even_in_a_rush(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let open = async || {
        desk.open_case(&client, COMPLAINT).await["number"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let rush = futures_util::future::join_all((0..20).map(|_| open())).await;
    let mut numbers: Vec<String> = rush;
    for _ in 0..3 {
        desk.pass_hours(1);
        numbers.push(open().await);
    }
    numbers.sort_unstable();
    let expected: Vec<String> = (1..=23)
        .map(|number| format!("TS-20261123-{number:04}"))
        .collect();
    assert_eq!(numbers, expected);
}

async fn two_complaints_at_once_make_one_customer(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let body = json!({"text": COMPLAINT, "channel": "phone", "customer": {"name": "孙女士", "phone": "13700001111"}});
    let (one, other) = tokio::join!(
        desk.post(&client, "/api/v1/cases", &body),
        desk.post(&client, "/api/v1/cases", &body),
    );
    assert_ne!(one.json()["id"], other.json()["id"]);
    assert_eq!(one.json()["customer"]["id"], other.json()["customer"]["id"]);
}

on_both!(
    numbers_follow_each_other_even_in_a_rush,
    two_complaints_at_once_make_one_customer,
    a_repeated_intake_opens_one_case,
    a_repeated_command_is_carried_out_once
);

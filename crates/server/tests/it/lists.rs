//! Lists, search and pages.

use domain::Role;
use serde_json::{Value, json};

use crate::{demo_desk::Desk, temporary::on_both};

async fn words_are_found_and_marked(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let wanted = desk
        .open_case(&client, "昨天买的空调不制冷，报修三次都没人来")
        .await;
    desk.open_case(&client, "外卖送错了地址").await;
    let page = desk
        .get(&client, &format!("/api/v1/cases?q={}", encode("制冷")))
        .await
        .json();
    assert_eq!(
        (page["total"].as_u64(), &page["items"][0]["id"]),
        (Some(1), &wanted["id"]),
        "{page}"
    );
    let row = &page["items"][0];
    let excerpt: Vec<char> = row["excerpt"].as_str().unwrap().chars().collect();
    let [start, end] = [0, 1].map(|at| row["highlights"][0][at].as_u64().unwrap() as usize);
    assert_eq!(excerpt[start..end].iter().collect::<String>(), "制冷");
    let number = desk
        .get(
            &client,
            &format!("/api/v1/cases?q={}", wanted["number"].as_str().unwrap()),
        )
        .await
        .json();
    assert_eq!(number["items"][0]["id"], wanted["id"]);
    let signs = desk
        .get(&client, &format!("/api/v1/cases?q={}", encode("！？")))
        .await
        .json();
    assert_eq!(signs["total"], 0, "nothing to search for finds nothing");
}

async fn pages_hold_every_case_once(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let mut expected = Vec::new();
    for number in 0..7 {
        desk.pass_hours(1);
        let case = desk
            .open_case(&client, &format!("第{number}件，一直没人处理"))
            .await;
        expected.insert(0, case["id"].clone());
    }
    let mut found: Vec<Value> = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = desk
            .get(&client, &format!("/api/v1/cases?limit=3&sort=-opened{cursor}"))
            .await
            .json();
        assert_eq!(page["total"], 7);
        found.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["id"].clone()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={}", encode(next)),
            None => break,
        }
    }
    assert_eq!(found, expected);
}

async fn filters_restrict(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let me = desk.get(&client, "/api/v1/me").await.json();
    let mine = desk.open_case(&client, "一直没人处理").await;
    desk.must(&client, &mine, &json!({"command": "assign", "owner": me["id"]}))
        .await;
    let other = desk.open_case(&client, "退款没到").await;
    desk.must(&client, &other, &json!({"command": "withdraw"})).await;
    for (query, total) in [
        ("owner=me", 1),
        ("owner=none", 1),
        ("state=open", 1),
        ("state=withdrawn,closed", 1),
        ("state=open,withdrawn", 2),
        ("channel=chat", 2),
        ("channel=phone", 0),
        ("opened_from=2026-11-23", 2),
        ("opened_from=2026-11-24", 0),
        ("opened_to=2026-11-23", 2),
        ("opened_to=2026-11-22", 0),
    ] {
        let page = desk.get(&client, &format!("/api/v1/cases?{query}")).await.json();
        assert_eq!(page["total"], total, "{query}");
    }
    let dashboard = desk
        .get(&client, "/api/v1/insight/dashboard?from=2026-11-23&to=2026-11-23")
        .await
        .json();
    assert_eq!(
        (&dashboard["open"], &dashboard["closed"]),
        (&json!(1), &json!(1)),
        "{dashboard}"
    );
    assert_eq!(dashboard["volume"], json!([{"day": "2026-11-23", "count": 2}]));
    let later = desk
        .get(&client, "/api/v1/insight/dashboard?from=2026-11-24")
        .await
        .json();
    assert_eq!(later["open"], 0);
}

async fn counts_stand_beside_the_values_of_a_filter(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    for text in [
        "昨天买的空调不制冷，要求退款",
        "外卖送错了地址，要求退款",
        "外卖洒了",
    ] {
        desk.open_case(&client, text).await;
    }
    let counts = |facet: &str, query: &str| format!("/api/v1/cases/counts/{facet}?{query}");
    for facet in [
        "state",
        "psychology",
        "emotion",
        "intensity",
        "subject",
        "nature",
        "stance",
        "anger_type",
        "behavior",
        "expectation",
        "maslow",
        "basic_need",
        "rational_need",
        "emotional_need",
        "risk",
        "cause",
        "motive",
        "channel",
        "severity",
        "priority",
        "outcome",
        "waiting",
    ] {
        let answer = desk.get(&client, &counts(facet, "")).await.json();
        for item in answer["items"].as_array().unwrap() {
            let key = item["key"].as_str().unwrap();
            let page = desk
                .get(&client, &format!("/api/v1/cases?{facet}={key}"))
                .await
                .json();
            assert_eq!(item["count"], page["total"], "{facet} {key}");
        }
    }
    // Other filters hold, the facet's own does not.
    let words = encode("外卖");
    let found = desk
        .get(&client, &counts("state", &format!("q={words}&state=closed")))
        .await
        .json();
    assert_eq!(found["items"][0], json!({"key": "open", "count": 2}), "{found}");
    let signs = desk
        .get(&client, &counts("state", &format!("q={}", encode("！？"))))
        .await
        .json();
    assert_eq!(signs["items"], json!([]));
    let unknown = desk.get(&client, &counts("moon", "")).await;
    assert_eq!(unknown.problem(), "404 not_found");
}

/// A text as part of a query.
pub(crate) fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

on_both!(
    words_are_found_and_marked,
    pages_hold_every_case_once,
    filters_restrict,
    counts_stand_beside_the_values_of_a_filter,
);

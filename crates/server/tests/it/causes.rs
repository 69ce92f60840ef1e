//! Causes over HTTP on demo data: groups named by what they are about, pain points, and links that open exactly the cases.

use axum::http::StatusCode;
use serde_json::Value;

use crate::{
    demo_desk::{Client, Desk, START},
    temporary::on_both,
};

/// Words that name no cause: numbers, times, kin, turns of phrase.
const NAMELESS: [&str; 24] = [
    "时候",
    "二十",
    "意思",
    "两年",
    "孩子",
    "句话",
    "一句",
    "看见",
    "老人",
    "想问",
    "地方",
    "别跟",
    "今天",
    "昨天",
    "上午",
    "小时",
    "分钟",
    "妈",
    "老公",
    "老婆",
    "为什么",
    "怎么",
    "觉得",
    "知道",
];

async fn read(desk: &Desk, client: &Client, path: &str) -> Value {
    let reply = desk.get(client, path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text());
    assert!(!reply.text().contains("NaN"), "{path}");
    reply.json()
}

/// The cases that the list shows for a link: how many, and the first hundred.
async fn listed(desk: &Desk, client: &Client, link: &Value) -> (u64, Vec<Value>) {
    let pairs = link.as_object().expect("filters").iter().map(|(key, value)| {
        let bytes = value.as_str().expect("a text").bytes();
        let escaped: String = bytes.map(|byte| format!("%{byte:02X}")).collect();
        format!("{key}={escaped}")
    });
    let pairs: Vec<String> = pairs.collect();
    let page = read(
        desk,
        client,
        &format!("/api/v1/cases?limit=100&{}", pairs.join("&")),
    )
    .await;
    let items = page["items"].as_array().expect("a list").clone();
    (page["total"].as_u64().expect("a total"), items)
}

async fn groups_and_pains_open_exactly_their_cases(desk: &mut Desk) {
    let options = app::demo::Options {
        cases: 1_000,
        days: app::demo::DAYS,
        at: START,
        seed: 1,
    };
    desk.app.seed_demo(options).await.expect("demo data");
    let client = desk.login_as_demo("supervisor").await;
    let causes = read(desk, &client, "/api/v1/insight/causes").await;
    let groups = causes["clusters"].as_array().expect("a list");
    assert!(groups.len() >= 4, "{groups:#?}");
    for group in groups {
        let name = group["name"].as_str().expect("a name");
        assert!(!NAMELESS.iter().any(|word| name.contains(word)), "{name}");
        let link = &group["cases"];
        assert!(link["product"].is_string() || link["topic"].is_string(), "{link}");
        let (total, items) = listed(desk, &client, link).await;
        assert_eq!(group["count"], total, "{name}");
        // Whatever the list shows is of that product or subject: more than the six in ten that a name needs.
        let own = items
            .iter()
            .filter(|item| link["product"].is_null() || item["matter"]["product"] == link["product"]);
        assert!(own.count() * 10 >= items.len() * 6, "{name}");
        assert!(!group["typical"].as_array().expect("quotes").is_empty(), "{name}");
    }
    let pains = causes["pains"].as_array().expect("a list");
    assert_eq!(pains.is_empty(), causes["no_pains"].is_string(), "{causes}");
    for pain in pains {
        let (total, _) = listed(desk, &client, &pain["cases"]).await;
        assert_eq!(pain["listed"], total, "{pain}");
        if pain["kind"] == "policy" {
            assert_eq!(pain["reports"], total, "{pain}");
        }
        let low = pain["share"]["low"].as_f64().expect("an interval");
        assert!(
            low > 0.0 && pain["corrected_p"].as_f64().expect("p") <= 0.05,
            "{pain}"
        );
        assert_eq!(pain["quotes"].as_array().expect("quotes").len(), 2);
    }
}

on_both!(groups_and_pains_open_exactly_their_cases,);

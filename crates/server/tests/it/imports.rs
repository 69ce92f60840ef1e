//! Files of complaints: read first, then imported, each row once.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{Client, Desk, Reply},
    lists::encode,
    temporary::on_both,
};

const TABLE: &str = "编号,投诉内容,渠道,客户,电话\n\
    a1,空调修了三次还是不制冷,电话,王小明,13712345678\n\
    a2,,电话,,\n\
    a3,快递三天没动,信鸽,,\n\
    a1,外卖洒了,在线客服,,\n\
    a5,外卖洒了一地,,,\n";

async fn read(desk: &Desk, client: &Client, query: &str, bytes: &[u8]) -> Reply {
    let client = client.and("content-type", "application/octet-stream");
    let path = format!("/api/v1/imports/read?{query}");
    desk.send(client.request(Method::POST, &path, Body::from(bytes.to_vec())))
        .await
}

async fn an_empty_file_is_refused_with_its_reason(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let reply = read(desk, &agent, "name=list.csv", b"").await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text());
    assert_eq!(reply.json()["errors"][0]["field"], "file");
}

async fn rows_are_sorted_before_anything_is_stored(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let reply = read(desk, &agent, "name=list.csv&channel=web_form", TABLE.as_bytes()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let found = reply.json();
    let lines = |side: &str| -> Vec<u64> {
        let rows = found[side].as_array().unwrap().iter();
        rows.map(|row| row["line"].as_u64().unwrap()).collect()
    };
    assert_eq!(
        (lines("rows"), lines("refused")),
        (vec![2, 6], vec![3, 4, 5]),
        "{found}"
    );
    assert_eq!(found["rows"][0]["intake"]["channel"], "phone");
    assert_eq!(found["rows"][0]["intake"]["customer"]["phone"], "13712345678");
    assert_eq!(found["rows"][1]["intake"]["channel"], "web_form");
    assert_eq!(found["refused"][0]["message"], "没有客户的话，请补上");
    let english = agent.and("accept-language", "en");
    let told = read(desk, &english, "name=list.csv", TABLE.as_bytes())
        .await
        .json();
    assert_eq!(
        told["refused"][2]["message"],
        "a1 stood on line 2 already: each row needs its own"
    );
    let listed = desk.get(&agent, "/api/v1/cases").await.json();
    assert_eq!(listed["total"], 0, "reading stores nothing");
}

async fn a_file_that_cannot_be_read_says_why(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let nameless = "甲,乙\n一,二\n";
    for (query, bytes, fields) in [
        ("name=a.csv", nameless.as_bytes(), ["column"]),
        ("name=a.csv&column=%E4%B8%99", nameless.as_bytes(), ["column"]),
        ("name=a.xlsx", b"no workbook".as_slice(), ["file"]),
        ("name=a.parquet", b"PAR1".as_slice(), ["file"]),
        ("name=a.txt&channel=pigeon", b"x".as_slice(), ["channel"]),
    ] {
        let reply = read(desk, &agent, query, bytes).await;
        assert_eq!(reply.problem(), "422 invalid_fields", "{query}");
        assert_eq!(reply.fields(), fields, "{query}");
    }
    let chosen = format!("name=a.csv&column={}", encode("乙"));
    let found = read(desk, &agent, &chosen, nameless.as_bytes()).await.json();
    assert_eq!(found["rows"][0]["intake"]["text"], "二");
    let many = "太慢了\n".repeat(5_001);
    let reply = read(desk, &agent, "name=a.txt", many.as_bytes()).await;
    assert_eq!(
        (reply.problem().as_str(), reply.fields()),
        ("422 invalid_fields", vec!["file".to_owned()])
    );
}

async fn a_row_becomes_a_case_once(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let found = read(desk, &agent, "name=list.csv", TABLE.as_bytes()).await.json();
    let request = json!({"source": "list.csv", "rows": found["rows"]});
    let outcomes = |reply: &Value| -> Vec<Value> {
        let items = reply["items"].as_array().unwrap().iter();
        items.map(|item| item["outcome"].clone()).collect()
    };
    let first = desk.post(&agent, "/api/v1/imports", &request).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    assert_eq!(outcomes(&first.json()), ["opened", "opened"]);
    let again = desk.post(&agent, "/api/v1/imports", &request).await.json();
    assert_eq!(outcomes(&again), ["already_there", "already_there"]);
    assert_eq!(again["items"][0]["case_id"], first.json()["items"][0]["case_id"]);
    let mut other = request.clone();
    other["rows"][0]["intake"]["text"] = json!("空调修好了");
    let changed = desk.post(&agent, "/api/v1/imports", &other).await.json();
    assert_eq!(outcomes(&changed), ["changed", "already_there"]);
    assert_eq!(desk.get(&agent, "/api/v1/cases").await.json()["total"], 2);
    let none = desk
        .post(&agent, "/api/v1/imports", &json!({"source": "x", "rows": []}))
        .await;
    assert_eq!(none.problem(), "422 invalid_fields");
    let mut blank = request;
    blank["rows"][1]["intake"]["text"] = json!(" ");
    let refused = desk.post(&agent, "/api/v1/imports", &blank).await;
    assert_eq!(refused.fields(), ["rows[1].intake.text"]);
}

on_both!(
    an_empty_file_is_refused_with_its_reason,
    rows_are_sorted_before_anything_is_stored,
    a_file_that_cannot_be_read_says_why,
    a_row_becomes_a_case_once,
);

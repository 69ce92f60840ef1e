//! Wrong input gets an answer that names what is wrong, where, and what to do.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::Role;
use serde_json::json;

use crate::{
    demo_desk::{Client, Desk},
    temporary::on_both,
};

async fn raw(desk: &Desk, client: &Client, body: impl Into<Body>) -> crate::demo_desk::Reply {
    desk.send(client.request(Method::POST, "/api/v1/analyses", body.into()))
        .await
}

async fn bodies_that_cannot_be_read(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let broken = raw(desk, &client.and("accept-language", "en"), "{\"text\": \n}").await;
    assert_eq!(broken.problem(), "400 malformed_json");
    assert!(
        broken.json()["detail"].as_str().unwrap().contains("line 2"),
        "{}",
        broken.text()
    );
    let gbk = raw(desk, &client, b"{\"text\": \"\xcd\xcb\"}".to_vec()).await;
    assert_eq!(gbk.problem(), "400 invalid_utf8");
    assert!(
        gbk.json()["detail"].as_str().unwrap().contains("第 10 字节"),
        "{}",
        gbk.text()
    );
    let nul = raw(desk, &client, "{\"text\": \"a\\u0000b\", \"channel\": \"chat\"}").await;
    assert_eq!(
        (nul.problem().as_str(), nul.fields()),
        ("422 invalid_fields", vec!["text".to_owned()])
    );
    let form = raw(
        desk,
        &client.and("content-type", "application/x-www-form-urlencoded"),
        "text=a",
    )
    .await;
    assert_eq!(form.problem(), "415 unsupported_type");
    let latin = raw(
        desk,
        &client.and("content-type", "application/json; charset=gbk"),
        "{}",
    )
    .await;
    assert_eq!(latin.problem(), "415 unsupported_type");
    let large = format!("{{\"text\": \"{}\"}}", "长".repeat(tingsu_server::BODY_BYTES / 3));
    assert_eq!(raw(desk, &client, large).await.problem(), "413 too_large");
    let deep = "[".repeat(10_000);
    assert_eq!(raw(desk, &client, deep).await.problem(), "400 malformed_json");
}

async fn all_wrong_fields_at_once(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let body =
        json!({"channel": "fax", "received_at": "2026-13-01", "customer": {}, "matter": {"produkt": "x"}});
    let reply = desk.post(&client, "/api/v1/cases", &body).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    assert_eq!(
        reply.fields(),
        ["text", "channel", "customer.id", "received_at", "matter.produkt"]
    );
    let future = json!({"text": "慢", "channel": "chat", "received_at": "2036-01-01T00:00:00+08:00"});
    assert_eq!(
        desk.post(&client, "/api/v1/cases", &future).await.fields(),
        ["received_at"]
    );
    let unknown = json!({"text": "慢", "channel": "chat", "customer": {"id": "c-404"}});
    assert_eq!(
        desk.post(&client, "/api/v1/cases", &unknown).await.fields(),
        ["customer.id"]
    );
    let none = desk.get(&client, "/api/v1/cases").await.json();
    assert_eq!(none["total"], 0, "nothing was half-written");
}

async fn queries_are_checked(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let path = "/api/v1/cases?state=opened&severity=9&limit=1000&opened_from=soon&sort=size";
    let reply = desk.get(&client, path).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    let mut fields = reply.fields();
    fields.sort_unstable();
    assert_eq!(fields, ["limit", "opened_from", "severity", "sort", "state"]);
    let unknown = desk.get(&client, "/api/v1/cases?colour=red").await;
    assert_eq!(unknown.problem(), "422 invalid_fields");
    let cursor = desk.get(&client, "/api/v1/cases?cursor=abc").await;
    assert_eq!(cursor.problem(), "422 invalid_cursor");
    // An empty list filters by nothing; an empty word in a list or in place of one names nothing that there is.
    let all = desk.get(&client, "/api/v1/cases?state=&mark=&q=").await;
    assert_eq!(all.status, StatusCode::OK, "{}", all.text());
    let blank = desk
        .get(
            &client,
            "/api/v1/cases?state=open,&risk=,,&mark=5,&sort=&clock=&topic=&answered=&hour=",
        )
        .await;
    let mut fields = blank.fields();
    fields.sort_unstable();
    fields.dedup();
    assert_eq!(
        fields,
        [
            "answered", "clock", "hour", "mark", "risk", "sort", "state", "topic"
        ]
    );
    for path in [
        "/api/v1/customers?open=",
        "/api/v1/insight/breakdown?channel=app,",
    ] {
        assert_eq!(
            desk.get(&client, path).await.problem(),
            "422 invalid_fields",
            "{path}"
        );
    }
    // What is allowed is told word by word, though a list of names of services looks like accounts at them.
    let told = desk.get(&client, "/api/v1/cases?channel=fax").await;
    assert!(told.text().contains("email, web_form"), "{}", told.text());
}

async fn odd_addresses_are_refused(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    for path in [
        "/api/v1/cases/a%00b",
        "/api/v1/cases?product=%00",
        "/api/v1/cases/%FF",
        "/api/v1/customers/%00",
    ] {
        assert_eq!(
            desk.get(&client, path).await.problem(),
            "400 malformed_request",
            "{path}"
        );
    }
    let long = format!("/api/v1/cases?q={}", "a".repeat(201));
    assert_eq!(desk.get(&client, &long).await.fields(), ["q"]);
    let strange = format!(
        "/api/v1/cases?q={}",
        crate::lists::encode("'\"*) OR (NEAR:%_\\ AND -")
    );
    assert_eq!(desk.get(&client, &strange).await.status, StatusCode::OK);
    let id = crate::lists::encode("'; DROP TABLE cases; --");
    assert_eq!(
        desk.get(&client, &format!("/api/v1/cases/{id}")).await.problem(),
        "404 not_found"
    );
}

async fn odd_texts_and_times_are_taken_in(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    for text in [
        "\u{feff}😡😡😡",
        "\r\n\t 退 款 ",
        "asdf qwer",
        "\u{202e}退款",
        "<script>alert(1)</script>",
    ] {
        let opened = desk
            .post(
                &client,
                "/api/v1/cases",
                &json!({"text": text, "channel": "import"}),
            )
            .await;
        assert_eq!(opened.status, StatusCode::CREATED, "{text:?}: {}", opened.text());
        assert_eq!(opened.json()["text"], text);
    }
    let long = "退款一直没到，".repeat(20_000);
    let opened = desk
        .post(
            &client,
            "/api/v1/cases",
            &json!({"text": long, "channel": "email"}),
        )
        .await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    assert!(
        opened.json()["analysis"]["doubts"]
            .as_array()
            .unwrap()
            .contains(&json!("very_long"))
    );
    for at in [
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00+08:00",
        "-009999-01-02T01:59:59Z",
    ] {
        let body = json!({"text": "早年的一件", "channel": "letter", "received_at": at});
        let opened = desk.post(&client, "/api/v1/cases", &body).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{at}: {}", opened.text());
    }
    assert!(desk.app.tick().await.unwrap().events > 0);
    assert_eq!(
        desk.get(&client, "/api/v1/cases?sort=due").await.json()["total"],
        9
    );
}

async fn many_texts_have_a_limit(desk: &mut Desk) {
    let client = desk.sign_in(Role::Analyst).await;
    let texts: Vec<String> = (0..500)
        .map(|number| format!("第{number}次来电，退款还没到"))
        .collect();
    let reply = desk
        .post(&client, "/api/v1/analyses", &json!({"texts": texts}))
        .await;
    assert_eq!(reply.status, StatusCode::OK);
    let items = reply.json()["items"].as_array().cloned().unwrap();
    assert_eq!((items.len(), &items[499]["id"]), (500, &json!("500")));
    let more: Vec<&str> = vec!["慢"; 501];
    assert_eq!(
        desk.post(&client, "/api/v1/analyses", &json!({"texts": more}))
            .await
            .fields(),
        ["texts"]
    );
    let both = desk
        .post(
            &client,
            "/api/v1/analyses",
            &json!({"text": "慢", "texts": ["慢"]}),
        )
        .await;
    assert_eq!(both.fields(), ["text"]);
    let empty = desk
        .post(&client, "/api/v1/analyses", &json!({"text": ""}))
        .await
        .json();
    assert_eq!(empty["doubts"], json!(["empty"]));
}

async fn routes_and_methods_that_do_not_exist(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    assert_eq!(
        desk.get(&client, "/api/v1/nothing").await.problem(),
        "404 route_not_found"
    );
    let method = desk.post(&client, "/api/v1/me", &json!({})).await;
    assert_eq!(method.problem(), "405 method_not_allowed");
    assert!(method.header("allow").contains("GET"), "{:?}", method.headers);
}

async fn a_clock_that_jumps_disturbs_no_history(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&client, "等了十天还没退款").await;
    desk.pass_hours(30);
    desk.app.tick().await.unwrap();
    // Back by two days: what was missed is not missed a second time, and work goes on.
    desk.pass_hours(-48);
    assert_eq!(desk.app.tick().await.unwrap().events, 0);
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    let seen = desk.get(&client, &path).await.json();
    desk.must(&client, &seen, &json!({"command": "note", "text": "时钟已校正"}))
        .await;
    desk.open_case(&client, "等了十天还没退款").await;
    desk.pass_hours(48);
    desk.app.tick().await.unwrap();
    let client = desk.sign_in(Role::Agent).await;
    let history = desk.get(&client, &format!("{path}/events")).await.json();
    let events = history["items"].as_array().unwrap();
    let indexes: Vec<u64> = events
        .iter()
        .map(|event| event["index"].as_u64().unwrap())
        .collect();
    assert!(
        indexes.windows(2).all(|pair| pair[0] + 1 == pair[1]),
        "{indexes:?}"
    );
    let missed = events
        .iter()
        .filter(|event| event["kind"] == "deadline_breached" && event["data"]["kind"] == "first_response");
    assert_eq!(missed.count(), 1, "{history}");
    assert!(desk.app.verify_history().await.unwrap().is_whole());
}

on_both!(
    a_clock_that_jumps_disturbs_no_history,
    bodies_that_cannot_be_read,
    all_wrong_fields_at_once,
    queries_are_checked,
    odd_addresses_are_refused,
    odd_texts_and_times_are_taken_in,
    many_texts_have_a_limit,
    routes_and_methods_that_do_not_exist,
);

//! Pages for machines and browsers: health, numbers, headers, the workbench.

use axum::http::StatusCode;
use domain::Role;
use serde_json::{Value, json};

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

async fn machines_see_that_it_lives(desk: &mut Desk) {
    let anyone = Client::default();
    assert_eq!(desk.get(&anyone, "/healthz").await.text(), "ok\n");
    assert_eq!(desk.get(&anyone, "/readyz").await.status, StatusCode::OK);
    let client = desk.sign_in(Role::Agent).await;
    desk.open_case(&client, COMPLAINT).await;
    desk.app.tick().await.unwrap();
    let numbers = desk.get(&anyone, "/metrics").await.text();
    for line in [
        "tingsu_cases{state=\"received\"} 1",
        "tingsu_clock_lag_seconds 0",
        "tingsu_http_request_seconds_count{method=\"POST\",route=\"/api/v1/cases\",status=\"201\"} 1",
    ] {
        assert!(numbers.contains(line), "{line} is missing in {numbers}");
    }
    desk.close().await;
    // That it was ready is remembered for a second.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(
        desk.get(&anyone, "/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(
        desk.get(&client, "/api/v1/me").await.problem(),
        "503 store_unavailable"
    );
}

async fn answers_keep_browsers_on_the_safe_side(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let reply = desk.get(&client, "/api/v1/legend").await;
    assert!(
        reply
            .header("content-security-policy")
            .contains("default-src 'self'")
    );
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("cache-control"), "no-store");
    let zipped = desk
        .get(&client.and("accept-encoding", "gzip"), "/api/v1/legend")
        .await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert!(zipped.body.len() * 2 < reply.body.len());
    let names = &reply.json()["vocabularies"]["psychology"]["values"][0];
    assert_eq!(
        (&names["key"], &names["zh"]),
        (&json!("solve"), &json!("解决问题型"))
    );
}

async fn every_address_of_the_app_gets_its_page(desk: &mut Desk) {
    let anyone = Client::default();
    let (start, inside) = (desk.get(&anyone, "/").await, desk.get(&anyone, "/cases/7").await);
    assert_eq!((start.status, &start.body), (inside.status, &inside.body));
    if start.status == StatusCode::OK {
        assert!(
            start.header("content-type").starts_with("text/html"),
            "{:?}",
            start.headers
        );
        assert_eq!(start.header("cache-control"), "no-cache");
        let again = desk
            .get(&anyone.and("if-none-match", start.header("etag")), "/")
            .await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        let packed = desk.get(&anyone.and("accept-encoding", "br, gzip"), "/").await;
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert!(packed.body.starts_with(&[0x1F, 0x8B]), "{:?}", packed.headers);
        let plain = desk.get(&anyone.and("accept-encoding", "gzip;q=0"), "/").await;
        assert_eq!((plain.header("content-encoding"), &plain.body), ("", &start.body));
        assert_eq!(
            desk.get(&anyone, "/index.html.gz").await.status,
            StatusCode::NOT_FOUND
        );
    }
    assert_eq!(
        desk.get(&anyone, "/assets/none-0000.js").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.post(&anyone, "/cases/7", &Value::Null).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let description = desk.get(&anyone, "/api/v1/openapi.json").await;
    assert_eq!(description.text(), tingsu_server::openapi_json());
}

on_both!(
    machines_see_that_it_lives,
    answers_keep_browsers_on_the_safe_side,
    every_address_of_the_app_gets_its_page,
);

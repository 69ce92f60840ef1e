//! Who asks too often is told to wait, and everybody is told how much may still be asked.

use axum::http::StatusCode;
use domain::Role;
use tingsu_server::{RateOptions, router_with};

use crate::{
    demo_desk::{Client, Desk},
    temporary::on_both,
};

fn limited(desk: &mut Desk, per_minute: u32, trust_proxy: bool) {
    let options = RateOptions {
        per_minute,
        logins_per_minute: 4,
        trust_proxy,
    };
    desk.router = router_with(desk.app.clone(), options);
}

async fn a_caller_who_asks_too_often_waits(desk: &mut Desk) {
    let busy = desk.sign_in(Role::Agent).await;
    let calm = desk.sign_in(Role::Specialist).await;
    limited(desk, 5, false);
    for left in (0..5).rev() {
        let reply = desk.get(&busy, "/api/v1/me").await;
        assert_eq!(reply.status, StatusCode::OK);
        let told = reply.header("ratelimit");
        assert!(
            told.starts_with(&format!("limit=5, remaining={left}, reset=")),
            "{told}"
        );
        assert_eq!(reply.header("ratelimit-policy"), "5;w=60");
    }
    let refused = desk.get(&busy, "/api/v1/me").await;
    assert_eq!(refused.problem(), "429 rate_limited");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=12).contains(&wait), "{wait}");
    assert_eq!(
        desk.get(&calm, "/api/v1/me").await.status,
        StatusCode::OK,
        "others go on"
    );
    assert_eq!(
        desk.get(&busy, "/healthz").await.status,
        StatusCode::OK,
        "machines are not limited"
    );
    let metrics = desk.get(&busy, "/metrics").await.text();
    assert!(
        metrics.contains("\ntingsu_requests_refused_total 1\n"),
        "{metrics}"
    );
}

async fn signing_in_is_limited_by_address(desk: &mut Desk) {
    limited(desk, 1000, true);
    let from = |address: &str| Client::default().and("x-forwarded-for", address);
    let body = serde_json::json!({"login": "nobody", "password": "nothing at all"});
    for number in 0..4 {
        // What stands before the last address is the caller's own claim, and changes nothing.
        let claimed = format!("10.0.0.{number}, 192.0.2.7");
        let body = serde_json::json!({"login": format!("name{number}"), "password": "nothing at all"});
        let reply = desk.post(&from(&claimed), "/api/v1/login", &body).await;
        assert_eq!(reply.problem(), "401 wrong_credentials");
    }
    let spray = desk.post(&from("192.0.2.7"), "/api/v1/login", &body).await;
    assert_eq!(spray.problem(), "429 rate_limited", "many names from one address");
    let elsewhere = desk.post(&from("192.0.2.8"), "/api/v1/login", &body).await;
    assert_eq!(elsewhere.problem(), "401 wrong_credentials");
    limited(desk, 1000, false);
    for _ in 0..4 {
        desk.post(&from("192.0.2.9"), "/api/v1/login", &body).await;
    }
    let forged = desk.post(&from("192.0.2.10"), "/api/v1/login", &body).await;
    assert_eq!(
        forged.problem(),
        "429 rate_limited",
        "a header nobody vouches for is not believed"
    );
}

on_both!(
    a_caller_who_asks_too_often_waits,
    signing_in_is_limited_by_address
);

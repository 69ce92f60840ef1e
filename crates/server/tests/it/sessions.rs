//! Signing in and out, forged requests, locks, tokens.

use axum::http::StatusCode;
use domain::Role;
use serde_json::json;

use crate::{
    demo_desk::{Client, Desk, PASSWORD},
    temporary::on_both,
};

async fn a_session_begins_and_ends(desk: &mut Desk) {
    let client = desk.sign_in(Role::Quality).await;
    let reply = desk.login("quality", PASSWORD).await;
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "plain HTTP on the own machine");
    let me = desk.get(&client, "/api/v1/me").await.json();
    assert_eq!(
        (&me["role"], &me["login"]),
        (&json!("quality"), &json!("quality"))
    );
    assert_eq!(
        me["csrf"].as_str(),
        client
            .headers
            .iter()
            .find(|(name, _)| *name == "x-csrf-token")
            .map(|h| h.1.as_str())
    );
    let head = desk
        .send(client.request(axum::http::Method::HEAD, "/api/v1/me", axum::body::Body::empty()))
        .await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    let out = desk.post(&client, "/api/v1/logout", &json!({})).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert_eq!(
        desk.get(&client, "/api/v1/me").await.problem(),
        "401 unauthenticated"
    );

    let client = desk.sign_in(Role::Quality).await;
    desk.pass_hours(13);
    assert_eq!(
        desk.get(&client, "/api/v1/me").await.problem(),
        "401 unauthenticated",
        "sessions end by themselves"
    );
}

async fn wrong_passwords_are_refused_and_locked(desk: &mut Desk) {
    desk.sign_in(Role::Agent).await;
    assert_eq!(
        desk.login("nobody", PASSWORD).await.problem(),
        "401 wrong_credentials"
    );
    for _ in 0..5 {
        assert_eq!(
            desk.login("agent", "wrong").await.problem(),
            "401 wrong_credentials"
        );
    }
    let locked = desk.login("agent", PASSWORD).await;
    assert_eq!(
        (locked.problem().as_str(), locked.header("retry-after")),
        ("429 login_locked", "60")
    );
    desk.pass_hours(1);
    assert_eq!(desk.login("agent", PASSWORD).await.status, StatusCode::OK);
    let empty = desk.post(&Client::default(), "/api/v1/login", &json!({})).await;
    assert_eq!(empty.fields(), ["login", "password"]);
}

async fn forged_writes_are_refused(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let body = json!({"text": "慢"});
    let bare = client.without("x-csrf-token");
    assert_eq!(
        desk.post(&bare, "/api/v1/analyses", &body).await.problem(),
        "403 csrf_required"
    );
    let wrong = client.and("x-csrf-token", "guess");
    assert_eq!(
        desk.post(&wrong, "/api/v1/analyses", &body).await.problem(),
        "403 csrf_required"
    );
    assert_eq!(
        desk.get(&bare, "/api/v1/me").await.status,
        StatusCode::OK,
        "reading needs no token"
    );
    assert_eq!(
        desk.post(&client, "/api/v1/analyses", &body).await.status,
        StatusCode::OK
    );
}

async fn tokens_act_in_their_role_until_they_end(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    let made = desk
        .post(
            &admin,
            "/api/v1/tokens",
            &json!({"name": "转写", "role": "agent", "days": 2}),
        )
        .await;
    assert_eq!(made.status, StatusCode::CREATED);
    let secret = made.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(made.json()["expires_at"], "2026-11-25T10:00:00+08:00");
    let bearer = Client::default().and("authorization", &format!("Bearer {secret}"));
    let me = desk.get(&bearer, "/api/v1/me").await.json();
    assert_eq!((&me["role"], &me["csrf"]), (&json!("agent"), &json!(null)));
    let opened = desk
        .post(
            &bearer,
            "/api/v1/cases",
            &json!({"text": "慢", "channel": "phone"}),
        )
        .await;
    assert_eq!(
        opened.status,
        StatusCode::CREATED,
        "no token against forgery is needed"
    );
    let more = desk
        .post(&bearer, "/api/v1/tokens", &json!({"name": "x", "role": "agent"}))
        .await;
    assert_eq!(more.problem(), "403 forbidden");
    let basic = Client::default().and("authorization", "Basic YTpi");
    assert_eq!(
        desk.get(&basic, "/api/v1/me").await.problem(),
        "401 unauthenticated"
    );
    let listed = desk.get(&admin, "/api/v1/tokens").await;
    assert_eq!(listed.json()[0]["id"], made.json()["id"]);
    assert!(!listed.text().contains(&secret));
    let other = desk
        .post(
            &admin,
            "/api/v1/tokens",
            &json!({"name": "旧", "role": "agent", "days": 9}),
        )
        .await
        .json();
    let path = format!("/api/v1/tokens/{}", other["id"].as_str().unwrap());
    let delete =
        |client: &Client| client.request(axum::http::Method::DELETE, &path, axum::body::Body::empty());
    let leader = desk.sign_in(Role::Supervisor).await;
    assert_eq!(
        desk.send(delete(&leader)).await.problem(),
        "404 not_found",
        "another's token"
    );
    assert_eq!(desk.send(delete(&admin)).await.status, StatusCode::NO_CONTENT);
    let ended = Client::default().and(
        "authorization",
        &format!("Bearer {}", other["token"].as_str().unwrap()),
    );
    assert_eq!(
        desk.get(&ended, "/api/v1/me").await.problem(),
        "401 unauthenticated"
    );
    desk.pass_hours(49);
    assert_eq!(
        desk.get(&bearer, "/api/v1/me").await.problem(),
        "401 unauthenticated"
    );

    let supervisor = desk.sign_in(Role::Supervisor).await;
    let higher = desk
        .post(
            &supervisor,
            "/api/v1/tokens",
            &json!({"name": "x", "role": "admin"}),
        )
        .await;
    assert_eq!(
        higher.problem(),
        "403 forbidden",
        "nobody gives more than they have"
    );
}

on_both!(
    a_session_begins_and_ends,
    wrong_passwords_are_refused_and_locked,
    forged_writes_are_refused,
    tokens_act_in_their_role_until_they_end,
);

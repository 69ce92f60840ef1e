//! Attacks on the border, each tried: forged fields, others' things, dressed-up uploads, pages in pages, cookies.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::Role;
use serde_json::json;

use crate::{
    demo_desk::{COMPLAINT, Client, Desk},
    temporary::on_both,
};

/// Mass assignment: fields that only the product sets are refused by name, not dropped in silence.
async fn fields_of_the_product_cannot_be_sent(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    for forged in [
        "id",
        "number",
        "state",
        "version",
        "owner",
        "severity",
        "priority",
        "analysis",
        "demo",
        "opened_at",
    ] {
        let mut body = json!({"text": COMPLAINT, "channel": "chat"});
        body[forged] = json!("1");
        let reply = desk.post(&client, "/api/v1/cases", &body).await;
        assert_eq!(reply.problem(), "422 invalid_fields", "{forged}");
        assert_eq!(reply.fields(), [forged]);
    }
    let case = desk.open_case(&client, COMPLAINT).await;
    let path = format!("/api/v1/cases/{}/commands", case["id"].as_str().unwrap());
    let seen = client.and("if-match", &case["version"].to_string());
    for forged in ["by", "at", "actor", "role", "approved_by"] {
        let mut body = json!({"command": "note", "text": "x"});
        body[forged] = json!("admin");
        assert_eq!(desk.post(&seen, &path, &body).await.fields(), [forged]);
    }
    let admin = desk.sign_in(Role::Admin).await;
    for forged in ["user", "user_id", "expires_at", "revoked", "secret_hash"] {
        let mut body = json!({"name": "t", "role": "agent"});
        body[forged] = json!("x");
        assert_eq!(
            desk.post(&admin, "/api/v1/tokens", &body).await.fields(),
            [forged]
        );
    }
    let raised = json!({"current": "x", "new": "a longer battery", "role": "admin"});
    assert_eq!(
        desk.post(&client, "/api/v1/me/password", &raised).await.fields(),
        ["role"]
    );
    assert_eq!(desk.get(&client, "/api/v1/me").await.json()["role"], "agent");
}

/// Insecure direct references: a file hangs on its case, a token and a session on their owner.
async fn things_of_others_do_not_open(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let mine = desk.open_case(&agent, COMPLAINT).await;
    let other = desk.open_case(&agent, "屏幕碎了，另一件事").await;
    let file = agent.request(Method::POST, "/api/v1/attachments", Body::from("a receipt"));
    let hash = desk.send(file).await.json()["hash"].as_str().unwrap().to_owned();
    let attach = json!({"command": "attach", "hash": hash, "name": "收据.txt"});
    let path = |case: &serde_json::Value, rest: &str| {
        format!("/api/v1/cases/{}/{rest}", case["id"].as_str().unwrap())
    };
    let seen = agent.and("if-match", &mine["version"].to_string());
    let attached = desk.post(&seen, &path(&mine, "commands"), &attach).await;
    assert_eq!(attached.status, StatusCode::OK, "{}", attached.text());
    let file = format!("attachments/{hash}");
    assert_eq!(desk.get(&agent, &path(&mine, &file)).await.status, StatusCode::OK);
    let through_another = desk.get(&agent, &path(&other, &file)).await;
    assert_eq!(
        through_another.problem(),
        "404 not_found",
        "the file is not of that case"
    );
    let supervisor = desk.sign_in(Role::Supervisor).await;
    let admin = desk.sign_in(Role::Admin).await;
    let token = desk
        .post(&admin, "/api/v1/tokens", &json!({"name": "t", "role": "admin"}))
        .await
        .json();
    let revoke = format!("/api/v1/tokens/{}", token["id"].as_str().unwrap());
    let reply = desk
        .send(supervisor.request(Method::DELETE, &revoke, Body::empty()))
        .await;
    assert_eq!(reply.problem(), "404 not_found", "another's token");
}

/// Uploads: the bytes tell what they are, and nothing that a browser would run is shown.
async fn uploads_are_judged_by_their_bytes(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let upload = |client: &Client, bytes: &[u8]| {
        client.request(Method::POST, "/api/v1/attachments", Body::from(bytes.to_vec()))
    };
    for page in [
        &b"<html><script>alert(1)</script></html>"[..],
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0",
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
        b"#!/bin/sh\nrm -rf /\n",
    ] {
        let dressed = agent.and("content-type", "image/png");
        let reply = desk.send(upload(&dressed, page)).await;
        if reply.status == StatusCode::CREATED {
            let kind = reply.json()["media_type"].as_str().unwrap().to_owned();
            let shown = kind.contains("html") || kind.contains("svg") || kind.contains("script");
            assert!(!shown && kind != "image/png", "{kind}: {page:?}");
        } else {
            assert!(reply.status.is_client_error(), "{}", reply.text());
        }
    }
    let large = vec![b'a'; app::FILE_BYTES + 1];
    assert_eq!(desk.send(upload(&agent, &large)).await.problem(), "413 too_large");
    assert!(desk.send(upload(&agent, b"")).await.status.is_client_error());
}

/// A page of the desk in somebody else's frame, with somebody else's script, kept in a cache, or guessed by a browser.
async fn answers_carry_what_keeps_browsers_safe(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    for path in ["/", "/login", "/api/v1/me", "/api/v1/nothing", "/healthz"] {
        let reply = desk.get(&agent, path).await;
        let policy = reply.header("content-security-policy").to_owned();
        for part in [
            "default-src 'self'",
            "script-src 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            reply.header("access-control-allow-origin"),
            "",
            "{path}: no other origin may read"
        );
    }
    assert_eq!(
        desk.get(&agent, "/api/v1/me").await.header("cache-control"),
        "no-store"
    );
}

async fn cookies_are_out_of_reach(desk: &mut Desk) {
    desk.sign_in(Role::Agent).await;
    let login = desk.login("agent", crate::demo_desk::PASSWORD).await;
    let cookie = login.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure"),
        "plain HTTP on one machine still works"
    );
    let by_tls = Client::default().and("x-forwarded-proto", "https");
    let body = json!({"login": "agent", "password": crate::demo_desk::PASSWORD});
    let login = desk.post(&by_tls, "/api/v1/login", &body).await;
    assert!(
        login.header("set-cookie").contains("; Secure"),
        "{}",
        login.header("set-cookie")
    );
    // A session given to the victim beforehand is not the one they sign in to.
    let fixed = Client::default().and("cookie", "tingsu_session=fixed");
    let login = desk.post(&fixed, "/api/v1/login", &body).await;
    assert!(!login.header("set-cookie").contains("tingsu_session=fixed"));
}

on_both!(
    fields_of_the_product_cannot_be_sent,
    things_of_others_do_not_open,
    uploads_are_judged_by_their_bytes,
    answers_carry_what_keeps_browsers_safe,
    cookies_are_out_of_reach,
);

//! The own account: sessions that can be told apart and ended, the password, the second factor; narrow tokens.

use app::{PERMISSIONS, scope_of};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::{Role, TokenScope, UserId, Vocabulary};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::{
    demo_desk::{Client, Desk, PASSWORD, Reply},
    temporary::on_both,
};

async fn login_with(desk: &Desk, login: &str, password: &str, code: Option<&str>) -> Reply {
    let body = json!({"login": login, "password": password, "code": code});
    desk.post(&Client::default(), "/api/v1/login", &body).await
}

async fn delete(desk: &Desk, client: &Client, path: &str) -> Reply {
    desk.send(client.request(Method::DELETE, path, Body::empty()))
        .await
}

async fn sessions_are_listed_and_ended(desk: &mut Desk) {
    let here = desk.sign_in(Role::Agent).await;
    let there = desk.sign_in(Role::Agent).await.and("user-agent", "Another");
    let other = desk.sign_in(Role::Specialist).await;
    let listed = desk.get(&here, "/api/v1/me/sessions").await.json();
    let rows = listed.as_array().unwrap();
    let current: Vec<&Value> = rows.iter().filter(|row| row["current"] == true).collect();
    assert_eq!((rows.len(), current.len()), (2, 1), "{listed}");
    let theirs = rows.iter().find(|row| row["current"] == false).unwrap()["id"]
        .as_str()
        .unwrap();
    let path = format!("/api/v1/me/sessions/{theirs}");
    assert_eq!(
        delete(desk, &other, &path).await.problem(),
        "404 not_found",
        "another's session"
    );
    assert_eq!(delete(desk, &here, &path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        desk.get(&there, "/api/v1/me").await.problem(),
        "401 unauthenticated"
    );
    assert_eq!(desk.get(&here, "/api/v1/me").await.status, StatusCode::OK);
    assert_eq!(delete(desk, &here, &path).await.problem(), "404 not_found");
}

async fn a_changed_password_ends_the_other_sessions(desk: &mut Desk) {
    let here = desk.sign_in(Role::Agent).await;
    let there = desk.sign_in(Role::Agent).await;
    let change = |current: &str, new: &str| json!({"current": current, "new": new});
    let path = "/api/v1/me/password";
    for (body, field) in [
        (change("wrong", "a longer battery"), "current"),
        (change(PASSWORD, "short"), "new"),
        (change(PASSWORD, PASSWORD), "new"),
    ] {
        assert_eq!(desk.post(&here, path, &body).await.fields(), [field], "{body}");
    }
    let done = desk
        .post(&here, path, &change(PASSWORD, "a longer battery"))
        .await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text());
    assert_eq!(
        desk.get(&here, "/api/v1/me").await.status,
        StatusCode::OK,
        "the one that asked stays"
    );
    assert_eq!(
        desk.get(&there, "/api/v1/me").await.problem(),
        "401 unauthenticated"
    );
    assert_eq!(
        desk.login("agent", PASSWORD).await.problem(),
        "401 wrong_credentials"
    );
    assert_eq!(
        desk.login("agent", "a longer battery").await.status,
        StatusCode::OK
    );
}

/// The digits that an authenticator shows at the desk's time, so many steps from it.
fn digits(desk: &Desk, secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let seconds = u64::try_from(desk.app.now().0 / 1000 + steps * 30).unwrap();
    totp.generate(seconds).to_string()
}

/// The secret of the supervisor's authenticator as the database holds it.
async fn secret_on_file(desk: &Desk) -> (UserId, String) {
    let all = desk.app.store().second_factors().await.unwrap();
    assert_eq!(all.len(), 1);
    (all[0].user.clone(), all[0].secret.clone())
}

async fn secrets_of_authenticators_are_sealed(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let path = "/api/v1/me/second-factor";
    let offer = desk
        .post(&client, path, &json!({"password": PASSWORD}))
        .await
        .json();
    let secret = offer["secret"].as_str().unwrap();
    let body = json!({"code": digits(desk, secret, 0)});
    let codes = desk.post(&client, &format!("{path}/confirm"), &body).await.json();
    let (user, stored) = secret_on_file(desk).await;
    assert!(!stored.contains(secret), "{stored}");

    // As an earlier version stored it: it works, and is sealed at the next start.
    let store = desk.app.store();
    store.replace_secret(&user, &stored, secret).await.unwrap();
    desk.pass_hours(1);
    let code = digits(desk, secret, 0);
    assert_eq!(
        login_with(desk, "supervisor", PASSWORD, Some(&code)).await.status,
        StatusCode::OK
    );
    let report = desk.app.seal_secrets().await.unwrap();
    assert_eq!((report.sealed_now, report.unreadable), (1, 0));
    let (_, sealed) = secret_on_file(desk).await;
    assert!(!sealed.contains(secret), "{sealed}");

    // Moved from another database, or changed, it opens nothing; a recovery code still does.
    let store = desk.app.store();
    store
        .replace_secret(&user, &sealed, "sealed.00000000.AAAA")
        .await
        .unwrap();
    assert_eq!(desk.app.seal_secrets().await.unwrap().unreadable, 1);
    let code = digits(desk, secret, 1);
    let refused = login_with(desk, "supervisor", PASSWORD, Some(&code)).await;
    assert_eq!(refused.problem(), "503 key_missing");
    let recovery = codes["codes"][0].as_str();
    assert_eq!(
        login_with(desk, "supervisor", PASSWORD, recovery).await.status,
        StatusCode::OK
    );
}

async fn a_second_factor_is_asked_for_and_works_once(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let path = "/api/v1/me/second-factor";
    let wrong = desk.post(&client, path, &json!({"password": "wrong"})).await;
    assert_eq!(wrong.fields(), ["password"]);
    let offer = desk.post(&client, path, &json!({"password": PASSWORD})).await;
    assert_eq!(offer.status, StatusCode::CREATED, "{}", offer.text());
    let offer = offer.json();
    let secret = offer["secret"].as_str().unwrap();
    assert!(
        offer["uri"]
            .as_str()
            .unwrap()
            .starts_with("otpauth://totp/Tingsu"),
        "{offer}"
    );
    assert!(offer["svg"].as_str().unwrap().contains("<svg"));
    assert_eq!(
        desk.login("supervisor", PASSWORD).await.status,
        StatusCode::OK,
        "not confirmed yet"
    );

    let confirm = format!("{path}/confirm");
    assert_eq!(
        desk.post(&client, &confirm, &json!({"code": "000000"}))
            .await
            .fields(),
        ["code"]
    );
    let codes = desk
        .post(&client, &confirm, &json!({"code": digits(desk, secret, 0)}))
        .await
        .json();
    let codes = codes["codes"].as_array().unwrap().clone();
    assert_eq!(codes.len(), 10);
    let state = desk.get(&client, path).await.json();
    assert_eq!(state, json!({"enabled": true, "recovery_codes_left": 10}));
    let again = desk.post(&client, path, &json!({"password": PASSWORD})).await;
    assert_eq!(again.problem(), "409 second_factor_present");

    assert_eq!(
        desk.login("supervisor", PASSWORD).await.problem(),
        "401 second_factor_required"
    );
    let wrong = login_with(desk, "supervisor", "wrong", Some(&digits(desk, secret, 1))).await;
    assert_eq!(
        wrong.problem(),
        "401 wrong_credentials",
        "the code does not stand for the password"
    );
    let spent = login_with(desk, "supervisor", PASSWORD, Some(&digits(desk, secret, 0))).await;
    assert_eq!(
        spent.problem(),
        "401 wrong_code",
        "the code that confirmed is spent"
    );
    let next = digits(desk, secret, 1);
    assert_eq!(
        login_with(desk, "supervisor", PASSWORD, Some(&next)).await.status,
        StatusCode::OK
    );
    assert_eq!(
        login_with(desk, "supervisor", PASSWORD, Some(&next))
            .await
            .problem(),
        "401 wrong_code",
        "a code works once"
    );
    desk.pass_hours(1);
    let recovery = codes[0].as_str().unwrap().to_uppercase();
    assert_eq!(
        login_with(desk, "supervisor", PASSWORD, Some(&recovery))
            .await
            .status,
        StatusCode::OK
    );
    assert_eq!(
        login_with(desk, "supervisor", PASSWORD, Some(&recovery))
            .await
            .problem(),
        "401 wrong_code"
    );
    assert_eq!(desk.get(&client, path).await.json()["recovery_codes_left"], 9);

    let removed = desk
        .post(&client, &format!("{path}/remove"), &json!({"password": PASSWORD}))
        .await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.login("supervisor", PASSWORD).await.status, StatusCode::OK);
}

async fn guessing_codes_locks_the_name(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    let path = "/api/v1/me/second-factor";
    let offer = desk
        .post(&client, path, &json!({"password": PASSWORD}))
        .await
        .json();
    let code = digits(desk, offer["secret"].as_str().unwrap(), 0);
    desk.post(&client, &format!("{path}/confirm"), &json!({"code": code}))
        .await;
    for _ in 0..5 {
        assert_eq!(
            login_with(desk, "agent", PASSWORD, Some("111111"))
                .await
                .problem(),
            "401 wrong_code"
        );
    }
    assert_eq!(
        login_with(desk, "agent", PASSWORD, Some("111111"))
            .await
            .problem(),
        "429 login_locked"
    );
}

async fn an_administrator_lets_colleagues_in_again(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let admin = desk.sign_in(Role::Admin).await;
    let id = desk.get(&agent, "/api/v1/me").await.json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = "/api/v1/me/second-factor";
    let offer = desk
        .post(&agent, path, &json!({"password": PASSWORD}))
        .await
        .json();
    let code = digits(desk, offer["secret"].as_str().unwrap(), 0);
    desk.post(&agent, &format!("{path}/confirm"), &json!({"code": code}))
        .await;
    for _ in 0..5 {
        desk.login("agent", "wrong").await;
    }
    assert_eq!(desk.login("agent", PASSWORD).await.problem(), "429 login_locked");
    let unlocked = desk
        .post(&admin, &format!("/api/v1/users/{id}/unlock"), &Value::Null)
        .await;
    assert_eq!(unlocked.status, StatusCode::NO_CONTENT, "{}", unlocked.text());
    assert_eq!(
        desk.login("agent", PASSWORD).await.problem(),
        "401 second_factor_required"
    );
    let reset = format!("/api/v1/users/{id}/second-factor/reset");
    assert_eq!(
        desk.post(&admin, &reset, &Value::Null).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        desk.get(&agent, "/api/v1/me").await.problem(),
        "401 unauthenticated",
        "the sessions ended"
    );
    assert_eq!(desk.login("agent", PASSWORD).await.status, StatusCode::OK);
}

async fn token_of(desk: &Desk, maker: &Client, role: &str, scopes: &[&str]) -> Reply {
    let body = json!({"name": "t", "role": role, "days": 1, "scopes": scopes});
    desk.post(maker, "/api/v1/tokens", &body).await
}

fn bearer(made: &Reply) -> Client {
    let secret = made.json()["token"].as_str().unwrap().to_owned();
    Client::default().and("authorization", &format!("Bearer {secret}"))
}

/// Every route × every scope: a token reaches what its scope names and nothing else.
async fn narrow_tokens_reach_their_scope_only(desk: &mut Desk) {
    let admin = desk.sign_in(Role::Admin).await;
    for scope in TokenScope::ALL {
        let made = token_of(desk, &admin, "admin", &[scope.key()]).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let client = bearer(&made);
        for row in PERMISSIONS {
            let outside = scope_of(row.method, row.path).is_some_and(|needed| needed != *scope);
            if !outside {
                continue;
            }
            let method = Method::from_bytes(row.method.to_uppercase().as_bytes()).unwrap();
            let path = row
                .path
                .replace("{id}", "x")
                .replace("{hash}", "x")
                .replace("{name}", "x");
            let reply = desk.send(client.request(method, &path, Body::from("{}"))).await;
            assert_eq!(
                reply.problem(),
                "403 scope_missing",
                "{scope:?} {} {}",
                row.method,
                row.path
            );
        }
        assert_eq!(desk.get(&client, "/api/v1/me").await.status, StatusCode::OK);
    }
    let reader = bearer(&token_of(desk, &admin, "admin", &["cases_read"]).await);
    assert_eq!(desk.get(&reader, "/api/v1/cases").await.status, StatusCode::OK);
    let keeper = bearer(&token_of(desk, &admin, "admin", &["administration"]).await);
    let wide = token_of(desk, &keeper, "admin", &[]).await;
    assert_eq!(
        wide.problem(),
        "403 scope_missing",
        "a narrow token makes no wider one"
    );
    let password = json!({"current": PASSWORD, "new": "a longer battery"});
    let taken = desk.post(&keeper, "/api/v1/me/password", &password).await;
    assert_eq!(
        taken.problem(),
        "403 session_required",
        "a leaked token does not take the account over"
    );
    assert_eq!(
        token_of(desk, &admin, "admin", &["everything"]).await.fields(),
        ["scopes[0]"]
    );
}

on_both!(
    sessions_are_listed_and_ended,
    a_changed_password_ends_the_other_sessions,
    a_second_factor_is_asked_for_and_works_once,
    secrets_of_authenticators_are_sealed,
    guessing_codes_locks_the_name,
    an_administrator_lets_colleagues_in_again,
    narrow_tokens_reach_their_scope_only,
);

//! A planted person stays covered where words leave by side doors: the event stream, the log, error messages, cuts of
//! a text, and what is exported to learn from.

use std::{
    io::Write,
    sync::{Arc, Mutex, OnceLock},
};

use axum::{body::Body, http::Method};
use domain::Role;
use serde_json::json;
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::{
    demo_desk::{Desk, Reply},
    live::Stream,
    masking::{PLANTED, SECRETS, shows_no_secret},
    temporary::on_both,
};

/// Everything logged in this process, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// The log of this process; the first caller starts it.
fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_writer(log.clone())
            .init();
        log
    })
}

/// `words` as part of an address.
fn in_address(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn errors_tell_nothing_of_a_planted_person(desk: &mut Desk) {
    let client = desk.sign_in(Role::Supervisor).await;
    let case = desk.open_case(&client, PLANTED).await;
    let id = case["id"].as_str().unwrap();
    let commands = format!("/api/v1/cases/{id}/commands");
    let bodies = [
        ("/api/v1/cases", json!({"text": 5, "channel": PLANTED})),
        ("/api/v1/cases", json!({"text": "坏了", "channel": PLANTED})),
        (
            "/api/v1/cases",
            json!({"text": "坏了", "channel": "chat", PLANTED: 1}),
        ),
        (
            "/api/v1/cases",
            json!({"text": "坏了", "channel": "chat", "received_at": PLANTED}),
        ),
        (
            "/api/v1/cases",
            json!({"text": "坏了", "channel": "chat", "customer": PLANTED}),
        ),
        ("/api/v1/analyses", json!({"texts": PLANTED})),
        ("/api/v1/plans", json!({"case_id": PLANTED})),
        ("/api/v1/messages/check", json!({"text": 1, "case_id": PLANTED})),
        ("/api/v1/login", json!({"login": PLANTED})),
        ("/api/v1/login", json!({"login": PLANTED, "password": PLANTED})),
        (&commands, json!({"command": PLANTED})),
        (&commands, json!({"command": "note", "text": 7, "kind": PLANTED})),
        (&commands, json!({"command": "assign", "to": PLANTED})),
        (
            &commands,
            json!({"command": "confirm_facets", "reason": "x", "corrections": {"stance": PLANTED}}),
        ),
        (
            &commands,
            json!({"command": "confirm_facets", "reason": "x", "corrections": {PLANTED: 1}}),
        ),
    ];
    for (path, body) in &bodies {
        let reply = if path.ends_with("commands") {
            desk.command(&client, &case, body).await
        } else {
            desk.post(&client, path, body).await
        };
        let route = format!(
            "POST {path} {}",
            body.to_string().chars().take(40).collect::<String>()
        );
        check_error(&route, &reply);
    }
    let words = in_address(PLANTED);
    for path in [
        format!("/api/v1/cases?state={words}"),
        format!("/api/v1/cases?sort={words}"),
        format!("/api/v1/cases?limit={words}"),
        format!("/api/v1/cases?cursor={words}"),
        format!("/api/v1/cases/{words}"),
        format!("/api/v1/cases/{words}/events"),
        format!("/api/v1/customers/{words}"),
        format!("/api/v1/insight/dashboard?from={words}"),
        format!("/api/v1/{words}"),
    ] {
        check_error(&path, &desk.get(&client, &path).await);
    }
    // A body that is no JSON at all.
    let request = client.request(Method::POST, "/api/v1/cases", Body::from(PLANTED));
    check_error("no JSON", &desk.send(request).await);
    let stale = client.and("if-match", "\"13712345678\"");
    let request = stale.request(
        Method::POST,
        &commands,
        Body::from(json!({"command": "acknowledge"}).to_string()),
    );
    check_error("a stale version", &desk.send(request).await);
}

/// The answer is a refusal, and repeats nothing of the person; an empty list is no refusal and tells nothing either.
fn check_error(route: &str, reply: &Reply) {
    shows_no_secret(route, &reply.text());
    let headers = format!("{:?}", reply.headers);
    shows_no_secret(route, &headers);
    if reply.status.is_success() {
        assert!(
            reply.text().contains("\"items\":[]") || route.contains("texts"),
            "{route}: {}",
            reply.text()
        );
    }
}

async fn the_log_tells_nothing_of_a_planted_person(desk: &mut Desk) {
    let log = log();
    let agent = desk.sign_in(Role::Specialist).await;
    let case = desk.open_case(&agent, PLANTED).await;
    let case = desk
        .must(&agent, &case, &json!({"command": "note", "text": PLANTED}))
        .await;
    desk.must(&agent, &case, &json!({"command": "unmask", "reason": PLANTED}))
        .await;
    let words = in_address("欧阳倩 13712345678");
    for path in [
        format!("/api/v1/cases?q={words}"),
        format!("/api/v1/cases/{words}"),
    ] {
        desk.get(&agent, &path).await;
    }
    errors_tell_nothing_of_a_planted_person(desk).await;
    desk.pass_hours(24 * 40);
    desk.app.tick().await.unwrap();
    let written = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(written.lines().count() > 20, "the log was listened to: {written}");
    for secret in SECRETS {
        let line = written.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "the log shows {secret}");
    }
}

async fn the_stream_tells_nothing_of_a_planted_person(desk: &mut Desk) {
    for role in [Role::Agent, Role::Supervisor, Role::Quality, Role::Admin] {
        let (client, agent) = (desk.sign_in(role).await, desk.sign_in(Role::Agent).await);
        let mut stream = Stream::open(desk, &client).await;
        let case = desk.open_case(&agent, PLANTED).await;
        let note = json!({"command": "note", "text": PLANTED});
        let case = desk.must(&agent, &case, &note).await;
        let mut version = 0;
        while version < case["version"].as_u64().unwrap() {
            let (_, name, data) = stream.next_case().await;
            shows_no_secret(&format!("{role:?} {name}"), &data.to_string());
            version = data["version"].as_u64().unwrap();
        }
    }
}

async fn what_is_learned_from_tells_nothing_of_a_planted_person(desk: &mut Desk) {
    let client = desk.sign_in(Role::Specialist).await;
    let case = desk.open_case(&client, PLANTED).await;
    let case = desk
        .must(&client, &case, &json!({"command": "acknowledge"}))
        .await;
    let correction =
        json!({"command": "confirm_facets", "reason": PLANTED, "corrections": {"stance": "reason"}});
    desk.must(&client, &case, &correction).await;
    let corrected = desk.app.corrections().await.unwrap();
    assert_eq!(corrected.len(), 1);
    assert_eq!(corrected[0].text.chars().count(), PLANTED.chars().count());
    shows_no_secret("corrections", &format!("{corrected:?}"));
}

async fn a_number_at_a_cut_is_covered(desk: &mut Desk) {
    let client = desk.sign_in(Role::Agent).await;
    // The number stands at every place where a title or an excerpt could be cut.
    for before in [
        0, 5, 20, 25, 28, 30, 32, 34, 36, 38, 40, 45, 50, 55, 58, 60, 62, 70, 90, 110, 115, 119, 130,
    ] {
        let text = format!(
            "{}电话13712345678{}",
            "慢".repeat(before / 2) + &"等".repeat(before - before / 2),
            "谁也不管。".repeat(60)
        );
        let case = desk.open_case(&client, &text).await;
        let id = case["id"].as_str().unwrap();
        let path = format!("/api/v1/cases/{id}");
        for path in [
            path.as_str(),
            "/api/v1/cases",
            "/api/v1/cases?q=%E7%94%B5%E8%AF%9D",
        ] {
            let shown = desk.get(&client, path).await.text();
            assert!(!shown.contains("137123"), "{path} after {before}: {shown}");
        }
    }
    // A text that itself breaks off inside a number.
    let case = desk.open_case(&client, "你们再不来修，我电话是1371234").await;
    assert!(!case.to_string().contains("1371234"), "{case}");
}

on_both!(
    errors_tell_nothing_of_a_planted_person,
    the_log_tells_nothing_of_a_planted_person,
    the_stream_tells_nothing_of_a_planted_person,
    what_is_learned_from_tells_nothing_of_a_planted_person,
    a_number_at_a_cut_is_covered
);

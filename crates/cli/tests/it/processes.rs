//! Several servers: refused on one SQLite file; on one PostgreSQL database they share the work and do none of it twice.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fresh::{Fresh, wait};
use crate::http::{Line, Server};
use crate::receiver::Receiver;
use crate::tool::run;

#[test]
fn a_second_server_on_one_file_is_refused() {
    let fresh = Fresh::sqlite();
    let mut first = Server::start(&fresh.url, &[]);
    let second = run(&["serve", "--addr", "127.0.0.1:0", "--database", &fresh.url], "");
    assert_eq!(second.code, 3, "{}", second.err);
    let process = first.child.id().to_string();
    let told = second.err.contains("another server") && second.err.contains(&process);
    assert!(told && second.err.contains("desk.db"), "{}", second.err);
    // What is no server works beside it.
    run(&["doctor", "--verify-chain", "--database", &fresh.url], "").ok();
    first.kill();
    // The mark of a server that was killed does not stay behind.
    drop(Server::start(&fresh.url, &[]));
}

/// Waits until something holds, looking again and again.
fn until(what: &str, patience: Duration, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(
            started.elapsed() < patience,
            "{what} did not happen within {patience:?}"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn leads(server: &Server) -> bool {
    let mut line = Line::open(&server.addr, "").unwrap();
    line.get("/metrics")
        .unwrap()
        .body
        .contains("tingsu_clock_leader 1")
}

fn open_cases(server: &Server, token: &str, name: &str, count: usize) {
    let mut line = Line::open(&server.addr, token).unwrap();
    for number in 0..count {
        let key = format!("{name}-{number}");
        let body = json!({"text": "等了十天还没退款", "channel": "web_form"});
        let reply = line
            .post("/api/v1/cases", &[("idempotency-key", &key)], &body)
            .unwrap();
        assert_eq!(reply.status, 201, "{}", reply.body);
    }
}

#[test]
fn two_servers_on_one_postgresql_do_no_work_twice() {
    let Some(fresh) = Fresh::postgres() else { return };
    let receiver = Receiver::open();
    let networks = ["--webhook-networks", "127.0.0.1"];
    let mut servers = [
        Server::start(&fresh.url, &networks),
        Server::start(&fresh.url, &networks),
    ];
    until("a leader", Duration::from_secs(40), || servers.iter().any(leads));
    assert_eq!(servers.iter().filter(|server| leads(server)).count(), 1);
    let mut line = Line::open(&servers[0].addr, &fresh.token).unwrap();
    let body = json!({"url": receiver.url(), "events": ["received"]});
    assert_eq!(line.post("/api/v1/webhooks", &[], &body).unwrap().status, 201);
    std::thread::scope(|scope| {
        for (name, server) in ["left", "right"].into_iter().zip(&servers) {
            let token = &fresh.token;
            scope.spawn(move || open_cases(server, token, name, 30));
        }
    });
    until("sixty messages", Duration::from_secs(60), || {
        receiver.heard().len() >= 60
    });
    let mut counts = BTreeMap::new();
    for heard in receiver.heard() {
        *counts.entry(heard.id).or_insert(0) += 1;
    }
    assert!(
        counts.len() == 60 && counts.values().all(|count| *count == 1),
        "{counts:?}"
    );
    // A connection that said nothing for a while was let go.
    let mut line = Line::open(&servers[0].addr, &fresh.token).unwrap();
    let done: Value = line.get("/api/v1/jobs?state=done&limit=200").unwrap().json();
    let sweeps = done["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|job| job["kind"] == "sweep");
    // Two, when the hour has just changed.
    assert!((1..=2).contains(&sweeps.count()), "{done}");
    let first = servers.iter().position(leads).unwrap();
    servers[first].kill();
    until("another leader", Duration::from_secs(40), || {
        leads(&servers[1 - first])
    });
    open_cases(&servers[1 - first], &fresh.token, "after", 3);
    wait(async {
        let app = server::open_app(&fresh.url).await.unwrap();
        let report = app.verify_history().await.unwrap();
        assert!(report.is_whole(), "{report:?}");
        assert_eq!(report.chain.cases, 63);
        app.store().close().await;
    });
}

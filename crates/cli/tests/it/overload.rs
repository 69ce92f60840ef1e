//! More than can be done: refused at once with the time to come again, and what was acknowledged is there.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fresh::{Fresh, wait};
use crate::http::{Line, Server};

/// Callers at the same time; each sends its next request as soon as it is answered, so that far more is offered than
/// can be done.
const CALLERS: usize = 400;
const LASTS: Duration = Duration::from_secs(3);

/// What a caller was told: cases by key, and how often it was refused.
fn call(
    addr: &str,
    token: &str,
    caller: usize,
    ends: Instant,
) -> std::io::Result<(Vec<(String, String)>, u64)> {
    let mut line = Line::open(addr, token)?;
    let (mut opened, mut refused) = (Vec::new(), 0);
    for number in 0.. {
        if Instant::now() > ends {
            break;
        }
        let key = format!("o{caller}-{number}");
        let body = json!({"text": "等了十天还没退款", "channel": "web_form"});
        let reply = line.post("/api/v1/cases", &[("idempotency-key", &key)], &body)?;
        match reply.status {
            201 => opened.push((key, reply.json()["id"].as_str().unwrap().to_owned())),
            429 | 503 => {
                let seconds = reply
                    .header("retry-after")
                    .and_then(|seconds| seconds.parse::<u32>().ok());
                assert!(seconds.is_some_and(|seconds| seconds > 0), "{}", reply.head);
                refused += 1;
            }
            other => panic!("{other}: {}", reply.body),
        }
    }
    Ok((opened, refused))
}

fn overload(fresh: &Fresh) {
    let server = Server::start(&fresh.url, &[]);
    let ends = Instant::now() + LASTS;
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (addr, token) = (server.addr.clone(), fresh.token.clone());
            let small = std::thread::Builder::new().stack_size(256 * 1024);
            small.spawn(move || call(&addr, &token, caller, ends)).unwrap()
        })
        .collect();
    let told: Vec<_> = callers
        .into_iter()
        .map(|caller| caller.join().unwrap().unwrap())
        .collect();
    let refused: u64 = told.iter().map(|(_, refused)| refused).sum();
    let opened: BTreeMap<String, String> = told.into_iter().flat_map(|(opened, _)| opened).collect();
    eprintln!("{} acknowledged, {refused} refused", opened.len());
    assert!(refused > 0 && !opened.is_empty());
    drop(server);
    wait(async {
        let app = server::open_app(&fresh.url).await.unwrap();
        for (key, id) in &opened {
            let case = app.store().case(&id.as_str().into()).await.unwrap();
            assert!(case.is_some(), "{key} was acknowledged and is lost");
        }
        let report = app.verify_history().await.unwrap();
        assert!(report.is_whole(), "{report:?}");
        assert_eq!(
            report.chain.cases,
            opened.len() as u64,
            "what was refused was not done"
        );
        app.store().close().await;
    });
}

#[test]
fn an_overloaded_server_refuses_and_keeps_its_word_on_sqlite() {
    overload(&Fresh::sqlite());
}

#[test]
fn an_overloaded_server_refuses_and_keeps_its_word_on_postgresql() {
    if let Some(fresh) = Fresh::postgres() {
        overload(&fresh);
    }
}

#[test]
fn floods_and_slow_clients_do_not_keep_others_out() {
    let fresh = Fresh::sqlite();
    let server = Server::start(&fresh.url, &[]);
    // One sends its head byte by byte, one its body; the others say nothing at all.
    let mut slow_head = TcpStream::connect(&server.addr).unwrap();
    slow_head.write_all(b"GET /healthz HTTP/1.1\r\nhost: de").unwrap();
    let mut slow_body = TcpStream::connect(&server.addr).unwrap();
    let token = &fresh.token;
    let head = format!(
        "POST /api/v1/analyses HTTP/1.1\r\nhost: d\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: 50\r\n\r\n{{\"te"
    );
    slow_body.write_all(head.as_bytes()).unwrap();
    let started = Instant::now();
    let crowd: Vec<TcpStream> = (0..950)
        .filter_map(|_| TcpStream::connect(&server.addr).ok())
        .collect();
    let mut turned_away = 0;
    for mut stream in crowd.iter().rev().take(40) {
        stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
        let mut told = [0; 512];
        let read = stream.read(&mut told).unwrap_or_default();
        let told = String::from_utf8_lossy(&told[..read]);
        turned_away += usize::from(told.starts_with("HTTP/1.1 503") && told.contains("retry-after: 1"));
    }
    assert!(turned_away >= 30, "{turned_away} were turned away");
    slow_body.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut told = [0; 512];
    let read = slow_body.read(&mut told).unwrap();
    assert!(
        told[..read].starts_with(b"HTTP/1.1 408"),
        "{}",
        String::from_utf8_lossy(&told[..read])
    );
    // The silent ones are let go, and there is room again.
    slow_head.set_read_timeout(Some(Duration::from_secs(25))).unwrap();
    let mut rest = Vec::new();
    slow_head
        .read_to_end(&mut rest)
        .expect("the connection is closed");
    assert!(started.elapsed() < Duration::from_secs(25));
    let mut silent = &crowd[0];
    silent.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert_eq!(silent.read(&mut told).expect("closed, too"), 0);
    let reply = Line::open(&server.addr, token)
        .unwrap()
        .get("/api/v1/me")
        .unwrap();
    assert_eq!(reply.status, 200);
}

#[test]
fn a_client_that_takes_nothing_of_its_answers_is_let_go() {
    let fresh = Fresh::sqlite();
    let server = Server::start(&fresh.url, &[]);
    let mut deaf = TcpStream::connect(&server.addr).unwrap();
    // Far more than the machine keeps for a client that does not read.
    let asked = "GET /api/v1/openapi.json HTTP/1.1\r\nhost: d\r\n\r\n".repeat(300);
    deaf.write_all(asked.as_bytes()).unwrap();
    let started = Instant::now();
    let mut line = Line::open(&server.addr, &fresh.token).unwrap();
    // A write fails once the other side has hung up; until then others are answered.
    while deaf.write_all(b"G").is_ok() {
        assert_eq!(line.get("/api/v1/me").unwrap().status, 200);
        assert!(
            started.elapsed() < Duration::from_secs(50),
            "it is still waited for"
        );
        std::thread::sleep(Duration::from_millis(250));
    }
    let waited = started.elapsed();
    assert!(waited > Duration::from_secs(20), "it was given {waited:?} only");
}

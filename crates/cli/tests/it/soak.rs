//! Work without end: for seconds here, for an hour in `cargo xtask long`. Memory and open files stay where they were
//! after the start, nobody waits long, and afterwards the history is whole and holds what was acknowledged, once.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::fresh::{Fresh, wait};
use crate::http::{Line, Server};

/// How long, when the variable does not say otherwise.
const SHORT: Duration = Duration::from_secs(10);
const MINUTES_VARIABLE: &str = "TINGSU_SOAK_MINUTES";
const CALLERS: usize = 4;
/// A caller's rest after each round, so that the machine is busy and not drowned.
const REST: Duration = Duration::from_millis(80);
/// Longer than any answer may take, on a machine that does other things as well.
const SLOWEST: Duration = Duration::from_secs(10);
/// What caches may still grow by after the first quarter.
const MORE_MEMORY_KB: u64 = 96 * 1024;
const MORE_FILES: u64 = 16;

fn how_long() -> Duration {
    let told = std::env::var(MINUTES_VARIABLE).ok();
    told.map_or(SHORT, |told| {
        Duration::from_secs(60 * told.parse::<u64>().expect("minutes"))
    })
}

/// What a caller saw.
#[derive(Default)]
struct Seen {
    opened: u64,
    slowest: Duration,
}

/// One caller: opens a case, sends it again now and then, notes something, reads, lists, searches, looks at the board.
fn work(addr: &str, token: &str, caller: usize, ends: Instant) -> std::io::Result<Seen> {
    let mut seen = Seen::default();
    let mut line = Line::open(addr, token)?;
    for round in 0.. {
        if Instant::now() > ends {
            break;
        }
        // Connections come and go.
        if round % 25 == 24 {
            line = Line::open(addr, token)?;
        }
        let started = Instant::now();
        one_round(&mut line, &format!("s{caller}-{round}"), round)?;
        seen.opened += 1;
        seen.slowest = seen.slowest.max(started.elapsed());
        std::thread::sleep(REST);
    }
    Ok(seen)
}

fn one_round(line: &mut Line, key: &str, round: u64) -> std::io::Result<()> {
    let body = json!({"text": format!("等了十天还没退款，{key}，客服态度很差"), "channel": "web_form"});
    let opened = line.post("/api/v1/cases", &[("idempotency-key", key)], &body)?;
    assert_eq!(opened.status, 201, "{}", opened.body);
    let case = opened.json();
    let path = format!("/api/v1/cases/{}", case["id"].as_str().unwrap());
    if round.is_multiple_of(10) {
        let again = line.post("/api/v1/cases", &[("idempotency-key", key)], &body)?;
        assert_eq!(again.json()["id"], case["id"]);
    }
    let version = case["version"].to_string();
    let noted = line.post(
        &format!("{path}/commands"),
        &[("if-match", &version)],
        &json!({"command": "note", "text": "已核对"}),
    )?;
    assert_eq!(noted.status, 200, "{}", noted.body);
    let lists = [
        "/api/v1/cases?state=open&limit=20",
        "/api/v1/cases?q=%E9%80%80%E6%AC%BE&limit=20",
        "/api/v1/board",
    ];
    for asked in [path.as_str(), lists[round as usize % lists.len()]] {
        let reply = line.get(asked)?;
        assert_eq!(reply.status, 200, "{asked}: {}", reply.body);
    }
    Ok(())
}

/// What the process holds: memory of its own in kilobytes, and open files. Where the system does not say, nothing.
fn held(process: u32) -> Option<(u64, u64)> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("RssAnon:"))?;
    let memory = line.split_whitespace().nth(1)?.parse().ok()?;
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count() as u64;
    Some((memory, files))
}

fn soak(fresh: &Fresh) {
    let server = Server::start(&fresh.url, &[]);
    let (process, lasts) = (server.child.id(), how_long());
    let started = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (addr, token) = (server.addr.clone(), fresh.token.clone());
            std::thread::spawn(move || work(&addr, &token, caller, started + lasts).unwrap())
        })
        .collect();
    std::thread::sleep(lasts / 4);
    let early = held(process);
    std::thread::sleep((lasts * 3 / 4).saturating_sub(Duration::from_secs(1)));
    let late = held(process);
    let seen: Vec<Seen> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();
    let opened: u64 = seen.iter().map(|seen| seen.opened).sum();
    let slowest = seen.iter().map(|seen| seen.slowest).max().unwrap_or_default();
    eprintln!(
        "{opened} cases in {lasts:?}; slowest round {slowest:?}; memory (kB) and files {early:?}, later {late:?}"
    );
    assert!(slowest < SLOWEST, "somebody waited {slowest:?}");
    if let (Some((memory, files)), Some((memory_later, files_later))) = (early, late) {
        assert!(
            memory_later <= memory + MORE_MEMORY_KB,
            "{memory} kB became {memory_later} kB"
        );
        assert!(
            files_later <= files + MORE_FILES,
            "{files} open files became {files_later}"
        );
    }
    drop(server);
    wait(async {
        let app = server::open_app(&fresh.url).await.unwrap();
        let report = app.verify_history().await.unwrap();
        assert!(report.is_whole(), "{report:?}");
        assert_eq!(report.chain.cases, opened, "each key has its effect once");
        app.store().close().await;
    });
}

#[test]
fn work_without_end_leaves_nothing_behind_on_sqlite() {
    soak(&Fresh::sqlite());
}

#[test]
fn work_without_end_leaves_nothing_behind_on_postgresql() {
    if let Some(fresh) = Fresh::postgres() {
        soak(&fresh);
    }
}

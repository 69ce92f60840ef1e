//! When the ground gives way: no room, no right to write, the database away and back. Each gets a defined answer, and
//! nothing acknowledged is lost.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fresh::{Fresh, wait};
use crate::http::{Line, Reply, Server};

fn open(line: &mut Line, key: &str) -> Reply {
    let body = json!({"text": format!("等了十天还没退款，{key}"), "channel": "web_form"});
    line.post("/api/v1/cases", &[("idempotency-key", key)], &body)
        .unwrap()
}

async fn count_whole_cases(url: &str) -> u64 {
    let app = server::open_app(url).await.unwrap();
    let report = app.verify_history().await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    app.store().close().await;
    report.chain.cases
}

#[test]
fn a_full_disk_refuses_writes_and_keeps_reading() {
    let fresh = Fresh::sqlite();
    let mut server = Server::start(&format!("{}?max_mb=2", fresh.url), &[]);
    let mut line = Line::open(&server.addr, &fresh.token).unwrap();
    let mut acknowledged = Vec::new();
    let refused = loop {
        assert!(acknowledged.len() < 2_000, "two megabytes hold no more");
        let key = format!("k{}", acknowledged.len());
        let reply = open(&mut line, &key);
        match reply.status {
            201 => acknowledged.push((key, reply.json()["id"].as_str().unwrap().to_owned())),
            _ => break reply,
        }
    };
    assert_eq!(
        (refused.status, &refused.json()["code"]),
        (503, &json!("storage_full")),
        "{}",
        refused.body
    );
    assert!(refused.header("retry-after").is_some());
    assert!(acknowledged.len() > 20, "{}", acknowledged.len());
    for (key, id) in &acknowledged {
        assert_eq!(
            line.get(&format!("/api/v1/cases/{id}")).unwrap().status,
            200,
            "{key} can be read"
        );
    }
    assert_eq!(line.get("/readyz").unwrap().status, 200, "reading goes on");
    // Refused again and again, not stuck.
    for _ in 0..5 {
        assert_eq!(open(&mut line, "refused").json()["code"], "storage_full");
    }
    server.kill();
    // With more room everything is there, and the refused one can be stored.
    let server = Server::start(&fresh.url, &[]);
    let mut line = Line::open(&server.addr, &fresh.token).unwrap();
    for (key, id) in acknowledged.iter().step_by(10) {
        assert_eq!(open(&mut line, key).json()["id"], **id);
    }
    assert_eq!(open(&mut line, "refused").status, 201);
    drop(server);
    assert_eq!(wait(count_whole_cases(&fresh.url)), acknowledged.len() as u64 + 1);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_named_at_the_start() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let fresh = Fresh::sqlite();
    let path = std::path::PathBuf::from(fresh.url.strip_prefix("sqlite://").unwrap());
    let set = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(&path, 0o444);
    set(path.parent().unwrap(), 0o555);
    let mut serve = crate::tool::command(&["migrate", "--database", &fresh.url]);
    let is_root = std::fs::write(path.parent().unwrap().join("try"), "").is_ok();
    if is_root {
        // Root may write everything; nobody may not.
        serve.uid(65_534);
    }
    let ran = serve.output();
    set(path.parent().unwrap(), 0o755);
    let Ok(ran) = ran else {
        eprintln!("skipped: nobody may not run the binary");
        return;
    };
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(3), "{told}");
    assert!(
        told.contains("readonly") || told.contains("cannot be written") || told.contains("unable to open"),
        "{told}"
    );
}

/// A line to the database that the test can cut and mend.
struct Cable {
    addr: SocketAddr,
    whole: Arc<Mutex<bool>>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    fn lay(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let cable = Self {
            addr: listener.local_addr().unwrap(),
            whole: Arc::new(Mutex::new(true)),
            open: Arc::default(),
        };
        let (whole, open) = (cable.whole.clone(), cable.open.clone());
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let whole = whole.lock().unwrap();
                if *whole && let Ok(far) = TcpStream::connect(&target) {
                    let mut open = open.lock().unwrap();
                    open.extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
                    pump(near.try_clone().unwrap(), far.try_clone().unwrap());
                    pump(far, near);
                }
            }
        });
        cable
    }

    fn cut(&self) {
        *self.whole.lock().unwrap() = false;
        for stream in self.open.lock().unwrap().drain(..) {
            // It may have ended by itself.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        *self.whole.lock().unwrap() = true;
    }
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let mut bytes = [0; 16 * 1024];
        while let Ok(read @ 1..) = from.read(&mut bytes) {
            if to.write_all(&bytes[..read]).is_err() {
                break;
            }
        }
        // The other end may be gone already.
        let _ = to.shutdown(Shutdown::Both);
    });
}

#[test]
fn a_database_that_goes_away_is_missed_within_seconds_and_found_again() {
    let Some(fresh) = Fresh::postgres() else { return };
    let (before, name) = fresh.url.rsplit_once('/').unwrap();
    let (user, host) = before.rsplit_once('@').unwrap();
    let cable = Cable::lay(host.to_owned());
    let server = Server::start(&format!("{user}@{}/{name}", cable.addr), &[]);
    let mut line = Line::open(&server.addr, &fresh.token).unwrap();
    assert_eq!(open(&mut line, "before").status, 201);
    cable.cut();
    for key in ["cut", "still cut"] {
        let started = Instant::now();
        let refused = open(&mut line, key);
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (503, &json!("store_unavailable")),
            "{}",
            refused.body
        );
        assert!(refused.header("retry-after").is_some());
        assert!(
            started.elapsed() < Duration::from_secs(8),
            "{:?}",
            started.elapsed()
        );
    }
    assert_eq!(line.get("/readyz").unwrap().status, 503);
    assert_eq!(line.get("/healthz").unwrap().status, 200);
    cable.mend();
    let started = Instant::now();
    while open(&mut line, "cut").status != 201 {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "it was not found again"
        );
    }
    assert_eq!(line.get("/readyz").unwrap().status, 200);
    for key in ["before", "cut", "still cut"] {
        assert_eq!(open(&mut line, key).status, 201);
    }
    drop(server);
    assert_eq!(
        wait(count_whole_cases(&fresh.url)),
        3,
        "each key has its effect once"
    );
}

/// Ends every connection to the database, as a fail-over does: settings of a database hold for new ones.
fn hang_up(fresh: &Fresh) {
    fresh.administer(|name| {
        format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"
        )
    });
}

#[test]
fn a_database_that_may_only_be_read_is_read_and_written_again_later() {
    let Some(fresh) = Fresh::postgres() else { return };
    let server = Server::start(&fresh.url, &[]);
    let mut line = Line::open(&server.addr, &fresh.token).unwrap();
    let before = open(&mut line, "before");
    assert_eq!(before.status, 201, "{}", before.body);
    let case = format!("/api/v1/cases/{}", before.json()["id"].as_str().unwrap());
    fresh.administer(|name| format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    hang_up(&fresh);
    // The first one may still meet a connection that was ended.
    let started = Instant::now();
    loop {
        let refused = open(&mut line, "refused");
        assert_eq!(refused.status, 503, "{}", refused.body);
        assert!(refused.header("retry-after").is_some());
        if refused.json()["code"] == "storage_read_only" {
            break;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{}", refused.body);
    }
    assert_eq!(line.get(&case).unwrap().status, 200, "reading goes on");
    for _ in 0..3 {
        assert_eq!(open(&mut line, "refused").json()["code"], "storage_read_only");
    }
    fresh.administer(|name| format!("ALTER DATABASE {name} RESET default_transaction_read_only"));
    hang_up(&fresh);
    let started = Instant::now();
    while open(&mut line, "refused").status != 201 {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "it is not written again"
        );
    }
    assert_eq!(open(&mut line, "before").status, 201);
    drop(server);
    assert_eq!(
        wait(count_whole_cases(&fresh.url)),
        2,
        "each key has its effect once"
    );
}

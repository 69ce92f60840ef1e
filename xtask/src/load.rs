//! Load upon the real server over HTTP: durable intakes per second with the analysis in them, and how long an intake
//! takes at a steady offer. The callers share the machine with the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::postgres::Postgres;
use crate::shell;

/// Connections that ask as fast as they are answered.
const CONNECTIONS: usize = 16;
/// Cases offered per second when waiting times are measured.
const OFFERED: u64 = 1_000;
/// Connections that share the offer; a caller that is late does not make the others late.
const OFFERERS: u64 = 64;
/// How long each measurement lasts.
const LASTS: Duration = Duration::from_secs(10);
/// A tick of the processor's clock as Linux tells it.
const TICK_MS: u64 = 10;
/// How long the server warms up.
const WARMS: Duration = Duration::from_secs(2);

/// Measures on SQLite and on PostgreSQL, both of them flushing to the disk before they answer.
pub(crate) fn measure_intakes(binary: &Path) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("tingsu-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let sqlite = measure(
        "SQLite",
        binary,
        &format!("sqlite://{}", folder.join("load.db").display()),
    );
    std::fs::remove_dir_all(&folder)?;
    sqlite?;
    let postgres = Postgres::start_durable()?;
    measure("PostgreSQL", binary, postgres.url())
}

fn measure(name: &str, binary: &Path, database: &str) -> Result<()> {
    let token = make_token(binary, database, "bench")?;
    let server = Server::start(binary, database)?;
    saturate(&server.addr, &token, WARMS)?;
    let before = server.processor_time();
    let (count, waits) = saturate(&server.addr, &token, LASTS)?;
    println!(
        "{name:<11} durable intakes/s {:>7.0}   ({CONNECTIONS} connections, analysis included, p50 {:.1} ms, p99 {:.1} ms)",
        count as f64 / LASTS.as_secs_f64(),
        percentile(&waits, 0.5),
        percentile(&waits, 0.99),
    );
    // Neighbors on the machine change what an intake takes far more than what it costs.
    if let (Some(before), Some(after)) = (before, server.processor_time()) {
        let each = (after - before).as_secs_f64() * 1e6 / count.max(1) as f64;
        println!("{name:<11} processor time of the server for an intake: {each:.0} µs");
    }
    let (refused, waits) = offer(&server.addr, &token)?;
    println!(
        "{name:<11} {OFFERED} intakes/s offered: p50 {:.1} ms, p99 {:.1} ms, {refused} refused",
        percentile(&waits, 0.5),
        percentile(&waits, 0.99),
    );
    Ok(())
}

/// An account of an administrator under this name, and a token of it.
pub(crate) fn make_token(binary: &Path, database: &str, login: &str) -> Result<String> {
    let program = binary.to_string_lossy();
    let who = ["--login", login, "--database", database];
    let mut create = shell::command("", &program, &["admin", "create-user", "--role", "admin"]);
    shell::output(create.args(who).env("TINGSU_PASSWORD", "bench-password-1"))?;
    let mut make = shell::command("", &program, &["admin", "create-token", "--name", "bench"]);
    Ok(shell::output(make.args(who))?.trim().to_owned())
}

/// The value that so large a share is below, in milliseconds.
pub(crate) fn percentile(waits: &[Duration], share: f64) -> f64 {
    let mut sorted = waits.to_vec();
    sorted.sort_unstable();
    let place = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted
        .get(place)
        .map_or(f64::NAN, |wait| wait.as_secs_f64() * 1e3)
}

/// Everybody asks again as soon as answered; how many were opened, and how long each took.
fn saturate(addr: &str, token: &str, lasts: Duration) -> Result<(usize, Vec<Duration>)> {
    let ends = Instant::now() + lasts;
    let callers: Vec<_> = (0..CONNECTIONS)
        .map(|caller| {
            let (addr, token) = (addr.to_owned(), token.to_owned());
            thread::spawn(move || -> Result<Vec<Duration>> {
                let mut line = Line::open(&addr, token)?;
                let mut waits = Vec::new();
                while Instant::now() < ends {
                    let asked = Instant::now();
                    let status = line.open_case(&format!("第{caller}-{}单", waits.len()))?;
                    if status != 201 {
                        bail!("an intake was answered {status}");
                    }
                    waits.push(asked.elapsed());
                }
                Ok(waits)
            })
        })
        .collect();
    let mut all = Vec::new();
    for caller in callers {
        all.extend(caller.join().expect("a caller does not panic")?);
    }
    Ok((all.len(), all))
}

/// Cases come at fixed moments, whether the ones before are answered or not; a case that waits for its caller waits.
fn offer(addr: &str, token: &str) -> Result<(u64, Vec<Duration>)> {
    let (next, refused) = (AtomicU64::new(0), AtomicU64::new(0));
    let (starts, total) = (
        Instant::now() + Duration::from_millis(50),
        OFFERED * LASTS.as_secs(),
    );
    thread::scope(|scope| {
        let caller = || -> Result<Vec<Duration>> {
            let mut line = Line::open(addr, token.to_owned())?;
            let mut waits = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= total {
                    return Ok(waits);
                }
                let due = starts + Duration::from_secs_f64(number as f64 / OFFERED as f64);
                thread::sleep(due.saturating_duration_since(Instant::now()));
                if line.open_case(&format!("第{number}单"))? == 201 {
                    waits.push(due.elapsed());
                } else {
                    refused.fetch_add(1, Ordering::Relaxed);
                }
            }
        };
        let callers: Vec<_> = (0..OFFERERS).map(|_| scope.spawn(caller)).collect();
        let mut all = Vec::new();
        for caller in callers {
            all.extend(caller.join().expect("a caller does not panic")?);
        }
        Ok((refused.load(Ordering::Relaxed), all))
    })
}

/// A connection that is kept.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Line {
    pub(crate) fn open(addr: &str, token: String) -> Result<Self> {
        let stream = TcpStream::connect(addr)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            token,
        })
    }

    /// Opens a case; answers the status.
    pub(crate) fn open_case(&mut self, which: &str) -> Result<u16> {
        let text = format!("{which},买的锅用了两天涂层就掉,客服一直推诿,我要退款");
        let body = format!("{{\"text\":\"{text}\",\"channel\":\"app\"}}");
        let (token, length) = (&self.token, body.len());
        let request = format!(
            "POST /api/v1/cases HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.read_status()
    }

    /// Asks for something; answers the status.
    pub(crate) fn get(&mut self, path: &str) -> Result<u16> {
        let token = &self.token;
        let request =
            format!("GET /api/v1/{path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.read_status()
    }

    fn read_status(&mut self) -> Result<u16> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head)? == 0 {
                bail!("the server closed the connection");
            }
        }
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        });
        let mut body = vec![0; length.unwrap_or_default()];
        self.stream.read_exact(&mut body)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        status.context("an answer without a status")
    }
}

/// A running server; stopped when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) addr: String,
}

impl Server {
    pub(crate) fn start(binary: &Path, database: &str) -> Result<Self> {
        let mut child = Command::new(binary)
            .args([
                "serve",
                "--addr",
                "127.0.0.1:0",
                "--database",
                database,
                "--rate-per-minute",
                "0",
            ])
            .env("TINGSU_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut told = String::new();
        let out = child.stdout.take().context("the server's words")?;
        BufReader::new(out).read_line(&mut told)?;
        let addr = told
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        let addr = addr.context("the server does not listen")?.to_owned();
        Ok(Self { child, addr })
    }

    /// How long processors have worked for the server; nothing where the system does not tell as Linux does.
    pub(crate) fn processor_time(&self) -> Option<Duration> {
        let told = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name may hold spaces; behind it the state comes first, user and system time are the twelfth and next.
        let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place)?.parse::<u64>().ok();
        Some(Duration::from_millis((ticks(11)? + ticks(12)?) * TICK_MS))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

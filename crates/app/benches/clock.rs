//! How long the clock takes over ten thousand open cases: when nothing is due, when one in a hundred is, and when every
//! single one is at once.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench talks to the terminal and may stop at once"
)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use domain::Timestamp;
use tingsu_app::{App, Caller, ImportRow, Randomness, open};
use wire::intake::IntakeRequest;

const CASES: usize = 10_000;
/// Cases imported at once.
const AT_ONCE: usize = 100;
const MINUTE_MS: i64 = 60_000;
/// Monday, 23 November 2026, 10:00 in China.
const START: i64 = 1_795_399_200_000;

/// Numbers that differ; nobody has to guess them here.
struct Counting(AtomicI64);

impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        for (byte, value) in bytes.iter_mut().zip(number.iter().cycle()) {
            *byte = *value;
        }
    }
}

async fn fill(app: &App, clock: &AtomicI64) {
    for first in (0..CASES).step_by(AT_ONCE) {
        let rows = (first..first + AT_ONCE).map(|number| {
            let body = serde_json::json!({"text": format!("第{number}单等了十天还没退款"), "channel": "app"});
            ImportRow {
                intake: IntakeRequest::parse(&body, app.now()).unwrap(),
                origin: None,
            }
        });
        app.import_rows(&Caller::system(), rows.collect()).await.unwrap();
        // A hundredth of them falls due together.
        clock.fetch_add(MINUTE_MS, Ordering::Relaxed);
    }
}

/// Ticks until nothing more is due; how many events, and milliseconds.
async fn tick_all(app: &App) -> (usize, f64) {
    let (started, mut events) = (Instant::now(), 0);
    loop {
        let report = app.tick().await.unwrap();
        events += report.events;
        if report.looked_at == 0 {
            return (events, started.elapsed().as_secs_f64() * 1e3);
        }
    }
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(AtomicI64::new(START));
    let hands = clock.clone();
    let tell = move || Timestamp(hands.load(Ordering::Relaxed));
    let url = format!("sqlite://{}", folder.path().join("clock.db").display());
    let app = open(&url, Box::new(tell), Box::new(Counting(AtomicI64::new(1))))
        .await
        .unwrap();
    fill(&app, &clock).await;
    tick_all(&app).await;
    let (events, ms) = tick_all(&app).await;
    println!("{CASES} open clocks, none due:         {ms:>8.2} ms ({events} events)");
    // Minute by minute until a hundredth of the cases is near or breached.
    loop {
        clock.fetch_add(MINUTE_MS, Ordering::Relaxed);
        let (events, ms) = tick_all(&app).await;
        if events > 0 {
            println!("{CASES} open clocks, some due at once: {ms:>8.2} ms ({events} events)");
            break;
        }
    }
    clock.fetch_add(30 * 24 * 60 * MINUTE_MS, Ordering::Relaxed);
    let (events, ms) = tick_all(&app).await;
    println!("{CASES} open clocks, all due at once:  {ms:>8.2} ms ({events} events)");
    app.store().close().await;
}

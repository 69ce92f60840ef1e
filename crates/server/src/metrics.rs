//! Numbers about the running server in the text format that Prometheus reads: requests, their time, cases, clock.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use app::Health;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use domain::Vocabulary;

use crate::{api::Server, limits};

/// Upper ends of the latency buckets, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

/// Method, route and status class; routes are patterns, so their number is bounded.
type Series = (String, String, u16);

#[derive(Clone, Debug, Default)]
struct Latency {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    sum_s: f64,
}

/// The numbers counted so far.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: Mutex<BTreeMap<Series, Latency>>,
    health: Mutex<Option<(Instant, Health)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Metrics {
    fn note(&self, series: Series, elapsed: Duration) {
        let seconds = elapsed.as_secs_f64();
        let mut requests = lock(&self.requests);
        let latency = requests.entry(series).or_default();
        latency.count += 1;
        latency.sum_s += seconds;
        for (bucket, end) in latency.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= end);
        }
    }

    /// Numbers about the cases, counted anew at most every ten seconds however often somebody looks.
    async fn health(&self, server: &Server) -> Option<Health> {
        let kept = lock(&self.health).clone();
        if let Some((at, health)) = kept.filter(|(at, _)| at.elapsed() < limits::METRICS_AGE) {
            let _ = at;
            return Some(health);
        }
        let health = server.app.read_health().await.ok()?;
        *lock(&self.health) = Some((Instant::now(), health.clone()));
        Some(health)
    }

    /// All numbers as text.
    pub(crate) async fn write(&self, server: &Server) -> String {
        let mut text = String::new();
        self.write_requests(&mut text);
        text.push_str("# HELP tingsu_clock_leader Whether this process turns the clock.\n");
        text.push_str("# TYPE tingsu_clock_leader gauge\n");
        let _ = writeln!(text, "tingsu_clock_leader {}", u8::from(server.app.leads()));
        if let Some(health) = self.health(server).await {
            write_health(&health, &mut text);
        }
        text
    }

    fn write_requests(&self, text: &mut String) {
        text.push_str("# HELP tingsu_http_request_seconds Time to answer, by method, route and status.\n");
        text.push_str("# TYPE tingsu_http_request_seconds histogram\n");
        for ((method, route, status), latency) in lock(&self.requests).iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            let name = "tingsu_http_request_seconds";
            for (count, end) in latency.buckets.iter().zip(BUCKETS) {
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{end}\"}} {count}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", latency.count);
            let _ = writeln!(text, "{name}_sum{{{labels}}} {}", latency.sum_s);
            let _ = writeln!(text, "{name}_count{{{labels}}} {}", latency.count);
        }
    }
}

fn write_health(health: &Health, text: &mut String) {
    text.push_str("# HELP tingsu_cases Cases by state.\n# TYPE tingsu_cases gauge\n");
    for (state, count) in &health.cases {
        let _ = writeln!(text, "tingsu_cases{{state=\"{}\"}} {count}", state.key());
    }
    text.push_str("# HELP tingsu_jobs Work by state: waiting, done lately, failed for good.\n# TYPE tingsu_jobs gauge\n");
    for (state, count) in &health.jobs {
        let _ = writeln!(text, "tingsu_jobs{{state=\"{}\"}} {count}", state.key());
    }
    if let Some(lag) = health.clock_lag_ms {
        text.push_str("# HELP tingsu_clock_lag_seconds Time since the clock last finished a round.\n");
        text.push_str("# TYPE tingsu_clock_lag_seconds gauge\n");
        let seconds = Duration::from_millis(lag.unsigned_abs()).as_secs_f64();
        let _ = writeln!(text, "tingsu_clock_lag_seconds {seconds}");
    }
}

/// Measures every request.
pub(crate) async fn measure(State(server): State<Server>, request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("other", MatchedPath::as_str)
        .to_owned();
    let start = Instant::now();
    let response = next.run(request).await;
    server
        .metrics
        .note((method, route, response.status().as_u16()), start.elapsed());
    response
}

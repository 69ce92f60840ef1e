//! Numbers about the running server in the text format that Prometheus reads. Every family is in one table, which the
//! documentation, the dashboard and the alerts are checked against.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
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

/// A family of numbers: its name ends in its unit, as Prometheus advises.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The name.
    pub name: &'static str,
    /// `counter`, `gauge` or `histogram`.
    pub kind: &'static str,
    /// The labels.
    pub labels: &'static str,
    /// What it says.
    pub help: &'static str,
}

const fn family(name: &'static str, kind: &'static str, labels: &'static str, help: &'static str) -> Family {
    Family {
        name,
        kind,
        labels,
        help,
    }
}

const REQUESTS: Family = family(
    "tingsu_http_request_seconds",
    "histogram",
    "method, route, status",
    "Time to answer a request.",
);
const REFUSED: Family = family(
    "tingsu_requests_refused_total",
    "counter",
    "",
    "Requests refused because their caller asked too often.",
);
const STREAMS: Family = family("tingsu_live_streams", "gauge", "", "Live streams that are open.");
const LEADER: Family = family(
    "tingsu_clock_leader",
    "gauge",
    "",
    "Whether this process turns the clock: 1 or 0.",
);
const JOBS: Family = family(
    "tingsu_jobs",
    "gauge",
    "state",
    "Work by state: waiting, done lately, failed for good.",
);
const INTAKES: Family = family(
    "tingsu_intakes_total",
    "counter",
    "",
    "Complaints taken in since the start.",
);
const ANALYSES: Family = family(
    "tingsu_analyses_total",
    "counter",
    "",
    "Texts read since the start, those of intakes included.",
);
const FAILED_LOGINS: Family = family(
    "tingsu_failed_logins_total",
    "counter",
    "",
    "Attempts to sign in with a wrong password or code since the start.",
);
const CASES: Family = family("tingsu_cases", "gauge", "state", "Cases by state.");
const CLOCKS: Family = family(
    "tingsu_cases_with_clock",
    "gauge",
    "clock",
    "Cases with at least one clock that is running, near its end or breached.",
);
const CLOCK_LAG: Family = family(
    "tingsu_clock_lag_seconds",
    "gauge",
    "",
    "Time since the clock last finished a round; it does so every two seconds.",
);
const WAITING: Family = family(
    "tingsu_writer_queue_depth",
    "gauge",
    "",
    "Changes that wait to be written to the database.",
);
const CONNECTIONS: Family = family(
    "tingsu_database_connections",
    "gauge",
    "use",
    "Reading connections to the database, busy and idle.",
);
const DATABASE: Family = family(
    "tingsu_database_answer_seconds",
    "gauge",
    "",
    "How long the database took to answer a question about nothing.",
);
const DATABASE_UP: Family = family(
    "tingsu_database_up",
    "gauge",
    "",
    "1 when the database answered, else 0.",
);

/// Every family, in the order of the page.
pub const FAMILIES: &[Family] = &[
    REQUESTS,
    REFUSED,
    STREAMS,
    LEADER,
    JOBS,
    INTAKES,
    ANALYSES,
    FAILED_LOGINS,
    CASES,
    CLOCKS,
    CLOCK_LAG,
    WAITING,
    CONNECTIONS,
    DATABASE,
    DATABASE_UP,
];

/// Method, route and status; routes are patterns, so their number is bounded.
type Series = (String, String, u16);

#[derive(Clone, Debug, Default)]
struct Latency {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    sum_s: f64,
}

/// What was asked of the database, and how long it took to answer.
#[derive(Clone, Debug)]
struct Asked {
    at: Instant,
    took: Duration,
    health: Option<Health>,
}

/// The numbers counted so far.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: Mutex<BTreeMap<Series, Latency>>,
    asked: Mutex<Option<Asked>>,
    refused: AtomicU64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The page under construction.
#[derive(Default)]
struct Page(String);

impl Page {
    fn begin(&mut self, family: Family) {
        let Family { name, kind, help, .. } = family;
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn number(&mut self, family: Family, number: impl std::fmt::Display) {
        self.begin(family);
        let _ = writeln!(self.0, "{} {number}", family.name);
    }

    fn labelled(&mut self, family: Family, label: &str, value: &str, number: u64) {
        let _ = writeln!(self.0, "{}{{{label}=\"{value}\"}} {number}", family.name);
    }
}

impl Metrics {
    /// Counts a request that was refused because its caller asked too often.
    pub(crate) fn note_refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

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

    /// What the database says, asked anew at most every ten seconds however often somebody looks.
    async fn ask(&self, server: &Server) -> Asked {
        let kept = lock(&self.asked).clone();
        if let Some(asked) = kept.filter(|asked| asked.at.elapsed() < limits::METRICS_AGE) {
            return asked;
        }
        let at = Instant::now();
        let answered = server.app.store().ping().await.is_ok();
        let took = at.elapsed();
        let health = match answered {
            true => server.app.read_health().await.ok(),
            false => None,
        };
        let asked = Asked { at, took, health };
        *lock(&self.asked) = Some(asked.clone());
        asked
    }

    /// All numbers as text.
    pub(crate) async fn write(&self, server: &Server) -> String {
        let mut page = Page::default();
        self.write_requests(&mut page);
        page.number(REFUSED, self.refused.load(Ordering::Relaxed));
        page.number(
            STREAMS,
            limits::LIVE_STREAMS.saturating_sub(server.streams.available_permits()),
        );
        let counted = server.app.counted();
        page.number(INTAKES, counted.intakes);
        page.number(ANALYSES, counted.analyses);
        page.number(FAILED_LOGINS, counted.failed_logins);
        page.number(WAITING, server.app.store().waiting_changes());
        let (connections, idle) = server.app.store().connections();
        page.begin(CONNECTIONS);
        page.labelled(
            CONNECTIONS,
            "use",
            "busy",
            u64::from(connections).saturating_sub(idle),
        );
        page.labelled(CONNECTIONS, "use", "idle", idle);
        page.number(LEADER, u8::from(server.app.leads()));
        let asked = self.ask(server).await;
        page.number(DATABASE, asked.took.as_secs_f64());
        page.number(DATABASE_UP, u8::from(asked.health.is_some()));
        if let Some(health) = asked.health {
            write_health(&health, &mut page);
        }
        page.0
    }

    fn write_requests(&self, page: &mut Page) {
        page.begin(REQUESTS);
        let text = &mut page.0;
        for ((method, route, status), latency) in lock(&self.requests).iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            let name = REQUESTS.name;
            for (count, end) in latency.buckets.iter().zip(BUCKETS) {
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{end}\"}} {count}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", latency.count);
            let _ = writeln!(text, "{name}_sum{{{labels}}} {}", latency.sum_s);
            let _ = writeln!(text, "{name}_count{{{labels}}} {}", latency.count);
        }
    }
}

fn write_health(health: &Health, page: &mut Page) {
    page.begin(CASES);
    for (state, count) in &health.cases {
        page.labelled(CASES, "state", state.key(), *count);
    }
    page.begin(CLOCKS);
    for (state, count) in &health.clocks {
        page.labelled(CLOCKS, "clock", state.key(), *count);
    }
    page.begin(JOBS);
    for (state, count) in &health.jobs {
        page.labelled(JOBS, "state", state.key(), *count);
    }
    if let Some(lag) = health.clock_lag_ms {
        page.number(CLOCK_LAG, Duration::from_millis(lag.unsigned_abs()).as_secs_f64());
    }
}

/// Methods by which numbers are kept; what else a caller invents shares one name.
const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// Measures every request.
pub(crate) async fn measure(State(server): State<Server>, request: Request, next: Next) -> Response {
    let method = METHODS.iter().find(|known| **known == request.method().as_str());
    let method = method.copied().unwrap_or("other").to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("other", MatchedPath::as_str)
        .to_owned();
    let start = Instant::now();
    #[cfg(feature = "otlp")]
    let response = crate::spans::run(next, request, &method, &route).await;
    #[cfg(not(feature = "otlp"))]
    let response = next.run(request).await;
    server
        .metrics
        .note((method, route, response.status().as_u16()), start.elapsed());
    response
}

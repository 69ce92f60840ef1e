//! How fast cases are stored, listed, searched and counted; `TINGSU_BENCH_CASES` and `TINGSU_TEST_POSTGRES` say how
//! many and where besides SQLite. `TINGSU_BENCH_DATABASE` names a database that is there already, such as one made by
//! `tingsu seed`, and is only read.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a bench talks to the terminal and may stop at once"
)]
#![allow(dead_code, unused_macros, reason = "the samples serve the tests too")]

#[path = "../tests/it/sample.rs"]
mod sample;
#[path = "../tests/it/temporary.rs"]
mod temporary;

use std::time::Instant;

use domain::*;
use sample::{Dice, answered, case, tokens, with_events, write};
use temporary::Temporary;
use tingsu_store::{CaseFilter, CaseQuery, CaseSort, CaseWrite, Store};

/// Sentences that texts are put together from.
const SENTENCES: &[&str] = &[
    "我要退款",
    "客服态度很差",
    "等了三天没人处理",
    "快递丢失了",
    "东西是坏的",
    "答应回电却没有回",
    "价格和宣传不一样",
    "房间很脏",
    "会员被自动续费",
    "菜里有头发",
    "安装师傅迟到两个小时",
    "再不处理我就投诉到监管部门",
    "希望你们给个说法",
    "押金一直不退",
    "问了几次都说不知道",
    "充电器发热",
    "座位和订的不一样",
    "行李被弄坏",
    "建议增加窗口",
    "发票开错了",
];

fn text(dice: &mut Dice) -> String {
    (0..3 + dice.below(5))
        .map(|_| SENTENCES[dice.below(SENTENCES.len())])
        .collect::<Vec<_>>()
        .join("，")
}

type Made = (Case, Vec<Event>, Vec<String>);

fn make(number: u64) -> Made {
    let mut case = case(number);
    case.text = text(&mut Dice(number));
    let words = tokens(&case.text);
    let more = vec![
        answered(&case, 3),
        answered(&case, 4),
        answered(&case, 5),
        answered(&case, 6),
    ];
    let (case, events) = with_events(case, more);
    (case, events, words)
}

fn change((case, events, words): &Made) -> CaseWrite<'_> {
    CaseWrite {
        search_tokens: Some(words),
        ..write(case, events)
    }
}

/// Wall clock and processor time of this process, for machines that others use as well.
#[derive(Clone, Copy)]
struct Watch {
    started: Instant,
    cpu_s: f64,
}

impl Watch {
    fn start() -> Self {
        Self {
            started: Instant::now(),
            cpu_s: cpu_s(),
        }
    }

    /// Seconds by the clock and of the processor since the start.
    fn read(self) -> (f64, f64) {
        (self.started.elapsed().as_secs_f64(), cpu_s() - self.cpu_s)
    }
}

/// Processor seconds of all threads so far; 0 where the system does not tell.
fn cpu_s() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let spent_ns = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    spent_ns.sum::<f64>() / 1e9
}

fn report(what: &str, (wall_s, cpu_s): (f64, f64), count: u64) {
    let rate = |seconds: f64| count as f64 / seconds.max(1e-9);
    println!(
        "  {what:<40} {:>8.0} /s wall {:>9.0} /s cpu  ({count} in {wall_s:.2} s)",
        rate(wall_s),
        rate(cpu_s)
    );
}

async fn seed(store: &Store, count: u64) {
    let mut spent = (0.0, 0.0);
    for first in (0..count).step_by(2_000) {
        let made: Vec<Made> = (first..(first + 2_000).min(count)).map(make).collect();
        let watch = Watch::start();
        let writes: Vec<_> = made.iter().map(change).collect();
        store.create_many(&writes).await.unwrap();
        let (wall_s, cpu_s) = watch.read();
        spent = (spent.0 + wall_s, spent.1 + cpu_s);
    }
    report("cases stored, 2,000 at once", spent, count);
}

async fn intake(store: &Store, first: u64, tasks: u64, each: u64) {
    let made: Vec<Vec<Made>> = (0..tasks)
        .map(|task| (0..each).map(|n| make(first + task * each + n)).collect())
        .collect();
    let watch = Watch::start();
    let running = made.into_iter().map(|made| {
        let store = store.clone();
        tokio::spawn(async move {
            for made in &made {
                store.create(change(made)).await.unwrap();
            }
        })
    });
    for task in running.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    report(
        &format!("durable intakes, {tasks} callers"),
        watch.read(),
        tasks * each,
    );
}

/// How often a reading is repeated.
const RUNS: u32 = 100;

/// The median and the 99th of a hundred by the clock, and the mean of the processor, in milliseconds.
async fn time<F: Future>(what: &str, run: impl Fn() -> F) -> F::Output {
    let mut last = run().await;
    let mut walls = Vec::new();
    let all = Watch::start();
    for _ in 0..RUNS {
        let one = Watch::start();
        last = run().await;
        walls.push(one.read().0 * 1e3);
    }
    let cpu_ms = all.read().1 * 1e3 / f64::from(RUNS);
    walls.sort_by(f64::total_cmp);
    let p99 = walls[(walls.len() * 99).div_ceil(100) - 1];
    println!(
        "  {what:<40} {:>8.2} ms p50 {p99:>8.2} ms p99 {cpu_ms:>9.2} ms cpu",
        walls[walls.len() / 2]
    );
    last
}

/// What is measured: filters of all breadths, and every order.
fn lists(two: &CaseFilter, place: &CaseFilter) -> Vec<(&'static str, CaseQuery)> {
    let words = |words: &[&str]| CaseFilter {
        tokens: words.iter().map(|word| word.to_string()).collect(),
        ..CaseFilter::default()
    };
    let narrow = narrow(two);
    let found = CaseFilter {
        tokens: vec!["退款".to_owned()],
        ..two.clone()
    };
    vec![
        (
            "list, 50 by clock, with total",
            page(CaseFilter::default(), CaseSort::Due),
        ),
        (
            "list, 50 by priority, with total",
            page(CaseFilter::default(), CaseSort::Priority),
        ),
        ("list, three filters", page(narrow, CaseSort::Due)),
        (
            "list, two filters, newest",
            page(two.clone(), CaseSort::OpenedDescending),
        ),
        (
            "list, one product, newest",
            page(place.clone(), CaseSort::OpenedDescending),
        ),
        ("list, one product, by clock", page(place.clone(), CaseSort::Due)),
        ("search 退款, ranked", page(words(&["退款"]), CaseSort::Relevance)),
        (
            "search 退款, ranked, two filters",
            page(found, CaseSort::Relevance),
        ),
        (
            "search 退款 态度 快递, ranked",
            page(words(&["退款", "态度", "快递"]), CaseSort::Relevance),
        ),
        ("search 退款, by clock", page(words(&["退款"]), CaseSort::Due)),
    ]
}

fn page(filter: CaseFilter, sort: CaseSort) -> CaseQuery {
    CaseQuery {
        filter,
        sort,
        cursor: None,
        limit: 50,
    }
}

/// The two filters, and a third: the case is open.
fn narrow(two: &CaseFilter) -> CaseFilter {
    let open = CaseState::ALL.iter().copied().filter(|state| !state.is_final());
    CaseFilter {
        states: open.collect(),
        ..two.clone()
    }
}

async fn read(store: &Store) {
    let none = CaseFilter::default;
    let two = CaseFilter {
        psychologies: vec![Psychology::Redress],
        risks: vec![Risk::Exposure],
        ..none()
    };
    let newest = store
        .list(&page(none(), CaseSort::OpenedDescending))
        .await
        .unwrap();
    let place = CaseFilter {
        product: newest.rows.iter().find_map(|row| row.matter.product.clone()),
        ..none()
    };
    let lists = lists(&two, &place);
    let narrow = narrow(&two);
    for (what, query) in &lists {
        let found = time(what, || async { store.list(query).await.unwrap() }).await;
        println!("    {} of {}", found.rows.len(), found.total);
    }
    time("dashboard, all cases", || async {
        store.dashboard(&none(), 480).await.unwrap()
    })
    .await;
    time("dashboard, three filters", || async {
        store.dashboard(&narrow, 480).await.unwrap()
    })
    .await;
    time("count, two filters", || async {
        store.count(&two).await.unwrap()
    })
    .await;
    time("count, one product", || async {
        store.count(&place).await.unwrap()
    })
    .await;
    let now = newest.rows.first().map_or(Timestamp(0), |row| row.updated_at);
    let due = time("cases whose clock is due", || async {
        store.due(now, 10_000).await.unwrap()
    })
    .await;
    println!("    {} due", due.len());
    let known = newest
        .rows
        .first()
        .map_or_else(|| case(7).id, |row| row.id.clone());
    time("case by id", || async { store.case(&known).await.unwrap() }).await;
    time("feed, 100 events", || async {
        store.events_after(5_000, 100).await.unwrap()
    })
    .await;
}

async fn check(store: &Store) {
    let watch = Watch::start();
    let checked = store.verify_chain(None).await.unwrap();
    assert_eq!(checked.breaks, []);
    report("events checked against their chain", watch.read(), checked.events);
}

async fn measure(name: &str, database: Temporary, count: u64) {
    println!("{name}, {count} cases of 5 events");
    let store = &database.store;
    seed(store, count).await;
    intake(store, 10_000_000, 1, 300).await;
    intake(store, 20_000_000, 64, 60).await;
    read(store).await;
    check(store).await;
    if let Some(path) = database.url.strip_prefix("sqlite://") {
        store.ping().await.unwrap();
        println!(
            "  {:<44} {:>9} MiB",
            "file",
            std::fs::metadata(path).unwrap().len() >> 20
        );
    }
    database.remove().await;
}

#[tokio::main]
async fn main() {
    if let Ok(url) = std::env::var("TINGSU_BENCH_DATABASE") {
        let store = Store::open(&url).await.unwrap();
        let cases = store.count(&CaseFilter::default()).await.unwrap();
        println!("{cases} cases");
        read(&store).await;
        store.close().await;
        return;
    }
    let count = std::env::var("TINGSU_BENCH_CASES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(20_000);
    measure("SQLite", Temporary::sqlite().await, count).await;
    if let Some(database) = Temporary::postgres().await {
        measure("PostgreSQL", database, count).await;
    }
}

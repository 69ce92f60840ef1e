//! How fast cases are stored, listed, searched and counted; `TINGSU_BENCH_CASES` and `TINGSU_TEST_POSTGRES` say how
//! many and where besides SQLite.
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

fn report(what: &str, started: Instant, count: u64) {
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "  {what:<44} {:>9.0} /s  ({count} in {seconds:.2} s)",
        count as f64 / seconds
    );
}

async fn seed(store: &Store, count: u64) {
    let mut spent = 0.0;
    for first in (0..count).step_by(2_000) {
        let made: Vec<Made> = (first..(first + 2_000).min(count)).map(make).collect();
        let started = Instant::now();
        store
            .create_many(&made.iter().map(change).collect::<Vec<_>>())
            .await
            .unwrap();
        spent += started.elapsed().as_secs_f64();
    }
    println!(
        "  {:<44} {:>9.0} /s  ({count} in {spent:.2} s)",
        "cases stored, 2,000 at once",
        count as f64 / spent
    );
}

async fn intake(store: &Store, first: u64, tasks: u64, each: u64) {
    let made: Vec<Vec<Made>> = (0..tasks)
        .map(|task| (0..each).map(|n| make(first + task * each + n)).collect())
        .collect();
    let started = Instant::now();
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
        started,
        tasks * each,
    );
}

/// The median of 15 runs in milliseconds.
async fn time<F: Future>(what: &str, run: impl Fn() -> F) -> F::Output {
    let mut last = run().await;
    let mut times = Vec::new();
    for _ in 0..15 {
        let started = Instant::now();
        last = run().await;
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!("  {what:<44} {:>9.2} ms", times[7]);
    last
}

async fn read(store: &Store) {
    let none = CaseFilter::default;
    let page = |filter: CaseFilter, sort| CaseQuery {
        filter,
        sort,
        cursor: None,
        limit: 50,
    };
    let words = |words: &[&str]| CaseFilter {
        tokens: words.iter().map(|word| word.to_string()).collect(),
        ..none()
    };
    let narrow = CaseFilter {
        psychologies: vec![Psychology::Redress],
        risks: vec![Risk::Exposure],
        states: CaseState::ALL
            .iter()
            .copied()
            .filter(|state| !state.is_final())
            .collect(),
        ..none()
    };
    let lists = [
        ("list, 50 by clock, with total", page(none(), CaseSort::Due)),
        (
            "list, 50 by priority, with total",
            page(none(), CaseSort::Priority),
        ),
        ("list, three filters", page(narrow.clone(), CaseSort::Due)),
        ("search 退款, ranked", page(words(&["退款"]), CaseSort::Relevance)),
        (
            "search 退款 态度 快递, ranked",
            page(words(&["退款", "态度", "快递"]), CaseSort::Relevance),
        ),
        ("search 退款, by clock", page(words(&["退款"]), CaseSort::Due)),
    ];
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
    time("case by id", || async { store.case(&case(7).id).await.unwrap() }).await;
    time("feed, 100 events", || async {
        store.events_after(5_000, 100).await.unwrap()
    })
    .await;
    let started = Instant::now();
    let checked = store.verify_chain(None).await.unwrap();
    assert_eq!(checked.breaks, []);
    report("events checked against their chain", started, checked.events);
}

async fn measure(name: &str, database: Temporary, count: u64) {
    println!("{name}, {count} cases of 5 events");
    let store = &database.store;
    seed(store, count).await;
    intake(store, 10_000_000, 1, 300).await;
    intake(store, 20_000_000, 64, 60).await;
    read(store).await;
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
    let count = std::env::var("TINGSU_BENCH_CASES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(20_000);
    measure("SQLite", Temporary::sqlite().await, count).await;
    if let Some(database) = Temporary::postgres().await {
        measure("PostgreSQL", database, count).await;
    }
}
